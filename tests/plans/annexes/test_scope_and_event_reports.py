"""B-1 and B-12: reviews of the scope, and what was learnt when an event was over."""

from datetime import UTC, date, datetime

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table_builder import build_table
from bcp_portal.ui.durations import Duration, Unit
from plans.annexes.rules.recovery_gaps import PremiseTarget, gap_text, rto_gap, target_for
from plans.models import PostEventReport, PostEventSystem, ScopeReview
from systems.models import RecoveryTarget
from tests.plans.rows import a_person, a_system, columns_complained_of, problems, sheet

TWELVE_HOURS = PremiseTarget(Duration(720, Unit.HOUR), "完全復旧")


def test_a_changed_scope_says_which_systems_were_considered(in_scope: Municipality) -> None:
    person = a_person(in_scope)
    review = ScopeReview(municipality=in_scope, reviewed_on=date(2026, 10, 16), decision="added")

    assert columns_complained_of("b-1-reviews", review, reviewers=[person]) == ["candidates"]
    review.candidates = "電子申請"
    assert columns_complained_of("b-1-reviews", review, reviewers=[person]) == []
    review.candidates, review.decision = "", "unchanged"
    assert columns_complained_of("b-1-reviews", review, reviewers=[person]) == []


def test_an_event_is_not_over_before_it_began(in_scope: Municipality) -> None:
    # 4:40 on the 8th in Japan.
    began = datetime(2026, 2, 7, 19, 40, tzinfo=UTC)
    report = PostEventReport(
        municipality=in_scope, occurred_at=began, converged_on=date(2026, 2, 7)
    )

    assert problems("b-12-reports", report) == [
        (
            "converged_on",
            "「収束した日」（令和8年2月7日）が「発生日時」（令和8年2月8日）より前です。",
        )
    ]
    report.converged_on = date(2026, 2, 8)
    assert problems("b-12-reports", report) == []


@pytest.mark.parametrize(
    ("actual", "unit", "target", "gap", "text"),
    [
        (780, "hour", TWELVE_HOURS, 60, "1時間超過"),
        (720, "hour", TWELVE_HOURS, 0, "目標どおり"),
        (0, "immediate", TWELVE_HOURS, -720, "12時間短い"),
        (2880, "day", TWELVE_HOURS, 2160, "1日12時間超過"),
        (60, "hour", None, None, "目標なし"),
        (None, "", TWELVE_HOURS, None, ""),
    ],
)
def test_the_gap_is_actual_minus_target(
    actual: int | None, unit: str, target: PremiseTarget | None, gap: int | None, text: str
) -> None:
    assert rto_gap(actual, target) == gap
    assert gap_text(actual, unit, target) == text


def test_a_result_is_compared_with_the_target_of_its_premise_or_the_only_one() -> None:
    other = PremiseTarget(Duration(60, Unit.HOUR))
    both = {"alt_site": TWELVE_HOURS, "no_alt_site": other}

    assert target_for(both, "no_alt_site") is other
    assert target_for({"no_alt_site": other}, "alt_site") is other
    assert target_for({}, "alt_site") is None


def test_target_and_gap_stand_beside_what_really_happened(in_scope: Municipality) -> None:
    mail, files = a_system(in_scope, "電子メール"), a_system(in_scope, "ファイルサーバ")
    RecoveryTarget.objects.create(
        municipality=in_scope,
        system=mail,
        premise="alt_site",
        rlo="full",
        rto_minutes=720,
        rto_unit="hour",
        rto_start="disaster",
    )
    report = PostEventReport.objects.create(
        municipality=in_scope,
        event_name="台風",
        occurred_at=datetime(2026, 9, 1, tzinfo=UTC),
        converged_on=date(2026, 9, 3),
    )
    for number, system in enumerate((mail, files), 1):
        PostEventSystem.objects.create(
            municipality=in_scope,
            report=report,
            system=system,
            row_no=number,
            actual_rto_minutes=1440,
            actual_rto_unit="day",
            actual_rlo="percent",
            actual_rlo_percent=70,
        )
    table = build_table(sheet("b-12-systems", in_scope), municipality=in_scope)
    texts = {row[1]: (row[4], row[5], row[6]) for row in table.texts()}

    assert texts["電子メール"] == ("1日", "12時間超過", "平時の70%まで復旧")
    assert texts["ファイルサーバ"][1] == "目標なし"
    target = table.rows[0].cells["target"]
    assert target.startswith("12時間\n") and len(target) > len("12時間\n")


def test_a_share_of_service_names_its_percentage(in_scope: Municipality) -> None:
    result = PostEventSystem(municipality=in_scope, actual_rlo="percent")

    assert columns_complained_of("b-12-systems", result) == ["actual_rlo_percent"]
