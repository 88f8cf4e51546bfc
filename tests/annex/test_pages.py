"""The pages of one annex as people use them: conflict, grid, search, masks, contributors, drafts."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.views import grid, rows
from bcp_portal.audit.models import Entry
from systems.models import Business, EmergencyContact, Site
from tests.rows import make_row

ClientFor = Callable[..., Client]


def address(municipality: Municipality, page: str, code: str, *args: Any) -> str:
    return reverse(f"annex:{page}", args=[municipality.code, code, *args])


@pytest.fixture
def hall(municipality: Municipality) -> Any:
    with scope(municipality=municipality):
        return Site.objects.create(
            municipality=municipality, name="本庁舎", site_kind="main", row_no=1
        )


def site_data(**changes: str) -> dict[str, str]:
    data = {"version": "1", "name": "本庁舎", "site_kind": "main", "runs_core": "false"}
    data |= {"row_status": "active", "confidentiality": "internal"}
    return data | changes


def test_second_person_sees_both_versions_and_keeps_the_typing(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    url = address(municipality, "edit", "3", hall.uid)
    first, second = client_for(Role.EDITOR), client_for(Role.EDITOR)
    assert first.post(url, site_data(address="先の住所")).status_code == 302
    refused = second.post(url, site_data(address="後の住所"))
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "この画面を開いた後に、内容が保存し直されました" in text
    assert "先の住所" in text and "後の住所" in text
    assert 'value="後の住所"' in text
    again = second.post(url, site_data(address="後の住所", version="2"))
    assert again.status_code == 302
    with scope(municipality=municipality):
        assert Site.objects.get(pk=hall.pk).address == "後の住所"


def grid_data(row: Any, **cells: str) -> dict[str, Any]:
    key = str(row.uid)
    return {"row": [key]} | {f"{key}-{name}": value for name, value in site_data(**cells).items()}


def test_grid_saves_changed_and_new_lines_together(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    data = grid_data(hall, address="二丁目")
    new = {
        f"new-0-{k}": v for k, v in site_data(name="図書館", site_kind="annex", version="0").items()
    }
    client_for(Role.EDITOR).post(
        address(municipality, "grid", "3"), data | {"new": ["new-0"]} | new
    )
    with scope(municipality=municipality):
        rows = dict(Site.objects.values_list("name", "address"))
    assert rows == {"本庁舎": "二丁目", "図書館": ""}


def test_one_bad_cell_saves_nothing_and_names_line_field_and_value(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    data = grid_data(hall, address="三丁目", built_on="へいせい")
    response = client_for(Role.EDITOR).post(address(municipality, "grid", "3"), data)
    assert response.status_code == 422
    text = response.content.decode()
    assert "1行目「建築時期」：" in text and "へいせい" in text
    assert "三丁目" in text
    with scope(municipality=municipality):
        assert Site.objects.get(pk=hall.pk).address == ""


@pytest.fixture
def a_moment_too_late(monkeypatch: pytest.MonkeyPatch, municipality: Municipality) -> None:
    """Let somebody else save a 図書館 between the check of what was typed and its saving."""

    def save_after_another(save: Callable[..., Any]) -> Callable[..., Any]:
        def saved(**arguments: Any) -> Any:
            Site.objects.get_or_create(
                municipality=municipality, name="図書館", defaults={"site_kind": "annex"}
            )
            return save(**arguments)

        return saved

    for module in (rows, grid):
        monkeypatch.setattr(module, "save_row", save_after_another(module.save_row))


@pytest.mark.usefixtures("a_moment_too_late")
def test_a_name_taken_at_the_same_moment_is_refused_like_one_taken_before(
    municipality: Municipality, client_for: ClientFor
) -> None:
    typed = site_data(name="図書館", address="二丁目", version="0")
    answer = client_for(Role.EDITOR).post(address(municipality, "add", "3"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "同じ名前の" in page and "二丁目" in page


@pytest.mark.usefixtures("a_moment_too_late")
def test_a_grid_that_came_a_moment_too_late_is_refused_and_keeps_the_typing(
    municipality: Municipality, client_for: ClientFor
) -> None:
    typed = site_data(name="図書館", address="二丁目", version="0")
    line = {"new": ["new-0"]} | {f"new-0-{name}": value for name, value in typed.items()}
    answer = client_for(Role.EDITOR).post(address(municipality, "grid", "3"), line)
    assert answer.status_code == 422
    page = answer.content.decode()
    # Here the other save is taken back with this one, so that nothing is left to name.
    assert "保存する間に、関係する行が変わりました" in page and "二丁目" in page


def test_a_row_deleted_at_the_same_moment_can_be_added_again(
    municipality: Municipality,
    client_for: ClientFor,
    hall: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def save_after_deletion(**arguments: Any) -> Any:
        Site.objects.all().delete()
        return save_row(**arguments)

    monkeypatch.setattr(rows, "save_row", save_after_deletion)
    url = address(municipality, "edit", "3", hall.uid)
    answer = client_for(Role.EDITOR).post(url, site_data(address="三丁目"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "この行は、編集している間に削除されました" in page and "三丁目" in page


def test_grid_conflict_writes_nothing_of_the_page(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    client = client_for(Role.EDITOR)
    client.post(address(municipality, "edit", "3", hall.uid), site_data(address="先の住所"))
    data = grid_data(hall, address="後の住所")
    data |= {"new": ["new-0"]}
    data |= {f"new-0-{k}": v for k, v in site_data(name="図書館", version="0").items()}
    response = client.post(address(municipality, "grid", "3"), data)
    assert response.status_code == 409
    assert "先の住所" in response.content.decode()
    with scope(municipality=municipality):
        assert list(Site.objects.values_list("name", "address")) == [("本庁舎", "先の住所")]


def test_line_breaks_in_a_name_from_excel_survive_the_page(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    client = client_for(Role.EDITOR)
    client.post(address(municipality, "grid", "3"), grid_data(hall, name="本庁舎\n（新館）"))
    page = client.get(address(municipality, "edit", "3", hall.uid)).content.decode()
    assert re.search(r"<textarea name=\"name\"[^>]*>\s*本庁舎\n（新館）</textarea>", page)


def test_search_filter_and_sort(municipality: Municipality, client_for: ClientFor) -> None:
    with scope(municipality=municipality):
        for number, (name, kind) in enumerate(
            [("あさひ庁舎", "main"), ("さくら館", "annex"), ("みなと図書館", "annex")]
        ):
            Site.objects.create(municipality=municipality, name=name, site_kind=kind, row_no=number)
    client, url = client_for(Role.VIEWER), address(municipality, "list", "3")

    def names(query: str) -> list[str]:
        return [line.row.name for line in client.get(f"{url}?{query}").context["lines"]]

    assert names("q=図書") == ["みなと図書館"]
    assert names("f.site_kind=annex") == ["さくら館", "みなと図書館"]
    assert names("sort=-name") == ["みなと図書館", "さくら館", "あさひ庁舎"]
    assert names("f.site_kind=nonsense&sort=nonsense&page=x") == [
        "あさひ庁舎",
        "さくら館",
        "みなと図書館",
    ]


@pytest.fixture
def contact(municipality: Municipality) -> Any:
    with scope(municipality=municipality):
        return EmergencyContact.objects.create(
            municipality=municipality,
            row_no=1,
            kind=EmergencyContact._meta.get_field("kind").choice_list.options[0][0],
            role="連絡調整",
            organisation="情報課",
            mobile="090-1111-2222",
        )


def test_a_row_is_called_by_what_tells_it_apart(
    municipality: Municipality, client_for: ClientFor, contact: Any
) -> None:
    editor = client_for(Role.EDITOR)
    page = editor.get(address(municipality, "row", "9", contact.uid)).content.decode()
    assert "情報課・連絡調整" in page
    with scope(municipality=municipality):
        target = make_row(registry.spec("17"), municipality)
        name = f"{target.system.name}・代替拠点を設置する場合"
    phone = editor.get(address(municipality, "grid", "17")).context["named"]
    assert phone == [(target, name)]


@pytest.mark.quick
def test_numbers_reach_only_those_who_may_and_each_showing_is_recorded(
    municipality: Municipality, client_for: ClientFor, contact: Any
) -> None:
    page = address(municipality, "row", "9", contact.uid)
    reveal = address(municipality, "reveal", "9", contact.uid)
    editor, viewer = client_for(Role.EDITOR), client_for(Role.VIEWER)
    assert "090-1111-2222" in editor.post(reveal).content.decode()
    with scope(municipality=municipality):
        shown = Entry.objects.filter(action="個人情報の表示")
        assert [entry.target_uid for entry in shown] == [str(contact.uid)]
    assert "090-1111-2222" not in editor.get(page).content.decode()
    for url in (
        page,
        address(municipality, "list", "9"),
        address(municipality, "history", "9", contact.uid),
    ):
        assert "090-1111-2222" not in viewer.get(url).content.decode()
    assert viewer.post(reveal).status_code == 403
    found = viewer.get(address(municipality, "list", "9") + "?q=090-1111").context["lines"]
    assert found == [], "a search must not tell what is masked"


@pytest.mark.quick
def test_a_contributor_answers_for_the_own_department_only(
    municipality: Municipality, client_for: ClientFor
) -> None:
    with scope(municipality=municipality):
        mine, theirs = (
            Department.objects.create(municipality=municipality, name=name)
            for name in ("市民課", "税務課")
        )
        own, other = (
            Business.objects.create(
                municipality=municipality,
                name=name,
                owner_department=department,
                biz_class=["counter"],
            )
            for name, department in (("戸籍", mine), ("市県民税", theirs))
        )
    client = client_for(Role.CONTRIBUTOR, department=mine)
    form = client.get(address(municipality, "edit", "15", own.uid))
    assert form.status_code == 200
    assert "owner_department" not in form.context["form"].fields
    assert client.get(address(municipality, "edit", "15", other.uid)).status_code == 403
    assert client.post(address(municipality, "edit", "15", other.uid), {}).status_code == 403
    assert client.get(address(municipality, "grid", "15")).status_code == 403
    child = address(municipality, "add", "15-impacts")
    assert client.get(f"{child}?parent={own.uid}").status_code == 200
    assert client.get(f"{child}?parent={other.uid}").status_code == 403


def test_a_draft_comes_back_to_its_writer_only(
    municipality: Municipality, client_for: ClientFor, hall: Any
) -> None:
    url = reverse("annex:drafts", args=[municipality.code])
    key = f"annex:3:{hall.uid}"
    writer, stranger = client_for(Role.EDITOR), client_for(Role.EDITOR)
    body = json.dumps({"key": key, "fields": [["address", "書きかけ"]]})
    assert writer.post(url, body, content_type="application/json").status_code == 200
    assert _kept(writer, url, key) == [[["address", "書きかけ"]]]
    assert _kept(stranger, url, key) == []
    writer.post(
        address(municipality, "edit", "3", hall.uid), site_data(address="保存", draft_key=key)
    )
    assert _kept(writer, url, key) == []


def test_a_draft_keeps_what_every_database_can_keep(
    municipality: Municipality, client_for: ClientFor
) -> None:
    url, client = reverse("annex:drafts", args=[municipality.code]), client_for(Role.EDITOR)
    body = r'{"key": "annex:3:\u0000new", "fields": [["na\u0000me", "本\u0000庁\ud83d"]]}'
    assert client.post(url, body, content_type="application/json").status_code == 200
    assert _kept(client, url, "annex:3:new") == [[["name", "本庁?"]]]
    data = site_data(draft_key="annex:3:\0new", version="0")
    assert client.post(address(municipality, "add", "3"), data).status_code == 302
    assert _kept(client, url, "annex:3:new") == []


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"key": "", "fields": []}', '{"key": "a", "fields": [1]}']
)
def test_a_broken_draft_is_refused_with_a_sentence(
    body: str, municipality: Municipality, client_for: ClientFor
) -> None:
    url = reverse("annex:drafts", args=[municipality.code])
    response = client_for(Role.EDITOR).post(url, body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert "入力途中の内容" in response.content.decode()


def _kept(client: Client, url: str, key: str) -> list[list[list[str]]]:
    return [draft["fields"] for draft in client.get(url, {"key": key}).json()["drafts"]]
