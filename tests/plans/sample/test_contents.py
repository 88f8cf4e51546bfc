"""The sample is rich enough to try everything with, and names nobody real."""

import re
import unicodedata

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import Need
from bcp_portal.annex.table_builder import build_table
from plans.sample.loader import TABLES
from plans.sample.order import ORDER
from tests.plans.sample.reading import printed

AT_LEAST = {
    "1": 30,
    "2-1": 12,
    "3": 8,
    "people": 40,
    "4": 6,
    "6-1": 25,
    "6-2": 5,
    "7": 20,
    "9": 40,
    "20": 15,
    "c-3": 3,
    "c-9": 12,
    "c-13": 10,
    "14-1": 4,
    "16": 33,
}
MAIN_SITE_KINDS = {"本庁舎", "分館・分庁舎", "支所・事務所", "データセンター", "代替拠点（候補）"}
REAL_NAMES = re.compile(
    "柏崎|新潟|高柳町|西山町|元気館|国道8号|信越|越後|東北電力|葛飾|武蔵野|東京|株式会社NTT|富士通|日立"
)
FICTIONAL_NUMBER = re.compile(r"(0000-\d{2}-\d{4}|03-0000-00\d{2}|090-0000-\d{4})")


@pytest.mark.parametrize(("code", "count"), AT_LEAST.items())
def test_there_is_enough_to_try(town: Municipality, code: str, count: int) -> None:
    assert len(printed(code, town)) >= count


def test_every_main_site_has_power_and_communication(town: Municipality) -> None:
    surveyed = {(row["建物"], row["区分"]) for row in printed("5", town)}
    own = [row for row in printed("3", town) if row["基幹系システムの稼働"] == "はい"]
    candidates = {row["候補の拠点"] for row in printed("c-9", town)}
    names = {row["庁舎（建物）名"] for row in own} | candidates
    assert len(own) == 8
    assert {(name, utility) for name in names for utility in ("電力供給", "通信手段")} <= surveyed


def test_measures_have_levels_budgets_and_years(town: Municipality) -> None:
    measures = printed("6-1", town)
    for row in measures:
        assert int(row["現状レベル"]) < int(row["対策後のレベル"]) <= 4
        assert row["年度別予算の合計（千円）"] == row["必要予算（千円）"], row["対象項目"]
    years = {year for row in measures for year in row["実施時期（年度）"].split("、")}
    assert len(years) >= 3
    assert {"未着手", "実施中", "完了", "延期"} <= {row["進捗"] for row in measures}


def test_names_need_rare_and_variant_characters(town: Municipality) -> None:
    names = [row["氏名"] for row in printed("people", town)]
    assert "𠮷田 健一" in names
    assert any("\U000e0100" in name for name in names)
    contacts = [row["責任者・担当者"] for row in printed("9", town)]
    assert "𠮷田 健一" in contacts
    assert "葛\U000e0100西 美咲" in contacts


def test_readings_are_hiragana(town: Municipality) -> None:
    for row in printed("people", town):
        letters = row["かな"].replace(" ", "")
        assert letters
        assert all(unicodedata.name(letter).startswith("HIRAGANA") for letter in letters)


def test_phone_numbers_ring_nowhere(town: Municipality) -> None:
    labels = ("電話", "代替拠点の電話", "携帯電話", "衛星電話", "災害時優先電話", "自宅電話")
    numbers = [row[label] for row in printed("9", town) for label in labels if row[label]]
    assert len(numbers) > 100
    assert [number for number in numbers if not FICTIONAL_NUMBER.fullmatch(number)] == []


def test_mail_addresses_reach_nobody(town: Municipality) -> None:
    labels = ("メール", "携帯メール")
    addresses = [row[label] for row in printed("9", town) for label in labels if row[label]]
    assert len(addresses) > 50
    assert [address for address in addresses if not address.endswith(".example")] == []


@pytest.mark.parametrize("code", ORDER)
def test_no_real_place_or_company_is_named(code: str) -> None:
    assert REAL_NAMES.findall((TABLES / f"{code}.csv").read_text("utf-8")) == []


@pytest.mark.parametrize("code", ORDER)
def test_the_first_row_has_all_that_approval_asks_for(town: Municipality, code: str) -> None:
    spec = registry.spec(code)
    assert spec is not None
    sheet = Sheet.of(spec, town)
    needed = [item for item in sheet.items if item.need in (Need.SAVE, Need.APPROVAL)]
    row = build_table(sheet, municipality=town, include_personal=True, items=needed).rows[0]
    assert [item.column.label for item in needed if is_blank(row.cells[item.name])] == []
