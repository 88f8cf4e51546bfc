"""An edition is issued together with a public half that leaks nothing, or not at all."""

import io
from unittest.mock import patch

import pikepdf
import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from plans.document.coverage import WHOLE
from plans.document.document import Document
from plans.editions.files import public_pdf_of
from plans.editions.models.edition import Edition
from plans.issuing.services import issue_edition
from plans.models import Chapter, PublicSetting
from plans.proofs.verification import verify_editions
from plans.public_edition.issuing import NothingPublicError, require_publishable
from plans.public_edition.public_files import LeakError
from tests.plans.editions.making import PERSON, PHONE, a_plan, an_order, fake_prints, take_snapshot

pytestmark = pytest.mark.django_db
PRINTS = "plans.issuing.services.print_edition"


def issue(municipality: Municipality) -> Edition:
    """Issue the working copy; only the public PDF is really printed."""
    with patch(PRINTS, fake_prints):
        return issue_edition(municipality=municipality, order=an_order(municipality), actor=None)


def test_the_public_pdf_is_printed_checked_and_kept(in_scope: Municipality) -> None:
    a_plan(in_scope)
    Chapter.objects.filter(title="目的").update(confidentiality="public")
    edition = issue(in_scope)
    public = Document.from_json(edition.public_document or {})
    assert [chapter.heading for chapter in public.chapters[:2]] == [
        "1 目的",
        "2 （非公開）",
    ]
    content = public_pdf_of(edition)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "（公開版）" in str(pdf.docinfo.Title)
    assert verify_editions(in_scope).faults == []


def test_a_leak_stops_the_issue_and_names_row_and_place(in_scope: Municipality) -> None:
    a_plan(in_scope)
    text = "<p>夜間は０９０－９９９９－０００１の秘密花子へ。</p>"
    Chapter.objects.filter(title="目的").update(confidentiality="public", body=text)
    with pytest.raises(LeakError) as refused:
        issue(in_scope)
    message = refused.value.message
    assert (
        "「1 目的」の本文に、" in message
        and "様式9の「緊急連絡先一覧」の1行目の「携帯電話" in message
    )
    assert "「職員・関係者」の" in message
    assert PHONE not in message and PERSON not in message
    assert not Edition.objects.exists()


def test_the_same_text_in_a_hidden_chapter_is_no_leak(in_scope: Municipality) -> None:
    a_plan(in_scope)
    Chapter.objects.filter(title="目的").update(body=f"<p>夜間は{PHONE}へ。</p>")
    Chapter.objects.filter(title="体制").update(confidentiality="public")
    edition = issue(in_scope)
    assert PHONE in str(edition.document)
    assert PHONE not in str(edition.public_document)


def test_a_submission_that_publishes_nothing_is_refused(in_scope: Municipality) -> None:
    a_plan(in_scope)
    with pytest.raises(NothingPublicError):
        require_publishable(take_snapshot(in_scope, WHOLE), DateStyle.WAREKI)


def test_what_a_former_release_let_through_is_issued_without_empty_pages(
    in_scope: Municipality,
) -> None:
    """It was approved: nobody could change its chapters any more, and it must not wait for ever."""
    a_plan(in_scope)
    edition = issue(in_scope)
    assert edition.public_document is None and not edition.public_pdf


def test_a_leak_is_named_before_anybody_decides(in_scope: Municipality) -> None:
    a_plan(in_scope)
    Chapter.objects.filter(title="体制").update(confidentiality="public")
    require_publishable(take_snapshot(in_scope, WHOLE), DateStyle.WAREKI)
    text = f"<p>{PERSON}が鍵を持つ。</p>"
    Chapter.objects.filter(title="目的").update(confidentiality="public", body=text)
    with pytest.raises(
        LeakError, match="「1 目的」の本文に、公開しない値（「職員・関係者」の1行目"
    ):
        require_publishable(take_snapshot(in_scope, WHOLE), DateStyle.WAREKI)
    PublicSetting.objects.create(municipality=in_scope, enabled=False)
    require_publishable(take_snapshot(in_scope, WHOLE), DateStyle.WAREKI)
