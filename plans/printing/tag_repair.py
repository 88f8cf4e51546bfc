"""Mends the tags the engine writes, while they are still plain objects in the worker.

Once mended they are cached with the part; the binder only joins trees. Changed are: headers of
tables (a scope each; ids would collide between parts), boxes of figures (points of the page),
wrappers without meaning (dissolved, which halves the tree), pictures without words, and what
is drawn in margins (artifacts).
"""

from collections.abc import Iterator
from typing import Any

_POINTS_PER_PX = 0.75
_MEANINGLESS = frozenset({"/Span", "/NonStruct"})
_MAY_BE_EMPTY = frozenset({"/TD", "/TH", "/TR", "/Document"})
NO_WORDS = "図（説明の文がありません）"


def mend_tags(document: Any, pdf: Any) -> None:
    """Change the structure of a WeasyPrint document in place, before it is written."""
    _Mender(document, pdf).mend()
    for item in pdf.objects:
        # PDF/A forbids smoothed pictures.
        extra = getattr(item, "extra", None)
        if extra and "Interpolate" in extra:
            extra["Interpolate"] = "false"


class _Mender:
    def __init__(self, document: Any, pdf: Any) -> None:
        self._heights = [page.height for page in document.pages]
        self._pages = {bytes(ref): number for number, ref in enumerate(pdf.page_references)}
        dictionaries: list[Any] = [item for item in pdf.objects if isinstance(item, dict)]
        self._elements: dict[bytes, Any] = {
            item.reference: item for item in dictionaries if item.get("Type") == "/StructElem"
        }
        streams = {item.reference: item.stream for item in pdf.objects if hasattr(item, "stream")}
        self._streams: list[list[Any]] = [
            streams[item["Contents"]] for item in dictionaries if item.get("Type") == "/Page"
        ]
        annotations = {item.reference: item for item in dictionaries if "StructParent" in item}
        self._links: dict[bytes, int] = {
            item.reference: annotations[item["Obj"]]["StructParent"]
            for item in dictionaries
            if item.get("Type") == "/OBJR"
        }
        self._root = next(item for item in dictionaries if item.get("Type") == "/StructTreeRoot")
        self._nums = next(item["Nums"] for item in dictionaries if "Nums" in item)

    def mend(self) -> None:
        # Children were made after their parents.
        for reference, element in reversed(self._elements.items()):
            element["K"][:] = self._kids(reference, element)
        for element in self._elements.values():
            self._mend_one(element)
        self._hide_the_unreached()
        self._list_figures()
        self._rewrite_parents()

    def _kids(self, reference: bytes, element: Any) -> Iterator[Any]:
        """Yield the children, those of meaningless ones in place of them, without empty ones."""
        for kid in element["K"]:
            child = self._elements.get(kid) if isinstance(kid, bytes) else None
            if child is None:
                yield kid
            elif child["S"] in _MEANINGLESS:
                yield from self._dissolved(reference, child)
            elif child["S"] == element["S"] == "/Link":
                yield from self._link_in_link(reference, child)
            elif child["K"] or child["S"] in _MAY_BE_EMPTY:
                yield kid

    def _dissolved(self, reference: bytes, child: Any) -> Iterator[Any]:
        for grandchild in child["K"]:
            if grandchild in self._elements:
                self._elements[grandchild]["P"] = reference
            yield grandchild
        child["K"][:] = []

    def _link_in_link(self, reference: bytes, child: Any) -> Iterator[Any]:
        """Yield one link in place of the three that the engine makes of a line of the contents.

        The innermost holds nothing but the dots of the leader, which nobody wants to hear.
        """
        if any(grandchild in self._elements for grandchild in child["K"]):
            yield from self._dissolved(reference, child)
            return
        yield from (item for item in child["K"] if isinstance(item, bytes))
        self._hide(child)
        child["K"][:] = []

    def _mend_one(self, element: Any) -> None:
        tag = element["S"]
        element.pop("ID", None)
        if tag == "/Part":
            element["S"] = "/Div"
        elif tag == "/TR":
            self._give_scopes(element)
        elif tag == "/TD":
            attributes = element.get("A", {})
            attributes.pop("Headers", None)
            if list(attributes) == ["O"]:
                del element["A"]
        elif tag == "/Figure":
            self._mend_figure(element)

    def _give_scopes(self, row: Any) -> None:
        cells = [self._elements[kid] for kid in row["K"] if kid in self._elements]
        names_row = any(cell["S"] == "/TD" for cell in cells)
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if names_row else "/Column"

    def _mend_figure(self, figure: Any) -> None:
        import pydyf  # type: ignore[import-untyped]  # late: heavy

        if "Alt" not in figure:
            figure["Alt"] = pydyf.String(NO_WORDS)
        height = self._heights[self._pages[bytes(figure["Pg"])]]
        x1, y1, x2, y2 = figure["A"]["BBox"]
        corners = (x1, height - y2, x2, height - y1)
        figure["A"]["BBox"] = pydyf.Array([round(_POINTS_PER_PX * c, 2) for c in corners])
        figure["A"]["Placement"] = "/Block"

    def _hide_the_unreached(self) -> None:
        """Make artifacts of what stands in the margins: the engine leaves it out of the tree."""
        reached: set[bytes] = set()
        waiting = [ref for ref, element in self._elements.items() if element["S"] == "/Document"]
        while waiting:
            reference = waiting.pop()
            reached.add(reference)
            waiting += [kid for kid in self._elements[reference]["K"] if kid in self._elements]
        for reference, element in self._elements.items():
            if reference not in reached:
                self._hide(element)

    def _hide(self, element: Any) -> None:
        """Take the content of an element out of the structure: it is drawn, but not read."""
        if "Pg" not in element:
            return
        number = self._pages[bytes(element["Pg"])]
        hidden = {kid for kid in element["K"] if isinstance(kid, int)}
        stream = self._streams[number]
        for position, item in enumerate(stream):
            if isinstance(item, dict) and item.get("MCID") in hidden:
                stream[position - 1] = "/Artifact"
                stream[position] = type(item)({"Type": "/Pagination"})
        element["K"][:] = [kid for kid in element["K"] if not isinstance(kid, int)]

    def _list_figures(self) -> None:
        """Name the figures at the root, where the binder finds them without a walk."""
        figures = [ref for ref, element in self._elements.items() if element["S"] == "/Figure"]
        self._root["Figures"] = type(self._nums)(figures)

    def _rewrite_parents(self) -> None:
        """Tell each piece of content its element again: the one before may be dissolved."""
        owners: dict[tuple[int, int], bytes] = {}
        for reference, element in self._elements.items():
            if "Pg" not in element:
                continue
            page = self._pages[bytes(element["Pg"])]
            for kid in element["K"]:
                if isinstance(kid, int):
                    owners[page, kid] = reference
                elif kid in self._links:
                    self._nums[2 * self._links[kid] + 1] = reference
        for number in range(len(self._pages)):
            parents = self._nums[2 * number + 1]
            parents[:] = [owners.get((number, mcid), b"null") for mcid in range(len(parents))]
