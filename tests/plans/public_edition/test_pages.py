"""The pages on which a municipality chooses what is public, and the files of an issued edition."""

import io
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from plans.document.coverage import WHOLE
from plans.document.document import Document
from plans.document.public_choices import choices_in
from plans.document.redaction import redact
from plans.issuing.services import issue_edition
from plans.models import Chapter, PublicSetting
from systems.models import Site
from tests.conftest import ClientFactory
from tests.plans.editions.making import (
    PERSON,
    PHONE,
    a_plan,
    an_order,
    fake_prints,
    issued,
    take_snapshot,
)

SITE = "秘密の庁舎"


@pytest.fixture
def plan(municipality: Municipality) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        Site.objects.update(name=SITE)


def path(municipality: Municipality, name: str, *args: Any) -> str:
    return reverse(name, args=[municipality.code, *args])


def settings_data(client: Client, address: str, **changes: str) -> dict[str, Any]:
    """Return what the form would post as it stands, with changes by name."""
    context = client.get(address).context
    data: dict[str, Any] = {}
    for name in ("form", "chapters", "annexes"):
        form = context[name]
        data |= {form[field].html_name: form[field].value() or "" for field in form.fields}
    # A plan of which nothing was ever chosen asks for each chapter.
    for field, _ in context["chapters"].lines():
        data[f"chapter-{field}"] = data[f"chapter-{field}"] or "internal"
    return {key: value for key, value in {**data, **changes}.items() if value is not False}


def test_nothing_is_public_until_somebody_says_so(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    page = client.get(path(municipality, "public:overview")).content.decode()
    assert page.count("載せない") >= 4
    shown = client.get(path(municipality, "public:preview")).content.decode()
    internal = client.get(path(municipality, "plan:preview")).content.decode()
    for secret in ("目的の本文", SITE):
        assert secret in internal
        assert secret not in shown
    assert "（非公開）" in shown


def test_chapters_and_annexes_are_chosen_on_one_page_and_recorded(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN)
    address = path(municipality, "public:settings")
    with scope(municipality=municipality):
        purpose = Chapter.objects.get(title="目的")
    data = settings_data(
        client,
        address,
        **{f"chapter-{purpose.uid}": "public", "annex-3": "partial", "heading": "title"},
        colophon="電話",
    )
    assert client.post(address, data).status_code == 302
    with scope(municipality=municipality):
        assert Chapter.objects.get(title="目的").confidentiality == "public"
        assert Chapter.objects.get(title="体制").confidentiality == "internal"
        assert PublicSetting.objects.get().choices.colophon == {"電話"}
        noted = Entry.objects.filter(action="公開版の設定の変更")
        assert noted.count() == 2
        [chosen] = Entry.objects.filter(action="公開区分の変更")
        assert chosen.target_uid == str(purpose.uid)
    shown = client.get(path(municipality, "public:preview")).content.decode()
    assert "目的の本文" in shown
    assert "体制の本文" not in shown
    assert "体制（非公開）" in shown


def test_all_chapters_are_opened_at_once(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN)
    address = path(municipality, "public:settings")
    data = settings_data(client, address, **{"chapter-everything": "public"})
    client.post(address, data)
    with scope(municipality=municipality):
        kept = set(Chapter.objects.values_list("confidentiality", flat=True))
    assert kept == {"public"}


def test_columns_and_rows_decide_what_an_annex_shows(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN, Role.EDITOR)
    address = path(municipality, "public:settings")
    client.post(address, settings_data(client, address, **{"annex-3": "public"}))
    preview = path(municipality, "public:preview")
    assert SITE not in client.get(preview).content.decode()
    columns = path(municipality, "public:columns", "3")
    (table,) = client.get(columns).context["tables"]
    form = table[2]
    data = {form[name].html_name: form[name].value() for name in form.fields}
    client.post(columns, {**data, "t3-name": "show"})
    assert SITE not in client.get(preview).content.decode()
    rows = path(municipality, "public:rows", "3")
    assert "全1行のうち、公開区分が「公開」の行は0行" in client.get(rows).content.decode()
    client.post(rows, {"confidentiality": "public"})
    assert SITE in client.get(preview).content.decode()


def test_a_personal_column_cannot_be_shown(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN)
    address = path(municipality, "public:columns", "9")
    (table,) = client.get(address).context["tables"]
    form = table[2]
    data = {form[name].html_name: form[name].value() for name in form.fields}
    answer = client.post(address, {**data, "t9-mobile": "show"})
    assert answer.status_code == 422
    assert client.post(address, {**data, "t9-mobile": "mask"}).status_code == 302


def test_the_check_names_a_number_typed_into_a_public_chapter(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    address = path(municipality, "public:check")
    assert "見つかりませんでした" in client.get(address).content.decode()
    with scope(municipality=municipality):
        Chapter.objects.filter(title="目的").update(
            confidentiality="public", body="<p>夜間は０９０－９９９９－０００１へ。</p>"
        )
        record(municipality=municipality, actor=None, action="章の変更")
    page = client.get(address).content.decode()
    assert "様式9の「緊急連絡先一覧」の1行目の「携帯電話" in page
    assert PHONE not in page


def test_what_is_chosen_is_frozen_with_the_content(in_scope: Municipality) -> None:
    a_plan(in_scope)
    Chapter.objects.update(confidentiality="public")
    PublicSetting.objects.create(municipality=in_scope, revision_reasons=True)
    snapshot = take_snapshot(in_scope, WHOLE)
    Chapter.objects.update(confidentiality="internal")
    PublicSetting.objects.update(revision_reasons=False)
    document = redact(snapshot.masked, choices_in(snapshot.rows))
    assert choices_in(snapshot.rows).revision_reasons
    assert [chapter.title for chapter in document.chapters][:2] == ["目的", "体制"]


def test_an_edition_has_its_public_half_and_hands_out_its_files(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Chapter.objects.filter(title="目的").update(confidentiality="public")
        edition = issued(municipality)
    public = Document.from_json(edition.public_document or {})
    assert public.cover.edition == "初版（公開版）"
    assert PERSON in str(edition.document)
    assert PERSON not in str(edition.public_document)
    client = client_for(Role.VIEWER)
    shown = client.get(path(municipality, "editions:show", edition.uid)).content.decode()
    assert "公開版のPDF" in shown
    read = client.get(path(municipality, "editions:public-read", edition.uid)).content.decode()
    assert "目的の本文" in read and "体制の本文" not in read
    page = client.get(path(municipality, "editions:public-page", edition.uid))
    html = b"".join(page.streaming_content).decode()  # type: ignore[attr-defined]
    assert "目的の本文" in html and "体制の本文" not in html and "http" not in html
    book = client.get(path(municipality, "editions:public-excel", edition.uid))
    workbook = load_workbook(io.BytesIO(b"".join(book.streaming_content)))  # type: ignore[attr-defined]
    assert workbook.sheetnames[0] == "公開版"
    assert {sheet.sheet_state for sheet in workbook} == {"visible"}


def test_without_a_public_edition_there_are_no_files(
    plan: None, municipality: Municipality, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        PublicSetting.objects.create(municipality=municipality, enabled=False)
        with patch("plans.issuing.services.print_edition", fake_prints):
            edition = issue_edition(
                municipality=municipality, order=an_order(municipality), actor=None
            )
    assert (edition.public_document, edition.public_sha256, bool(edition.public_pdf)) == (
        None,
        "",
        False,
    )
    client = client_for(Role.VIEWER)
    address = path(municipality, "editions:public-read", edition.uid)
    assert client.get(address).status_code == 404
