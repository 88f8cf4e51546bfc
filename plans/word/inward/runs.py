"""Reads what stands in one paragraph as HTML: text, emphasis, links, notes and pictures."""

import base64
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from docx.oxml.ns import nsmap, qn

from plans.text.word_marks import LIVE
from plans.word.inward.fields import Fields
from plans.word.inward.findings import WHOLE_FILE, Unread
from plans.word.inward.styles import StyleSheet, value_of
from plans.word.inward.symbols import in_signs, sign
from plans.word.inward.tracked_changes import HIDDEN, PLACEHOLDER

MAX_PICTURE_BYTES = 20 * 1024 * 1024
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML = "{urn:schemas-microsoft-com:vml}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_THROUGH = {
    "w:ins",
    "w:moveTo",
    "w:smartTag",
    "w:sdt",
    "w:sdtContent",
    "w:fldSimple",
    "w:dir",
    "w:bdo",
    "w:customXml",
}
# Marks that hold no text of their own, or whose text is in another part of the file.
_SILENT = (
    *("w:pPr", "w:rPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:sectPr"),
    *("w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:tcPr", "w:customXmlPr", "w:delInstrText"),
    *("w:sdtPr", "w:sdtEndPr", "w:commentRangeStart", "w:commentRangeEnd"),
    *("w:permStart", "w:permEnd", "w:footnoteRef", "w:endnoteRef", "w:softHyphen"),
    *("w:lastRenderedPageBreak", "w:annotationRef", "w:moveFromRangeStart", "w:separator"),
    *("w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"),
)
_TEXTS = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-", "w:cr": "<br>"}
_LINKS = ("http://", "https://", "mailto:")
# Their text is no part of the line they stand in.
_ELSEWHERE = ("w:txbxContent", "w:moveFrom", "w:del", "w:rt", "w:pPr", "w:rPr")
_LOOKS = (
    *(("w:strike", "取り消し線"), ("w:dstrike", "取り消し線"), ("w:highlight", "蛍光ペン")),
    *(("w:em", "傍点"), ("w:bdr", "囲み線")),
)
_RAISED = {"superscript": "上付き", "subscript": "下付き"}

_TEXT_BOX = "文字の枠（テキストボックス）の文字は、本文の段落として読みました"
_NOTE = "脚注・文末脚注は、本文の中に（注：…）として読みました"
_COMMENT = "コメントは読みません"
REMOVED = "変更履歴で消された文字は読みません"
HIDDEN_TEXT = "隠し文字は読みません"
_UNFILLED = "何も入力されていない入力欄（コンテンツコントロール）の案内の文は読みません"
_CHART = "グラフ・SmartArt・図形は読めません。画像として貼り付け直してください"
_OBJECT = "埋め込まれたファイル（OLE）は読めません"
_PICTURE = (
    "読めない形式の画像（EMF、WMF、SVGなど）か、外部の画像です。PNGかJPEGで貼り付け直してください"
)
_FORMULA = "数式は、文字だけを読みました"
_SYMBOL = "特別な記号の文字は読めません"
_LOOK = "{look}は取り込みません。文字は読みました"
_DRAWN = "囲み文字など、Wordが式から描く文字は読めません"
_OTHER = "読めない部分があります"
_NOT_IN_LINE = {*(qn(name) for name in _ELSEWHERE), f"{_MC}Fallback", HIDDEN, PLACEHOLDER}


class RunReader:
    """Reads runs of one file; `where` names the heading that what cannot be read stands under."""

    def __init__(
        self,
        relations: Any,
        unread: Unread,
        pictures: list[str],
        notes: dict[str, str],
        styles: StyleSheet,
    ) -> None:
        self._relations = relations
        self._unread = unread
        self._pictures = pictures
        self._notes = notes
        self._styles = styles
        self.where = ""
        self.live_figures: list[str] = []
        self.boxes: list[Any] = []
        self._fields = Fields()
        self._readers: dict[str, Callable[[Any], str]] = {
            qn("w:r"): self._run,
            qn("w:hyperlink"): self._link,
            qn("w:drawing"): self._drawing,
            qn("w:pict"): self._old_drawing,
            qn("w:object"): lambda e: self._miss(_OBJECT),
            qn("w:del"): lambda e: self._miss(REMOVED),
            qn("w:moveFrom"): lambda e: self._miss(REMOVED),
            HIDDEN: lambda e: self._miss(HIDDEN_TEXT),
            PLACEHOLDER: lambda e: self._miss(_UNFILLED),
            qn("w:commentReference"): lambda e: self._miss(_COMMENT),
            qn("w:footnoteReference"): self._footnote,
            qn("w:endnoteReference"): self._footnote,
            qn("w:sym"): self._symbol,
            qn("w:br"): self._break,
            qn("w:ruby"): self._ruby,
            qn("w:t"): lambda e: escape(e.text or "", quote=False),
            f"{_MC}AlternateContent": self._alternative,
            f"{_MATH}oMath": self._formula,
            f"{_MATH}oMathPara": self._formula,
            qn("w:fldChar"): self._field,
            qn("w:instrText"): self._field_code,
        }
        in_line = ("w:r", "w:hyperlink", "w:br", "w:ruby", "w:t", "w:fldChar", "w:instrText")
        self._beside = self._readers.keys() - {qn(name) for name in in_line}
        self._through = {qn(name) for name in _THROUGH}
        self._silent = {qn(name) for name in _SILENT}
        self._texts = {qn(name): text for name, text in _TEXTS.items()}

    def html(self, element: Any) -> str:
        """Return what an element holds, without itself."""
        return "".join(self.one(child) for child in element)

    def paragraph(self, element: Any) -> str:
        """Return what a paragraph holds, with every link closed that it begins."""
        return (self.html(element) + self._fields.close_links()).strip()

    def beside_text(self, element: Any) -> str:
        """Return what a heading holds beside its text: pictures, notes, formulas."""
        if element.tag in self._beside:
            return self.one(element)
        return "".join(self.beside_text(child) for child in element if isinstance(child.tag, str))

    def one(self, element: Any) -> str:
        """Return an element itself; what cannot be read is noted."""
        if not isinstance(element.tag, str) or element.tag in self._silent:
            return ""
        if element.tag in self._texts:
            return self._texts[element.tag]
        if element.tag in self._through:
            return self.html(element)
        reader = self._readers.get(element.tag)
        return reader(element) if reader else self._miss(_OTHER)

    def _run(self, run: Any) -> str:
        inner = self.html(run)
        if not inner.strip() or run.find(qn("w:fldChar")) is not None:
            return inner
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        inner = inner if fonts is None else in_signs(inner, str(fonts.get(qn("w:ascii"), "")))
        self._note_look(run)
        for name, tag in (("w:u", "u"), ("w:i", "em"), ("w:b", "strong")):
            if self._styles.looks(run, name):
                inner = f"<{tag}>{inner}</{tag}>"
        return inner

    def is_bold(self, paragraph: Any) -> bool:
        """Tell whether all text of a paragraph is bold."""
        runs = [e for e in _in_line(paragraph) if e.tag == qn("w:r") and plain_text(e)]
        return bool(runs) and all(self._styles.looks(run, "w:b") for run in runs)

    def _note_look(self, run: Any) -> None:
        """Note how text looks that chapters cannot show, once a kind: it may mean something."""
        lost = {said for name, said in _LOOKS if self._styles.looks(run, name)}
        lost |= {_RAISED.get(value_of(run, "w:rPr/w:vertAlign"), "")} - {""}
        for said in sorted(lost):
            self._unread.add(_LOOK.format(look=said), WHOLE_FILE)

    def _field(self, mark: Any) -> str:
        if self._fields.draws(mark):
            self._miss(_DRAWN)
        return self._fields.mark(mark)

    def _field_code(self, code: Any) -> str:
        self._fields.code(code)
        return ""

    def _link(self, link: Any) -> str:
        inner = self.html(link)
        relation = self._relations.get(link.get(f"{_RELATION}id", ""))
        target = str(relation.target_ref) if relation is not None and relation.is_external else ""
        return f'<a href="{escape(target)}">{inner}</a>' if target.startswith(_LINKS) else inner

    def _break(self, element: Any) -> str:
        return "" if element.get(qn("w:type")) in ("page", "column") else "<br>"

    def _symbol(self, element: Any) -> str:
        font, place = (str(element.get(qn(f"w:{name}"), "")) for name in ("font", "char"))
        return sign(font, place) or self._miss(_SYMBOL)

    def _ruby(self, ruby: Any) -> str:
        base, above = ruby.find(qn("w:rubyBase")), ruby.find(qn("w:rt"))
        read = [self.html(part) if part is not None else "" for part in (base, above)]
        return f"{read[0]}（{read[1]}）" if read[1] else read[0]

    def _footnote(self, reference: Any) -> str:
        kind = "f" if reference.tag == qn("w:footnoteReference") else "e"
        text = self._notes.get(kind + str(reference.get(qn("w:id"))), "")
        self._unread.add(_NOTE, self.where)
        return f"（注：{escape(text, quote=False)}）" if text else ""

    def _formula(self, formula: Any) -> str:
        self._unread.add(_FORMULA, self.where)
        return escape("".join(t.text or "" for t in formula.iter(f"{_MATH}t")), quote=False)

    def _alternative(self, element: Any) -> str:
        """Read one of two forms of the same thing: the newer, unless only the older is a picture."""
        forms = [*element.findall(f"{_MC}Choice"), *element.findall(f"{_MC}Fallback")]
        readable = (form for form in forms if _has_picture(form) or _has_box(form))
        chosen = next(readable, None)
        return self.html(chosen) if chosen is not None else self._miss(_CHART)

    def _drawing(self, drawing: Any) -> str:
        self._take_boxes(drawing, f"{_SHAPE}txbx")
        facts = next(drawing.iter(f"{{{nsmap['wp']}}}docPr"), None)
        name, words = (
            (facts.get("name", ""), facts.get("descr", "")) if facts is not None else ("", "")
        )
        if name.startswith(LIVE):
            self.live_figures.append(name.removeprefix(LIVE))
            return ""
        found = [b.get(f"{_RELATION}embed", "") for b in drawing.iter(f"{{{nsmap['a']}}}blip")]
        if not found and not _has_box(drawing):
            return self._miss(_CHART)
        return "".join(self._picture(relation, words) for relation in found)

    def _old_drawing(self, element: Any) -> str:
        self._take_boxes(element, f"{_VML}textbox")
        found = [i.get(f"{_RELATION}id", "") for i in element.iter(f"{_VML}imagedata")]
        if not found and not _has_box(element):
            return self._miss(_CHART)
        return "".join(self._picture(relation, "") for relation in found)

    def _picture(self, identity: str, words: str) -> str:
        relation = self._relations.get(identity)
        content = b"" if relation is None or relation.is_external else relation.target_part.blob
        if not content.startswith(_SIGNATURES) or len(content) > MAX_PICTURE_BYTES:
            return self._miss(_PICTURE)
        self._pictures.append(base64.b64encode(content).decode())
        number = len(self._pictures) - 1
        return f'<img src="word:{number}" alt="{escape(words)}">'

    def _take_boxes(self, element: Any, tag: str) -> None:
        for box in element.iter(tag):
            content = box.find(qn("w:txbxContent"))
            if content is not None:
                self._unread.add(_TEXT_BOX, self.where)
                self.boxes.append(content)

    def _miss(self, what: str) -> str:
        self._unread.add(what, self.where)
        return ""


def plain_text(element: Any) -> str:
    """Return the text of a paragraph as it stands, for headings and notes."""
    return "".join(map(_text, _in_line(element))).strip()


def has_tab(paragraph: Any) -> bool:
    """Tell whether there is a tab in the text of a paragraph."""
    return any(part.tag == qn("w:tab") for part in _in_line(paragraph))


def _in_line(element: Any) -> Iterator[Any]:
    """Yield everything inside an element but what says something of its own."""
    for part in element:
        if part.tag not in _NOT_IN_LINE:
            yield part
            yield from _in_line(part)


def _text(part: Any) -> str:
    if part.tag == qn("w:t"):
        return part.text or ""
    return " " if part.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) else ""


def _has_picture(element: Any) -> bool:
    tags = (f"{{{nsmap['a']}}}blip", f"{_VML}imagedata")
    return any(next(element.iter(tag), None) is not None for tag in tags)


def _has_box(element: Any) -> bool:
    return next(element.iter(qn("w:txbxContent")), None) is not None
