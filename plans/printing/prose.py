"""Writes chapter text for the press: fonts for rare names, links across parts, pictures inside."""

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import quote

from django.utils.safestring import SafeString

from bcp_portal.ui.data_addresses import picture_address
from plans.printing.faces import GOTHIC, MINCHO
from plans.printing.glyphs import UnprintableError, set_text
from plans.printing.problems import ImageMissingError, UnprintableTextError
from plans.printing.text_tables import fitted
from plans.text.list_numbers import first_number
from plans.text.markup import VOID_TAGS, Element, Node, parse

LINK_SCHEME = "urn:bcp-part:"
IMAGE_SCHEME = "image:"

LoadImage = Callable[[str], bytes]
"""Takes the SHA-256 of a picture and returns the file; raises LookupError when there is none."""

# The style sheet sets these in gothic, whatever stands around them.
_GOTHIC_TAGS = frozenset({"strong", "em", "table", "th", "td"})


def cross_reference(anchor: str) -> str:
    """Return the address by which a part names a place that may lie in another part."""
    return LINK_SCHEME + quote(anchor)


def line(text: str, place: str, family: str = GOTHIC) -> SafeString:
    """Return one heading or label as HTML; `place` names it in the message when it cannot print."""
    try:
        return SafeString(set_text(text, family))
    except UnprintableError as error:
        raise UnprintableTextError(place, error) from None


def prose(html: str, place: str, load_image: LoadImage) -> SafeString:
    """Return cleaned chapter HTML ready to be laid out, or raise a DomainError naming the place."""
    return SafeString(_Writer(place, load_image).write(parse(html), MINCHO))


class _Writer:
    def __init__(self, place: str, load_image: LoadImage) -> None:
        self.place = place
        self.load_image = load_image

    def write(self, nodes: Iterable[Node], family: str) -> str:
        return "".join(
            line(node, f"{self.place}の本文", family)
            if isinstance(node, str)
            else self._element(fitted(node) if node.tag == "table" else node, family)
            for node in nodes
        )

    def _element(self, element: Element, family: str) -> str:
        attributes = "".join(
            f' {name}="{escape(self._attribute(name, value))}"'
            for name, value in element.attributes.items()
        )
        if element.tag == "ol" and "start" in element.attributes:
            # The press knows no start of a list.
            attributes += f' style="counter-reset: list-item {first_number(element) - 1}"'
        start = f"<{element.tag}{attributes}>"
        if element.tag in VOID_TAGS:
            return start
        inner = GOTHIC if element.tag in _GOTHIC_TAGS else family
        return f"{start}{self.write(element.children, inner)}</{element.tag}>"

    def _attribute(self, name: str, value: str) -> str:
        if name == "href" and value.startswith("#"):
            return cross_reference(value[1:])
        if name == "src" and value.startswith(IMAGE_SCHEME):
            return self._data_address(value.removeprefix(IMAGE_SCHEME))
        return value

    def _data_address(self, sha256: str) -> str:
        try:
            return picture_address(self.load_image(sha256))
        except LookupError:
            raise ImageMissingError(self.place) from None
