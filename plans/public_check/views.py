"""The page of the leak check: what was found where, and the one way on besides hiding it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.entry_faults import warning_of_altered
from bcp_portal.jobs.models import JobState, Preparation
from bcp_portal.jobs.prepared.products import product_of
from bcp_portal.jobs.prepared.services import LOST, preparation_of, prepare, value_of
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import shortened
from plans.chapters.plan_views import PlanView
from plans.claims.models import ClaimState, PublicClaim
from plans.claims.queries import claims_by_find
from plans.document.claims import check_said
from plans.public_check.claim_persons import ClaimRules, may_confirm, waiting_text
from plans.public_check.claim_services import claim_not_secret, confirm_claim, withdraw_claim
from plans.public_check.claim_writers import writers_of
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import Weight
from plans.public_edition.prepared import LEAK_CHECK, Checked, wanted_check
from plans.public_edition.public_counts import PICTURES_UNREAD
from plans.working_copy.version import version_of_working_copy

_MOST_SHOWN = 60
_MOST_NAMED = 3


@dataclass(frozen=True)
class FindLine:
    """One find as the page shows it: whether it refuses, its text, and what was said of it."""

    find: Find
    claim: PublicClaim | None
    waits: str = ""
    refused: str = ""

    @property
    def key(self) -> str:
        return "-".join(self.find.key)

    @property
    def is_personal(self) -> bool:
        return self.find.value.weight is Weight.PERSONAL

    @property
    def is_released(self) -> bool:
        return self.claim is not None and self.claim.state == ClaimState.CONFIRMED

    @property
    def value(self) -> str:
        """Return the value for who decides on it; never a personal one."""
        return "" if self.is_personal else shortened(self.find.value.text, _MOST_SHOWN)


class LeakCheckView(PlanView):
    """What the leak check says of the working copy: made in the background, because it reads everything."""

    def get(self, request: MemberRequest) -> HttpResponse:
        self.plan()
        job = self.checked_before(request.GET) or prepare(
            membership=request.membership, wanted=wanted_check(request.municipality)
        )
        if job.state != JobState.DONE:
            return redirect("prepared:job", request.municipality.code, job.uid)
        return self.show(job)

    def checked_before(self, data: QueryDict) -> Preparation | None:
        """Return the check that a link or form names; None where it names none that is there."""
        job = preparation_of(self.request.membership, data.get("of", ""))
        return job if job and job.product == LEAK_CHECK else None

    def checked(self) -> tuple[Preparation, Checked]:
        """Return what the page said on which somebody pressed; DomainError 409 when it is gone."""
        job = self.checked_before(self.request.POST)
        if job is None or job.state != JobState.DONE:
            raise DomainError(LOST, status=409)
        return job, value_of(job)

    def after(self, job: Preparation) -> HttpResponse:
        """Return to what was on the page; what somebody says of a find changes nothing that is found."""
        return redirect(product_of(LEAK_CHECK).address(job))

    def show(
        self,
        job: Preparation,
        *,
        error: str = "",
        key: str = "",
        reason: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Show the finds; `error` belongs to the find of this key, whose typed reason stays."""
        self.plan()
        checked: Checked = value_of(job)
        claims = claims_by_find()
        member = self.request.membership
        confirms = may_confirm(member)
        with warning_of_altered(self.request):
            refused, waits = _in_the_way(claims, checked.finds, member) if confirms else ({}, {})
        lines = [
            FindLine(find, claims.get(find.key), waits.get(find.key, ""), refused.get(find.key, ""))
            for find in checked.finds
        ]
        heavy = [line for line in lines if line.find.value.weight is not Weight.NAME]
        released = [line for line in heavy if line.is_released and not line.is_personal]
        now = version_of_working_copy(self.request.municipality)
        context = {
            "job": job,
            "is_of_before": checked.version != now,
            "refusing": [line for line in heavy if line.is_personal or not line.is_released],
            "released": released,
            "check_said": f"公開しない値が書かれていないかを調べ、{check_said(len(released))}。",
            "unread_said": PICTURES_UNREAD if checked.has_pictures else "",
            "names": _names(lines),
            "faults": checked.faults,
            "may_claim": member.may(Permission.EDIT_CHAPTERS)
            or member.may(Permission.DRAFT_REVISION),
            "may_confirm": confirms,
            "error": error,
            "error_key": key,
            "typed": reason,
        }
        return render(self.request, "plans/public_edition/check.html", context, status=status)


class ClaimView(LeakCheckView):
    """Says of one find that it is no secret."""

    permission = Permission.DRAFT_REVISION
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        self.plan()
        key, reason = request.POST.get("find", ""), request.POST.get("reason", "")
        job, checked = self.checked()
        find = next((each for each in checked.finds if "-".join(each.key) == key), None)
        if find is None:
            messages.warning(request, "その箇所は、もう見つかりません。")
            return redirect(self.url("public:check"))
        try:
            claim_not_secret(find=find, membership=request.membership, reason=reason)
        except DomainError as error:
            return self.show(job, error=error.message, key=key, reason=reason, status=422)
        messages.success(
            request,
            "申し出ました。確認者か承認者の役割を持つほかの人が確認すると、発行できるようになります。",
        )
        return self.after(job)


class ConfirmClaimView(LeakCheckView):
    """Confirms what somebody else said of a find."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        _require_one_of(request, Permission.CHECK, Permission.APPROVE)
        claim = get_object_or_404(PublicClaim, uid=uid)
        job, checked = self.checked()
        try:
            confirm_claim(
                claim=claim,
                membership=request.membership,
                code=request.POST.get("code", ""),
                finds=checked.finds,
            )
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "確認しました。この箇所は、非公開の値として扱いません。")
        return self.after(job)


class WithdrawClaimView(LeakCheckView):
    """Takes a statement back, or refuses it."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        _require_one_of(request, Permission.DRAFT_REVISION, Permission.CHECK, Permission.APPROVE)
        claim = get_object_or_404(PublicClaim, uid=uid)
        withdraw_claim(claim=claim, membership=request.membership)
        messages.success(request, "申出を取り消しました。")
        job = self.checked_before(request.POST)
        return self.after(job) if job else redirect(self.url("public:check"))


_Said = dict[tuple[str, str], str]


def _in_the_way(
    claims: Mapping[tuple[str, str], PublicClaim], finds: Iterable[Find], membership: Membership
) -> tuple[_Said, _Said]:
    """Return why this member may not confirm open statements, and for which they need a code."""
    proposed = {key: each for key, each in claims.items() if each.state == ClaimState.PROPOSED}
    if not proposed:
        return {}, {}
    writers = writers_of(find for find in finds if find.key in proposed)
    rules = ClaimRules.read(list(proposed.values()), writers)
    said = {key: rules.refusal_with_names(each, membership) for key, each in proposed.items()}
    holds = {key: rules.hold(each, membership) for key, each in proposed.items() if not said[key]}
    return (
        {key: refusal for key, refusal in said.items() if refusal},
        {key: waiting_text(hold, membership) for key, hold in holds.items() if hold},
    )


def _require_one_of(request: MemberRequest, *permissions: Permission) -> None:
    if not any(map(request.membership.may, permissions)):
        raise PermissionDenied


@dataclass(frozen=True)
class NameLine:
    """One hidden name that public texts say: in which rows it is kept, and where it is printed."""

    name: str
    sources: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def more_sources(self) -> int:
        return max(0, len(self.sources) - _MOST_NAMED)

    @property
    def more_places(self) -> int:
        return max(0, len(self.places) - _MOST_NAMED)


def _names(lines: list[FindLine]) -> list[NameLine]:
    """Return the hidden names that public texts say, each once, however it is written."""
    found: dict[str, list[Find]] = {}
    for line in lines:
        if line.find.value.weight is Weight.NAME:
            found.setdefault(line.find.value.folded, []).append(line.find)
    return [
        NameLine(
            shortened(finds[0].value.text, _MOST_SHOWN),
            tuple(dict.fromkeys(find.value.source for find in finds)),
            tuple(dict.fromkeys(find.place.place for find in finds)),
        )
        for finds in found.values()
    ]
