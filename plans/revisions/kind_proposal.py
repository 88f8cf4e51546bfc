"""Proposes the kind of a revision from what changed, with the reasons in words.

Minor are names, posts, telephone numbers, departments, wording and references. Whatever touches
the policy, premises, scope, threats, authority, recovery targets, alternate sites or the rules of
approval is major.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.comparison.changes import Comparison, PartChange, Status, TableChange
from plans.comparison.layout import NO_WORDS_CHANGED, forms_text
from plans.document.revision_kind import RevisionKind

POLICY, PREMISE, SCOPE, THREAT = "基本方針", "前提", "対象範囲", "想定する脅威"
AUTHORITY, TARGET, SITE, APPROVAL = "体制の権限", "目標復旧時間・レベル", "代替拠点", "承認の規定"
FIRST_EDITION = "まだ版がないため、計画の策定です。"
FIRST_HERE = "これまでの{label}に続く、このシステムでの最初の版です。比べる版がないため、重要な改定とします。"
NOTHING_CHANGED = "番号・空白・文字の幅のほかに、施行中の版から変わるところがありません。"
ONLY_COVER = "変わるのは表紙・奥付だけです。"
ONLY_SMALL = (
    "基本方針・前提・対象範囲・想定する脅威・体制の権限・目標復旧時間・代替拠点・承認の規定の、"
    "表の項目と見出しからは、重要な改定に当たる変更が見つかりませんでした。"
    "本文の数値や期限の意味までは読み取れないため、変わるところを見て種類を決めてください。"
)
_ONLY = {
    RevisionKind.CONTACTS: "変わるのは連絡先（様式9）だけです。",
    RevisionKind.DRILL: "変わるのは訓練の計画（様式12）だけです。",
    RevisionKind.MANUAL: "変わるのはマニュアルの一覧だけです。",
    RevisionKind.ANNEX: "変わるのは様式だけで、計画の本文は変わりません。",
}

_TABLES = {
    "c-1": POLICY,
    "c-2": PREMISE,
    "c-3": THREAT,
    "c-13": THREAT,
    "14-1": THREAT,
    "14-2": THREAT,
    "14-3": THREAT,
    "c-5": AUTHORITY,
    "c-9": SITE,
}
_NEW_OR_GONE = {"17": TARGET, "16": TARGET, "8": AUTHORITY}
_COLUMNS = (
    (re.compile(r"^(?!actual_)(.*_)?(rto|rlo)(_|$)"), TARGET),
    (re.compile(r"^(alt_site|fallback_site|at_alt_site)$"), SITE),
    (re.compile(r"^(in_scope|out_of_scope_reason)$"), SCOPE),
    (re.compile(r"^(authority|authority_ref|duties|reports_to|deputy_condition)$"), AUTHORITY),
)
_HEADINGS = (
    (re.compile("基本方針|方針"), POLICY),
    (re.compile("前提"), PREMISE),
    (re.compile("対象範囲|適用範囲|対象とする"), SCOPE),
    (re.compile("脅威|想定|リスク"), THREAT),
    (re.compile("権限|体制|発動"), AUTHORITY),
    (re.compile("目標復旧|復旧目標|重要情報システム"), TARGET),
    (re.compile("代替拠点|代替施設|代替庁舎"), SITE),
    (re.compile("承認|改定|改訂|維持管理|見直し"), APPROVAL),
)
_MANUALS = frozenset({"c-12", "c-12-materials"})
_ANNEX_KINDS = {9: RevisionKind.CONTACTS, 12: RevisionKind.DRILL}
_NOT_CONTENT = frozenset({"cover", "colophon"})
PUBLIC_CHANGES = "公開版で公開する範囲が変わります。"


@dataclass(frozen=True)
class KindProposal:
    """The kind the program proposes, and the sentences that say why."""

    kind: RevisionKind
    reasons: tuple[str, ...]


def propose_kind(comparison: Comparison | None, earlier: str = "") -> KindProposal:
    """Return the kind that follows from what changed; None stands for no edition to compare with.

    `earlier` names the last edition the plan had before this program, "" for none.
    """
    if comparison is None and earlier:
        return KindProposal(RevisionKind.MAJOR, (FIRST_HERE.format(label=earlier),))
    if comparison is None:
        return KindProposal(RevisionKind.ENACTMENT, (FIRST_EDITION,))
    differing = list(comparison.changed_parts())
    changed = [part for part in differing if part.kind not in _NOT_CONTENT]
    if not changed:
        return KindProposal(RevisionKind.MINOR, tuple(_outside_content(comparison, differing)))
    content = [part for part in changed if part.kind != "public"]
    published = (PUBLIC_CHANGES,) if len(content) < len(changed) else ()
    reasons = dict.fromkeys(reason for part in content for reason in _major_reasons(part))
    if reasons:
        return KindProposal(RevisionKind.MAJOR, (*reasons, *published))
    kind = _small_kind(content) if content else RevisionKind.MINOR
    small = (_ONLY.get(kind, ONLY_SMALL),) if content else ()
    return KindProposal(kind, (*small, *published))


def _outside_content(comparison: Comparison, differing: list[PartChange]) -> Iterator[str]:
    """Yield what differs where no words, tables and figures of the plan do."""
    forms = forms_text(comparison.otherwise_written)
    if differing:
        yield ONLY_COVER
    elif forms:
        yield NO_WORDS_CHANGED
    if forms:
        yield forms
    if not differing and not forms:
        yield NOTHING_CHANGED


def _major_reasons(part: PartChange) -> Iterator[str]:
    if part.kind != "annex" and _has_own_words_changed(part):
        subject = next((name for found, name in _HEADINGS if found.search(part.heading)), "")
        if subject:
            yield f"「{part.heading}」（{subject}）が変わります。"
    for table in part.tables:
        if table.status is not Status.SAME:
            yield from _table_reasons(table)


def _has_own_words_changed(part: PartChange) -> bool:
    """Tell whether text or heading differ; tables and figures follow what is entered elsewhere."""
    words = any(passage.status is not Status.SAME for passage in part.texts)
    appeared = part.status in (Status.ADDED, Status.REMOVED)
    renamed = any(run.changed for run in (*part.title_old, *part.title_new))
    return words or appeared or renamed


def _table_reasons(table: TableChange) -> Iterator[str]:
    subjects = dict.fromkeys(_subjects(table))
    for subject in subjects:
        yield f"「{table.title}」で{subject}が変わります。"


def _subjects(table: TableChange) -> Iterator[str]:
    if table.code in _TABLES and (table.changed_columns or table.rows):
        yield _TABLES[table.code]
    if table.code in _NEW_OR_GONE and _rows_came_or_went(table):
        yield _NEW_OR_GONE[table.code]
    cells = {cell.column for row in table.rows for cell in row.cells}
    for name in sorted(cells):
        yield from (subject for found, subject in _COLUMNS if found.search(name))


def _rows_came_or_went(table: TableChange) -> bool:
    return any(row.status in (Status.ADDED, Status.REMOVED) for row in table.rows)


def _small_kind(changed: list[PartChange]) -> RevisionKind:
    annexes = {_annex_number(part) for part in changed if part.kind == "annex"}
    if len(annexes) == 1 and all(part.kind == "annex" for part in changed):
        return _ANNEX_KINDS.get(annexes.pop(), RevisionKind.ANNEX)
    if all(part.kind == "annex" for part in changed):
        return RevisionKind.ANNEX
    if all(_only_manuals(part) for part in changed):
        return RevisionKind.MANUAL
    return RevisionKind.MINOR


def _only_manuals(part: PartChange) -> bool:
    tables = [table for table in part.tables if table.status is not Status.SAME]
    return (
        not _has_own_words_changed(part)
        and bool(tables)
        and all(table.code in _MANUALS for table in tables)
    )


def _annex_number(part: PartChange) -> int:
    digits = re.sub(r"\D", "", part.anchor)
    return int(digits) if digits else 0
