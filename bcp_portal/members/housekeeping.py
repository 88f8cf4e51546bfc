"""What signing in leaves behind: sessions that ended, counted failures, codes that nobody may use."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from bcp_portal.accounts.models import SignInSession
from bcp_portal.jobs.housekeeping.chores import Report
from bcp_portal.members.models import DecisionCode

_AT_ONCE = 500


def remove_old_sign_ins(report: Report) -> None:
    """Remove what only protects signing in; who signed in when stands in the operation log."""
    now = timezone.now()
    report.add("終わったサインイン", _delete(SignInSession.objects.filter(expire_date__lt=now)))
    limit = now - timedelta(days=settings.SIGN_IN_DAYS)
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        rows = model.objects.filter(attempt_time__lt=limit)
        report.add("サインインの試みの控え", _delete(rows))
    _remove_codes(report, limit)


def _remove_codes(report: Report, limit: datetime) -> None:
    with scopes_disabled():
        codes = DecisionCode.objects.filter(expires_at__lt=limit).select_related("municipality")
        for code in codes:
            code.delete()
            report.add("期限の切れた確認コード", code=code.municipality.code)


def _delete(rows: "QuerySet[Any]") -> int:
    """Delete some at a time: SQLite lets nobody else write meanwhile."""
    count = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:_AT_ONCE]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        count += len(keys)
    return count
