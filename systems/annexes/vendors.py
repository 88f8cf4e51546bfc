"""Declares 様式2: the outside companies, and the contracts with them."""

from typing import Any

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col, derived
from systems.columns.vendor import contacts_at, levels
from systems.models import Vendor, VendorContract
from systems.naming import distinct_name
from systems.rules.row import NoCircle, NotBefore, chosen, includes, linked

CAPABILITY = "連絡・能力"
AGREED = "災害時における取り決め"
END = "契約終了・責任分界"

NEEDS_BOUNDARY = frozenset({"dc", "cloud", "lgwan_asp"})
"""HOSTING codes for which the contract must say who answers for what."""


def covers_outside_hosting(row: Any) -> bool:
    """Tell whether the contract covers a system that stands in somebody else's building."""
    return any(system.hosting in NEEDS_BOUNDARY for system in linked(row, "systems"))


ANNEX = Annex(
    number=2,
    title="外部事業者との関係整理",
    steps=(2,),
    purpose="どの事業者にどの契約で何を任せ、災害のときに何をしてもらえるかを整理します。",
)

VENDORS = AnnexSpec(
    code="2-1",
    number=2,
    title="外部事業者",
    purpose="事業者を1社1行で書きます。契約ごとのことは、その事業者の契約の表に書きます。",
    model=Vendor,
    landscape=True,
    natural_key=("name",),
    columns=(
        col(
            "name",
            14,
            also_called=(
                "事業者名",
                "会社名",
                "業者名",
                "名称",
                "ベンダ名",
                "ベンダー名",
                "委託先名",
            ),
        ),
        col("kinds", 12),
        col("prime_vendor", 10, need=Need.CONDITION),
        derived(
            "contacts",
            "緊急時連絡先（窓口）",
            Kind.REFERENCES,
            contacts_at("desk"),
            12,
            group=CAPABILITY,
            need=Need.APPROVAL,
        ),
        derived(
            "deputy_contacts",
            "代理者の連絡先",
            Kind.REFERENCES,
            contacts_at("deputy"),
            12,
            group=CAPABILITY,
            need=Need.APPROVAL,
        ),
        derived(
            "alt_contacts",
            "代替拠点の連絡先",
            Kind.REFERENCES,
            contacts_at("alt_site"),
            12,
            group=CAPABILITY,
            in_list=False,
        ),
        col("sites", 10, group=CAPABILITY, need=Need.APPROVAL, inferred=True, in_list=False),
        col("bcp_survey", 6, group=CAPABILITY, need=Need.APPROVAL),
        col("bcp_survey_on", 7, group=CAPABILITY, need=Need.CONDITION, in_list=False),
        derived("vendor_level", "委託先の対策レベル", Kind.INTEGER, levels, 5, group=CAPABILITY),
        col("level_override", 5, group=CAPABILITY, in_list=False),
        col("level_override_reason", 10, group=CAPABILITY, need=Need.CONDITION, in_list=False),
        col("joins_drill", 5, in_list=False),
    ),
    rules=(
        distinct_name,
        RequiredWhen(
            "prime_vendor",
            includes("kinds", "subcontractor"),
            because="「事業者区分」に「再委託先」を選んだときは",
        ),
        NoCircle("prime_vendor"),
        RequiredWhen(
            "bcp_survey_on",
            chosen("bcp_survey", "done"),
            because="「事業継続への取組の確認」が「実施」のときは",
        ),
        RequiredWhen(
            "level_override_reason",
            lambda row: row.level_override is not None,
            because="「委託先の対策レベル」を修正したときは",
        ),
    ),
)

CONTRACTS = AnnexSpec(
    code="2-2",
    number=2,
    title="契約と災害時における取り決め",
    purpose="契約を1件1行で書きます。災害のときの決めごとは、書面の根拠とともに書きます。",
    model=VendorContract,
    parent="vendor",
    landscape=True,
    natural_key=("vendor", "name"),
    columns=(
        col("vendor", 12, names_row=True),
        col("systems", 14, need=Need.APPROVAL),
        col(
            "name",
            14,
            names_row=True,
            need=Need.APPROVAL,
            also_called=("件名", "契約名", "業務委託名"),
        ),
        col("scope", 10, need=Need.APPROVAL, in_list=False),
        col(
            "start_on",
            7,
            need=Need.APPROVAL,
            inferred=True,
            in_list=False,
            also_called=("契約開始日", "契約開始", "開始日"),
        ),
        col(
            "end_on",
            7,
            need=Need.APPROVAL,
            inferred=True,
            also_called=("契約終了日", "契約終了", "終了日", "満了日"),
        ),
        col("contract_department", 8, need=Need.APPROVAL, inferred=True, in_list=False),
        col("agreement", 5, group=AGREED),
        col("agreement_basis", 8, group=AGREED, need=Need.CONDITION),
        col("agreement_text", 16, group=AGREED, need=Need.CONDITION, in_list=False),
        col("muster_rule", 8, group=AGREED, need=Need.APPROVAL),
        col("arrival_minutes", 6, group=AGREED, need=Need.CONDITION, inferred=True, in_list=False),
        col("arrival_people", 5, group=AGREED, in_list=False),
        col("sla_item", 8, group=AGREED, in_list=False),
        col("sla_rate", 5, group=AGREED, in_list=False),
        col("sla_recovery_minutes", 6, group=AGREED, in_list=False),
        col("data_return", 6, group=END, need=Need.APPROVAL),
        col("data_return_format", 8, group=END, need=Need.CONDITION, in_list=False),
        col("responsibility_boundary", 12, group=END, need=Need.CONDITION, in_list=False),
    ),
    rules=(
        NotBefore("start_on", "end_on"),
        RequiredWhen(
            "agreement_basis",
            chosen("agreement", "yes"),
            because="「取り決めの有無」が「有」のときは",
        ),
        RequiredWhen(
            "agreement_text",
            chosen("agreement", "yes"),
            because="「取り決めの有無」が「有」のときは",
        ),
        RequiredWhen(
            "arrival_minutes",
            lambda row: row.muster_rule not in ("", "none"),
            because="「参集の取り決め」があるときは",
        ),
        RequiredWhen(
            "data_return_format",
            chosen("data_return", "defined"),
            because="「契約終了時のデータ返却」が「定めあり」のときは",
        ),
        RequiredWhen(
            "responsibility_boundary",
            covers_outside_hosting,
            because="データセンター、クラウド・ASPまたはLGWAN-ASPのシステムが対象のときは",
        ),
    ),
)

TABLES = (VENDORS, CONTRACTS)
