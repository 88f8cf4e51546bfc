"""Which parts a revision covers, and whether two revisions meet."""

import json

import pytest

from plans.document.coverage import WHOLE, Coverage
from plans.document.document import AnnexPart, Cover, Document, Section

DOCUMENT = Document(
    cover=Cover("見本市", "計画", "作業中", ""),
    front=(Section("c-front", 1, "", "はじめに"),),
    chapters=(
        Section("c-1", 1, "1", "目的", children=(Section("c-1-1", 2, "(1)", "背景"),)),
        Section("c-2", 1, "2", "体制"),
    ),
    annexes=(AnnexPart("annex-9", 9, "様式9 連絡先"), AnnexPart("annex-17", 17, "様式17 目標")),
)
MIXED = Coverage.of(["c-2", "c-1"], [17, 9])
WITH_MASTERS = Coverage.of([], [9], ["c-7"], masters=True)
# As a release wrote it that did not know tables and masters: they were covered with any chapter.
OF_BEFORE = Coverage.from_json({"whole": False, "chapters": ["c-1"], "annexes": []})


@pytest.mark.parametrize("coverage", [WHOLE, Coverage(), MIXED, WITH_MASTERS, OF_BEFORE])
def test_it_survives_json(coverage: Coverage) -> None:
    stored = json.dumps(coverage.to_json())
    assert Coverage.from_json(json.loads(stored)) == coverage


def test_equal_coverages_are_stored_as_equal_bytes() -> None:
    other = Coverage.of(["c-1", "c-2"], [9, 17])
    assert json.dumps(other.to_json()) == json.dumps(MIXED.to_json())


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (WHOLE, WHOLE, True),
        (WHOLE, Coverage.of(annexes=[9]), True),
        (WHOLE, Coverage(), False),
        (Coverage.of(["c-1"]), Coverage.of(["c-2"], [9]), False),
        (Coverage.of(["c-1"], [9]), Coverage.of(["c-2"], [9]), True),
        (Coverage.of(["c-1"]), Coverage.of(["c-1", "c-2"]), True),
        (Coverage.of(["c-1"], masters=True), Coverage.of(["c-2"], masters=True), True),
        (Coverage.of(["c-1"]), Coverage.of(["c-2"], tables=["c-7"], masters=True), False),
        (Coverage.of(tables=["c-7"]), Coverage.of(tables=["c-7", "c-8"]), True),
        (OF_BEFORE, Coverage.of(tables=["c-7"]), True),
        (OF_BEFORE, Coverage.of(masters=True), True),
        (OF_BEFORE, Coverage.of(["c-2"], [9]), False),
    ],
)
def test_two_meet_when_a_part_belongs_to_both(one: Coverage, other: Coverage, meet: bool) -> None:
    assert one.overlaps(other) is other.overlaps(one) is meet


def test_what_two_share() -> None:
    assert WHOLE.shared_with(MIXED) == MIXED.shared_with(WHOLE) == MIXED
    assert MIXED.shared_with(Coverage.of(["c-2"], [1])) == Coverage.of(["c-2"])


def test_it_names_its_parts_in_printed_order() -> None:
    assert WHOLE.label(DOCUMENT) == "計画の全体"
    assert MIXED.label(DOCUMENT) == "1 目的、2 体制、様式9 連絡先、様式17 目標"
    assert Coverage.of(["c-front"]).label(DOCUMENT) == "はじめに"
    assert Coverage.of(["c-old"], [3]).label(DOCUMENT) == "取り除かれた章1件、様式3"
    assert WITH_MASTERS.label(DOCUMENT) == "様式9 連絡先、本文の表「参集ルール」、共通の台帳と語句"
    assert Coverage().label(DOCUMENT) == "（対象が選ばれていません）"


def test_it_knows_its_chapters_and_annexes() -> None:
    assert MIXED.covers_section("c-1") and not MIXED.covers_section("c-front")
    assert MIXED.covers_annex(9) and not MIXED.covers_annex(1)
    assert WHOLE.covers_section("anything") and WHOLE.covers_annex(1)
    assert Coverage.of(["c-old"], [3, 9]).missing_from(DOCUMENT) == Coverage.of(["c-old"], [3])
