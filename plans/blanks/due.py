"""Says when the blanks that somebody promised to fill are due."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from bcp_portal.accounts.due_items import DueItem
from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from plans.blanks.finding import blanks_of_table
from plans.blanks.models import BlankAnswer

SOON_DAYS = 92


def blanks_due(municipality: Municipality, today: date) -> Iterator[DueItem]:
    """Yield each answer that is due within a quarter while its table still has blanks."""
    url = reverse("plan:blanks", args=[municipality.code])
    for answer in BlankAnswer.objects.select_related("person"):
        spec = registry.spec(answer.code)
        if spec is None or (answer.until - today).days > SOON_DAYS:
            continue
        blanks = blanks_of_table(municipality, spec)
        if blanks.rows or blanks.is_empty:
            yield DueItem(answer.until, f"未調査の空欄：{blanks.heading}（{answer.who}）", url)
