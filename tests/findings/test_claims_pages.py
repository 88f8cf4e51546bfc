"""Sentences pages say of themselves: nothing found, all done, noted in the log, no rows."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from plans.document.document import AnnexPart
from plans.document.redaction import public_table
from plans.issuing.comparables import edition_code
from plans.models import Chapter, Plan
from plans.printing.annex_parts import annex_part
from plans.printing.table_html import NO_ROWS
from systems.models.contacts import EmergencyContact
from tests.plans.editions.making import PHONE, a_plan, issued

NOTED = "表示したことは操作記録に残りました"
NO_TABLES = "この様式に印刷する表はありません。"


def head_of(annex: AnnexPart) -> str:
    return "".join(flow.html() for flow in annex_part(annex).flows)


def test_an_annex_that_is_kept_elsewhere_does_not_say_that_it_has_nothing() -> None:
    elsewhere = AnnexPart("annex-9", 9, "様式9 連絡先", reference_note="別に管理しています。")
    assert NO_TABLES not in head_of(elsewhere)
    assert NO_TABLES in head_of(AnnexPart("annex-9", 9, "様式9 連絡先"))


def test_a_table_without_public_rows_does_not_say_that_there_is_nothing() -> None:
    hidden = Table(
        "t", "表", (Column("a", "名", public=Public.SHOW),), (TableRow("u", {"a": "秘密"}),)
    )
    shown = public_table(hidden)
    assert shown is not None
    assert shown.rows == ()
    assert NO_ROWS == "ここに載る行はありません。"
    page = render_to_string(
        "plans/public_edition/table.html", {"table": shown, "rows": [], "heads": []}
    )
    assert NO_ROWS in page
    assert "該当する記載はありません" not in page


def test_a_look_is_said_to_be_noted_only_if_it_was(in_scope: Municipality, client_for: Any) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>目的を改める。</p>")
    url = reverse("comparison:show", args=[in_scope.code, edition_code(edition.uid), "working"])
    client = client_for(Role.APPROVER)

    def look() -> tuple[bool, int]:
        said = NOTED in client.post(url, {"personal": "1"}).content.decode()
        with scope(municipality=in_scope):
            return said, Entry.objects.filter(action="個人情報の表示").count()

    assert look() == (False, 0)
    EmergencyContact.objects.filter(mobile=PHONE).update(mobile="080-0000-0000")
    Chapter.objects.filter(title="目的").update(body="<p>目的をさらに改める。</p>")
    write(in_scope)
    assert look() == (True, 1)


def write(municipality: Municipality) -> None:
    """Write something into the log, as every change of a row does."""
    record(municipality=municipality, actor=None, action="試験", target=municipality)


def test_an_edition_without_personal_values_does_not_say_that_it_has_some(
    in_scope: Municipality, client_for: Any
) -> None:
    a_plan(in_scope)
    EmergencyContact.objects.all().delete()
    edition = issued(in_scope)
    url = reverse("editions:read-personal", args=[in_scope.code, edition.uid])
    text = client_for(Role.APPROVER).get(url).content.decode()
    assert NOTED not in text
    assert "この版に、個人の情報とした項目の値はありません。" in text


def test_a_plan_without_chapters_does_not_say_that_all_have_text(
    in_scope: Municipality, client_for: Any
) -> None:
    Plan.objects.create(municipality=in_scope, title="計画", annex_numbers=[])
    text = client_for(Role.EDITOR).get(f"/{in_scope.code}/").content.decode()
    assert "全ての章・節に本文があります" not in text
    assert "章・節はまだありません" in text


def test_a_search_that_was_not_made_found_nothing_of_which_it_could_say_so(
    in_scope: Municipality, client_for: Any
) -> None:
    url = reverse("audit:list", args=[in_scope.code])
    text = client_for(Role.ADMIN).get(url, {"date_from": "きのう"}).content.decode()
    assert "まだ探していません" in text
    assert "条件に合う記録はありません" not in text
    assert ">0件<" not in text


def test_a_member_saved_as_before_was_not_changed(
    in_scope: Municipality, member: Any, client_for: Any
) -> None:
    other = member(Role.EDITOR)
    client = client_for(Role.ADMIN)
    url = reverse("members:change", args=[in_scope.code, other.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    said = client.post(url, data, follow=True).content.decode()
    assert "に変更はありませんでした。" in said
    assert "」を変更しました。" not in said
    said = client.post(url, {**data, "display_name": "別の名"}, follow=True).content.decode()
    assert "「別の名」を変更しました。" in said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"refused": 2, "held": 0}, "取り込めない行が2行あります"),
        ({"refused": 0, "held": 3}, "印を付けるまで取り込まない行が3行あります"),
        ({"refused": 0, "held": 0}, "新しい行も変更された行もない"),
    ],
)
def test_a_file_whose_rows_were_refused_is_not_called_unchanged(
    in_scope: Municipality, counts: dict[str, int], said: str
) -> None:
    # As `Plan.summary` writes it: lines that are held are refused or others, and counted beside.
    summary = {"counts": {"refused": counts["refused"]}, "held": counts["held"]}
    job = {"uid": "00000000-0000-0000-0000-000000000000", "summary": summary}
    page = render_to_string(
        "importing/_apply.html", {"job": job, "writes": 0, "municipality": in_scope}
    )
    assert said in page
    assert ("新しい行も変更された行もない" in page) == (not any(counts.values()))
