"""Compares the papers of meetings with the SHA-256 they were stored under."""

from collections.abc import Iterable, Iterator

from bcp_portal.accounts.proven_files import sha256_in
from plans.revisions.models.revision import Decision

_SHOWN_SIGNS = 12


def paper_faults(decision: Decision) -> Iterator[str]:
    """Yield what is wrong with the paper of a meeting; a release of long ago noted no hash."""
    if decision.paper_sha256 and sha256_in(decision.paper) != decision.paper_sha256:
        yield f"{paper_name(decision)}が、失われたか書き換えられています。"


def paper_name(decision: Decision) -> str:
    """Return what a fault calls the paper of a meeting, whose name may say anything and is read by all."""
    said = f"SHA-256 {decision.paper_sha256[:_SHOWN_SIGNS]}…"
    return f"{decision.submission}に対する決定（{decision}）の会議の資料（{said}）"


def fault_of_papers(decisions: Iterable[Decision]) -> str:
    """Return what is wrong with the papers of meetings (Japanese), "" when nothing is."""
    return "".join(fault for each in decisions for fault in paper_faults(each))
