"""Makes synthetic plans of any size, without a database."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace

from PIL import Image

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import AnnexPart, Cover, Document, Section, TableBlock, TextBlock

# 葛 as BIZ UDGothic draws it (E0100), and in a form that only IPAmjMincho knows (E0102).
KATSU_ADOBE = "葛\U000e0100飾"
KATSU_MOJI = "葛\U000e0102西"
TAKE = "\U00020bb7田"  # 𠮷田, which BIZ UD lacks


def _picture() -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((320, 120)).save(target, "PNG")
    return target.getvalue()


PICTURE = _picture()
PICTURE_NAME = hashlib.sha256(PICTURE).hexdigest()

_SENTENCES = (
    "大規模な地震が発生したときも、住民の生命と暮らしを守る業務を止めないことを目的とする。",
    "情報システムが停止した場合は、あらかじめ定めた優先順位に従い、代替手段を用いて業務を続ける。",
    "庁舎の電力が途絶えたときは、非常用発電機の燃料が続く72時間以内に、復旧の見込みを判断する。",
    "参集した職員は、「初動対応」の手順に沿って、人命の安全、施設、機器、ネットワークの順に確認する。",
    "委託事業者（ベンダー）への連絡は、携帯電話、衛星電話、電子メールの順に試みる。",
)
_WORDS = (
    "住民記録",
    "税務",
    "国民健康保険",
    "介護保険",
    "財務会計",
    "人事給与",
    "文書管理",
    "防災",
)


def load_picture(sha256: str) -> bytes:
    if sha256 != PICTURE_NAME:
        raise LookupError(sha256)
    return PICTURE


def make_document(
    systems: int = 12, chapters: int = 3, sections: int = 3, draft: bool = False
) -> Document:
    """Return a plan with a cover, revisions, chapters, ten annexes and a colophon."""
    return Document(
        cover=Cover(
            municipality=f"{KATSU_ADOBE}市",
            title="情報システム部門の業務継続計画",
            edition="第3版",
            date_text="令和8年4月1日",
            department="総務部 情報政策課",
            draft=draft,
        ),
        chapters=tuple(_chapter(n, sections) for n in range(1, chapters + 1)),
        annexes=tuple(make_annexes(systems)),
        revisions=_revisions(),
        colophon=(("発行", f"{KATSU_ADOBE}市"), ("編集", "総務部 情報政策課"), ("版", "第3版")),
        images=(PICTURE_NAME,),
    )


def _revisions() -> Table:
    columns = (
        Column("edition", "版", Kind.TEXT, 8),
        Column("date", "年月日", Kind.DATE, 12),
        Column("what", "改定の内容", Kind.LONG_TEXT, 40),
    )
    rows = tuple(
        TableRow(
            f"r{n}",
            {"edition": f"第{n}版", "date": f"202{n + 3}-04-01", "what": _SENTENCES[n]},
        )
        for n in range(1, 4)
    )
    return Table("revisions", "改定履歴", columns, rows)


def _chapter(number: int, sections: int) -> Section:
    return Section(
        anchor=f"chapter-{number}",
        level=1,
        number=str(number),
        title=("総則", "想定する被害", "復旧の目標", "体制", "初動", "訓練", "見直し", "附則")[
            (number - 1) % 8
        ],
        blocks=(TextBlock(f"<p>{_text(number, 3)}</p>"),),
        children=tuple(_section(number, n) for n in range(1, sections + 1)),
    )


def _section(chapter: int, number: int) -> Section:
    reference = '<a href="#annex-17">様式17</a>と<a href="#chapter-2">第2章</a>を参照する。'
    items = "".join(f"<li>{word}システムの復旧手順</li>" for word in _WORDS[:4])
    html = (
        f"<p>{_text(chapter + number, 5)}{reference}</p><p><strong>重要</strong>：{_text(number, 2)}</p>"
        f"<ul>{items}</ul><p>{_text(number + 2, 6)}</p>"
    )
    picture = f'<p><img src="image:{PICTURE_NAME}" alt="配置図"></p>'
    return Section(
        anchor=f"chapter-{chapter}-{number}",
        level=2,
        number=f"({number})",
        title=("目的", "適用の範囲", "用語", "前提", "役割")[(number - 1) % 5],
        blocks=(
            TextBlock(html + (picture if number == 1 else "")),
            TableBlock(_small_table(chapter * 10 + number)),
        ),
        children=(
            Section(
                f"chapter-{chapter}-{number}-1",
                3,
                "ア",
                "細目",
                (TextBlock(f"<p>{_text(3, 4)}</p>"),),
            ),
        ),
    )


def _small_table(seed: int) -> Table:
    columns = (
        Column("item", "項目", Kind.TEXT, 15),
        Column("text", "内容", Kind.LONG_TEXT, 40),
    )
    rows = tuple(
        TableRow(f"s{seed}-{n}", {"item": f"項目{seed}-{n}", "text": _text(seed + n, 1)})
        for n in range(3)
    )
    return Table(f"c-{seed}", f"前提とする事項 {seed}", columns, rows)


def make_annexes(systems: int) -> Iterable[AnnexPart]:
    """Yield annexes of each shape: narrow, wide, banded, long, with groups, of several tables."""
    yield _annex(1, "情報システム一覧", wide_table("1", systems, 32))
    yield _annex(2, "外部事業者との関係整理", wide_table("2-1", systems // 2, 11))
    yield _annex(3, "庁舎（建物）の状況把握結果", wide_table("3", 6, 9))
    yield _annex(6, "脆弱性と改善計画", wide_table("6-1", systems, 14), wide_table("6-2", 5, 6))
    yield _annex(8, "緊急時対応体制", wide_table("8", 8, 5))
    yield _annex(9, "緊急連絡先一覧", contacts_table(systems * 3))
    yield _annex(10, "緊急時における行動計画", wide_table("10", systems * 2, 6))
    yield _annex(17, "重要情報システムとその目標復旧時間", wide_table("17", systems, 18))
    yield _annex(18, "必要最小資源の整理一覧", wide_table("18", 10, 12))
    yield _annex(20, "参考資料一覧", wide_table("20", 0, 4))


def _annex(number: int, title: str, *tables: Table) -> AnnexPart:
    return AnnexPart(
        anchor=f"annex-{number}",
        number=number,
        heading=f"様式{number}　{title}",
        managing_department="情報政策課",
        confidentiality_label="非公開",
        tables=tables if len(tables) > 1 else (replace(tables[0], title=title),),
    )


_KINDS = (
    Kind.TEXT,
    Kind.LONG_TEXT,
    Kind.CHOICE,
    Kind.DATE,
    Kind.MONEY,
    Kind.DURATION,
    Kind.BOOLEAN,
    Kind.REFERENCE,
    Kind.TEXT,
    Kind.REFERENCES,
)
_LEVELS = (("high", "高い"), ("middle", "中くらい"), ("low", "低い"))


def wide_table(code: str, rows: int, columns: int) -> Table:
    """Return a table with a number, a name and columns of every kind, three under merged heads."""
    more = tuple(
        Column(
            f"c{n}",
            f"項目{n}の状況",
            _KINDS[n % len(_KINDS)],
            8 + n % 5,
            group=f"まとまり{n // 3}" if n % 9 < 3 else "",
            choices=_LEVELS,
        )
        for n in range(2, columns)
    )
    first = (Column("no", "No.", Kind.INTEGER, 4), Column("name", "名称", Kind.TEXT, 14))
    return Table(
        code,
        f"一覧 {code}",
        (*first, *more),
        tuple(_row(code, n, more) for n in range(1, rows + 1)),
        landscape=columns > 12,
    )


def _row(code: str, number: int, columns: Iterable[Column]) -> TableRow:
    name = f"{_WORDS[number % len(_WORDS)]}システム{code}-{number}"
    cells = {column.name: _value(column, number) for column in columns}
    return TableRow(f"{code}-{number}", {"no": number, "name": name, **cells})


def _value(column: Column, number: int) -> CellValue:
    text = f"{_WORDS[(number * 3 + column.width) % len(_WORDS)]}{number}"
    values: dict[Kind, CellValue] = {
        Kind.TEXT: "" if number % 7 == 0 else text,
        Kind.LONG_TEXT: f"{_text(number, 1)}\n{text}"[: 20 + number % 25],
        Kind.CHOICE: _LEVELS[number % 3][0],
        Kind.DATE: f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        Kind.MONEY: number * 1234,
        Kind.DURATION: {"minutes": number * 60, "unit": "hour"},
        Kind.BOOLEAN: number % 2 == 0,
        Kind.REFERENCE: {"uid": f"u{number}", "text": text},
        Kind.REFERENCES: [{"uid": "a", "text": text}, {"uid": "b", "text": "本庁舎3階サーバ室"}],
    }
    return values[column.kind]


def contacts_table(rows: int) -> Table:
    """Return people whose names need every font."""
    columns = (
        Column("no", "No.", Kind.INTEGER, 4),
        Column("name", "氏名", Kind.TEXT, 14),
        Column("department", "所属", Kind.REFERENCE, 16),
        Column("phone", "電話番号", Kind.TEXT, 14, personal=True),
        Column("mail", "電子メール", Kind.TEXT, 20, personal=True),
    )
    names = (f"{KATSU_MOJI} 太郎", f"{TAKE} 花子", "髙﨑 一郎", "渡邉 みどり")
    people = tuple(
        TableRow(
            f"p{n}",
            {
                "no": n,
                "name": names[n % 4],
                "department": {"uid": f"d{n % 5}", "text": f"総務部 第{n % 5 + 1}課"},
                "phone": f"025-{n:03d}-{n * 7 % 10000:04d}",
                "mail": f"person{n}.kashiwade@city.example.lg.jp",
            },
        )
        for n in range(1, rows + 1)
    )
    return Table("9", "緊急連絡先一覧", columns, people)


def _text(seed: int, sentences: int) -> str:
    return "".join(_SENTENCES[(seed + n) % len(_SENTENCES)] for n in range(sentences))
