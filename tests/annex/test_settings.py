"""What a 団体管理者 settles about annexes, columns and options reaches the pages, and is checked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_one
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.settings_services import FORGOTTEN, RENAMED
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.audit.models import Entry
from bcp_portal.audit.told_proofs import verify_told
from bcp_portal.ui.eras import DateStyle, format_date
from plans.revisions.settings_lines import ACTIONS
from plans.working_copy.rows import working_rows

ClientFor = Callable[..., Client]
Save = Callable[..., HttpResponse]


@pytest.fixture
def save(municipality: Municipality, client_for: ClientFor) -> Save:
    """Post the settings of a table, or the options of a list, as an administrator."""
    client = client_for(Role.ADMIN)

    def post(page: str, code: str, **typed: Any) -> HttpResponse:
        data = {"confidentiality": "internal"} | {k.replace("__", "-"): v for k, v in typed.items()}
        return client.post(reverse(f"annex:{page}", args=[municipality.code, code]), data)

    return post


def presentation(municipality: Municipality) -> Presentation:
    with scope(municipality=municipality):
        return Presentation.load(municipality)


@pytest.mark.parametrize("code", ["13-1", "13-2"])
def test_an_annex_of_several_tables_gets_its_title_on_the_page_of_each(
    municipality: Municipality, save: Save, code: str
) -> None:
    answer = save("settings", code, title="業務継続計画の運用体制", by_reference="on")
    assert answer.status_code == 302
    seen = presentation(municipality)
    assert seen.annex_title(13) == "業務継続計画の運用体制"
    assert seen.annexes["13"].by_reference is True
    assert Sheet(registry.spec(code), seen).title == registry.spec(code).title


def test_one_of_several_tables_gets_a_title_of_its_own(
    municipality: Municipality, save: Save
) -> None:
    save("settings", "13-2", table__title="点検の記録簿")
    seen = presentation(municipality)
    assert Sheet(registry.spec("13-2"), seen).heading == "様式13-2 点検の記録簿"
    assert seen.annex_title(13) == registry.annex(13).title


def test_every_table_of_an_annex_leaves_under_its_handling(
    municipality: Municipality, save: Save
) -> None:
    save("settings", "13-2", managing_department="総務課", subtitle="毎年", table__title="記録簿")
    sheet = Sheet(registry.spec("13-2"), presentation(municipality))
    with scope(municipality=municipality):
        [exported] = book_of_one(Listing(sheet, Query.read({}), personal=False)).sheets
    assert ("管理部署", "総務課") in exported.facts
    assert exported.subtitle == "毎年"


def test_an_annex_of_one_table_has_one_title(municipality: Municipality, save: Save) -> None:
    save("settings", "17", title="優先システムと目標復旧時間")
    seen = presentation(municipality)
    assert seen.annex_title(17) == "優先システムと目標復旧時間"
    assert Sheet(registry.spec("17"), seen).heading == "様式17 優先システムと目標復旧時間"


def test_private_use_characters_are_refused_in_a_title(
    municipality: Municipality, save: Save
) -> None:
    answer = save("settings", "17", title="優先\ue000システム")
    assert answer.status_code == 422
    assert "U+E000" in answer.content.decode()
    with scope(municipality=municipality):
        assert not AnnexSetting.objects.exists()


def refused(answer: HttpResponse, name: str) -> bool:
    return answer.status_code == 422 and f"「{name}」は上にもあります" in answer.content.decode()


@pytest.mark.parametrize("name", ["提供形態", "提供 形態", "提供・形態"])
def test_two_columns_of_one_name_are_refused(
    municipality: Municipality, save: Save, name: str
) -> None:
    assert refused(save("settings", "1", zone__label=name), name)
    with scope(municipality=municipality):
        assert not ColumnSetting.objects.exists()
        assert not Entry.objects.filter(action="設定の変更").exists()


def test_the_name_of_a_hidden_column_is_free(municipality: Municipality, save: Save) -> None:
    typed: dict[str, Any] = {"aliases__hidden": "on", "zone__label": "別名・略称"}
    assert save("settings", "1", **typed).status_code == 302
    with scope(municipality=municipality):
        assert ColumnSetting.objects.get(column="zone").label == "別名・略称"


def test_two_options_of_one_name_are_refused(municipality: Municipality, save: Save) -> None:
    answer = save("choices", "hosting", **{"added-1__label": "データセンター"})
    assert refused(answer, "データセンター")
    assert 'href="#id_added-1-label"' in answer.content.decode()
    with scope(municipality=municipality):
        assert not ChoiceSetting.objects.exists()
    assert save("choices", "hosting", **{"added-1__label": "共同センター"}).status_code == 302


def test_the_page_of_a_list_says_what_it_is_chosen_for(
    municipality: Municipality, client_for: ClientFor
) -> None:
    url = reverse("annex:choices", args=[municipality.code, "hosting"])
    page = client_for(Role.ADMIN).get(url).content.decode()
    assert "様式1 情報システム一覧「提供形態」" in page


# What they were called before.


def page_of(client: Client, municipality: Municipality, page: str, code: str) -> str:
    url = reverse(f"annex:{page}", args=[municipality.code, code])
    return client.get(url).content.decode()


def former(model: type[Any], municipality: Municipality, **which: str) -> list[str]:
    with scope(municipality=municipality):
        return [each["label"] for each in model.objects.get(**which).former_labels]


def entries(municipality: Municipality) -> list[Entry]:
    with scope(municipality=municipality):
        found = Entry.objects.filter(action__in=("設定の変更", "以前の名前を外す"))
        return list(found.order_by("sequence"))


def test_the_page_shows_former_names_and_takes_one_away(
    municipality: Municipality, client_for: ClientFor, save: Save
) -> None:
    client = client_for(Role.ADMIN)
    assert "を</span>外す" not in page_of(client, municipality, "settings", "3")
    for label in ("場所", "位置", ""):
        save("settings", "3", title=f"庁舎{label}", address__label=label)
    page = page_of(client, municipality, "settings", "3")
    today = format_date(timezone.localdate(), DateStyle.WAREKI)
    for shown in (f"場所（{today}まで）", f"位置（{today}まで）", f"庁舎場所（{today}まで）"):
        assert shown in page
    assert page.index("位置（") < page.index("場所（")
    typed: dict[str, Any] = {"address__forgotten": "=場所", "forgotten": "=庁舎場所"}
    assert save("settings", "3", title="庁舎", **typed).status_code == 302
    assert former(ColumnSetting, municipality, column="address") == ["位置"]
    assert former(AnnexSetting, municipality, code="3") == ["", "庁舎位置"]
    page = page_of(client, municipality, "settings", "3")
    assert "場所（" not in page and "位置（" in page


def test_the_log_says_of_a_renaming_what_it_said_and_tells_who_took_a_name_away(
    municipality: Municipality, save: Save
) -> None:
    save("settings", "3", address__label="場所")
    save("settings", "3", address__label="位置")
    typed: dict[str, Any] = {"address__forgotten": ["=場所", "="]}
    save("settings", "3", address__label="位置", **typed)
    first, second, third = entries(municipality)
    for entry, before, after in ((first, "（標準）", "場所"), (second, "場所", "位置")):
        assert (entry.action, entry.note) == ("設定の変更", "表3の項目の設定")
        change = {
            "name": "address",
            "label": "address",
            "before": before,
            "after": after,
            "personal": False,
        }
        assert entry.changes == [change]
    assert third.action == "以前の名前を外す"
    [change] = third.changes
    assert (change["before"], change["after"]) == ("（標準）、場所", "")


def test_a_name_that_is_taken_away_while_a_column_is_renamed_is_told_beside_it(
    municipality: Municipality, save: Save
) -> None:
    for label in ("場所", "位置"):
        save("settings", "3", address__label=label)
    save("settings", "3", address__label="所在", address__forgotten="=場所")
    assert former(ColumnSetting, municipality, column="address") == ["", "位置"]
    assert [entry.action for entry in entries(municipality)][2:] == [
        "以前の名前を外す",
        "設定の変更",
    ]
    with scope(municipality=municipality):
        assert verify_told().faults == []


def test_a_name_that_somebody_else_took_away_meanwhile_is_no_fault(
    municipality: Municipality, save: Save
) -> None:
    save("settings", "3", address__label="場所")
    typed: dict[str, Any] = {"address__forgotten": ["=何か", "x"]}
    assert save("settings", "3", address__label="場所", **typed).status_code == 302
    assert former(ColumnSetting, municipality, column="address") == [""]


def test_former_names_of_options_are_shown_and_taken_away(
    municipality: Municipality, client_for: ClientFor, save: Save
) -> None:
    save("choices", "hosting", **{"added-1__label": "共同センター"})
    save("choices", "hosting", **{"added-1__label": "共同データセンター"})
    page = page_of(client_for(Role.ADMIN), municipality, "choices", "hosting")
    assert page.count("を</span>外す") == 1 and "共同センター（" in page
    typed = {"added-1__label": "共同データセンター", "added-1__forgotten": "=共同センター"}
    save("choices", "hosting", **typed)
    assert former(ChoiceSetting, municipality, value="added-1") == []
    with scope(municipality=municipality):
        assert verify_told().faults == []


def test_who_takes_a_former_name_away_has_written_nothing_of_the_plan() -> None:
    assert FORGOTTEN not in ACTIONS and RENAMED in ACTIONS


def test_former_names_are_in_no_frozen_content(municipality: Municipality, save: Save) -> None:
    for label in ("場所", "位置"):
        save("settings", "3", title=label, address__label=label)
        save("choices", "hosting", **{"added-1__label": label})
    with scope(municipality=municipality):
        settings = working_rows(municipality)["settings"]
    assert all(settings.values()) and "former_labels" not in str(settings)
