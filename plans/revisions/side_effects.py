"""Shows what a revision brings along and what it leaves out, each with the page to look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from plans.comparison.working_copy import WORKING
from plans.editions.models.edition import Edition
from plans.issuing.comparables import edition_code
from plans.revisions.differences import CHAPTER, WHOLE_ONLY, Difference
from plans.revisions.followers import Follower
from plans.revisions.models.revision import Submission
from plans.revisions.states import SubmissionState


@dataclass(frozen=True)
class LeftOutLine:
    """One difference that a revision leaves out, and where it stands."""

    label: str
    count_text: str
    address: str
    only_with_whole: bool


@dataclass(frozen=True)
class BroughtAndLeftOut:
    """What stands beside the chosen parts: `count` counts everything that is left out."""

    followers: tuple[Follower, ...]
    left_out: tuple[LeftOutLine, ...]
    count: int
    comparison_address: str


def beside(
    municipality: Municipality,
    followers: Iterable[Follower],
    left_out: Iterable[Difference],
    edition: Edition | None,
) -> BroughtAndLeftOut:
    """Return what pages show; `edition` is the one that the revision follows."""
    found = list(left_out)
    lines = tuple(
        LeftOutLine(
            each.label,
            f"{each.count}{each.unit}",
            _address(municipality, each),
            each.kind == WHOLE_ONLY,
        )
        for each in found
    )
    pair = (edition_code(edition.uid), WORKING) if edition else None
    address = reverse("comparison:show", args=[municipality.code, *pair]) if pair else ""
    return BroughtAndLeftOut(tuple(followers), lines, sum(each.count for each in found), address)


def beside_in(municipality: Municipality, head: Mapping[str, Any]) -> BroughtAndLeftOut:
    """Return what a submission froze; a release before this one froze nothing of it."""
    uid = head.get("base_edition_uid")
    edition = Edition.objects.only("uid").filter(uid=uid).first() if uid else None
    return beside(
        municipality,
        [Follower(f["anchor"], f["label"], tuple(f["shown"])) for f in head.get("followers", ())],
        [Difference(**each) for each in head.get("left_out", ())],
        edition,
    )


def followers_of(edition: Edition) -> list[str]:
    """Return the parts that came along in an edition; [] where its release named none."""
    approved = Submission.objects.filter(
        revision__uid=edition.revision_uid, state=SubmissionState.APPROVED
    )
    head = approved.order_by("-number").values_list("head", flat=True).first() or {}
    return [each["label"] for each in head.get("followers", ())]


def _address(municipality: Municipality, difference: Difference) -> str:
    code = municipality.code
    if difference.kind == CHAPTER:
        return f"{reverse('plan:preview', args=[code])}#{difference.name}"
    if difference.kind == WHOLE_ONLY:
        return reverse("plan:preview", args=[code])
    if difference.code == "phrases":
        return reverse("plan:phrases", args=[code])
    if difference.code:
        return reverse("annex:list", args=[code, difference.code])
    return reverse("annex:index", args=[code])
