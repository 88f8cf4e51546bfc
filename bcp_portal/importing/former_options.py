"""Tells what a label of an option means in a file that may be of before options were renamed; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bcp_portal.annex.former_labels import FormerLabel
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.sources import Cell
from bcp_portal.ui.text import match_key

PASSED_ON = (
    "「{label}」は、今の選択肢の表示ですが、以前は選択肢「{before}」の表示でした。どちらを指すか"
    "決められないため、{what}は取り込みません。今の「{label}」を指すときは、印を付けてください。"
    "以前の「{label}」を指すときは、「{before}」と書いてください。"
)
OF_SEVERAL = "「{label}」は、以前{before}の表示でした。どれを指すか決められません。今の表示で書いてください。"
_Bearer = tuple[str, FormerLabel]


@dataclass(frozen=True)
class OptionMeanings:
    """What former labels of the options of one column mean in one sheet, by the folded label.

    `now` are the labels of today that are meant; `doubtful` those of which one is meant;
    `passed_on` those that had a label before which another option has today.
    """

    kind: Kind
    labels: tuple[str, ...]
    now: Mapping[str, str] = field(default_factory=dict)
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passed_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_words_of_now(self, text: str) -> str:
        """Return a text of a cell with the labels of today; CellError (Japanese) where it is doubtful."""
        parts = self._parts(text)
        for part in parts:
            if several := self.doubtful.get(match_key(part)):
                before = "と".join(f"「{label}」" for label in several)
                raise CellError(OF_SEVERAL.format(label=part, before=before))
        if not any(match_key(part) in self.now for part in parts):
            return text
        return "、".join(self.now.get(match_key(part), part) for part in parts)

    def held(self, cell: Cell, what: str) -> Iterator[str]:
        """Yield what to say of labels that may mean the option of today or the one of before."""
        for part in self._parts(cell) if isinstance(cell, str) else ():
            if before := self.passed_on.get(match_key(part)):
                yield PASSED_ON.format(label=part, before="」か「".join(before), what=what)

    def _parts(self, text: str) -> Sequence[str]:
        return self.kind.labels_in(text.strip(), self.labels)


def meanings_of(item: Item, dated: datetime | None) -> OptionMeanings | None:
    """Return what former labels mean in a sheet that was written then; None where there are none.

    The option that gave a label up first after a sheet was written is the one that had it then.
    """
    by_code = dict(item.column.choices)
    today = {match_key(label): label for label in by_code.values()}
    bearers: dict[str, list[_Bearer]] = {}
    for code, former in item.former_options:
        key = match_key(former.label)
        if code in by_code and key != match_key(by_code[code]):
            bearers.setdefault(key, []).append((code, former))
    if not bearers:
        return None
    now: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    passed_on: dict[str, tuple[str, ...]] = {}
    for key, them in bearers.items():
        theirs = {code for code, _ in them}
        labels = tuple(label for code, label in by_code.items() if code in theirs)
        if (key not in today and len(labels) == 1) or (code := _meant(them, dated)):
            now[key] = labels[0] if len(labels) == 1 else by_code[code]
        elif key not in today:
            doubtful[key] = labels
        elif not _is_later(them, dated):
            passed_on[key] = labels
    known = (*by_code.values(), *(former.label for them in bearers.values() for _, former in them))
    return OptionMeanings(item.column.kind, known, now, doubtful, passed_on)


def _meant(bearers: Sequence[_Bearer], dated: datetime | None) -> str:
    """Return the code of the option that had the label at that time, or ''."""
    if any(former.until is None for _, former in bearers):
        return ""
    then = [(former.until, code) for code, former in bearers if former.was_in_use(dated)]
    return min(then)[1] if then else ""


def _is_later(bearers: Sequence[_Bearer], dated: datetime | None) -> bool:
    """Tell whether a sheet was surely written after all of them had given the label up."""
    moments = [former.until for _, former in bearers]
    return dated is not None and all(each is not None and each <= dated for each in moments)
