"""The shape of an outline's data, and the plain notation in which its texts are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from plans.live_blocks import block_html

_LISTS = {"・": "ul", "＃": "ol"}
_BLOCK = re.compile(r"\[\[([^\]|]+)((?:\|[^\]|]+)*)\]\]")


@dataclass(frozen=True)
class ChapterTemplate:
    """One 章, 節 or 項 to start from: heading, first text, guidance for the writer, what lies below.

    The body is written in plain notation: paragraphs and lists parted by blank lines; a line that
    begins with ・ (or ＃ when counted) is a list item; [[17|columns=a,b|name=value]] on a line of its
    own is a table. Other lines of a paragraph are joined as they stand.
    """

    title: str
    body: str = ""
    guidance: str = ""
    sections: tuple["ChapterTemplate", ...] = ()


@dataclass(frozen=True)
class OutlineTemplate:
    """One whole table of contents."""

    profile: str
    plan_title: str
    chapters: tuple[ChapterTemplate, ...]


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
        return _list_html(_LISTS[mark], mark, lines)
    return f"<p>{escape(_joined(lines), quote=False)}</p>"


def _live_html(match: re.Match[str]) -> str:
    options = dict(part.split("=", 1) for part in match[2].split("|")[1:])
    columns = tuple(name for name in options.pop("columns", "").split(",") if name)
    return block_html(match[1], columns, options)


def _list_html(tag: str, mark: str, lines: list[str]) -> str:
    items: list[str] = []
    for line in (line.strip() for line in lines):
        if line.startswith(mark):
            items.append(line[1:])
        else:
            items[-1] += line
    return f"<{tag}>" + "".join(f"<li>{escape(i, quote=False)}</li>" for i in items) + f"</{tag}>"
