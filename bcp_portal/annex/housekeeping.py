"""What people typed and never saved: drafts hold numbers too, and nobody looks for them after weeks."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_scopes import scopes_disabled

from bcp_portal.annex.models import Draft
from bcp_portal.jobs.housekeeping.chores import Report


def remove_old_drafts(report: Report) -> None:
    """Remove the drafts that nobody went on with since DRAFT_DAYS."""
    limit = timezone.now() - timedelta(days=settings.DRAFT_DAYS)
    with scopes_disabled():
        old = Draft.objects.filter(saved_at__lt=limit)
        found = dict(old.order_by().values_list("pk", "municipality__code"))
        Draft.objects.filter(pk__in=list(found), saved_at__lt=limit).delete()
    report.add_all("保存していない下書き", Counter(found.values()))
