"""A search finds a text however its characters are written."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.sheet import Presentation, Sheet
from tests.plans.rows import a_document


def titles(municipality: Municipality, wanted: str) -> list[str]:
    spec = registry.spec("20")
    assert spec is not None
    sheet = Sheet(spec, Presentation.load(municipality))
    return [row.title for row in Listing(sheet, Query(wanted, {}), personal=False).rows()]


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("葛󠄀飾区地域防災計画", "葛飾"),
        ("葛飾区地域防災計画", "葛󠄀飾"),
        ("𠮷田町の手順", "吉田"),
        ("髙﨑市の手順", "高崎"),
        ("⻑島⻘一の手順", "長島青一"),
        ("サーバーの停止手順", "ｻｰﾊﾞｰ"),
        ("さーばの停止手順", "サーバ"),
        ("ＢＣＰの手引", "bcp"),
        ("地域 防災 計画", "地域防災"),
        ("佐々木の手順", "佐佐木"),
        ("手順100", "１００"),
    ],
)
def test_a_search_finds_every_spelling(in_scope: Municipality, stored: str, wanted: str) -> None:
    a_document(in_scope, stored)
    a_document(in_scope, "別の文書")
    assert titles(in_scope, wanted) == [stored]


def test_a_search_tells_apart_what_readers_do(in_scope: Municipality) -> None:
    """What only looks alike, or is another number, is no match: a list would show too much."""
    for title in ("二課の手順", "ニュースの手順", "手順2", "手順10", "にわの手順"):
        a_document(in_scope, title)
    assert titles(in_scope, "2") == ["手順2"]
    assert titles(in_scope, "二課") == ["二課の手順"]
    assert titles(in_scope, "ニュース") == ["ニュースの手順"]
    assert titles(in_scope, "　") == []
