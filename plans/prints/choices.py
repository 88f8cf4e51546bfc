"""Remembers what a person chose when printing, to offer it again the next time."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Membership
from plans.prints.models import PrintChoices
from plans.prints.products import PLAN


def last_choices(*, membership: Membership, product: str = PLAN) -> PrintChoices | None:
    """Return what this person chose last for a product, None the first time."""
    found: PrintChoices | None = PrintChoices.objects.filter(
        user=membership.user, product=product
    ).first()
    return found


@transaction.atomic
def remember_choices(
    *,
    membership: Membership,
    product: str = PLAN,
    options: Mapping[str, Any],
    with_personal: bool,
    numbering: str,
) -> None:
    """Keep the choices in place of those before; they say nothing about the plan itself."""
    PrintChoices.objects.update_or_create(
        municipality=membership.municipality,
        user=membership.user,
        product=product,
        defaults={
            "options": dict(options),
            "with_personal": with_personal,
            "numbering": numbering,
        },
    )
