"""security: a value that reveals something refuses the edition however many rows hold it; a few common words are only listed."""

import pytest

from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import AnnexPart, Cover, Document
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.outlines import OUTLINES
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.hidden_values import Weight
from plans.public_edition.shipped_texts import is_shipped


def weight_of(text: str, *, rows: int, label: str = "設置場所") -> Weight:
    column = Column("place", label)
    several = tuple(TableRow(f"r{at}", {"place": text}, "public") for at in range(rows))
    first = Column("name", "区分")
    table = Table("4", "機器の設置状況", (first, column), several, number=4)
    part = AnnexPart("annex-4", 4, "様式4 機器", tables=(table,), confidentiality="public")
    cover = Cover("見本市", "計画", "初版", "令和8年4月1日施行", "情報政策課", draft=False)
    document = Document(cover, (), (), (part,), None, ())
    hidden = hidden_values(document, {"tables": {}}, redact(document, PublicChoices()))
    return next(value.weight for value in hidden if value.text == text)


@pytest.mark.parametrize(
    "text",
    [
        "守衛室の長机の下の赤い箱",
        "東側の階段の裏手",
        "金庫室の棚",
        "鍵は守衛室",
        "箱4821番",
        "0422-99-1010",
        "Kx7pQo9z",
    ],
)
def test_a_telling_value_stays_a_secret_in_many_rows(text: str) -> None:
    assert [weight_of(text, rows=number) for number in (1, 3, 12)] == [Weight.SECRET] * 3


def test_the_name_of_the_column_tells_too() -> None:
    assert weight_of("守衛室の机", rows=3, label="鍵の場所") is Weight.SECRET


@pytest.mark.parametrize("text", ["電算室", "2階サーバ室", "2026年4月"])
def test_a_few_common_words_are_told_from_three_rows_on(text: str) -> None:
    assert weight_of(text, rows=2) is Weight.SECRET
    assert weight_of(text, rows=3) is Weight.NAME


def test_the_program_says_whole_parts_of_its_texts_and_no_long_piece_of_them() -> None:
    body = next(c.body for o in OUTLINES.values() for c in o.walk() if "、" in c.body)
    sentence = next(s for s in body.split("。") if "、" in s and len(s) > 30).strip("\n")
    assert not is_shipped(sentence[3:17])
    assert is_shipped("事業者への聞き取り")
