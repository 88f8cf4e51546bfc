"""The 概要版 for everybody is read before it leaves: its text, and again the file that was printed."""

from dataclasses import replace
from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from plans.leaflets import products
from plans.leaflets.products import SUMMARY
from plans.models import Plan
from plans.printing.stamps import RunningText
from plans.prints.products import PrintOrder, product_of
from plans.public_edition.public_files import LeakError
from plans.summary import printing
from plans.summary.document import Audience
from systems.models import EmergencyContact
from tests.plans.editions.making import spec
from tests.rows import make_row

NUMBER = "0422-99-1010"


@pytest.fixture
def town(in_scope: Municipality) -> Municipality:
    """A hidden number in 様式9."""
    Plan.objects.create(municipality=in_scope, title="ICT業務継続計画", annex_numbers=[8, 9])
    make_row(spec("9"), in_scope)
    EmergencyContact.objects.update(tel=NUMBER)
    return in_scope


def summary(town: Municipality) -> bytes:
    return product_of(SUMMARY).make(PrintOrder(town, {"audience": Audience.PUBLIC.value}))


def planted_in_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the summary say the number in a heading, before anything is printed."""
    made = products.summary_document

    def leaking(*args: Any) -> Any:
        document = made(*args)
        first, *others = document.chapters
        return replace(document, chapters=(replace(first, title=f"電話 {NUMBER}"), *others))

    monkeypatch.setattr(products, "summary_document", leaking)


def planted_in_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the paper say it: at the foot of each page."""
    foot = RunningText("", "", f"電話 {NUMBER}", draft=False)
    monkeypatch.setattr(printing, "summary_foot", lambda cover: foot)


def unprinted(*args: Any, **options: Any) -> bytes:
    raise AssertionError("What leaks is not even printed.")


def test_a_summary_whose_text_leaks_is_refused_before_it_is_printed(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted_in_text(monkeypatch)
    monkeypatch.setattr(printing, "leaflet_pdf", unprinted)
    with pytest.raises(LeakError, match="様式9"):
        summary(town)


def test_a_summary_whose_paper_leaks_does_not_leave(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted_in_print(monkeypatch)
    with pytest.raises(LeakError, match="様式9"):
        summary(town)
