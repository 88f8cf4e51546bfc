"""security: 一 is a bar behind katakana and a number behind hiragana, on whichever side a value was written."""

import pytest

from plans.public_edition.finder import Finder
from plans.public_edition.hidden_values import HiddenValue


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ("サーバー一式の鍵の置き場", "サーバー 一式の鍵の置き場"),
        ("サーバー一式の鍵の置き場", "サーバー「一式」の鍵の置き場"),
        ("サーバー一式の鍵の置き場", "さーばー1式の鍵の置き場"),
        ("サーバー 一式の鍵の置き場", "サーバー一式の鍵の置き場"),
        ("庁内システムの一部の鍵", "庁内システムノ一部ノ鍵"),
        ("カイロ一個の置き場所", "かいろ1個の置き場所"),
        ("サーバー室の奥の金庫", "サ一バ一室の奥の金庫"),
        ("災害用伝言ダイヤル171", "災害用伝言ダイヤル一七一"),
        ("あいしーてぃー部門の鍵の箱", "あいし一てぃ一部門の鍵の箱"),
        ("ロッカー○一の合鍵", "ロッカー01の合鍵"),
    ],
)
def test_one_and_the_bar(hidden: str, said: str) -> None:
    value = HiddenValue(hidden, "様式9の1行目の「備考」", is_sentence=True)
    assert Finder([value]).find([f"なお、{said}を使う。"])
