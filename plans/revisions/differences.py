"""Names what differs between two sets of frozen rows, part by part, in the words of a revision; pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from plans.comparison.alignment import moved
from plans.document.chapter_parts import anchor, roots_of
from plans.document.coverage import GONE, level_one
from plans.document.document import Document
from plans.document.frozen_rows import MASTERS
from plans.document.named_drafts import left_out_names
from plans.document.public_choices import ROWS_KEY
from plans.revisions.changed_rows import by_uid, changed_rows, content_of, otherwise
from plans.text.outline import APPENDIX_PLACE, BODY_PLACE, FRONT_PLACE

CHAPTER, ANNEX, TABLE, COMMON, WHOLE_ONLY = "chapter", "annex", "table", "masters", "whole"
PHRASES, CHOICES, COVER = "差し込み語句", "選択肢", "表紙・奥付など計画の設定"
ORDER, PUBLIC = "章の順番", "公開版の設定"
INPUT_COUNTED = (
    "「入力の変更」は、入力した行や章・節などの数です。計算する項目や、選んでいる行の名前だけが変わる行は数えない"
    "ため、新旧対照表の行の数とは違うことがあります。"
)
_PLACES = (FRONT_PLACE, BODY_PLACE, APPENDIX_PLACE)


@dataclass(frozen=True)
class Difference:
    """How many rows of a table, or 章・節 of a 章, read otherwise.

    `part` is what a revision must cover to carry it: kind and name. `code` is the table to look at.
    """

    part: str
    label: str
    count: int
    unit: str = "行"
    code: str = ""

    @property
    def kind(self) -> str:
        return self.part.partition(":")[0]

    @property
    def name(self) -> str:
        return self.part.partition(":")[2]

    def to_json(self) -> dict[str, Any]:
        """Return what the head of a submission keeps."""
        return asdict(self)


def differences(
    new: Mapping[str, Any],
    old: Mapping[str, Any],
    headings: Document,
    presentation: Presentation,
) -> list[Difference]:
    """Return what `new` says otherwise than `old`: 章, 様式, other tables, masters, settings.

    `headings` name the 章 of `new`. Rows that neither side prints are no difference.
    """
    tables = list(_tables(new, old, presentation))
    return [
        *_chapters(new["chapters"], old["chapters"], headings),
        *(each for each in tables if each.kind == ANNEX),
        *(each for each in tables if each.kind == TABLE),
        *(each for each in tables if each.kind == COMMON),
        *_common(new, old),
        *_whole(new, old),
    ]


def part_of_table(spec: AnnexSpec) -> str:
    """Return the part that owns the rows of a table."""
    if spec.number is not None:
        return f"{ANNEX}:{spec.number}"
    return f"{COMMON}:" if spec.code in MASTERS else f"{TABLE}:{spec.code}"


def _tables(
    new: Mapping[str, Any], old: Mapping[str, Any], presentation: Presentation
) -> Iterator[Difference]:
    settings = _setting_counts(new, old)
    by_name = left_out_names(new) | left_out_names(old)
    for spec in registry.specs():
        if not spec.printed and spec.code not in MASTERS:
            continue
        part, heading = part_of_table(spec), Sheet(spec, presentation).heading
        rows = changed_rows(spec, new["tables"], old["tables"], by_name)
        if rows:
            yield Difference(part, heading, len(rows), code=spec.code)
        named = settings.pop(spec.code, 0)
        if spec.number is not None and spec is registry.specs_of(spec.number)[0]:
            named += settings.pop(str(spec.number), 0)
        if named:
            yield Difference(part, f"{heading}の名称・項目の設定", named, "件", spec.code)
    if settings:
        yield Difference(f"{COMMON}:", "一覧の項目の設定", sum(settings.values()), "件")


def _setting_counts(new: Mapping[str, Any], old: Mapping[str, Any]) -> Counter[str]:
    """Return how many settings differ, by the code of their table or 様式."""
    counts: Counter[str] = Counter()
    now, before = new.get("settings"), old.get("settings")
    if not now or not before:
        return counts
    for kind in ("annexes", "columns"):
        one, other = _settings_by_name(now[kind]), _settings_by_name(before[kind])
        for name in one.keys() | other.keys():
            if one.get(name) != other.get(name):
                counts[name[0]] += 1
    return counts


def _settings_by_name(raws: Sequence[RawRow]) -> dict[tuple[str, str], RawRow]:
    return {(raw["code"], raw.get("column", "")): raw for raw in raws}


def _chapters(
    new: Sequence[RawRow], old: Sequence[RawRow], headings: Document
) -> Iterator[Difference]:
    one, other = _chapter_contents(new), _chapter_contents(old)
    roots = roots_of(old) | roots_of(new)
    counts = Counter(anchor(roots[uid]) for uid in otherwise(one, other) | _moved(new, old))
    for section in level_one(headings):
        if count := counts.pop(section.anchor, 0):
            yield Difference(f"{CHAPTER}:{section.anchor}", section.heading, count, "か所")
    titles = {anchor(raw["uid"]): raw["title"] for raw in old}
    for name, count in counts.items():
        label = f"{titles.get(name, '')}（{GONE}）"
        yield Difference(f"{CHAPTER}:{name}", label, count, "か所")


def _chapter_contents(raws: Sequence[RawRow]) -> dict[str, dict[str, Any]]:
    """Return what living chapters say; the place of a 章 is told by the order of all of them."""
    contents = {uid: dict(content) for uid, content in by_uid(raws).items()}
    for content in contents.values():
        for name in ("row_no", "plan", "position"):
            content.pop(name, None)
    return contents


def _moved(new: Sequence[RawRow], old: Sequence[RawRow]) -> set[str]:
    """Return the 節 that stand elsewhere below the same heading, as few as can be."""
    one, other = by_uid(new), by_uid(old)
    stayed = {
        uid: content["parent"]
        for uid, content in one.items()
        if content.get("parent") and other.get(uid, {}).get("parent") == content["parent"]
    }
    found: set[str] = set()
    for parent in set(stayed.values()):
        below = {uid for uid, name in stayed.items() if name == parent}
        orders = [
            sorted(below, key=lambda uid: contents[uid].get("position") or 0)
            for contents in (other, one)
        ]
        found |= moved(*orders)
    return found


def _common(new: Mapping[str, Any], old: Mapping[str, Any]) -> Iterator[Difference]:
    one, other = _phrases(new), _phrases(old)
    phrases = sum(one.get(key, "") != other.get(key, "") for key in one.keys() | other.keys())
    if phrases:
        yield Difference(f"{COMMON}:", PHRASES, phrases, "件", "phrases")
    if new.get("settings") and old.get("settings"):
        now, before = _choices(new), _choices(old)
        count = sum(now.get(key) != before.get(key) for key in now.keys() | before.keys())
        if count:
            yield Difference(f"{COMMON}:", CHOICES, count, "件")


def _phrases(rows: Mapping[str, Any]) -> dict[tuple[str, str | None], str]:
    values = (rows.get("phrases") or {}).get("values", ())
    return {(raw["key"], raw["system"]): raw["value"] for raw in values}


def _choices(rows: Mapping[str, Any]) -> dict[tuple[str, str], RawRow]:
    return {(raw["list_code"], raw["value"]): raw for raw in rows["settings"]["choices"]}


def _whole(new: Mapping[str, Any], old: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield what only a revision of the whole plan carries."""
    one, other = (content_of(rows["plan"] or {}) for rows in (new, old))
    count = sum(one.get(name) != other.get(name) for name in one.keys() | other.keys())
    if count:
        yield Difference(f"{WHOLE_ONLY}:", COVER, count, "項目")
    if _order(new, old) != _order(old, new):
        yield Difference(f"{WHOLE_ONLY}:", ORDER, 1, "件")
    if new.get(ROWS_KEY) != old.get(ROWS_KEY):
        yield Difference(f"{WHOLE_ONLY}:", PUBLIC, 1, "件")


def _order(rows: Mapping[str, Any], other: Mapping[str, Any]) -> list[list[str]]:
    """Return the 章 that both sides have, in the order of the first."""
    shared = by_uid(other["chapters"])
    roots = [
        raw
        for raw in rows["chapters"]
        if not raw["parent"] and raw["row_status"] == RowStatus.ACTIVE and raw["uid"] in shared
    ]
    return [
        [
            raw["uid"]
            for raw in sorted(roots, key=lambda raw: raw["position"])
            if raw["placement"] == place
        ]
        for place in _PLACES
    ]
