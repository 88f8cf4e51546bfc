"""Editions on screen and as files: everybody reads them, and nobody sees what is not for them."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from openpyxl import load_workbook

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.document.canonical import content_sha256
from plans.editions.chain import chain_hash
from plans.editions.edition_reader import book_of_edition
from plans.editions.models.edition import Edition
from plans.models import Chapter, EditionSetting, ResponseRole
from plans.text.live_blocks import block_html
from systems.models import Site
from tests.conftest import ClientFactory
from tests.plans.editions.making import DECIDERS, PERSON, PHONE, a_chapter, a_plan, issued
from tests.plans.rows import a_person, a_role

pytestmark = pytest.mark.django_db
SEEING = (Role.EDITOR, Role.APPROVER, Role.CONTACT_STEWARD)
NOT_SEEING = (Role.VIEWER, Role.CHECKER, Role.HEAD, Role.AUDITOR, Role.ADMIN)


@pytest.fixture
def edition(municipality: Municipality) -> Edition:
    """Issue a plan with a contact in an annex and a chapter, and a figure that names a person."""
    with scope(municipality=municipality):
        plan = a_plan(municipality)
        a_role(municipality, "本部長", person=a_person(municipality, PERSON))
        chapter = a_chapter(plan, "連絡と体制", 3)
        chapter.body = block_html("9") + block_html("fig-organisation-disaster")
        chapter.save()
        return issued(municipality, kind="enactment", document_number="情政第1号")


def url(edition: Edition, name: str = "") -> str:
    return f"/{edition.municipality.code}/editions/{edition.uid}/{name}"


def content(response: Any) -> bytes:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content)
    return bytes(response.content)


def said(response: Any) -> str:
    """Return everything a reader could find in an answer: page, PDF of the tests, or workbook."""
    found = content(response)
    if found.startswith(b"PK"):
        return workbook_text(found)
    return found.decode()


def workbook_text(file: bytes) -> str:
    book = load_workbook(BytesIO(file))
    cells = (cell.value for sheet in book.worksheets for line in sheet.iter_rows() for cell in line)
    return "\n".join(str(value) for value in cells if value is not None)


def test_the_list_says_what_each_edition_is(
    municipality: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        issued(municipality, reason="二度目の改定", effective_on=date(2026, 5, 1))
        issued(municipality, reason="来年からの改定", effective_on=date(2300, 4, 1))
    page = client_for(Role.VIEWER).get(f"/{municipality.code}/editions/").content.decode()
    rows = [row for row in page.split("<tr>") if "data-label" in row]
    assert "第3版" in rows[0] and "施行待ち" in rows[0]
    assert "第2版" in rows[1] and "施行中" in rows[1]
    assert "初版" in rows[2] and "旧版" in rows[2] and "令和8年4月1日" in rows[2]


def test_without_an_edition_the_list_says_how_one_comes(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    page = client_for(Role.VIEWER).get(f"/{municipality.code}/editions/").content.decode()
    assert "版はまだありません" in page


@pytest.mark.parametrize("name", ["", "editions/"])
def test_the_number_of_queries_does_not_grow_with_editions(
    municipality: Municipality, edition: Edition, client_for: ClientFactory, name: str
) -> None:
    client = client_for(Role.VIEWER)
    client.get(f"/{municipality.code}/{name}")
    # Both are first visits after a write: what is kept until then is counted anew.
    with scope(municipality=municipality):
        issued(municipality)
    with CaptureQueriesContext(connection) as once:
        client.get(f"/{municipality.code}/{name}")
    with scope(municipality=municipality):
        issued(municipality)
        issued(municipality)
    with CaptureQueriesContext(connection) as thrice:
        client.get(f"/{municipality.code}/{name}")
    assert len(thrice) == len(once)
    assert not any('"plans_edition"."document"' in query["sql"] for query in thrice)


def test_one_edition_says_who_decided_what(edition: Edition, client_for: ClientFactory) -> None:
    page = client_for(Role.VIEWER).get(url(edition)).content.decode()
    for text in (
        "初版",
        "策定",
        "情政第1号",
        "主任 起案 次郎",
        "承認 一郎",
        "副市長",
        "計画の全体",
    ):
        assert text in page, text
    assert "令和8年4月1日 09:00" in page
    for value in (edition.content_sha256, edition.submitted_sha256, edition.pdf_sha256):
        assert value in page
    assert edition.chain_hash in page
    assert f"/compare/edition-{edition.uid}/working/" in page
    assert edition.short_code in page


def test_a_decision_of_a_meeting_names_its_day_as_the_town_writes_days(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    a_plan(in_scope)
    met = {**DECIDERS[0], "meeting_body": "本部会", "meeting_on": "2026-03-30"}
    edition = issued(in_scope, deciders=(met,))
    page = client_for(Role.VIEWER).get(url(edition)).content.decode()
    assert "会議：本部会（令和8年3月30日）" in page


@pytest.mark.parametrize("role", [*SEEING, *NOT_SEEING])
@pytest.mark.parametrize("name", ["", "read/", "pdf/", "excel/"])
def test_no_page_or_file_shows_personal_values_unasked(
    edition: Edition, client_for: ClientFactory, name: str, role: Role
) -> None:
    assert PHONE in str(edition.document) and PERSON in str(edition.document)
    response = client_for(role).get(url(edition, name))
    assert response.status_code == 200
    text = said(response)
    assert PHONE not in text
    assert PERSON not in text


@pytest.mark.parametrize("role", SEEING)
@pytest.mark.parametrize("name", ["read/personal/", "pdf/personal/", "excel/personal/"])
def test_who_may_sees_personal_values_and_that_is_recorded(
    municipality: Municipality,
    edition: Edition,
    client_for: ClientFactory,
    name: str,
    role: Role,
) -> None:
    response = client_for(role).get(url(edition, name))
    text = said(response)
    assert PHONE in text
    assert PERSON in text
    assert response["Cache-Control"] == "no-store"
    with scope(municipality=municipality):
        entry = Entry.objects.order_by("-sequence")[0]
    assert entry.action in {"個人情報の表示", "Excelへの書き出し"}
    assert entry.actor_name.startswith(role.value)


@pytest.mark.parametrize("role", NOT_SEEING)
@pytest.mark.parametrize("name", ["read/personal/", "pdf/personal/", "excel/personal/"])
def test_others_are_refused(
    edition: Edition, client_for: ClientFactory, name: str, role: Role
) -> None:
    assert client_for(role).get(url(edition, name)).status_code == 403


def test_a_reader_without_the_permission_is_offered_no_personal_files(
    edition: Edition, client_for: ClientFactory
) -> None:
    assert "personal" in client_for(Role.APPROVER).get(url(edition)).content.decode()
    assert "/personal/" not in client_for(Role.VIEWER).get(url(edition)).content.decode()


def test_the_names_in_a_figure_are_masked_and_the_figure_stays(
    edition: Edition, client_for: ClientFactory
) -> None:
    page = client_for(Role.VIEWER).get(url(edition, "read/")).content.decode()
    assert "体制図（" in page
    assert "本部長" in page
    assert "＊＊＊" in page


def test_the_edition_says_what_was_frozen_whatever_happened_since(
    municipality: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        Chapter.objects.all().delete()
        ResponseRole.objects.all().delete()
        Site.objects.update(name="その後の庁舎")
    client = client_for(Role.VIEWER)
    for name in ("read/", "pdf/", "excel/"):
        text = said(client.get(url(edition, name)))
        assert "その後の庁舎" not in text
    page = client.get(url(edition, "read/")).content.decode()
    assert "目的の本文" in page


def test_a_pdf_that_was_changed_is_not_handed_out(
    edition: Edition, client_for: ClientFactory
) -> None:
    path = Path(edition.masked_pdf.path)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    response = client_for(Role.VIEWER).get(url(edition, "pdf/"))
    assert response.status_code == 409
    assert "書き換えられています" in content(response).decode()
    path.unlink()
    assert client_for(Role.VIEWER).get(url(edition, "pdf/")).status_code == 409


def test_an_edition_of_a_neighbour_is_not_found(
    edition: Edition, other_municipality: Municipality, client_for: ClientFactory
) -> None:
    neighbour = client_for(Role.EDITOR, municipality=other_municipality)
    for name in ("", "read/", "read/personal/", "pdf/", "pdf/personal/", "excel/", "restore/"):
        assert neighbour.get(url(edition, name)).status_code == 404
        address = url(edition, name).replace(edition.municipality.code, other_municipality.code)
        assert neighbour.get(address).status_code == 404


def test_home_shows_the_edition_in_force_and_the_one_to_come(
    municipality: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        later = issued(municipality, effective_on=date(2300, 4, 1))
    page = client_for(Role.VIEWER).get(f"/{municipality.code}/").content.decode()
    card = page.split('id="home-edition"')[1].split("</section>")[0]
    assert url(edition) in card and "令和8年4月1日施行" in card
    assert url(later) in card and "施行待ち" in card


def test_home_without_an_edition_in_force(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    assert "版はまだありません" in client.get(f"/{municipality.code}/").content.decode()
    with scope(municipality=municipality):
        a_plan(municipality)
        issued(municipality, effective_on=date(2300, 4, 1))
    page = client.get(f"/{municipality.code}/").content.decode()
    assert "施行中の版はまだありません" in page


def test_the_numbering_is_set_and_logged(
    municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN)
    address = f"/{municipality.code}/editions/settings/"
    assert "枝番を付ける" in client.get(address).content.decode()
    chosen = {"minor_step": "part", "supplement_step": "sub"}
    chosen |= {"page_numbering": "by_part", "sides": "double"}
    chosen |= {"revision_day": "decided", "revisions_title": "改定履歴"}
    response = client.post(address, chosen, follow=True)
    assert "版の番号と印刷の仕方を保存しました" in response.content.decode()
    with scope(municipality=municipality):
        assert EditionSetting.objects.get().minor_step == "part"
        entry = Entry.objects.get(action="版の番号の設定の変更")
    assert [change["label"] for change in entry.changes] == ["軽微な改定", "印刷する面"]
    assert "一部改定1" in entry.changes[0]["after"]
    assert client.post(address, {"minor_step": "x"}).status_code == 422


def test_restoring_asks_first_and_reports_afterwards(
    municipality: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        chapter = Chapter.objects.get(title="目的")
        Chapter.objects.filter(pk=chapter.pk).update(body="<p>その後の文</p>")
    client = client_for(Role.EDITOR)
    assert "1 目的" in client.get(url(edition, "restore/")).content.decode()
    chosen = {"scope": "parts", "chapters": [f"chapter-{chapter.uid}"]}

    refused = client.post(url(edition, "restore/"), chosen)
    assert refused.status_code == 422
    assert "確かめたら、ここに印を付けてください" in refused.content.decode()
    assert "checked" in refused.content.decode().split(f'value="chapter-{chapter.uid}"')[1][:120]
    nothing: HttpResponse = client.post(
        url(edition, "restore/"), {"scope": "parts", "confirmed": "on"}
    )
    assert "一つ以上選ぶか" in nothing.content.decode()
    chapter.refresh_from_db()
    assert chapter.body == "<p>その後の文</p>"

    done = client.post(url(edition, "restore/"), {**chosen, "confirmed": "on"}, follow=True)
    assert "変更1件、追加0件、廃止0件" in done.content.decode()
    chapter.refresh_from_db()
    assert chapter.body == "<p>目的の本文</p>"


def test_the_whole_plan_can_be_chosen_and_sameness_is_said(
    edition: Edition, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    done = client.post(url(edition, "restore/"), {"scope": "whole", "confirmed": "on"}, follow=True)
    assert "初めから初版と同じでした" in done.content.decode()


def of_an_older_release(edition: Edition) -> Edition:
    """Store an edition as a release of long ago might have: other keys, kinds, blocks, columns."""
    document = edition.document
    document["watermark"] = "old"
    del document["images"], document["front"]
    document["cover"]["logo"] = "x"
    del document["cover"]["department"]
    for section in document["chapters"]:
        section["mood"] = "serious"
    document["chapters"][0]["blocks"].append({"hologram": "spinning"})
    document["chapters"][1].pop("children")
    for annex in document["annexes"]:
        annex["shelf"] = 3
        for table in annex["tables"]:
            table["colour"] = "green"
            table.pop("date_style"), table.pop("titles_above")
            for column in table["columns"]:
                column["weight"] = 2
                column.pop("public")
            table["columns"].append(
                {"name": "telex", "label": "テレックス", "kind": "punched_tape"}
            )
            for row in table["rows"]:
                row["cells"]["telex"] = "TX-123"
                row["cells"].pop("note", None)
                row.pop("confidentiality")
    edition.rows["tables"]["99-1"] = [{"uid": "x"}]
    edition.pk = None
    edition._state.adding = True
    edition.uid, edition.revision_uid = edition.uid.__class__(int=1), edition.uid.__class__(int=2)
    edition.sequence, edition.number_major, edition.short_code = 2, 2, "QQQQQQQQ"
    edition.content_sha256 = content_sha256(edition.document, edition.rows)
    edition.chain_hash = chain_hash(edition)
    edition.save()
    return edition


def test_an_edition_of_an_older_release_still_opens_and_exports(
    municipality: Municipality, edition: Edition, client_for: ClientFactory
) -> None:
    with scope(municipality=municipality):
        old = of_an_older_release(Edition.objects.select_related("municipality").get())
    client: Client = client_for(Role.APPROVER)
    page = client.get(url(old, "read/")).content.decode()
    assert "テレックス" in page and "TX-123" in page
    assert "今のシステムでは表示できない形" in page
    assert PHONE not in page
    assert "テレックス" in said(client.get(url(old, "excel/")))
    assert PHONE in said(client.get(url(old, "excel/personal/")))
    assert client.get(url(old)).status_code == 200
    restored = client_for(Role.EDITOR).post(
        url(old, "restore/"), {"scope": "whole", "confirmed": "on"}, follow=True
    )
    assert "表「99-1」は今のシステムにない" in restored.content.decode()


def test_the_workbook_holds_every_table_once(municipality: Municipality, edition: Edition) -> None:
    with scope(municipality=municipality):
        book = book_of_edition(Edition.objects.get(), with_personal=False)
    assert [sheet.heading for sheet in book.sheets] == [
        "様式3 庁舎（建物）の状況把握結果",
        "様式9 緊急連絡先一覧",
    ]
    assert not book.shows_personal
    assert book.masks_personal
