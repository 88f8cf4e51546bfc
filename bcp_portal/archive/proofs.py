"""Proves that the operation log of a municipality is the one that was written."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.verification import verify


def log_faults(municipality: Municipality) -> list[str]:
    """Return what is wrong with the log, in Japanese."""
    return [f"操作記録: {fault.sentence}" for fault in verify(municipality).faults]
