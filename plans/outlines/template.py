"""The shape of an outline's data, and the plain notation in which its texts are written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from plans.document.annex_numbers import ANNEX_NUMBERS
from plans.text.inline_marks import PlaceholderUse
from plans.text.live_blocks import block_html
from plans.text.markup import serialise
from plans.text.numbering import KANA
from plans.text.outline import BODY_PLACE

_LISTS = {"・": "ul", "＃": "ol"}
_PHRASE = re.compile(r"\{\{([a-z_]+)\}\}")
_BLOCK = re.compile(r"\[\[([^\]|]+)((?:\|[^\]|]+)*)\]\]")


@dataclass(frozen=True)
class ChapterTemplate:
    """One 章, 節, 項 or 目 to start from: heading, first text, guidance, what lies below.

    The body is written in plain notation: paragraphs and lists parted by blank lines; a line that
    begins with ・ (or ＃ when counted) is a list item; lines that begin with | are the rows of a
    fixed table, its head first; [[17|columns=a,b|name=value]] on a line of its own is a live table;
    {{role_owner}} within a text is a phrase the municipality sets (plans.text.phrase_keys).
    Other lines are joined to the one before as they stand.

    Chapters of two outlines with the same `key` say the same and follow each other when a plan
    changes its outline; a key stands once in an outline.
    """

    title: str
    body: str = ""
    guidance: str = ""
    sections: tuple["ChapterTemplate", ...] = ()
    key: str = ""
    placement: str = BODY_PLACE

    def walk(self) -> Iterator["ChapterTemplate"]:
        """Yield this template and all below it in printed order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True)
class GuideStep:
    """One step of a guided start, and where it is done: tables by code, chapters by key, or a page.

    `page` is the name of an address without arguments of its own, `preset` the rows to begin with.
    """

    title: str
    text: str
    tables: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    page: str = ""
    preset: str = ""


@dataclass(frozen=True)
class OutlineTemplate:
    """One whole table of contents, how it is counted, and the 様式 that are printed behind it."""

    profile: str
    plan_title: str
    chapters: tuple[ChapterTemplate, ...]
    label: str = ""
    description: str = ""
    numbering: str = KANA.code
    annexes: tuple[int, ...] = ANNEX_NUMBERS
    steps: tuple[GuideStep, ...] = ()

    def walk(self) -> Iterator[ChapterTemplate]:
        """Yield every template in printed order."""
        for chapter in self.chapters:
            yield from chapter.walk()


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with {団体名} and the like replaced by what they stand for."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def guidance_text(text: str) -> str:
    """Return a guidance written over several lines as paragraphs without line ends inside."""
    return "\n".join(_joined(block.splitlines()) for block in _blocks(text))


def body_html(text: str) -> str:
    """Return the HTML of a body in plain notation."""
    return "".join(_block_html(block) for block in _blocks(text))


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block]


def _joined(lines: list[str]) -> str:
    return "".join(line.strip() for line in lines)


def _block_html(block: str) -> str:
    live = _BLOCK.fullmatch(block.strip())
    if live:
        return _live_html(live)
    lines = block.splitlines()
    mark = lines[0].strip()[:1]
    if mark in _LISTS:
        return _list_html(_LISTS[mark], _items(mark, lines))
    if mark == "|":
        return _table_html(_items(mark, lines))
    return f"<p>{_text_html(_joined(lines))}</p>"


def _text_html(text: str) -> str:
    """Return a run of text escaped, its phrases as the marks that stand for them."""
    return _PHRASE.sub(
        lambda match: serialise([PlaceholderUse(match[1]).to_element()]),
        escape(text, quote=False),
    )


def _live_html(match: re.Match[str]) -> str:
    options = dict(part.split("=", 1) for part in match[2].split("|")[1:])
    columns = tuple(name for name in options.pop("columns", "").split(",") if name)
    return block_html(match[1], columns, options)


def _items(mark: str, lines: Sequence[str]) -> list[str]:
    """Return what follows each mark; a line without one goes on with the item before."""
    items: list[str] = []
    for line in (line.strip() for line in lines):
        if line.startswith(mark):
            items.append(line[1:])
        else:
            items[-1] += line
    return items


def _list_html(tag: str, items: Sequence[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{_text_html(i)}</li>" for i in items) + f"</{tag}>"


def _table_html(rows: Sequence[str]) -> str:
    head, *body = (row.strip("|").split("|") for row in rows)
    lines = "".join(_row_html("td", cells) for cells in body)
    return f"<table><thead>{_row_html('th', head)}</thead><tbody>{lines}</tbody></table>"


def _row_html(tag: str, cells: Sequence[str]) -> str:
    inner = "".join(f"<{tag}>{_text_html(cell.strip())}</{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"
