"""Saving a grid in place, and the part of it that can be saved: what is said to be saved is, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import Draft
from bcp_portal.audit.models import Entry
from tests.annex.test_grid_lines import departments, new_lines

ClientFor = Callable[..., Client]
IN_PLACE = {"HX-Request": "true"}
GOOD = {"part": "good"}


@pytest.fixture
def address(municipality: Municipality) -> str:
    return reverse("annex:grid", args=[municipality.code, "departments"])


def fifty_lines_one_wrong() -> dict[str, Any]:
    return new_lines(50) | {"new-29-name": "", "new-29-note": "名前がまだない"}


def test_a_refused_grid_offers_the_lines_that_nothing_is_wrong_with(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    answer = client_for(Role.EDITOR).post(address, fifty_lines_one_wrong())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "直す所のない49行だけを保存する" in page
    assert "まだ保存していません。次のセルを直してください" in page
    assert departments(municipality) == []


def test_49_good_lines_are_saved_and_the_refused_one_stays_as_typed(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    answer = client_for(Role.EDITOR).post(address, fifty_lines_one_wrong() | GOOD)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "49行を保存しました。1行は、まだ保存していません。" in page
    assert "30行目「部署名」：入力してください。" in page
    assert "名前がまだない" in page
    assert "行だけを保存する" not in page
    names = departments(municipality)
    assert len(names) == 49 and "new-29課" not in names
    grid = answer.context["grid"]
    assert [line.key for line in grid.lines if line.is_new] == ["new-29"]
    with scope(municipality=municipality):
        kept = {str(uid) for uid in Department.objects.values_list("uid", flat=True)}
        assert {line.key for line in grid.lines if not line.is_new} == kept
        assert Entry.objects.filter(action="追加").count() == 49


def test_what_was_saved_of_a_draft_is_left_out_of_it(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    client = client_for(Role.EDITOR)
    key = "annex:departments:grid:#00000001"
    drafts = reverse("annex:drafts", args=[municipality.code])
    fields = [["new", "new-0"], ["new-0-name", "甲課"], ["new", "new-1"], ["new-1-note", "後で"]]
    client.post(drafts, json.dumps({"key": key, "fields": fields}), "application/json")
    data = new_lines(2) | {"new-1-name": "", "new-1-note": "後で", "draft_key": key} | GOOD
    client.post(address, data)
    with scope(municipality=municipality):
        assert Draft.objects.get().payload["fields"] == [["new", "new-1"], ["new-1-note", "後で"]]
    client.post(address, new_lines(1) | {"new-0-name": "乙課", "draft_key": key} | GOOD)
    with scope(municipality=municipality):
        assert not Draft.objects.exists(), "nothing is left"


def test_a_line_that_somebody_else_saved_first_is_held_back(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    with scope(municipality=municipality):
        row = Department.objects.create(municipality=municipality, name="先の課", row_no=1)
        Department.objects.filter(pk=row.pk).update(version=2)
    uid = str(row.uid)
    line = {f"{uid}-{name}": value for name, value in typed("私の課").items()}
    data = new_lines(1) | {"row": [uid]} | line
    client = client_for(Role.EDITOR)
    answer = client.post(address, data)
    assert answer.status_code == 409
    assert f'name="held" value="{uid}"' in answer.content.decode()
    # The page has taken over the version, so that saving all of it again is a decision.
    answer = client.post(address, data | {f"{uid}-version": "2", "held": uid} | GOOD)
    page = answer.content.decode()
    assert "1行を保存しました。次の1行は、まだ保存していません" in page and "1行目</a>" in page
    assert departments(municipality) == ["先の課", "new-0課"]


def typed(name: str) -> dict[str, str]:
    common = {"version": "1", "row_status": "active", "confidentiality": "internal"}
    return common | {"is_ict": "false", "name": name}


def test_two_lines_that_are_wrong_together_save_the_first(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    data = new_lines(2) | {"new-0-name": "総務課", "new-1-name": "総務 課"} | GOOD
    answer = client_for(Role.EDITOR).post(address, data)
    assert answer.status_code == 422
    assert "1行を保存しました。1行は、まだ保存していません。" in answer.content.decode()
    assert departments(municipality) == ["総務課"]


def test_saving_in_place_answers_with_the_lines_as_they_are_stored(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    client = client_for(Role.EDITOR)
    answer = client.post(address, new_lines(2), headers=IN_PLACE)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'data-saved="2行を保存しました。' in page
    assert 'data-was="new-0"' in page and 'data-was="new-1"' in page
    lines = answer.context["grid"].lines
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.key for line in lines[2:]] == ["new-0", "new-1", "new-2"]
    assert departments(municipality) == ["new-0課", "new-1課"]
    refused = client.post(
        address, new_lines(1) | {"new-0-name": "", "new-0-note": "後で"}, headers=IN_PLACE
    )
    assert refused.status_code == 422
    assert "1行目「部署名」：入力してください。" in refused.content.decode()
