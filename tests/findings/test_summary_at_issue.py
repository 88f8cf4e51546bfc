"""The 概要版 for everybody is read before an edition is issued, beside its PDF, HTML and Excel."""

from unittest.mock import patch

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.ui.eras import DateStyle
from plans.document.coverage import WHOLE
from plans.editions.models.edition import Edition
from plans.issuing.services import issue_edition
from plans.leaflets.products import SUMMARY
from plans.models import Chapter, Plan, ResponseRole
from plans.printing.stamps import RunningText
from plans.prints.products import PrintOrder, product_of
from plans.public_check.claim_services import claim_not_secret, confirm_claim
from plans.public_edition.issuing import released_in, require_publishable
from plans.public_edition.public_files import LeakError
from plans.public_edition.working_copy import maker_of_working_copy, public_summary
from plans.revisions.public_outlook import outlook_of
from plans.summary import printing
from plans.summary.document import Audience
from plans.working_copy.builder import WorkingCopy
from systems.models import EmergencyContact, Site
from tests.conftest import MemberFactory
from tests.findings.test_secret_claims import with_person
from tests.plans.editions.making import PHONE, a_plan, an_order, fake_prints, take_snapshot
from tests.plans.rows import a_role

NUMBER = "0422-99-1010"
PLACE = "概要版の「5 脅威発生時の体制」の表「緊急時対応体制」の1行目の「"


@pytest.fixture
def town(in_scope: Municipality) -> Municipality:
    """様式8 is public, and printed in the 概要版 alone; its row says a hidden number of 様式9."""
    a_plan(in_scope)
    Chapter.objects.filter(title="体制").update(confidentiality="public")
    EmergencyContact.objects.update(tel=NUMBER)
    AnnexSetting.objects.create(municipality=in_scope, code="8", confidentiality="public")
    ColumnSetting.objects.create(municipality=in_scope, code="8", column="duties", public="show")
    a_role(in_scope, duties=f"連絡は {NUMBER} へ。", confidentiality="public")
    return in_scope


def issue(municipality: Municipality) -> Edition:
    with (
        patch("plans.issuing.services.print_edition", fake_prints),
        patch("plans.public_edition.issuing.printed_as", lambda *_: b"%PDF"),
        patch("plans.public_edition.issuing.PublicMaker.check_pdf"),
    ):
        return issue_edition(municipality=municipality, order=an_order(municipality), actor=None)


def require(municipality: Municipality) -> None:
    summary = public_summary(municipality)
    require_publishable(take_snapshot(municipality, WHOLE), DateStyle.WAREKI, None, summary)


def test_what_the_summary_says_refuses_submission_and_issue_and_is_shown_before(
    town: Municipality,
) -> None:
    (find,) = maker_of_working_copy(town).refusing_finds
    assert (
        find.sentence.startswith(PLACE)
        and "様式9の「緊急連絡先一覧」の1行目の「電話" in find.sentence
    )
    content = WorkingCopy(town, in_edition=True)
    rows = take_snapshot(town, WHOLE).rows
    outlook = outlook_of(town, content, rows, lambda: public_summary(town))
    assert find.sentence in outlook.leaks
    with pytest.raises(LeakError, match=PLACE):
        require(town)
    with pytest.raises(LeakError, match=PLACE) as refused:
        issue(town)
    assert NUMBER not in refused.value.message
    assert not Edition.objects.exists()


def test_two_people_release_it_for_the_issue_and_for_the_print(
    town: Municipality, member: MemberFactory
) -> None:
    (find,) = maker_of_working_copy(town).refusing_finds
    editor = with_person(member(Role.EDITOR), "起案 一")
    claim = claim_not_secret(find=find, membership=editor, reason="代表番号である。")
    confirm_claim(claim=claim, membership=with_person(member(Role.CHECKER), "確認 二"))
    require(town)
    (said,) = released_in(
        take_snapshot(town, WHOLE), DateStyle.WAREKI, lambda: public_summary(town)
    )
    assert said.place_label.startswith(PLACE)
    issue(town)
    assert Edition.objects.exists()
    order = PrintOrder(town, {"audience": Audience.PUBLIC.value})
    assert product_of(SUMMARY).make(order).startswith(b"%PDF")


def test_a_cell_that_the_edition_prints_too_is_one_find(town: Municipality) -> None:
    Plan.objects.update(annex_numbers=[8, 9])
    (find,) = maker_of_working_copy(town).refusing_finds
    assert find.sentence.startswith("様式8 ")


def test_only_the_paper_of_the_summary_says_it(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    ResponseRole.objects.update(duties="指揮する。")
    foot = RunningText("", "", f"電話 {PHONE}", draft=False)
    monkeypatch.setattr(printing, "summary_foot", lambda cover: foot)
    with pytest.raises(LeakError, match=r"概要版の.*ページ"):
        issue(town)
    monkeypatch.undo()
    issue(town)


def test_what_the_edition_shows_by_decision_is_no_secret_in_the_summary(
    town: Municipality,
) -> None:
    """The cell of 様式3 is public by its column; the same words in 様式8 tell nothing new."""
    words = "地下の電気室の隣の部屋に置いてある"
    make_public = {"municipality": town, "confidentiality": "public"}
    AnnexSetting.objects.create(code="3", **make_public)
    Site.objects.update(note=words, confidentiality="public")
    ResponseRole.objects.update(duties=f"鍵は{words}。")
    order = PrintOrder(town, {"audience": Audience.PUBLIC.value})
    with pytest.raises(LeakError, match="様式3"):
        product_of(SUMMARY).make(order)
    ColumnSetting.objects.create(municipality=town, code="3", column="note", public="show")
    assert maker_of_working_copy(town).refusing_finds == []
    assert product_of(SUMMARY).make(order).startswith(b"%PDF")
