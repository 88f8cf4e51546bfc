"""Says which state the working copy is in, for what is made of it and kept."""

from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.queries import last_digest


def version_of_working_copy(municipality: Municipality) -> str:
    """Return what changes with every write, and with the day, which some tables ask for.

    Whoever writes a row or a chapter also writes the operation log.
    """
    return f"{municipality.pk} {timezone.localdate():%Y-%m-%d} {last_digest()}"
