"""How an edition is printed follows from the settings of the municipality and of the site."""

from pytest_django import Settings

from plans.editions.look import check_mark_of, look_of
from plans.models import EditionSetting
from plans.printing.options import Binding
from plans.printing.page_numbers import Numbering


def test_pages_are_counted_by_part_and_bound_on_one_side_unless_said_otherwise() -> None:
    look = look_of(EditionSetting(), "ACDE3467")
    assert look.numbering is Numbering.BY_PART
    assert (look.options.binding, look.options.new_sheets) == (Binding.SINGLE, False)
    assert look.options.tagged


def test_on_both_sides_each_part_begins_on_a_front() -> None:
    look = look_of(EditionSetting(sides="double", page_numbering="whole"), "ACDE3467")
    assert look.numbering is Numbering.WHOLE
    assert look.options.fills_sheets


def test_the_sign_leads_to_the_site_when_its_address_is_known(settings: Settings) -> None:
    settings.SITE_URL = ""
    assert check_mark_of("ACDE3467").address == ""
    settings.SITE_URL = "https://bcp.example.lg.jp"
    assert check_mark_of("ACDE3467").address == "https://bcp.example.lg.jp/check/ACDE3467/"
    assert check_mark_of("ACDE3467").text == "照会番号 ACDE-3467"
