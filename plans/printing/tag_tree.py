"""Joins the structure trees of parts into one: a Document of Parts, each page of a part in turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from plans.printing.front_parts import CONTENTS_TITLE
from plans.printing.rendered_parts import Source


class TaggedPage(Protocol):
    """What the tree asks of a page of the book."""

    @property
    def source(self) -> Source | None: ...

    @property
    def index(self) -> int: ...

    @property
    def part(self) -> str: ...

    def point(self, x: float, y: float) -> tuple[float, float]: ...


def join_tags(pdf: pikepdf.Pdf, pages: Sequence[TaggedPage]) -> None:
    """Give the book one structure tree; its pages are in place, links that lead nowhere are gone."""
    _Joiner(pdf).join(pages)
    pdf.Root.MarkInfo = Dictionary(Marked=True)


@dataclass(frozen=True)
class _Branches:
    """The tree of one source, copied: elements and owners of content by page, owners of links by
    the number of the link in the source."""

    tops: list[list[Any]]
    owners: list[Any]
    link_owners: dict[int, Any]
    figures: list[Any]


class _Joiner:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = self._element("Document", self._root)
        self._branches: dict[Source, _Branches] = {}
        self._owners: list[Any] = []
        self._link_owners: list[Any] = []
        self._links: set[tuple[int, int]] = set()
        self._numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._part: Any = None
        self._name = ""

    def join(self, pages: Sequence[TaggedPage]) -> None:
        first_link = len(pages)
        for number, (page, bound) in enumerate(zip(self._pdf.pages, pages, strict=True)):
            if self._part is None or bound.part != self._name:
                self._begin_part(bound.part)
            self._join_page(page.obj, bound, number, first_link)
        for branches in self._branches.values():
            self._drop_lost_links(branches)
            self._move_figures(branches, pages)
        nums = [item for pair in enumerate((*self._owners, *self._link_owners)) for item in pair]
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(nums)))
        self._root.ParentTreeNextKey = len(nums) // 2
        self._pdf.Root.StructTreeRoot = self._root

    def _begin_part(self, name: str) -> None:
        self._name = name
        self._part = self._element("Part", self._document)
        self._part.T = String(name)
        self._document.K.append(self._part)

    def _join_page(self, page: Any, bound: TaggedPage, number: int, first_link: int) -> None:
        page.StructParents = number
        page.Tabs = Name.S
        if bound.source is None:
            self._owners.append(Array())
            return
        branches = self._taken(bound.source)
        self._owners.append(branches.owners[bound.index])
        for top in branches.tops[bound.index]:
            top.P = self._part
            self._part.K.append(top)
            if self._name == CONTENTS_TITLE:
                self._list_contents(top)
        for link in page.get(Name.Annots, ()):
            owner = branches.link_owners[int(link.StructParent)]
            link.StructParent = first_link + len(self._link_owners)
            self._link_owners.append(owner)
            self._links.add(link.objgen)

    def _taken(self, source: Source) -> _Branches:
        if source not in self._branches:
            self._branches[source] = _take(self._pdf, source)
        return self._branches[source]

    def _drop_lost_links(self, branches: _Branches) -> None:
        """Make text of the links that led to something that is not printed."""
        for element in branches.link_owners.values():
            lost = [kid for kid in element.K if _is_link(kid) and kid.Obj.objgen not in self._links]
            if not lost:
                continue
            gone = {kid.objgen for kid in lost}
            kept = [kid for kid in element.K if isinstance(kid, int) or kid.objgen not in gone]
            element.K = Array(kept)
            if not any(map(_is_link, kept)):
                element.S = Name.Span

    def _move_figures(self, branches: _Branches, pages: Sequence[TaggedPage]) -> None:
        """Say of each figure where it lies on the paper, not where it was rendered."""
        for figure in branches.figures:
            page = figure.get(Name.Pg)
            number = self._numbers.get(page.objgen) if page is not None else None
            if number is not None:
                x1, y1, x2, y2 = map(float, figure.A.BBox)
                corners = (*pages[number].point(x1, y1), *pages[number].point(x2, y2))
                figure.A.BBox = Array(round(corner, 2) for corner in corners)

    def _list_contents(self, top: Any) -> None:
        """Turn the paragraphs of a page of the contents into a list of contents."""
        listed = self._element("TOC", top)
        others = [kid for kid in top.K if kid.S != Name.P]
        for line in top.K:
            if line.S == Name.P:
                line.S, line.P = Name.TOCI, listed
                listed.K.append(line)
        top.K = Array([*others, listed])

    def _element(self, tag: str, parent: Any) -> Any:
        element = Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=parent, K=Array())
        return self._pdf.make_indirect(element)


def _take(pdf: pikepdf.Pdf, source: Source) -> _Branches:
    """Copy the tree of a source; what belongs to pages that are not in the book stays unreached."""
    tree = source.pdf.Root.StructTreeRoot
    numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}
    pages = [numbers[top.Pg.objgen] for top in tree.K[0].K]
    copied = pdf.copy_foreign(tree)
    tops: list[list[Any]] = [[] for _ in source.pages]
    for number, top in zip(pages, copied.K[0].K, strict=True):
        tops[number].append(top)
    nums = list(copied.ParentTree.Nums)
    values = dict(zip((int(key) for key in nums[::2]), nums[1::2], strict=True))
    count = len(source.pages)
    owners = [values.pop(number) for number in range(count)]
    return _Branches(tops, owners, values, list(copied.Figures))


def _is_link(kid: Any) -> bool:
    """Tell whether a child of an element stands for a link annotation."""
    return not isinstance(kid, int) and kid.get(Name.Type) == Name.OBJR
