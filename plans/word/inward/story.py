"""Reads the main story of a Word file as pieces: a heading each, with what stands below it."""

import io
from collections.abc import Iterator
from html import escape
from typing import Any

from docx import Document as open_word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from bcp_portal.ui.counted_letters import beginning, letter_count
from plans.text.word_marks import LIVE, code_of_bookmark
from plans.word.inward.findings import BEFORE_HEADINGS, WHOLE_FILE, Findings, Unread, WordPiece
from plans.word.inward.heading_detection import (
    heading_kind,
    is_typed_contents,
    levels_of,
    without_number,
)
from plans.word.inward.lists import LABEL_END, ListItem, in_cell, lists
from plans.word.inward.notes import footnotes, related
from plans.word.inward.paragraph_counter import Counting, ListPoint
from plans.word.inward.runs import RunReader, has_tab, plain_text
from plans.word.inward.styles import (
    HEADING_LEVELS,
    StyleSheet,
    heading_level,
    is_contents,
    is_ours,
    value_of,
)
from plans.word.inward.tables import rows_that_stay, table_html
from plans.word.inward.tracked_changes import settle

_CONTENTS = "目次は読みません。目次はシステムが作ります"
_AROUND = "登録した内容から作る表や図の題名と注記は読みません"
_GUESSED = "見出しの書式がないため、番号のある太字の行などを見出しとして読みました"
_NO_HEADINGS = (
    "見出しが見つからないため、1つにまとめて読みました。章・節の題に「見出し1」から「見出し4」の書式を"
    "付けて保存し、もう一度読み取ると、章・節ごとに分かれます"
)
_HEADS = "ページの上下の文字（ヘッダー・フッター）は読みません"
_FOREIGN = "ほかの形式の文書が差し込まれている部分は読めません"
_INNER_TABLE = "表の中の表は、文字だけを読みました"
_READING = "見出しのふりがなは読みません。親文字だけを読みました"
_DEEP = "5段目より下の見出しは、太字の行として読みました"
_LONGEST_TITLE = 120
# Blocks stand inside them as they would without.
_THROUGH = ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml")


def read_story(content: bytes) -> Findings:
    """Return the pieces of a .docx that was checked to be one."""
    word: Any = open_word(io.BytesIO(content))
    return _Story(word).read()


class _Story:
    def __init__(self, word: Any) -> None:
        self.body = word.element.body
        self.part = word.part
        self.unread = Unread()
        self.found = Findings()
        self.styles = StyleSheet(word.styles.element)
        settle(self.body, self.styles)
        self.runs = RunReader(
            self.part.rels,
            self.unread,
            self.found.pictures,
            footnotes(self.part, self.styles, self.unread),
            self.styles,
        )
        self.counting = Counting(related(self.part, RELATIONSHIP_TYPE.NUMBERING), self.unread)
        self.points: dict[Any, ListPoint] = self.counting.points(
            self.body.iter(qn("w:p")), self._place_in_list
        )
        self.levels: dict[str, int] = {}
        self.through = {qn(name) for name in _THROUGH}
        self.items: list[ListItem] = []
        self.guess = False
        self._begin("", 0)

    def read(self) -> Findings:
        self.guess = not any(self._level(p) for p in self.body.iter(qn("w:p")))
        if self.guess:
            self.levels = levels_of(map(self._kind, self.body.findall(qn("w:p"))))
        self._blocks(self.body)
        self._close_list()
        if _says_around(self.part):
            self.unread.add(_HEADS, WHOLE_FILE)
        pieces = self.found.pieces
        if self.guess:
            found = any(piece.level for piece in pieces)
            self.unread.add(_GUESSED if found else _NO_HEADINGS, WHOLE_FILE)
        self.found.pieces = [p for p in pieces if p.level or p.html]
        self.found.notes = self.unread.lines()
        return self.found

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._close_list()
                self._table(child)
            elif child.tag in self.through:
                self._blocks(child)
            elif child.tag == qn("w:altChunk"):
                self.unread.add(_FOREIGN, self.runs.where)
            elif html := self.runs.one(child).strip():
                self._close_list()
                self._add(f"<p>{html}</p>")

    def _level(self, paragraph: Any) -> int:
        return heading_level(paragraph, self._style(paragraph))

    def _style(self, paragraph: Any) -> Any:
        return self.styles.style(value_of(paragraph, "w:pPr/w:pStyle"))

    def _paragraph(self, paragraph: Any) -> None:
        style, text = self._style(paragraph), plain_text(paragraph)
        if is_contents(style):
            self.unread.add(_CONTENTS, WHOLE_FILE)
            return
        if is_ours(style):
            self.unread.add(_AROUND, WHOLE_FILE)
            return
        level = self._level(paragraph)
        if self.guess:
            if is_typed_contents(text, tabbed=has_tab(paragraph)):
                self.unread.add(_CONTENTS, WHOLE_FILE)
                return
            level = self.levels.get(self._kind(paragraph), 0)
        if text and 0 < level <= HEADING_LEVELS:
            self._close_list()
            self._begin(text, level, self._label(paragraph))
            if next((rt for rt in paragraph.iter(qn("w:rt")) if plain_text(rt)), None) is not None:
                self.unread.add(_READING, self.runs.where)
            if beside := self.runs.beside_text(paragraph).strip():
                self._add(f"<p>{beside}</p>")
            self._after_paragraph()
            return
        html = self.runs.paragraph(paragraph)
        if level and html:
            self.unread.add(_DEEP, self.runs.where)
            html = f"<strong>{html}</strong>"
        self._text(paragraph, html)
        self._after_paragraph()

    def _kind(self, paragraph: Any) -> str:
        """Return how a paragraph counts that looks like a heading, "" for any other."""
        text = plain_text(paragraph)
        label = self._label(paragraph)
        if not label and is_typed_contents(text, tabbed=has_tab(paragraph)):
            return ""
        shown = f"{label}{LABEL_END}{text}" if label and text else text
        return heading_kind(shown, bold=self.runs.is_bold(paragraph))

    def _label(self, paragraph: Any) -> str:
        """Return the number that Word shows before a paragraph and that stands nowhere in the file."""
        point = self.points.get(paragraph)
        if point is None:
            return ""
        return point.label or (f"{point.number}." if point.number else "")

    def _begin(self, text: str, level: int, label: str = "") -> None:
        title = text if label else without_number(text)
        number = text[: len(text) - len(title)].strip() if text.endswith(title) else ""
        number = label or number
        self.runs.where = text or BEFORE_HEADINGS
        piece = WordPiece(beginning(title, _LONGEST_TITLE), level, number)
        if letter_count(title) > _LONGEST_TITLE:
            piece.html = f"<p>{escape(title, quote=False)}</p>"
        self.found.pieces.append(piece)

    def _text(self, paragraph: Any, html: str) -> None:
        if item := self._item(paragraph, html):
            self.items.append(item)
        elif html:
            self._close_list()
            self._add(f"<p>{html}</p>")

    def _item(self, paragraph: Any, html: str) -> ListItem | None:
        """Return a paragraph as the point of a list, None when it is none."""
        point = self.points.get(paragraph)
        if point is None or not html:
            return None
        self.counting.say(point)
        return ListItem(point.level, point.number, html, escape(point.label, quote=False))

    def _place_in_list(self, paragraph: Any) -> tuple[str, int]:
        """Return the list that a paragraph is a point of, "" for none, and its level from 0."""
        style = self._style(paragraph)
        number = value_of(paragraph, "w:pPr/w:numPr/w:numId") or style.list_number
        level = value_of(paragraph, "w:pPr/w:numPr/w:ilvl")
        return "" if number == "0" else number, int(level or style.list_level)

    def _after_paragraph(self) -> None:
        """Set down what a paragraph carries beside its text: text boxes, figures of ours."""
        boxes, self.runs.boxes = self.runs.boxes, []
        figures, self.runs.live_figures = self.runs.live_figures, []
        for code in figures:
            self._live(code)
        for box in boxes:
            self._close_list()
            self._blocks(box)

    def _table(self, table: Any) -> None:
        code = _code_of(table)
        if code:
            self._live(code)
        else:
            self._add(table_html(self._rows(table), self._cell, self._miss))
            self._after_paragraph()

    def _rows(self, table: Any) -> list[Any]:
        return rows_that_stay(table, self._miss)

    def _miss(self, what: str) -> None:
        self.unread.add(what, self.runs.where)

    def _live(self, code: str) -> None:
        """Name a table or figure that the program makes; its bands are one."""
        self._close_list()
        block = f'<div data-live-block="{escape(code)}"></div>'
        if not self.found.pieces[-1].html.endswith(block):
            self._add(block)

    def _cell(self, cell: Any) -> str:
        return in_cell(list(self._lines(cell)))

    def _lines(self, element: Any) -> Iterator[str | ListItem]:
        """Yield the lines and points of a cell, also those of a table inside it."""
        for child in element:
            if child.tag == qn("w:p"):
                if html := self.runs.paragraph(child):
                    yield self._item(child, html) or html
            elif child.tag == qn("w:tbl"):
                self._miss(_INNER_TABLE)
                for row in self._rows(child):
                    yield from self._lines(row)
            elif child.tag in self.through or child.tag == qn("w:tc"):
                yield from self._lines(child)
            elif html := self.runs.one(child).strip():
                yield html

    def _add(self, html: str) -> None:
        self.found.pieces[-1].html += html

    def _close_list(self) -> None:
        items, self.items = self.items, []
        self._add(lists(items))


def _code_of(table: Any) -> str:
    """Return the code of a table that is made of rows, "" for one that somebody typed."""
    described = value_of(table, "w:tblPr/w:tblDescription")
    if described.startswith(LIVE):
        return described.removeprefix(LIVE)
    names = (str(mark.get(qn("w:name"), "")) for mark in table.iter(qn("w:bookmarkStart")))
    return next((code for code in map(code_of_bookmark, names) if code), "")


def _says_around(part: Any) -> bool:
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    stories = [r.target_part for r in part.rels.values() if r.reltype in kinds]
    return any(plain_text(story.element) for story in stories if hasattr(story, "element"))
