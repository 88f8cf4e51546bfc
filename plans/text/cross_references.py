"""Makes 「様式17」 and 「第8章」 in chapter text into links, so that no page number need be typed."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from bcp_portal.ui.text import ascii_digits
from plans.text.markup import Element, Node, elements_in, parse, serialise, walk

# 様式17 / 様式3・5 / 様式14-1; the digits may be full width.
_ANNEXES = re.compile(
    r"様式[ 　]?[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?(?:[・･][0-9０-９]{1,2})*"
)
_ANNEX_NUMBER = re.compile(r"[0-9０-９]{1,2}(?:[-－][0-9０-９]{1,2})?")
_DIGITS = "[0-9０-９]{1,2}"


def _below(prefix: str) -> str:
    """Return the pattern of (1), (1)ア and (1)ア(イ); a kana that begins a word is not a 項."""
    point = rf"(?:[(（](?P<{prefix}point>[ア-ン])[)）])?"
    item = rf"(?:(?P<{prefix}item>[ア-ン])(?![ァ-ヶー]){point})?"
    return rf"の?[(（](?P<{prefix}section>{_DIGITS})[)）]{item}"


# 第8章 / 第8章(1)ア / 8(1) / 8の(1)ア(イ) / 2.1.1項 / 別表1.
_CHAPTER = re.compile(
    rf"第(?P<chapter>{_DIGITS})章(?:{_below('')})?"
    rf"|(?<![0-9０-９,，.．A-Za-z])(?P<bare>{_DIGITS}){_below('bare_')}"
    rf"|(?<![0-9０-９.．A-Za-z])(?P<decimal>{_DIGITS}(?:[.．]{_DIGITS}){{1,3}})[節項目]"
    rf"|別表(?P<appendix>{_DIGITS})"
)
# A chapter of something else: 地方自治法第8章, 地域防災計画第3章, 「…」第2章.
_OTHER_WORK = re.compile(r"(?:[法令例則綱領編』」]|(?<![本の])計画|方針|指針)$")


def annex_anchor(number: int) -> str:
    """Return the anchor of an annex in every form of the document."""
    return f"annex-{number}"


def link_references(html: str, *, chapters: Mapping[str, str], annexes: Collection[int]) -> str:
    """Return the HTML with links to annexes and chapters that exist.

    `chapters` gives the anchor by full number (8, 8(1)ア, 2.1.1, 別表1). Text inside a link is left
    alone.
    """
    return serialise(_linked(parse(html), chapters, annexes))


def with_link_addresses(html: str, address_of: Callable[[str], str | None]) -> str:
    """Return the HTML with links to anchors led elsewhere; None from address_of leaves a link."""
    nodes = parse(html)
    for node in elements_in(nodes):
        if node.attributes.get("href", "").startswith("#"):
            address = address_of(node.attributes["href"][1:])
            if address:
                node.attributes["href"] = address
    return serialise(nodes)


def with_link_texts(html: str, text_of: Callable[[str, str], str]) -> str:
    """Return the HTML with the words of links to anchors changed; text_of takes anchor and words."""
    nodes = parse(html)
    for node in elements_in(nodes):
        if node.attributes.get("href", "").startswith("#"):
            anchor = node.attributes["href"][1:]
            node.children = [
                text_of(anchor, child) if isinstance(child, str) else child
                for child in node.children
            ]
    return serialise(nodes)


def _linked(
    nodes: Iterable[Node], chapters: Mapping[str, str], annexes: Collection[int]
) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            for part in _annex_links(node, annexes):
                result += _chapter_links(part, chapters) if isinstance(part, str) else [part]
        else:
            if node.tag != "a":
                node.children = _linked(node.children, chapters, annexes)
            result.append(node)
    return result


def _link(anchor: str, text: str) -> Element:
    return Element("a", {"href": f"#{anchor}"}, [text])


def _annex_links(text: str, annexes: Collection[int]) -> list[Node]:
    """Link each number of 様式3・5; the first link also takes the word 様式."""
    parts: list[Node] = []
    end = 0
    for match in _ANNEXES.finditer(text):
        start = match.start()
        for number in _ANNEX_NUMBER.finditer(text, match.start(), match.end()):
            value = int(re.split("[-－]", ascii_digits(number.group()))[0])
            if value in annexes:
                parts += [text[end:start], _link(annex_anchor(value), text[start : number.end()])]
                end = number.end()
            start = number.end() + 1
    return [part for part in [*parts, text[end:]] if part]


def _chapter_links(text: str, chapters: Mapping[str, str]) -> list[Node]:
    parts: list[Node] = []
    end = 0
    for match in _CHAPTER.finditer(text):
        anchor = _anchor(match, chapters)
        if anchor and not _OTHER_WORK.search(text[max(0, match.start() - 4) : match.start()]):
            parts += [text[end : match.start()], _link(anchor, match.group())]
            end = match.end()
    return [part for part in [*parts, text[end:]] if part]


def _anchor(match: re.Match[str], chapters: Mapping[str, str]) -> str | None:
    if match["decimal"]:
        return chapters.get(".".join(map(_plain, re.split("[.．]", match["decimal"]))))
    if match["appendix"]:
        return chapters.get(f"別表{_plain(match['appendix'])}")
    number = _plain(match["chapter"] or match["bare"])
    section, item, point = (
        match[name] or match[f"bare_{name}"] for name in ("section", "item", "point")
    )
    if section:
        number += f"({_plain(section)}){item or ''}{f'({point})' if point else ''}"
    return chapters.get(number)


def cites_chapters(html: str) -> bool:
    """Tell whether a text names another chapter by its number."""
    return any(_CHAPTER.search(node) for node in walk(parse(html)) if isinstance(node, str))


def _plain(digits: str) -> str:
    return str(int(ascii_digits(digits)))
