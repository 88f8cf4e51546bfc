"""What a person chose to see of a table: remembered for that person alone, and never a loss of values."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import TableChoice
from systems.models import Site
from tests.findings.test_reliability_grid import Fields

ClientFor = Callable[..., Client]


def address(municipality: Municipality, page: str) -> str:
    return reverse(f"annex:{page}", args=[municipality.code, "3"])


def shown(client: Client, municipality: Municipality) -> list[str]:
    grid = client.get(address(municipality, "grid")).context["grid"]
    return [column.name for column in grid.columns if not column.hidden]


def site(municipality: Municipality, **values: Any) -> Site:
    with scope(municipality=municipality):
        return Site.objects.create(
            municipality=municipality, name="本庁舎", site_kind="main", row_no=1, **values
        )


def choose(client: Client, municipality: Municipality, **data: Any) -> Any:
    return client.post(address(municipality, "columns"), data, follow=True)


def test_the_required_and_the_printed_columns_alone(
    municipality: Municipality, client_for: ClientFor
) -> None:
    client = client_for(Role.EDITOR)
    everything = shown(client, municipality)
    choose(client, municipality, shown="required")
    required = shown(client, municipality)
    assert {"name", "site_kind"} <= set(required) < set(everything)
    assert "address" not in required
    choose(client, municipality, shown="printed")
    printed = shown(client, municipality)
    assert "address" in printed and "row_status" not in printed
    choose(client, municipality, shown="all")
    assert shown(client, municipality) == everything


def test_own_columns_in_their_order_and_width_for_one_person_alone(
    municipality: Municipality, client_for: ClientFor
) -> None:
    client, other = client_for(Role.EDITOR), client_for(Role.EDITOR)
    everything = shown(other, municipality)
    choose(
        client,
        municipality,
        **{
            "shown": "own",
            "column": ["name", "address", "structure", "no_such_column"],
            "order-name": "2",
            "order-address": "1",
            "order-structure": "３",
            "width-address": "240",
            "width-structure": "99999",
            "width-name": "wide",
        },
    )
    assert shown(client, municipality) == ["address", "name", "structure"]
    page = client.get(address(municipality, "grid")).content.decode()
    assert 'data-pixels="240"' in page and 'data-pixels="800"' in page
    assert shown(other, municipality) == everything
    with scope(municipality=municipality):
        assert TableChoice.objects.count() == 1

    # Another view for a while, and back: the own choice is still there.
    choose(client, municipality, shown="required")
    assert "address" not in shown(client, municipality)
    with scope(municipality=municipality):
        assert TableChoice.objects.get().columns == ["address", "name", "structure"]


def test_no_column_at_all_is_refused_with_a_sentence(
    municipality: Municipality, client_for: ClientFor
) -> None:
    client = client_for(Role.EDITOR)
    answer = choose(client, municipality, shown="own", column="no_such_column")
    assert "表示する列を、一つ以上選んでください。" in answer.content.decode()
    with scope(municipality=municipality):
        assert not TableChoice.objects.exists()


def posted(client: Client, municipality: Municipality) -> dict[str, Any]:
    """Return what a browser without scripts posts of a grid in which nobody typed."""
    return Fields(client.get(address(municipality, "grid")).content.decode()).data


def test_what_is_not_shown_is_kept_and_what_is_wrong_in_it_is_shown(
    municipality: Municipality, client_for: ClientFor
) -> None:
    row = site(municipality, address="一丁目1番")
    client = client_for(Role.EDITOR)
    choose(client, municipality, shown="required")
    data = posted(client, municipality) | {f"{row.uid}-name": "新庁舎"}
    client.post(address(municipality, "grid"), data)
    with scope(municipality=municipality):
        saved = Site.objects.get()
    assert (saved.name, saved.address) == ("新庁舎", "一丁目1番")

    data |= {f"{row.uid}-version": "2", f"{row.uid}-built_on": "へいせい"}
    refused = client.post(address(municipality, "grid"), data)
    assert refused.status_code == 422
    shown_now = [each.name for each in refused.context["grid"].columns if not each.hidden]
    assert "built_on" in shown_now and "address" not in shown_now


def test_a_search_is_kept_under_a_name_found_and_forgotten(
    municipality: Municipality, client_for: ClientFor
) -> None:
    site(municipality)
    client, other = client_for(Role.VIEWER), client_for(Role.VIEWER)
    searches = address(municipality, "searches")
    query = "?q=本庁&f.site_kind=main"
    answer = client.post(searches + query, {"name": " 本庁舎だけ "}, follow=True)
    assert "条件「本庁舎だけ」を保存しました。" in answer.content.decode()
    listed = client.get(address(municipality, "list"))
    [search] = listed.context["searches"]
    assert search["name"] == "本庁舎だけ"
    assert "本庁舎だけ" not in other.get(address(municipality, "list")).content.decode()
    chosen = client.get(address(municipality, "list") + search["query"])
    assert [line.name for line in chosen.context["lines"]] == ["本庁舎"]
    assert "保存した条件「本庁舎だけ」を消す" in chosen.content.decode()
    client.post(searches, {"drop": "本庁舎だけ"})
    assert client.get(address(municipality, "list")).context["searches"] == []
    again = client.post(searches, {"drop": "本庁舎だけ"}, follow=True).content.decode()
    assert "条件「本庁舎だけ」は保存されていません。" in again
    assert "消しました" not in again


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("?q=本庁", " ", "条件に付ける名前を入力してください。"),
        ("", "全部", "保存する条件がありません。"),
        ("?q=本庁", "あ" * 41, f"（今は41文字）。保存していません：「{'あ' * 41}」"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    municipality: Municipality, client_for: ClientFor, query: str, name: str, sentence: str
) -> None:
    client = client_for(Role.VIEWER)
    answer = client.post(address(municipality, "searches") + query, {"name": name}, follow=True)
    assert sentence in answer.content.decode()


def test_no_more_searches_than_twenty(municipality: Municipality, client_for: ClientFor) -> None:
    client = client_for(Role.VIEWER)
    searches = address(municipality, "searches")
    for number in range(20):
        client.post(f"{searches}?q={number}", {"name": f"条件{number}"})
    answer = client.post(f"{searches}?q=x", {"name": "もう一つ"}, follow=True)
    assert "保存できる条件は20件までです。" in answer.content.decode()
    renewed = client.post(f"{searches}?q=y", {"name": "条件3"}, follow=True)
    assert "条件「条件3」を保存しました。" in renewed.content.decode()
