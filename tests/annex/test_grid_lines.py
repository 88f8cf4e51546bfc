"""The lines of a grid as a browser posts them: which are saved, which are refused, which are left alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role

ClientFor = Callable[..., Client]


@pytest.fixture
def address(municipality: Municipality) -> str:
    return reverse("annex:grid", args=[municipality.code, "departments"])


def new_lines(count: int) -> dict[str, Any]:
    keys = [f"new-{number}" for number in range(count)]
    common = {"version": "0", "row_status": "active", "confidentiality": "internal"}
    common |= {"is_ict": "false"}
    cells = {f"{key}-{name}": value for key in keys for name, value in common.items()}
    return {"new": keys} | cells | {f"{key}-name": f"{key}課" for key in keys}


def departments(municipality: Municipality) -> list[str]:
    with scope(municipality=municipality):
        return list(Department.objects.order_by("row_no").values_list("name", flat=True))


def test_more_lines_than_allowed_are_refused_and_none_is_dropped(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    response = client_for(Role.EDITOR).post(address, new_lines(501))
    assert response.status_code == 422
    assert "一度に追加できるのは500行までです。" in response.content.decode()
    assert departments(municipality) == []


def test_a_line_that_brings_no_cells_is_left_as_it_is_now(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    with scope(municipality=municipality):
        row = Department.objects.create(municipality=municipality, name="総務課", row_no=1)
    response = client_for(Role.EDITOR).post(address, {"row": [str(row.uid)]} | new_lines(1))
    assert response.status_code == 302
    assert departments(municipality) == ["総務課", "new-0課"]


def test_two_equal_names_in_one_grid_are_an_error_of_the_second_line(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    data = new_lines(2) | {"new-0-name": "総務課", "new-1-name": "総務 課"}
    response = client_for(Role.EDITOR).post(address, data)
    assert response.status_code == 422
    text = response.content.decode()
    assert "2行目「部署名」：「総務 課」は、登録済みの「総務課」" in text
    assert departments(municipality) == []


def test_what_was_typed_in_a_deleted_row_is_shown(
    municipality: Municipality, client_for: ClientFor, address: str
) -> None:
    with scope(municipality=municipality):
        row = Department.objects.create(municipality=municipality, name="総務課", row_no=1)
        uid = str(row.uid)
        row.delete()
    typed = {"row": [uid], f"{uid}-name": "総務部総務課", f"{uid}-is_ict": "true"}
    response = client_for(Role.EDITOR).post(address, typed | new_lines(1))
    assert response.status_code == 409
    assert "「総務部総務課」の行は、編集している間に削除されました" in response.content.decode()
    assert departments(municipality) == []
