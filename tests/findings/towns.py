"""A town for partial revisions: 様式17 stands in a chapter as well, and one approver decides."""

from collections.abc import Iterator
from typing import Any

import pytest

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from plans.editions.models.edition import Edition
from plans.issuing.services import issue_edition
from plans.models import Chapter, Plan
from plans.revisions import issuing
from plans.text.live_blocks import block_html
from systems.models import RecoveryTarget
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import APPROVE, Town, town
from tests.rows import make_row

__all__ = ["b2_town", "town"]
LGWAN = "LGWAN接続"


@pytest.fixture
def b2_town(town: Town, monkeypatch: Any) -> Iterator[Town]:
    monkeypatch.setattr(issuing, "issue_edition", issue_edition)
    for kind in ("enactment", "major", "minor", "annex"):
        town.set_route(APPROVE, kind=kind)
    Plan.objects.update(annex_numbers=[1, 17])
    target = make_row(spec("17"), town.municipality)
    type(target.system).objects.filter(pk=target.system_id).update(name=LGWAN)
    set_rto(72)
    show_in("体制", block_html("17"), block_html("b-15"))
    with quick_prints():
        town.decide(town.submitted(), "approver", 0)
        yield town


def spec(code: str) -> Any:
    found = registry.spec(code)
    assert found is not None
    return found


def set_rto(hours: int) -> None:
    RecoveryTarget.objects.update(
        rto_minutes=hours * 60, rto_unit="hour", rto_start="", rlo_percent=None
    )


def show_in(title: str, *blocks: str) -> None:
    chapter = Chapter.objects.get(title=title)
    chapter.body += "".join(blocks)
    chapter.save()


def anchor(title: str) -> str:
    return f"chapter-{Chapter.objects.get(title=title).uid}"


def newest() -> Edition:
    found: Edition | None = Edition.objects.order_by("-sequence").first()
    assert found is not None
    return found


def a_department(municipality: Municipality, name: str) -> Department:
    department: Department = Department.objects.create(municipality=municipality, name=name)
    return department
