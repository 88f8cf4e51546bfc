"""Every working print marks what is 作成中 (daily-use.md, B1): PDF, Word, cards, forms, summary."""

import io
import re
import zipfile

import pytest

from bcp_portal.accounts.models import Municipality
from plans.draft_marks import MARK
from plans.leaflets.blank_forms import blank_forms
from plans.leaflets.carry_cards import carry_cards, chosen_people
from plans.models import QuickCheckItem
from plans.outlines import OUTLINES
from plans.plan_services import create_plan
from plans.print_products import PrintOrder
from plans.summary import Audience, summary_document
from plans.word_out.product import PRODUCT as WORD
from tests.findings.test_daily_rows import said
from tests.plans.rows import a_person, a_role
from tests.systems.facilities import make_system

SYSTEM = "住民情報システム"


@pytest.fixture
def drafted(in_scope: Municipality) -> Municipality:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    make_system(in_scope, SYSTEM, row_status="draft")
    return in_scope


def test_word_marks_drafts(drafted: Municipality) -> None:
    with zipfile.ZipFile(io.BytesIO(WORD.make(PrintOrder(drafted)))) as file:
        xml = file.read("word/document.xml").decode()
    assert f"{MARK}{SYSTEM}" in re.sub(r"<[^>]+>", "", xml)


def test_cards_mark_a_role_that_is_a_draft(in_scope: Municipality) -> None:
    person = a_person(in_scope, "見本 太郎")
    a_role(in_scope, "本部長", person=person, row_status="draft")
    [card] = carry_cards(chosen_people({}), in_scope)
    assert f"{MARK}本部長" in card.roles[0].text


def test_forms_to_fill_in_mark_an_item_that_is_a_draft(in_scope: Municipality) -> None:
    QuickCheckItem.objects.create(
        municipality=in_scope, item="電源の確認", group="power", row_status="draft"
    )
    [form] = blank_forms(in_scope, {"annexes": ["11"]})
    assert f"{MARK}電源の確認" in str(form.lines)


def test_the_summary_for_everybody_holds_no_draft(in_scope: Municipality) -> None:
    a_role(in_scope, "書きかけの役割", row_status="draft")
    assert f"{MARK}書きかけの役割" in said(summary_document(in_scope, Audience.OFFICE))
    assert "書きかけの役割" not in said(summary_document(in_scope, Audience.PUBLIC))
