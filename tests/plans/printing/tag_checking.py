"""Checks the structure of a tagged PDF: what PDF/UA-1 asks and pikepdf can see.

Not checked, because it takes a person or a full validator: whether the reading order makes sense,
contrast, and whether alternative texts say the right thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name, Object

_GROUPS = {"Document", "Part", "Sect", "Div", "TOC", "TOCI"}
_BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"}
_TABLES = {"Table", "THead", "TBody", "TR", "TH", "TD"}
STANDARD = _GROUPS | _BLOCKS | _TABLES | {"Span", "Link", "Figure"}
_PARENTS = {
    "TR": {"Table", "THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


@dataclass(frozen=True)
class Found:
    """One structure element with the tag of its parent."""

    element: Any
    tag: str
    parent: str


def elements(pdf: pikepdf.Pdf) -> list[Found]:
    """Return the whole tree in reading order; fails when a child does not know its parent."""
    root = pdf.Root.StructTreeRoot
    (document,) = root.K
    return list(_walk(document, root, ""))


def _walk(element: Any, parent: Any, parent_tag: str) -> Iterator[Found]:
    assert element.P.objgen == parent.objgen, (element.S, parent_tag)
    tag = str(element.S)[1:]
    yield Found(element, tag, parent_tag)
    for kid in element.K:
        if isinstance(kid, Object) and Name.S in kid:
            yield from _walk(kid, element, tag)


def faults(pdf: pikepdf.Pdf) -> list[str]:
    """Return everything that is wrong, as sentences for the reader of a failed test."""
    tree = elements(pdf)
    return [
        *_document_faults(pdf),
        *_nesting_faults(tree),
        *_content_faults(pdf, tree),
        *_table_faults(tree),
        *_heading_faults(tree),
        *_link_faults(pdf, tree),
        *(
            f"a figure says nothing: {found.element.get(Name.Alt)!r}"
            for found in tree
            if found.tag == "Figure" and not str(found.element.get(Name.Alt, "")).strip()
        ),
    ]


def _document_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get(Name.Lang, "")):
        yield "no language"
    if root.get(Name.MarkInfo, {}).get(Name.Marked) is not True:
        yield "not marked"
    if root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle) is not True:
        yield "the title is not shown"
    packet = root.Metadata.read_bytes().decode()
    if "<pdfuaid:part>1</pdfuaid:part>" not in packet:
        yield "no PDF/UA identifier"
    if str(pdf.docinfo.Title) not in packet:
        yield "the metadata has another title"


def _nesting_faults(tree: list[Found]) -> Iterator[str]:
    for found in tree:
        if found.tag not in STANDARD:
            yield f"unknown tag {found.tag}"
        if found.parent not in _PARENTS.get(found.tag, {found.parent}):
            yield f"{found.tag} below {found.parent}"


def _content_faults(pdf: pikepdf.Pdf, tree: list[Found]) -> Iterator[str]:
    """Compare what the pages mark, what the tree owns, and what the parent tree says."""
    owned: dict[tuple[int, int], Any] = {}
    for key, element in _owned(pdf, tree):
        if key in owned:
            yield f"content {key} is owned twice"
        owned[key] = element
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    if [int(key) for key in nums[::2]] != list(range(len(nums) // 2)):
        yield "the parent tree is not in order"
    for number, page in enumerate(pdf.pages):
        parents = list(nums[2 * int(page.obj.StructParents) + 1])
        marked, unmarked = _marks(page)
        if unmarked:
            yield f"page {number + 1} draws {unmarked} outside any mark"
        known = {mcid: parent for mcid, parent in enumerate(parents) if parent is not None}
        if sorted(marked) != sorted(known):
            yield f"page {number + 1} marks {len(marked)}, the parent tree knows {len(known)}"
        for mcid, parent in known.items():
            owner = owned.pop((number, mcid), None)
            if owner is None or owner.objgen != parent.objgen:
                yield f"content {mcid} of page {number + 1} is not reached from the tree"
    yield from (f"content {key} is on no page" for key in owned)


def _owned(pdf: pikepdf.Pdf, tree: list[Found]) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield (page, id) of each piece of content in the tree, with its element."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    for found in tree:
        for kid in found.element.K:
            if isinstance(kid, int):
                yield (pages[found.element.Pg.objgen], kid), found.element


def _marks(page: Any) -> tuple[list[int], list[str]]:
    """Return the ids of marked content of a page, and what is drawn outside any mark."""
    marked: list[int] = []
    unmarked: list[str] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            if name == "BDC" and isinstance(operands[1], Object) and Name.MCID in operands[1]:
                marked.append(int(operands[1].MCID))
        elif name == "EMC":
            depth -= 1
        elif name in {"Tj", "TJ", "f", "f*", "S", "B", "b"} and depth == 0:
            unmarked.append(name)
        elif name == "Do" and depth == 0:
            unmarked += _unmarked_form(page.Resources.XObject[str(operands[0])])
    return marked, unmarked


def _unmarked_form(form: Any) -> list[str]:
    """Return nothing for a stamp, which is an artifact from beginning to end."""
    if form.Subtype != Name.Form:
        return ["an image"]
    content = form.read_bytes().decode("latin-1")
    rest = re.sub(r"/Artifact <<[^>]*>> BDC.*?EMC", "", content, flags=re.DOTALL)
    return [rest.strip()] if rest.strip() else []


def _table_faults(tree: list[Found]) -> Iterator[str]:
    for found in tree:
        if found.tag == "TH" and found.element.A.get(Name.Scope) not in {Name.Column, Name.Row}:
            yield "a head of a table without scope"
        if found.tag == "Table" and not any(f.tag == "TH" for f in _below(found.element)):
            yield "a table without heads"


def _below(element: Any) -> Iterator[Found]:
    for kid in element.K:
        if isinstance(kid, Object) and Name.S in kid:
            yield from _walk(kid, element, str(element.S)[1:])


def _heading_faults(tree: list[Found]) -> Iterator[str]:
    level = 0
    for found in tree:
        if re.fullmatch("H[1-6]", found.tag):
            here = int(found.tag[1])
            if here > level + 1:
                yield f"a heading of level {here} follows one of level {level}"
            level = here


def _link_faults(pdf: pikepdf.Pdf, tree: list[Found]) -> Iterator[str]:
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    reached = {
        kid.Obj.objgen: found.element
        for found in tree
        for kid in found.element.K
        if isinstance(kid, Object) and kid.get(Name.Type) == Name.OBJR
    }
    for number, page in enumerate(pdf.pages, 1):
        for link in page.obj.get(Name.Annots, ()):
            if not str(link.get(Name.Contents, "")):
                yield f"a link on page {number} says nothing"
            owner = reached.pop(link.objgen, None)
            if owner is None or str(owner.S) != "/Link":
                yield f"a link on page {number} is not reached from the tree"
            elif nums[2 * int(link.StructParent) + 1].objgen != owner.objgen:
                yield f"the parent tree names another owner of a link on page {number}"
    if reached:
        yield f"{len(reached)} links of the tree are on no page"
