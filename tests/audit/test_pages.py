"""Searching and reading the log in the browser."""

from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import Change, record
from tests.conftest import ClientFactory, MemberFactory

TOKYO = ZoneInfo("Asia/Tokyo")
PERSONAL = Change("mobile", "携帯電話", "090-0000-1111", "090-0000-2222", personal=True)


def written(municipality: Municipality, *, at: datetime | None = None, **values: object) -> Entry:
    """Record one entry, as if it had happened at the given time."""
    moment = at or datetime(2026, 5, 10, 9, 0, tzinfo=TOKYO)
    with (
        scope(municipality=municipality),
        patch("bcp_portal.audit.services.timezone.now", return_value=moment),
    ):
        return record(municipality=municipality, **{"actor": None, "action": "追加", **values})


@pytest.fixture
def auditor(client_for: ClientFactory) -> Client:
    return client_for(Role.AUDITOR)


def listed(client: Client, municipality: Municipality, **query: str) -> list[int]:
    """Return the numbers the list page shows for a search."""
    response = client.get(f"/{municipality.code}/audit/", query)
    assert response.status_code == 200
    return [entry.sequence for entry in response.context["page"]]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [4, 3, 2, 1]),
        ({"text": "基幹"}, [1]),
        ({"text": "ｷｶﾝ"}, []),
        ({"text": "ＲＴＯ　24時間"}, [2]),
        ({"text": "rto 3日"}, [2]),
        ({"text": "rto 5日"}, []),
        ({"text": "090-0000"}, []),
        ({"text": "携帯電話"}, [3]),
        ({"text": "%"}, []),
        ({"actor": "sato"}, [2]),
        ({"actor": "SATO"}, [2]),
        ({"actor": "システム"}, [4, 3, 1]),
        ({"action": "削除"}, [4]),
        ({"date_from": "2026-05-11"}, [4, 3]),
        ({"date_to": "2026-05-10"}, [2, 1]),
        ({"date_from": "2026-05-11", "date_to": "2026-05-11"}, [3]),
        ({"action": "追加", "text": "携帯電話", "date_to": "2026-05-10"}, []),
    ],
)
def test_the_search_finds(
    municipality: Municipality,
    member: MemberFactory,
    auditor: Client,
    query: dict[str, str],
    expected: list[int],
) -> None:
    sato = member("editor", username="sato").user
    rto = Change("rto", "RTO", "3日", "24時間")
    written(municipality, note="基幹系システム")
    written(
        municipality,
        actor=sato,
        action="変更",
        changes=[rto],
        at=datetime(2026, 5, 10, 23, 59, 59, tzinfo=TOKYO),
    )
    written(municipality, changes=[PERSONAL], at=datetime(2026, 5, 11, 0, 0, tzinfo=TOKYO))
    written(municipality, action="削除", at=datetime(2026, 5, 12, 0, 0, tzinfo=TOKYO))
    assert listed(auditor, municipality, **query) == expected


def test_the_entries_of_one_target_are_found(municipality: Municipality, auditor: Client) -> None:
    with scope(municipality=municipality):
        departments = [
            Department.objects.create(municipality=municipality, name=name) for name in "甲乙"
        ]
    entries = [written(municipality, target=department) for department in departments * 2]
    assert listed(auditor, municipality, target=str(departments[0].uid)) == [3, 1]
    assert listed(auditor, municipality, target=entries[1].target_key) == [4, 2]
    assert listed(auditor, municipality, target=f"accounts.person:{departments[0].uid}") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"date_from": "2026-13-01"}, "日付を正しく入力してください"),
        ({"date_from": "0001-01-01"}, "2000年から2999年まで"),
        ({"date_to": "9999-12-31"}, "2000年から2999年まで"),
        ({"date_from": "2026-05-02", "date_to": "2026-05-01"}, "以後の日にしてください"),
        ({"action": "ない操作"}, "正しく選択してください"),
    ],
)
def test_a_wrong_condition_is_explained_and_kept(
    municipality: Municipality, auditor: Client, query: dict[str, str], sentence: str
) -> None:
    written(municipality)
    response = auditor.get(f"/{municipality.code}/audit/", {**query, "text": "打った語句"})
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert 'value="打った語句"' in page


def test_long_lists_are_paged_and_keep_the_search(
    municipality: Municipality, auditor: Client
) -> None:
    for number in range(53):
        written(municipality, note=f"甲{number}")
    assert len(listed(auditor, municipality, text="甲")) == 50
    assert listed(auditor, municipality, text="甲", page="2") == [3, 2, 1]
    page = auditor.get(f"/{municipality.code}/audit/", {"text": "甲"}).content.decode()
    assert "text=%E7%94%B2&amp;page=2" in page


def test_the_list_costs_the_same_however_long(
    municipality: Municipality, member: MemberFactory, auditor: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(auditor, municipality)
        return len(captured)

    written(municipality, actor=member("editor").user)
    one = queries()
    for _ in range(2):
        written(municipality, actor=member("editor").user)
    assert queries() == one
    assert len(listed(auditor, municipality)) == 3


@pytest.mark.parametrize(
    ("roles", "sees"),
    [([Role.AUDITOR], False), ([Role.ADMIN], False), ([Role.AUDITOR, Role.EDITOR], True)],
)
def test_personal_values_only_for_those_who_may_see_them(
    municipality: Municipality, client_for: ClientFactory, roles: list[Role], sees: bool
) -> None:
    post = Change("post", "職", "主事", "主任")
    entry = written(municipality, changes=[PERSONAL, post])
    page = client_for(*roles).get(f"/{municipality.code}/audit/1/").content.decode()
    assert entry.changes[0]["after"] == "090-0000-2222"
    assert ("090-0000-2222" in page) is sees
    assert ("090-0000-1111" in page) is sees
    assert ("個人情報のため表示しません" in page) is not sees
    assert "携帯電話" in page
    assert "主任" in page


def test_whoever_reads_personal_values_is_noted(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    written(municipality, changes=[PERSONAL])
    written(municipality, changes=[Change("post", "職", "主事", "主任")])
    reader = client_for(Role.AUDITOR, Role.EDITOR)
    for number in (1, 2):
        reader.get(f"/{municipality.code}/audit/{number}/")
    client_for(Role.AUDITOR).get(f"/{municipality.code}/audit/1/")
    with scope(municipality=municipality):
        noted = Entry.objects.filter(action="個人情報の表示")
        assert [(each.actor_username, each.target_label) for each in noted] == [
            ("auditor-editor-1", "1 追加 ")
        ]
        assert noted.get().address == "127.0.0.1"


def test_an_entry_that_does_not_exist_is_not_found(
    municipality: Municipality, auditor: Client
) -> None:
    written(municipality)
    assert auditor.get(f"/{municipality.code}/audit/1/").status_code == 200
    assert auditor.get(f"/{municipality.code}/audit/2/").status_code == 404
    assert auditor.get(f"/{municipality.code}/audit/{10**30}/").status_code == 404


def test_the_log_of_another_municipality_is_not_shown(
    municipality: Municipality, other_municipality: Municipality, auditor: Client
) -> None:
    written(other_municipality, note="隣町の秘密")
    written(municipality, note="見本市の記録")
    page = auditor.get(f"/{municipality.code}/audit/").content.decode()
    assert "見本市の記録" in page
    assert "隣町の秘密" not in page


def exported(client: Client, municipality: Municipality, query: str = "", **data: str) -> str:
    response = client.post(f"/{municipality.code}/audit/export/{query}", data)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.getvalue().decode()


def test_the_export_holds_what_the_search_finds(
    municipality: Municipality, auditor: Client
) -> None:
    written(municipality, note="甲の記録", changes=[PERSONAL])
    written(municipality, note="乙の記録")
    text = exported(auditor, municipality, "?text=甲", reason="年次監査")
    assert text.startswith("\ufeff番号,日時")
    assert "甲の記録" in text
    assert "乙の記録" not in text
    assert "携帯電話: （個人情報のため表示しません）" in text
    assert "090-0000" not in text
    with scope(municipality=municipality):
        last = Entry.objects.first()
        assert (last.action, last.note) == (
            "操作記録の書き出し",
            "理由: 年次監査\n条件: text=甲",
        )


def test_the_export_shows_personal_values_to_those_who_may_see_them(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    written(municipality, changes=[PERSONAL])
    text = exported(client_for(Role.AUDITOR, Role.EDITOR), municipality, reason="監査")
    assert "携帯電話: 090-0000-1111 → 090-0000-2222" in text


@pytest.mark.parametrize("sign", "=+-@")
def test_a_spreadsheet_runs_nothing_of_the_export(
    municipality: Municipality, auditor: Client, sign: str
) -> None:
    written(municipality, note=f"{sign}SUM(A1)")
    assert f",'{sign}SUM(A1)," in exported(auditor, municipality, reason="監査")


def test_the_export_asks_for_a_reason(municipality: Municipality, auditor: Client) -> None:
    written(municipality, note="甲の記録")
    assert "甲の記録" in exported(auditor, municipality, reason="監査")
    response = auditor.post(f"/{municipality.code}/audit/export/", {"reason": "  "})
    assert response.status_code == 422
    assert "書き出す理由を入力してください" in response.content.decode()
    assert "甲の記録" not in response.content.decode()


def test_the_end_of_the_log_is_shown_and_what_was_noted_is_compared(
    auditor: Client, municipality: Municipality
) -> None:
    address = f"/{municipality.code}/audit/"
    first = written(municipality)
    page = auditor.get(address).content.decode()
    noted = f"{first.sequence}:{first.digest}"
    assert noted in page
    written(municipality)
    wide = noted.replace(":", "： ").upper()
    assert "一致しました" in auditor.get(address, {"noted": wide}).content.decode()
    other = f"{first.sequence}:{first.digest[::-1]}"
    assert "一致しません" in auditor.get(address, {"noted": other}).content.decode()
    assert "「番号:値」の形で" in auditor.get(address, {"noted": "12"}).content.decode()
