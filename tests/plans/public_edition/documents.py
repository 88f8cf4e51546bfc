"""A small plan with something hidden in every place, and what its public document is made of."""

from dataclasses import asdict, replace
from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.canonical import sha256_of
from plans.document.document import (
    AnnexPart,
    Block,
    Cover,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)
from plans.document.masking import masked_document
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact

PHONE = "090-1234-5678"
PERSON = "秘密 花子"
SERVER = "基幹系仮想化基盤"
FLOOR = "2"
HIDDEN_SENTENCE = "鍵は守衛室の金庫に保管している"
PLACE = "地下書庫"

_USUAL = PublicChoices()

COLUMNS = (
    Column("name", "名称", public=Public.SHOW),
    Column("floor", "階", Kind.INTEGER, public=Public.HIDE),
    Column("room", "部屋", public=Public.MASK),
    Column("desk", "担当", Kind.REFERENCE, public=Public.SHOW),
    Column("phone", "携帯電話", personal=True, public=Public.SHOW),
    Column("note", "備考"),
)


def _row(uid: str, name: str, confidentiality: str, **cells: Any) -> TableRow:
    desk = {"uid": "desk-uid", "text": "情報政策課"}
    return TableRow(uid, {"name": name, "desk": desk, **cells}, confidentiality)


def sites() -> Table:
    rows = (
        _row("r1", "本庁舎", "public", floor=2, room=PLACE, phone=PHONE, note=SERVER),
        _row("r2", "分庁舎", "partial", floor=3, room=""),
        _row("r3", "旧電算棟", "internal", floor=4, room=PLACE),
    )
    return Table("3", "庁舎の状況", COLUMNS, rows, number=3)


def contacts() -> Table:
    columns = (
        Column("person", "氏名", personal=True),
        Column("phone", "携帯電話", personal=True),
        Column("role", "役割", public=Public.SHOW),
    )
    rows = (TableRow("c1", {"person": PERSON, "phone": PHONE, "role": "本部長"}, "public"),)
    return Table("9", "緊急連絡先", columns, rows, number=9)


def figure(*, public: bool, text: str = "本部長") -> FigureBlock:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">'
        f'<text x="5" y="14" font-size="10">{text}</text></svg>'
    )
    return FigureBlock(Figure("fig-x", f"{text}の図", drawing, (FigureLine(text),)), public=public)


def section(
    anchor: str, number: str, title: str, kept: str, *blocks: Block, **more: Any
) -> Section:
    return Section(f"chapter-{anchor}", 1, number, title, blocks, confidentiality=kept, **more)


def internal_document() -> Document:
    """Return the plan with everything it knows."""
    below = Section("chapter-d1", 2, "3.1", "公開の節", (), confidentiality="public")
    closed = Section("chapter-b1", 2, "2.1", "鍵の節", (), confidentiality="public")
    links = (
        '<p>詳しくは<a href="#chapter-b1">第2章</a>と<a href="#annex-9">様式9</a>、'
        '<a href="#annex-3">様式3</a>。</p>'
    )
    chapters = (
        section(
            "a",
            "1",
            "目的",
            "public",
            TextBlock("<p>本庁舎の業務を続ける。</p>"),
            TextBlock(links),
            TableBlock(sites()),
            TableBlock(contacts()),
            figure(public=True),
            figure(public=False, text=SERVER),
        ),
        section(
            "b",
            "2",
            "鍵の保管",
            "internal",
            TextBlock(f"<p>{HIDDEN_SENTENCE}。</p>"),
            children=(closed,),
        ),
        section(
            "c", "3", "訓練", "partial", TextBlock("<p>抜き打ちで行う訓練</p>"), children=(below,)
        ),
    )
    annexes = (
        AnnexPart("annex-3", 3, "様式3 庁舎の状況", tables=(sites(),), confidentiality="public"),
        AnnexPart("annex-9", 9, "様式9 緊急連絡先", tables=(contacts(),)),
    )
    colophon = (("版数", "初版"), ("発行", "見本市"), ("電話", "03-0000-9999"))
    cover = Cover(
        "見本市", "ICT業務継続計画", "初版", "令和8年4月1日施行", "情報政策課", draft=False
    )
    return Document(cover, chapters, (), annexes, None, colophon)


def public_document(choices: PublicChoices = _USUAL) -> Document:
    """Return what the public may read of it."""
    return redact(
        masked_document(internal_document(), {_key(b): None for b in _figures()}), choices
    )


def _figures() -> list[FigureBlock]:
    return [figure(public=True), figure(public=False, text=SERVER)]


def _key(block: Block) -> str:
    return sha256_of(asdict(block))


def with_text(document: Document, html: str) -> Document:
    """Return the document with one more text in its first chapter."""
    first = document.chapters[0]
    more = replace(first, blocks=(*first.blocks, TextBlock(html)))
    return replace(document, chapters=(more, *document.chapters[1:]))
