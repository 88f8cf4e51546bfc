"""Each outline, made into a plan and built, stands line for line beside the plan it follows."""

import re

import pytest

from bcp_portal.accounts.models import Municipality
from plans.outlines import OUTLINES
from tests.plans.outlines import (
    expected_kashiwazaki,
    expected_katsushika,
    expected_musashino,
    expected_nisc,
    expected_simple,
)
from tests.plans.outlines.structure import DIFFERS, expected, structure

PUBLISHED = {
    "ksw": expected_kashiwazaki.STRUCTURE,
    "kts": expected_katsushika.STRUCTURE,
    "nisc": expected_nisc.STRUCTURE,
    "msn": expected_musashino.STRUCTURE,
    "simple": expected_simple.STRUCTURE,
}
EVERY = pytest.mark.parametrize("profile", PUBLISHED)

# Counted in the published plans: chapters of the first level, tables, charts (武蔵野市's two charts of
# documents as one).
COUNTS = {"ksw": (15, 30, 2), "kts": (7, 17, 7), "nisc": (5, 29, 2), "msn": (8, 0, 3)}


@EVERY
def test_headings_numbers_tables_and_columns_are_those_expected(
    in_scope: Municipality, profile: str
) -> None:
    wanted = [line.ours for line in expected(PUBLISHED[profile])]
    assert structure(in_scope, OUTLINES[profile]) == wanted


@pytest.mark.parametrize(("profile", "counts"), COUNTS.items())
def test_the_expectations_hold_every_chapter_table_and_chart_of_the_plan(
    profile: str, counts: tuple[int, int, int]
) -> None:
    printed = [line.printed for line in expected(PUBLISHED[profile]) if line.printed]
    chapters = [line for line in printed if re.match(r"[0-9]+ ", line)]
    tables = [line for line in printed if line.startswith("表 ")]
    figures = [line for line in printed if line.startswith("図 ")]
    assert (len(chapters), len(tables), len(figures)) == counts


@EVERY
def test_headings_differ_from_the_published_ones_in_few_words_only(profile: str) -> None:
    """Where a heading is ours, the number is still that of the plan, and so is its 様式."""
    for line in expected(PUBLISHED[profile]):
        if not line.is_heading:
            continue
        assert line.ours.split()[0] == line.printed.split()[0]
        assert all(cited in line.ours for cited in re.findall("様式[0-9・]+", line.printed))
    assert DIFFERS not in "".join(line.ours for line in expected(PUBLISHED[profile]))


def test_kashiwazaki_cites_every_annex_it_prints_in_a_heading_or_in_its_list(
    in_scope: Municipality,
) -> None:
    """As 柏崎市 prints it: 様式 1 to 8 and 10 to 20 stand in headings, 様式9 in the list of documents."""
    lines = [line.ours for line in expected(PUBLISHED["ksw"]) if line.is_heading]
    cited = {
        int(number)
        for line in lines
        for group in re.findall("様式([0-9・]+)", line)
        for number in group.split("・")
    }
    assert cited == set(range(1, 21)) - {9}
