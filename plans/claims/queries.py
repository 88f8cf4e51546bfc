"""Reads what people of the municipality in scope said of finds of the leak check."""

from django.utils import timezone

from plans.claims.models import ClaimState, PublicClaim
from plans.document.claims import FrozenClaim


def confirmed_claims() -> list[dict[str, str]]:
    """Return the statements that count, as frozen rows keep them."""
    return [_frozen(claim).to_json() for claim in _in_force(ClaimState.CONFIRMED)]


def claims_by_find() -> dict[tuple[str, str], PublicClaim]:
    """Return all statements that were not taken back, by value and place."""
    claims = _in_force(ClaimState.CONFIRMED, ClaimState.PROPOSED)
    return {(claim.value_key, claim.place_key): claim for claim in claims}


def _in_force(*states: ClaimState) -> list[PublicClaim]:
    return list(PublicClaim.objects.filter(state__in=states).order_by("pk"))


def _frozen(claim: PublicClaim) -> FrozenClaim:
    return FrozenClaim(
        value=claim.value_key,
        place=claim.place_key,
        source_label=claim.source_label,
        place_label=claim.place_label,
        reason=claim.reason,
        claimed_by=claim.claimed_by_name,
        confirmed_by=claim.confirmed_by_name,
        confirmed_on=f"{timezone.localdate(claim.confirmed_at):%Y-%m-%d}",
    )
