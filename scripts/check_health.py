"""Answers a container's health check: does the site serve (web), is work being done (worker).

python -m scripts.check_health web|worker
"""

import os
import sys

from scripts.processes import Address, is_healthy


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
    """Return False, and say why, when a worker is missing or something stays undone."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    django.setup()
    from bcp_portal.jobs.health import faults

    found = list(faults())
    print(*found, sep="\n", file=sys.stderr)
    return not found


if __name__ == "__main__":
    sys.exit(main())
