"""Answers a container's health check: does the site serve (web), is work being done (worker).

python -m scripts.check_health web|worker
"""

import os
import sys
from datetime import timedelta

from scripts.processes import Address, is_healthy

MINUTES_A_TASK_MAY_WAIT = 30  # a cold export of the largest plan takes minutes, and one may queue


def main() -> int:
    checks = {"web": site_serves, "worker": work_is_done}
    if len(sys.argv) != 2 or sys.argv[1] not in checks:
        print("usage: python -m scripts.check_health web|worker", file=sys.stderr)
        return 2
    return 0 if checks[sys.argv[1]]() else 1


def site_serves() -> bool:
    """Ask as the reverse proxy does: by a host name that is allowed, and as HTTPS."""
    port = os.environ.get("BCP_BIND", "127.0.0.1:8000").rpartition(":")[2]
    allowed = os.environ.get("BCP_ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*")
    headers = {"Host": allowed or "localhost", "X-Forwarded-Proto": "https"}
    return is_healthy(Address("127.0.0.1", int(port)), headers)


def work_is_done() -> bool:
    """Return False when a task that is due has been waiting for longer than one should."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    django.setup()
    return not overdue_tasks_exist()


def overdue_tasks_exist() -> bool:
    from django.db.models import Q
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult, get_date_max

    limit = timezone.now() - timedelta(minutes=MINUTES_A_TASK_MAY_WAIT)
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=limit)
    return DBTaskResult.objects.ready().filter(at_once | Q(run_after__lt=limit)).exists()


if __name__ == "__main__":
    sys.exit(main())
