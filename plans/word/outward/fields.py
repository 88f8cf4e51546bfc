"""Fields and places that Word keeps alive: contents, page numbers, bookmarks and links to them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from plans.text.word_marks import live_bookmark
from plans.word.outward.markup import Look, ParagraphShape, attribute, paragraph, run

CONTENTS_DEPTH = 2
# Stands in the contents until somebody has Word or LibreOffice make them anew.
_HOW_TO_COUNT = (
    "ページ番号は、目次を右クリックして「フィールド更新」（LibreOfficeでは「目次と索引の更新」）を選ぶと入り、"
    "この行は消えます。"
)
_CONTENTS = f' TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u '


@dataclass(frozen=True)
class ContentsEntry:
    """One line of the contents: its level from 1, its text, and the place it leads to."""

    level: int
    text: str
    anchor: str


def bookmark_name(anchor: str) -> str:
    """Return the name of a place: Word takes 40 letters and digits, our anchors are longer."""
    digest = hashlib.sha256(anchor.encode()).hexdigest()
    return f"_Toc{int(digest[:12], 16):015d}"


class Bookmarks:
    """Hands out bookmarks; no two have the same number."""

    def __init__(self) -> None:
        self._count = 0

    def around(self, anchor: str, content: str) -> str:
        """Return content as the place that an anchor names."""
        self._count += 1
        # Numbers of a template's own bookmarks are far lower.
        number = 100_000 + self._count
        name = bookmark_name(anchor)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def of_table(self, code: str) -> str:
        """Return an empty bookmark by which a table made of rows is known again."""
        self._count += 1
        name = live_bookmark(code, self._count)
        number = 100_000 + self._count
        if not name:
            return ""
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def internal_link(anchor: str, content: str) -> str:
    """Return content that leads to a place in the document."""
    return f'<w:hyperlink w:anchor="{bookmark_name(anchor)}" w:history="1">{content}</w:hyperlink>'


def external_link(relation: str, content: str) -> str:
    """Return content that leads to the address of a relation."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'


def number_field(instruction: str, look: Look) -> str:
    """Return a field that counts; 1 stands for it until Word does."""
    return f"{_begin(instruction)}{run('1', look)}{_mark('end')}"


def contents(entries: Sequence[ContentsEntry], styles: Sequence[str]) -> str:
    """Return the contents as one field with a line an entry; page numbers come from Word.

    A page number is known only to the program that lays the pages out: a guess would be believed.
    Until it has counted, a line says how to have it count.
    """
    if not entries:
        return ""
    lines = [paragraph(_begin(_CONTENTS) + run(_HOW_TO_COUNT), ParagraphShape(style=styles[0]))]
    for entry in entries:
        shape = ParagraphShape(style=styles[entry.level - 1])
        name = bookmark_name(entry.anchor)
        page = _begin(f" PAGEREF {name} \\h ") + _mark("end")
        tab = "<w:r><w:tab/></w:r>"
        link = internal_link(entry.anchor, run(entry.text) + tab + page)
        lines.append(paragraph(link, shape))
    lines.append(paragraph(_mark("end")))
    return "".join(lines)


def _begin(instruction: str) -> str:
    code = f'<w:instrText xml:space="preserve">{_escaped(instruction)}</w:instrText>'
    return f"{_mark('begin')}<w:r>{code}</w:r>{_mark('separate')}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _escaped(text: str) -> str:
    return attribute(text)[1:-1].replace("&quot;", '"')
