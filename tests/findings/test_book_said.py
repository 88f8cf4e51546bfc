"""What pages say of prints, rows and files is so: drafts of the plan, move buttons, names of files."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.sheet import Sheet
from bcp_portal.ui.durations import format_duration, parse_duration
from plans.editions.file_names import edition_file_name
from plans.editions.models.edition import Edition
from plans.models import Chapter, Plan
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.text.live_blocks import block_html
from plans.working_copy.draft_lines import draft_lines_in_plan
from tests.findings.towns import spec
from tests.rows import make_row


@pytest.fixture
def planned(in_scope: Municipality) -> Municipality:
    """Return a town whose plan prints 様式1 alone; 様式1, 様式17 and the masters have drafts."""
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    Chapter.objects.update(body="")
    Plan.objects.update(annex_numbers=[1])
    target = make_row(spec("17"), in_scope)
    for row in (target, target.system, Department.objects.create(municipality=in_scope, name="仮")):
        type(row).objects.filter(pk=row.pk).update(row_status="draft")
    return in_scope


def codes(municipality: Municipality) -> list[str]:
    return [line.code for line in draft_lines_in_plan(municipality)]


def test_only_drafts_that_the_plan_prints_are_said_to_be_printed(
    planned: Municipality, client_for: Callable[..., Client]
) -> None:
    assert codes(planned) == ["1"]
    page = client_for("editor").get(reverse("prints:list", args=[planned.code])).text
    assert f"{reverse('annex:list', args=[planned.code, '1'])}?f.row_status=draft" in page
    assert f"{reverse('annex:list', args=[planned.code, '17'])}?f.row_status=draft" not in page


def test_a_table_in_a_chapter_or_view_counts_as_printed(planned: Municipality) -> None:
    chapter = Chapter.objects.order_by("pk")[0]
    Chapter.objects.filter(pk=chapter.pk).update(body=block_html("17"))
    assert "17" in codes(planned)


def test_an_annex_by_reference_prints_no_draft(planned: Municipality) -> None:
    AnnexSetting.objects.create(municipality=planned, code="1", by_reference=True)
    assert codes(planned) == []


def test_move_buttons_name_the_row_as_its_link_does(
    in_scope: Municipality, client_for: Callable[..., Client]
) -> None:
    target = make_row(spec("17"), in_scope)
    address = reverse("annex:list", args=[in_scope.code, "17"])
    page = client_for("editor").get(f"{address}?arrange=yes").text
    [name] = names_of(Sheet.of(spec("17"), in_scope), [target])
    assert str(target.system) in name
    assert f"「{name}」を上へ（No.{target.row_no}）" in page


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "html"])
def test_all_files_of_an_edition_carry_one_day(ending: str) -> None:
    edition = Edition(label="第2版", effective_on=date(2026, 12, 15))
    kept = "ICT業務継続計画_第2版_20261215施行"
    assert edition_file_name(edition, ending) == f"{kept}.{ending}"
    assert edition_file_name(edition, ending, "公開版") == f"{kept}_公開版.{ending}"


def test_a_length_is_printed_in_the_unit_it_was_written_in() -> None:
    def printed(text: str) -> Any:
        found = parse_duration(text)
        return format_duration(found.minutes, found.unit)

    assert [printed(text) for text in ("72時間", "3日", "１時間半")] == [
        "72時間",
        "3日",
        "1時間30分",
    ]
