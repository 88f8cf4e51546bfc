"""Reads the footnotes and endnotes of a Word file, and says what does not come with them; knows no Django."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from plans.word.inward.findings import WHOLE_FILE, Unread
from plans.word.inward.runs import HIDDEN_TEXT, REMOVED, plain_text
from plans.word.inward.styles import StyleSheet
from plans.word.inward.tracked_changes import HIDDEN, settle

_PICTURES = "脚注の中の画像・図形は読みません"
_KINDS = (("f", RELATIONSHIP_TYPE.FOOTNOTES), ("e", RELATIONSHIP_TYPE.ENDNOTES))


def footnotes(part: Any, styles: StyleSheet, unread: Unread) -> dict[str, str]:
    """Return the notes of a file by "f" (foot) or "e" (end) and their identity."""
    found = {}
    for kind, relation in _KINDS:
        root = related(part, relation)
        if root is None:
            continue
        settle(root, styles)
        for tags, what in ((("w:drawing", "w:pict"), _PICTURES), (("w:del",), REMOVED)):
            for _ in root.iter(*map(qn, tags)):
                unread.add(what, WHOLE_FILE)
        for _ in root.iter(HIDDEN):
            unread.add(HIDDEN_TEXT, WHOLE_FILE)
        for note in root:
            if isinstance(note.tag, str) and note.get(qn("w:type")) is None:
                found[kind + str(note.get(qn("w:id")))] = _text(note)
    return found


def related(part: Any, kind: str) -> Any:
    """Return the root of another part of the file, None without any."""
    for relation in part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            found = relation.target_part
            return found.element if hasattr(found, "element") else parse_xml(found.blob)
    return None


def _text(note: Any) -> str:
    """Return the paragraphs of a note in one line."""
    paragraphs = note.findall(qn("w:p"))
    lines = [plain_text(one) for one in paragraphs] if paragraphs else [plain_text(note)]
    return " ".join(filter(None, lines))
