"""様式15: the survey of businesses, the systems they need, and the columns nobody types."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.annex.models import ChoiceSetting
from systems.annexes.businesses import BUSINESSES, SYSTEM_NEEDS
from systems.models import BusinessImpact
from tests.systems.business_rows import (
    DAY,
    HOUR,
    WEEK,
    computed,
    make_business,
    make_critical,
    make_need,
    new_business,
    new_need,
)
from tests.systems.facilities import make_system, required, said

IF_ALTERNATIVE = "代替手段の有無が「有」のときは"


def hours(minutes, unit="hour"):
    return {"minutes": minutes, "unit": unit}


def test_an_ordinary_business_is_accepted(in_scope):
    assert said(BUSINESSES, new_business(in_scope), depends_on=[]) == []


def test_a_workaround_says_what_and_for_how_long(in_scope):
    row = new_business(in_scope, has_alt="yes")
    assert said(BUSINESSES, row, depends_on=[]) == [
        ("alt_text", required(IF_ALTERNATIVE)),
        ("alt_time_minutes", required(IF_ALTERNATIVE)),
    ]
    row.alt_text, row.alt_time_minutes = "受付票に手書きする。", 0
    assert said(BUSINESSES, row, depends_on=[]) == []


@pytest.mark.parametrize("alt_time", [None, 0])
def test_no_workaround_leaves_no_time(in_scope, alt_time):
    row = new_business(in_scope, has_alt="no", alt_time_minutes=alt_time)
    assert said(BUSINESSES, row, depends_on=[]) == []


def test_no_workaround_and_a_time_contradict_each_other(in_scope):
    row = new_business(in_scope, has_alt="no", alt_time_minutes=12 * HOUR, alt_time_unit="hour")
    assert said(BUSINESSES, row, depends_on=[]) == [
        (
            "alt_time_minutes",
            "「代替手段の有無」が「無」なのに、継続可能な時間が12時間となっています。"
            "時間を空欄にするか、代替手段の有無を見直してください。",
        )
    ]


def test_the_stop_that_can_be_borne_is_not_shorter_than_the_target(in_scope):
    values = {"biz_rto_minutes": 3 * DAY, "biz_rto_unit": "day"}
    equal = new_business(in_scope, mtpd_minutes=72 * HOUR, mtpd_unit="hour", **values)
    assert said(BUSINESSES, equal, depends_on=[]) == []
    shorter = new_business(in_scope, mtpd_minutes=2 * DAY, mtpd_unit="day", **values)
    assert said(BUSINESSES, shorter, depends_on=[]) == [
        (
            "mtpd_minutes",
            "「許容できる停止時間」（2日）が、「業務の目標復旧時間」（3日）より短くなっています。",
        )
    ]


@pytest.mark.parametrize("case", ["disaster", "normal"])
def test_a_target_is_a_time_or_the_next_opening(in_scope, case):
    row = new_business(in_scope, **{f"rto_{case}_minutes": DAY, f"rto_{case}_next_open": True})
    [(column, message)] = said(BUSINESSES, row, depends_on=[])
    assert column == f"rto_{case}_next_open"
    assert message.endswith("どちらか一方だけを入力してください。")


def test_a_business_does_not_depend_on_itself(in_scope):
    row = make_business(in_scope)
    assert said(BUSINESSES, row, depends_on=[row]) == [
        ("depends_on", "「依存先の業務」に自分自身「住民記録」は選べません。")
    ]


def test_dependencies_do_not_run_in_a_circle(in_scope):
    tax, account, clearing = (make_business(in_scope, n) for n in ("市県民税", "口座", "収納消込"))
    tax.depends_on.set([account])
    account.depends_on.set([clearing])
    assert said(BUSINESSES, clearing, depends_on=[tax]) == [
        (
            "depends_on",
            "業務の依存関係が循環しています：収納消込→市県民税→口座→収納消込。",
        )
    ]
    assert said(BUSINESSES, clearing, depends_on=[]) == []


def test_a_circle_that_this_change_resolves_is_no_problem(in_scope):
    first, second = make_business(in_scope, "口座"), make_business(in_scope, "収納消込")
    first.depends_on.set([second])
    second.depends_on.set([first])
    assert said(BUSINESSES, second, depends_on=[first]) != []
    assert said(BUSINESSES, second, depends_on=[]) == []


def test_a_new_business_may_depend_on_others(in_scope):
    other = make_business(in_scope, "口座")
    assert said(BUSINESSES, new_business(in_scope, "市県民税"), depends_on=[other]) == []


def test_using_no_system_and_systems_contradict_each_other(in_scope):
    business, system = make_business(in_scope), make_system(in_scope)
    need = make_need(business, system)
    business.uses_no_system = True
    assert said(BUSINESSES, business, depends_on=[]) == [
        (
            "uses_no_system",
            "この業務には情報システム「総合行政」が登録されています。"
            "使用しないときは、先にその行を廃止または削除してください。",
        )
    ]
    need.row_status = "retired"
    need.save()
    assert said(BUSINESSES, business, depends_on=[]) == []


def test_a_system_is_not_added_to_a_business_that_uses_none(in_scope):
    business = make_business(in_scope, uses_no_system=True)
    assert said(SYSTEM_NEEDS, new_need(business, make_system(in_scope))) == [
        (
            "business",
            "業務「住民記録」は「情報システムを使用しない」とされています。"
            "先に様式15の行を「いいえ」に直してください。",
        )
    ]


def test_names_are_unique_after_name_matching(in_scope):
    make_business(in_scope, "福祉手当3種")
    [(column, message)] = said(BUSINESSES, new_business(in_scope, "福祉手当３種"), depends_on=[])
    assert column == "name"
    assert "登録済みの「福祉手当3種」" in message


def test_an_impact_lies_between_one_and_five_and_stands_once(in_scope):
    business = make_business(in_scope)

    def impact(level):
        return BusinessImpact(
            municipality=in_scope, business=business, at_minutes=DAY, at_unit="day", level=level
        )

    for level in (0, 6):
        with pytest.raises(ValidationError, match="影響の大きさは1～5で入力してください。"):
            impact(level).clean_fields()
    for level in (1, 5):
        impact(level).clean_fields()
    impact(3).save()
    with pytest.raises(ValidationError, match="この業務には、同じ経過時間の行がすでにあります。"):
        impact(4).validate_constraints()


def test_impacts_are_shown_in_the_order_of_time(in_scope):
    business = make_business(in_scope)
    for at, unit, level, text in ((WEEK, "week", 5, "給付が遅れる"), (3 * HOUR, "hour", 2, "")):
        BusinessImpact.objects.create(
            municipality=in_scope,
            business=business,
            at_minutes=at,
            at_unit=unit,
            level=level,
            text=text,
        )
    assert computed(BUSINESSES, "impacts", business) == ["3時間：2\n1週間：5　給付が遅れる"]


def test_depth_is_counted_from_the_dependencies_and_blank_on_a_circle(in_scope):
    deep, middle, leaf, circular = (
        make_business(in_scope, name) for name in ("市県民税", "口座", "収納消込", "選挙")
    )
    deep.depends_on.set([middle])
    middle.depends_on.set([leaf])
    circular.depends_on.set([circular])
    with CaptureQueriesContext(connection) as captured:
        found = computed(BUSINESSES, "depth", deep, middle, leaf, circular)
    assert found == [3, 2, 1, None]
    assert len(captured) == 1


def test_a_retired_business_does_not_deepen_the_others(in_scope):
    deep, middle = make_business(in_scope, "市県民税"), make_business(in_scope, "口座")
    deep.depends_on.set([middle])
    assert computed(BUSINESSES, "depth", deep) == [2]
    middle.row_status = "retired"
    middle.save()
    assert computed(BUSINESSES, "depth", deep) == [1]


def test_systems_are_shown_with_the_business(in_scope):
    business, bare = make_business(in_scope), make_business(in_scope, "選挙")
    make_need(business, make_system(in_scope, "総合行政"), row_no=2)
    make_need(business, make_system(in_scope, "戸籍"), row_no=1)
    [found, none] = computed(BUSINESSES, "systems", business, bare)
    assert [cell["text"] for cell in found] == ["戸籍", "総合行政"]
    assert none is None


def test_the_printed_case_needs_the_mail_system_after_fifteen_hours(in_scope):
    business = make_business(in_scope, biz_rto_minutes=3 * HOUR, biz_rto_unit="hour")
    row = make_need(
        business,
        make_system(in_scope, "メールシステム"),
        has_alt="yes",
        alt_time_minutes=12 * HOUR,
        alt_time_unit="hour",
        need_rlo="full",
    )
    assert computed(SYSTEM_NEEDS, "biz_rto", row) == [hours(180)]
    assert computed(SYSTEM_NEEDS, "need_rto", row) == [hours(900)]
    assert computed(SYSTEM_NEEDS, "need_rlo_shown", row) == ["通常業務で利用可能な状態／完全復旧"]


def test_the_workaround_of_the_business_counts_where_the_system_has_none_of_its_own(in_scope):
    business = make_business(
        in_scope,
        biz_rto_minutes=DAY,
        biz_rto_unit="day",
        has_alt="yes",
        alt_text="手書き",
        alt_time_minutes=2 * DAY,
    )
    inherits = make_need(business, make_system(in_scope, "総合行政"))
    own = make_need(business, make_system(in_scope, "戸籍"), has_alt="no")
    assert computed(SYSTEM_NEEDS, "need_rto", inherits, own) == [
        hours(3 * DAY, "day"),
        hours(DAY, "day"),
    ]


def test_a_workaround_without_time_or_survey_leaves_the_need_open(in_scope):
    business = make_business(in_scope, biz_rto_minutes=DAY, biz_rto_unit="day")
    open_time = make_need(business, make_system(in_scope, "総合行政"), has_alt="yes")
    unsurveyed = make_need(business, make_system(in_scope, "戸籍"))
    unknown = make_need(business, make_system(in_scope, "GIS"), has_alt="unknown")
    assert computed(SYSTEM_NEEDS, "need_rto", open_time, unsurveyed, unknown) == [
        None,
        None,
        hours(DAY, "day"),
    ]


def test_a_time_written_in_the_list_of_critical_businesses_counts(in_scope):
    business = make_business(in_scope, biz_rto_minutes=DAY, biz_rto_unit="day", has_alt="no")
    row = make_need(business, make_system(in_scope))
    critical = make_critical(business, biz_rto_minutes=4 * HOUR, biz_rto_unit="hour")
    assert computed(SYSTEM_NEEDS, "need_rto", row) == [hours(240)]
    critical.row_status = "retired"
    critical.save()
    assert computed(SYSTEM_NEEDS, "need_rto", row) == [hours(DAY, "day")]


def test_needs_of_many_rows_take_two_queries(in_scope):
    rows = [
        make_need(
            make_business(in_scope, f"業務{number}", biz_rto_minutes=number, has_alt="no"),
            make_system(in_scope, f"システム{number}"),
        )
        for number in range(3)
    ]
    with CaptureQueriesContext(connection) as captured:
        assert [cell["minutes"] for cell in computed(SYSTEM_NEEDS, "need_rto", *rows)] == [0, 1, 2]
    assert len(captured) == 2


def test_a_level_in_percent_or_words_needs_its_companion(in_scope):
    business, system = make_business(in_scope), make_system(in_scope)
    assert said(SYSTEM_NEEDS, new_need(business, system, need_rlo="percent")) == [
        ("need_rlo_percent", required("復旧レベルが「平時の一定割合まで復旧」のときは"))
    ]
    assert said(SYSTEM_NEEDS, new_need(business, system, need_rlo="other")) == [
        ("need_rlo_text", required("復旧レベルが「その他」のときは"))
    ]
    for percent in (0, 100):
        with pytest.raises(ValidationError, match="割合は1～99で入力してください。"):
            new_need(business, system, need_rlo_percent=percent).clean_fields()
    new_need(business, system, need_rlo_percent=99).clean_fields()


def test_a_level_is_shown_in_the_municipalitys_own_words(in_scope):
    row = make_need(make_business(in_scope), make_system(in_scope), need_rlo="full")
    ChoiceSetting.objects.create(
        municipality=in_scope, list_code="rlo", value="full", label="平常どおり"
    )
    assert computed(SYSTEM_NEEDS, "need_rlo_shown", row) == ["平常どおり"]


def test_a_system_stands_once_with_a_business(in_scope):
    business, system = make_business(in_scope), make_system(in_scope)
    make_need(business, system)
    with pytest.raises(ValidationError, match="この業務には、同じ情報システムの行がすでにあります"):
        new_need(business, system).validate_constraints()
