"""What every view of this room shares: the rows that are printed, and what a line takes from its row."""

from collections.abc import Iterable
from typing import Any

from bcp_portal.annex.counted_rows import is_counted
from systems.queries.links import in_use
from systems.queries.needs import SystemNeed, needs

printed = in_use
"""What is printed here and now is what counts here and now."""


def printed_needs(*, critical_only: bool = False, **filters: Any) -> list[SystemNeed]:
    """Return the needs whose rows are printed; with `critical_only` those of 重要業務 (2 queries)."""
    found = needs(**filters)
    return [need for need in found if not critical_only or is_critical(need)]


def is_critical(need: SystemNeed) -> bool:
    """Tell whether the business of a need is a 重要業務 that is printed."""
    return need.critical is not None and is_counted(need.critical)


def distinct_lines(texts: Iterable[str]) -> str:
    """Return the texts that are not blank, each once, a line each."""
    return "\n".join(dict.fromkeys(text for text in texts if text))
