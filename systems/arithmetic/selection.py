"""Which businesses the survey proposes as 重要業務 (柏崎市 9(2), 武蔵野市); people decide."""

from dataclasses import dataclass

from systems.arithmetic.recovery import is_priority_in_disaster, is_priority_in_normal_times

DEPTH_THRESHOLD = 3
YEARLY_CASES_THRESHOLD = 2_000


@dataclass(frozen=True)
class SurveyedBusiness:
    """What 様式15 says about one business, as far as selection looks at it."""

    depth: int | None = None
    depth_reported: int | None = None
    yearly_cases: int | None = None
    rto_disaster: int | None = None
    rto_disaster_next_open: bool = False
    rto_normal: int | None = None
    rto_normal_next_open: bool = False


def is_deep(depth: int | None, reported: int | None) -> bool:
    """Tell whether the computed or the surveyed depth reaches 3階層, inclusive."""
    return max(depth or 0, reported or 0) >= DEPTH_THRESHOLD


def is_frequent(yearly_cases: int | None) -> bool:
    """Tell whether 年間処理件数 reaches 2,000件, inclusive."""
    return yearly_cases is not None and yearly_cases >= YEARLY_CASES_THRESHOLD


def shown_depth(depth: int | None, reported: int | None, has_dependencies: bool) -> int | None:
    """Return the depth to rank by: computed once dependencies are entered, surveyed until then."""
    if reported is not None and (depth is None or not has_dependencies):
        return reported
    return depth


def proposed_reasons(business: SurveyedBusiness) -> list[str]:
    """Return the codes of 選定理由 that follow from the survey, in printed order."""
    found = {
        "depth": is_deep(business.depth, business.depth_reported),
        "volume": is_frequent(business.yearly_cases),
        "within_week": is_priority_in_disaster(
            business.rto_disaster, business.rto_disaster_next_open
        ),
        "next_opening": is_priority_in_normal_times(
            business.rto_normal, business.rto_normal_next_open
        ),
    }
    return [reason for reason, holds in found.items() if holds]
