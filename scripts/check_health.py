"""Answers a health check: does the site serve (web), is work being done (worker), is all there (ready).

python -m scripts.check_health web|worker|ready
"""

import os
import sys
from collections.abc import Iterable

from scripts.processes import Address, is_healthy


def main() -> int:
    checks = {"web": site_serves, "worker": work_is_done, "ready": all_is_there}
    if len(sys.argv) != 2 or sys.argv[1] not in checks:
        print("usage: python -m scripts.check_health web|worker|ready", file=sys.stderr)
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
    _set_up()
    from bcp_portal.jobs.health import faults

    return _none_of(faults())


def all_is_there() -> bool:
    """Return False, and say why, when database, data folder, fonts or a worker is missing."""
    _set_up()
    from bcp_portal.ui.readiness import lacking

    return _none_of(lacking())


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    django.setup()


def _none_of(faults: Iterable[str]) -> bool:
    found = list(faults)
    print(*found, sep="\n", file=sys.stderr)
    return not found


if __name__ == "__main__":
    sys.exit(main())
