"""Finds what to take out of a binder and what to put in to bring it to another edition; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bcp_portal.ui.errors import DomainError
from plans.bookshelf.page_contents import Book, BookPage

NOT_BY_PART = (
    "ページ番号が通し番号の版は、1か所が変わると後のページの番号が全て変わるため、"
    "一部の差し替えができません。冊子の全体を差し替えてください。"
    "版の設定で「章・様式ごと」の番号を選ぶと、次の版からは一部の差し替えができます。"
)
SHARED_SHEETS = (
    "この版は、章や様式を新しい紙から始める両面印刷で作られていません。両面では1枚の紙に2つの章が"
    "またがるため、一部の差し替えができません。片面で差し替えるか、冊子の全体を差し替えてください。"
    "版の設定で「両面」を選ぶと、次の版からは両面でも一部の差し替えができます。"
)


@dataclass(frozen=True)
class Exchange:
    """One handful of sheets: these pages out of the old binder, those of the new edition in.

    `after` is the page of the old binder behind which they go, for what takes no page's place.
    """

    part: str
    out: tuple[BookPage, ...]
    put: tuple[BookPage, ...]
    whole: bool = False
    after: BookPage | None = None

    @property
    def heading(self) -> str:
        """Return what people call the part: its pages say 8-3, its first page 第8章."""
        return f"第{self.part}章" if self.part.isdigit() else self.part

    @property
    def out_text(self) -> str:
        return span(self.out)

    @property
    def put_text(self) -> str:
        return span(self.put)


@dataclass(frozen=True)
class Replacement:
    """Everything that is exchanged, in the order of the binder; `kept` pages stay as they are."""

    exchanges: tuple[Exchange, ...]
    kept: int
    pages_a_sheet: int

    @property
    def out_sheets(self) -> int:
        return sum(self._sheets(each.out) for each in self.exchanges)

    @property
    def put_sheets(self) -> int:
        return sum(self._sheets(each.put) for each in self.exchanges)

    @property
    def put(self) -> list[BookPage]:
        """Return the pages to be printed, in order."""
        return [page for each in self.exchanges for page in each.put]

    def _sheets(self, pages: Sequence[BookPage]) -> int:
        return -(-len(pages) // self.pages_a_sheet)


def span(pages: Sequence[BookPage]) -> str:
    """Return 8-3～8-5, or 8-3 for one page; nothing for none."""
    if not pages:
        return ""
    first, last = pages[0].label, pages[-1].label
    return first if len(pages) == 1 else f"{first}～{last}"


def replacement(old: Book, new: Book, *, both_sides: bool) -> Replacement:
    """Compare two books page by page, or sheet by sheet when they are printed on both sides.

    A page stays only where the new edition has the same content under the same number. Raises
    DomainError (Japanese) for books of which no part can be exchanged.
    """
    if not (old.by_part and new.by_part):
        raise DomainError(NOT_BY_PART)
    if both_sides and not (old.shares_no_sheets and new.shares_no_sheets):
        raise DomainError(SHARED_SHEETS)
    size = 2 if both_sides else 1
    exchanges = tuple(_exchanges(old, new, size))
    out = sum(len(each.out) for each in exchanges)
    return Replacement(exchanges, len(old.pages) - out, size)


def _exchanges(old: Book, new: Book, size: int) -> Iterator[Exchange]:
    old_parts, new_parts = old.parts, new.parts
    before: BookPage | None = None
    for name in _order(list(old_parts), list(new_parts)):
        out, put = old_parts.get(name, []), new_parts.get(name, [])
        if not out or not put:
            yield Exchange(name, tuple(out), tuple(put), True, None if out else before)
        else:
            yield from _within(name, _leaves(out, size), _leaves(put, size))
        before = (put or out)[-1] if put else before


Leaf = tuple[BookPage, ...]


def _within(name: str, old: list[Leaf], new: list[Leaf]) -> Iterator[Exchange]:
    """Yield each run of sheets that differ; what follows a run has kept content and number."""
    count = max(len(old), len(new))
    differs = [old[i : i + 1] != new[i : i + 1] for i in range(count)]
    for changed, places in groupby(range(count), differs.__getitem__):
        if not changed:
            continue
        run = list(places)
        out = _pages(old[run[0] : run[-1] + 1])
        put = _pages(new[run[0] : run[-1] + 1])
        whole = len(run) == count
        behind = old[run[0] - 1][-1] if not out and run[0] else None
        yield Exchange(name, out, put, whole, behind)


def _leaves(pages: Sequence[BookPage], size: int) -> list[Leaf]:
    return [tuple(pages[start : start + size]) for start in range(0, len(pages), size)]


def _pages(leaves: Sequence[Leaf]) -> Leaf:
    return tuple(page for leaf in leaves for page in leaf)


def _order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return all parts in the order of the new book; a removed part comes where it was."""
    order = list(new)
    for index, name in enumerate(old):
        if name not in new:
            before = next((each for each in reversed(old[:index]) if each in order), None)
            order.insert(order.index(before) + 1 if before else 0, name)
    return order
