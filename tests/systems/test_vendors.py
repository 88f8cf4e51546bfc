"""様式2: vendors with their contacts and level, and what a contract must say."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bcp_portal.annex.table_builder import build_table
from systems.annexes.vendors import CONTRACTS, VENDORS
from systems.models import Vendor, VendorContract
from tests.systems.facilities import (
    make_contact,
    make_contract,
    make_system,
    make_vendor,
    required,
    said,
)

SETTLED = {"agreement": "yes", "agreement_basis": ["contract", "sla"]}


def cells(owner, name="見本システムズ"):
    table = build_table(VENDORS, municipality=owner)
    return next(row.cells for row in table.rows if row.cells["name"] == name)


def new_contract(vendor, **values):
    values = {"agreement": "no", **values}
    return VendorContract(municipality=vendor.municipality, vendor=vendor, **values)


def test_a_vendor_is_registered_once_whatever_the_spelling(in_scope):
    make_vendor(in_scope, "見本システムズ")
    [(column, message)] = said(
        VENDORS, Vendor(municipality=in_scope, name="見本 システムズ", kinds=["other"])
    )
    assert column == "name"
    assert message.startswith("「見本 システムズ」は、登録済みの「見本システムズ」")


def test_a_vendor_has_at_least_one_kind(in_scope):
    with pytest.raises(ValidationError) as caught:
        Vendor(municipality=in_scope, name="無区分", kinds=[]).clean_fields()
    assert list(caught.value.message_dict) == ["kinds"]


def test_a_subcontractor_names_its_prime_vendor(in_scope):
    row = make_vendor(in_scope, "下請", kinds=["maintenance", "subcontractor"])
    assert said(VENDORS, row) == [
        ("prime_vendor", required("「事業者区分」に「再委託先」を選んだときは"))
    ]
    row.prime_vendor = make_vendor(in_scope, "元請")
    assert said(VENDORS, row) == []


def test_prime_vendors_do_not_run_in_a_circle(in_scope):
    a = make_vendor(in_scope, "甲")
    b = make_vendor(in_scope, "乙", prime_vendor=a)
    c = make_vendor(in_scope, "丙", prime_vendor=b)
    a.prime_vendor = c
    assert said(VENDORS, a) == [("prime_vendor", "「元請事業者」が循環しています：甲→丙→乙→甲。")]
    a.prime_vendor = a
    assert said(VENDORS, a) == [("prime_vendor", "「元請事業者」に自分自身「甲」は選べません。")]


def test_a_survey_done_has_a_date_and_an_override_a_reason(in_scope):
    row = make_vendor(in_scope, bcp_survey="done", level_override=0)
    assert said(VENDORS, row) == [
        ("bcp_survey_on", required("「事業継続への取組の確認」が「実施」のときは")),
        ("level_override_reason", required("「委託先の対策レベル」を修正したときは")),
    ]
    row.bcp_survey_on, row.level_override_reason = date(2026, 5, 20), "実績による"
    assert said(VENDORS, row) == []


def test_the_highest_level_of_a_vendor_is_three(in_scope):
    make_vendor(in_scope, level_override=3).clean_fields(exclude=["created_by", "updated_by"])
    with pytest.raises(ValidationError) as caught:
        make_vendor(in_scope, "別", level_override=4).clean_fields(
            exclude=["created_by", "updated_by"]
        )
    assert list(caught.value.message_dict) == ["level_override"]


def test_contacts_show_under_the_desk_they_belong_to_in_order(in_scope):
    vendor = make_vendor(in_scope)
    second = make_contact(vendor, "desk", order=2, role="夜間窓口", row_no=8)
    first = make_contact(vendor, "desk", order=1, role="監視窓口", row_no=9)
    make_contact(vendor, "desk", order=3, row_status="retired")
    deputy = make_contact(vendor, "deputy", role="副担当")
    row = cells(in_scope)
    assert row["contacts"] == [
        {"uid": str(first.uid), "text": "監視窓口（様式9のNo.9）"},
        {"uid": str(second.uid), "text": "夜間窓口（様式9のNo.8）"},
    ]
    assert [item["uid"] for item in row["deputy_contacts"]] == [str(deputy.uid)]
    assert row["alt_contacts"] == []


def reachable_vendor(owner, **values):
    vendor = make_vendor(owner, bcp_survey="done", bcp_survey_on=date(2026, 5, 20), **values)
    for desk in ("desk", "deputy", "alt_site"):
        make_contact(vendor, desk)
    return vendor


def test_the_level_follows_from_contacts_survey_and_contract(in_scope):
    vendor = make_vendor(in_scope)
    assert cells(in_scope)["vendor_level"] == 0
    for desk in ("desk", "deputy", "alt_site"):
        make_contact(vendor, desk)
    assert cells(in_scope)["vendor_level"] == 1
    Vendor.objects.filter(pk=vendor.pk).update(bcp_survey="done")
    assert cells(in_scope)["vendor_level"] == 2
    make_contract(vendor, agreement="yes", agreement_basis=["contract"], sla_rate="99.5")
    assert cells(in_scope)["vendor_level"] == 3


def test_a_retired_contact_reaches_nobody(in_scope):
    vendor = make_vendor(in_scope)
    for desk in ("desk", "deputy"):
        make_contact(vendor, desk)
    make_contact(vendor, "alt_site", row_status="retired")
    assert cells(in_scope)["vendor_level"] == 0


@pytest.mark.parametrize(("days", "level"), [(0, 2), (-1, 3)])
def test_only_contracts_in_force_hold_the_level_back(in_scope, days, level):
    vendor = reachable_vendor(in_scope)
    make_contract(vendor, **SETTLED)
    make_contract(vendor, end_on=timezone.localdate() + timedelta(days=days))
    assert cells(in_scope)["vendor_level"] == level


def test_the_derived_level_stays_visible_beside_an_override(in_scope):
    reachable_vendor(in_scope, level_override=1, level_override_reason="訓練で連絡がつかない")
    row = cells(in_scope)
    assert (row["vendor_level"], row["level_override"]) == (2, 1)


def test_queries_do_not_grow_with_the_vendors(in_scope):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            build_table(VENDORS, municipality=in_scope)
        return len(captured)

    make_contract(reachable_vendor(in_scope, name="一"), **SETTLED)
    alone = queries()
    for name in ("二", "三"):
        make_contract(reachable_vendor(in_scope, name=name), **SETTLED)
    assert queries() == alone


def test_a_contract_does_not_end_before_it_starts(in_scope):
    row = new_contract(make_vendor(in_scope), start_on=date(2026, 4, 1), end_on=date(2026, 3, 31))
    assert said(CONTRACTS, row) == [
        (
            "end_on",
            "「契約期間（終了）」（令和8年3月31日）が「契約期間（開始）」（令和8年4月1日）より前です。",
        )
    ]
    row.end_on = date(2026, 4, 1)
    assert said(CONTRACTS, row) == []


def test_dates_in_messages_follow_the_municipality(in_scope):
    in_scope.date_style = "seireki"
    row = new_contract(make_vendor(in_scope), start_on=date(2026, 4, 1), end_on=date(2026, 3, 31))
    [(_column, message)] = said(CONTRACTS, row)
    assert message.startswith("「契約期間（終了）」（2026年3月31日）")


def test_an_agreement_has_a_basis_and_a_content(in_scope):
    row = new_contract(make_vendor(in_scope), agreement="yes")
    because = required("「取り決めの有無」が「有」のときは")
    assert said(CONTRACTS, row) == [("agreement_basis", because), ("agreement_text", because)]
    row.agreement = "negotiating"
    assert said(CONTRACTS, row) == []


@pytest.mark.parametrize("muster_rule", ["automatic", "on_request", "remote_only"])
def test_who_comes_says_how_long_it_takes(in_scope, muster_rule):
    row = new_contract(make_vendor(in_scope), muster_rule=muster_rule)
    assert said(CONTRACTS, row) == [("arrival_minutes", required("「参集の取り決め」があるときは"))]
    row.arrival_minutes = 0
    assert said(CONTRACTS, row) == []


@pytest.mark.parametrize("muster_rule", ["", "none"])
def test_who_does_not_come_has_no_time(in_scope, muster_rule):
    assert said(CONTRACTS, new_contract(make_vendor(in_scope), muster_rule=muster_rule)) == []


def test_data_given_back_has_a_format(in_scope):
    row = new_contract(make_vendor(in_scope), data_return="defined")
    assert said(CONTRACTS, row) == [
        ("data_return_format", required("「契約終了時のデータ返却」が「定めあり」のときは"))
    ]


@pytest.mark.parametrize(
    ("hosting", "asked"), [("dc", True), ("cloud", True), ("lgwan_asp", True), ("onprem", False)]
)
def test_systems_in_other_peoples_buildings_need_a_boundary(in_scope, hosting, asked):
    vendor, system = make_vendor(in_scope), make_system(in_scope, hosting=hosting)
    typed = said(CONTRACTS, new_contract(vendor), systems=[system])
    stored = make_contract(vendor)
    stored.systems.add(system)
    message = required("データセンター、クラウド・ASPまたはLGWAN-ASPのシステムが対象のときは")
    expected = [("responsibility_boundary", message)] if asked else []
    assert typed == said(CONTRACTS, stored) == expected


@pytest.mark.parametrize(("rate", "valid"), [("0", True), ("100", True), ("100.001", False)])
def test_a_service_level_lies_between_zero_and_a_hundred(in_scope, rate, valid):
    row = new_contract(make_vendor(in_scope), sla_rate=rate)
    errors = {}
    try:
        row.clean_fields(exclude=["created_by", "updated_by"])
    except ValidationError as error:
        errors = error.message_dict
    assert ("sla_rate" not in errors) is valid
