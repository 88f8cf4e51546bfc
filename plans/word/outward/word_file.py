"""Makes the .docx of a Document: an empty file or the town's own, filled with the plan."""

import io
from typing import Any

from docx import Document as open_word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from bcp_portal.ui.undated_packages import undated
from bcp_portal.ui.word_descriptions import describe, drop_relations
from plans.document.document import Document
from plans.document.redaction import anchors_of
from plans.printing.front_parts import COLOPHON, REVISIONS, edition_text, plan_name
from plans.printing.geometry import PageFormat
from plans.printing.press import OnProgress
from plans.printing.prose import LoadImage
from plans.word.outward import styles as names
from plans.word.outward.body import Body
from plans.word.outward.fields import Bookmarks
from plans.word.outward.numbering import Lists
from plans.word.outward.pictures import Pictures
from plans.word.outward.prose import ProseStyles, ProseTools
from plans.word.outward.sheets import SectionEnds, our_section, with_head_and_foot
from plans.word.outward.styles import WordStyles, name_other_fonts
from plans.word.outward.tables import TableStyles, TableWriter
from plans.word.outward.writer import PlanWriter

BODY_MARK = "【本文】"
"""A paragraph of the town's own file that says only this gives way to the plan."""

# What follows the order to count fields anew, by the schema.
_BEHIND_UPDATE_FIELDS = (
    *(f"w:{name}" for name in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars")),
    *(f"w:{name}" for name in ("rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping")),
    "m:mathPr",
    *(f"w:{name}" for name in ("shapeDefaults", "decimalSymbol", "listSeparator")),
)
# What a figure needs besides itself on its page: heading, title, legend.
_FIGURE_ROOM_POINTS = 230


def word_file(
    document: Document,
    *,
    load_image: LoadImage,
    template: bytes = b"",
    update_fields: bool = False,
    on_progress: OnProgress = lambda done, total: None,
) -> bytes:
    """Return the plan as .docx, in the town's own file when there is one.

    With `update_fields`, Word asks on opening whether to fill in the page numbers of the contents.
    Raises DomainError (Japanese) naming a picture that is not there.
    """
    word = open_word(io.BytesIO(template)) if template else _empty()
    body_element = word.element.body
    before, after = _own_pages(body_element) if template else ([], [])
    section = _section(word, document, own=bool(template))
    for child in list(body_element):
        body_element.remove(child)
    sheets = SectionEnds(section)
    body = Body(sheets, goes_on=bool(before))
    writer = _writer(word, document, body, sheets.paper.portrait, load_image, own=bool(template))
    total = len(document.front) + len(document.chapters) + len(document.annexes) + 2
    for done, _ in enumerate(writer.write(document, with_cover=not before), start=1):
        on_progress(done, total)
    if after:
        body.add("", sheets.paper.portrait)
    written = parse_xml(f"<w:body {nsdecls('w', 'r')}>{body.xml()}</w:body>")
    closing = parse_xml(body.last_section())
    for child in (*before, *written, *after, closing):
        body_element.append(child)
    _describe(word, document, update_fields=update_fields)
    target = io.BytesIO()
    word.save(target)
    return undated(target.getvalue())


def _empty() -> Any:
    """Return a file of no pages without what the library brings for other styles than ours."""
    word = open_word()
    drop_relations(word.part, "/stylesWithEffects", "/customXml")
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            # Below 15, Word opens the file as one of an older version.
            setting.set(qn("w:val"), "15")
    return word


def _own_pages(body: Any) -> tuple[list[Any], list[Any]]:
    """Return what the town's file has before and behind the place of the plan.

    Without a mark the plan comes last. A file of nothing but blank lines has no pages of its own.
    """
    children = [child for child in body if child.tag != qn("w:sectPr")]
    mark = next((n for n, child in enumerate(children) if _text(child) == BODY_MARK), None)
    if mark is not None:
        return children[:mark], children[mark + 1 :]
    said = any(
        _text(child) or child.find(f".//{qn('w:drawing')}") is not None for child in children
    )
    return (children if said else []), []


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).strip()


def _section(word: Any, document: Document, *, own: bool) -> Any:
    left, right = plan_name(document.cover), edition_text(document.cover)
    found = word.element.body.find(qn("w:sectPr"))
    if own and found is not None:
        return with_head_and_foot(found, word.part, left, right)
    return our_section(word.part, left, right)


def _writer(
    word: Any,
    document: Document,
    body: Body,
    upright: PageFormat,
    load_image: LoadImage,
    *,
    own: bool,
) -> PlanWriter:
    part = word.part
    styles = WordStyles(word.styles.element, keep=own)
    styles.prepare()
    bookmarks = Bookmarks()
    table, cell = styles.id(names.TABLE), styles.id(names.CELL)
    tools = ProseTools(
        styles=ProseStyles(table, cell, styles.id(names.CAPTION), styles.id(names.LINK)),
        lists=Lists(part, fresh=not own),
        pictures=Pictures(part),
        load_image=load_image,
        relate=lambda address: str(
            part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        ),
        anchors=frozenset((REVISIONS, COLOPHON, *anchors_of(document))),
        rooms=(_room(upright), _room(upright.lying)),
    )
    tables = TableWriter(TableStyles(table, cell), bookmarks)
    return PlanWriter(body, styles, bookmarks, tools, tables, upright)


def _room(sheet: PageFormat) -> tuple[float, float]:
    return sheet.measure, max(sheet.height - _FIGURE_ROOM_POINTS, sheet.height / 3)


def _describe(word: Any, document: Document, *, update_fields: bool) -> None:
    """Say whose file it is and what language and fonts it is written in."""
    describe(word, title=plan_name(document.cover), author=document.cover.municipality)
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE and not relation.is_external:
            _name_fonts(relation.target_part)
        elif relation.reltype == RELATIONSHIP_TYPE.SETTINGS:
            _forget_attached(relation.target_part)
    _set_settings(word.settings.element, update_fields=update_fields)


def _name_fonts(part: Any) -> None:
    """Add our font to a part that the library keeps as bytes."""
    if hasattr(part, "element"):
        name_other_fonts(part.element)
        return
    root = parse_xml(part.blob)
    name_other_fonts(root)
    part._blob = serialize_part_xml(root)


def _forget_attached(settings: Any) -> None:
    """Drop the address of another template: Word would fetch it from wherever it leads."""
    for attached in settings.element.findall(qn("w:attachedTemplate")):
        settings.element.remove(attached)
    drop_relations(settings, "/attachedTemplate")


def _set_settings(settings: Any, *, update_fields: bool) -> None:
    theme = settings.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:eastAsia"), "ja-JP")
    for old in settings.findall(qn("w:updateFields")):
        settings.remove(old)
    if update_fields:
        # In any other place Word calls the file damaged.
        behind = {qn(name) for name in _BEHIND_UPDATE_FIELDS}
        place = next((n for n, e in enumerate(settings) if e.tag in behind), len(settings))
        settings.insert(place, parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))
