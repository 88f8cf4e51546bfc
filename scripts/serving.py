"""What the web server refuses to start with: each a sentence that names the setting."""

import os
import sys
from typing import Any

from bcp_portal import env
from django.core.exceptions import ImproperlyConfigured

# With twenty in one process it came to standstills of minutes: one thread, which holds the lock for
# writing, clears up the connection of another that waits for it. Never seen with four.
MOST_THREADS_ON_SQLITE = 4
_MOST = 64


def settings_or_exit() -> Any:
    """Return the portal's settings; end the program with the sentence when one is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    from django.conf import settings

    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads them
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    return settings


def whole_number_or_exit(name: str, default: int) -> int:
    """Return the number; end the program with the sentence when it is none or out of bounds."""
    try:
        return env.whole_number(name, default, least=1, most=_MOST)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def threads_or_exit(settings: Any, threads: int) -> int:
    """Return the threads of a process; end the program when SQLite does not bear so many."""
    on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    if on_sqlite and threads > MOST_THREADS_ON_SQLITE:
        sys.exit(
            f"BCP_WEB_THREADS is {threads}, but SQLite bears at most {MOST_THREADS_ON_SQLITE} threads "
            "a process: set it lower, or use PostgreSQL (BCP_POSTGRES_DB)."
        )
    return threads
