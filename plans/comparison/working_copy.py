"""The working copy as one side of a comparison."""

from collections.abc import Iterator
from functools import partial

from bcp_portal.accounts.models import Municipality
from plans.comparison.comparables import Comparable
from plans.working_copy.builder import WorkingCopy
from plans.working_copy.version import version_of_working_copy

WORKING = "working"
WORKING_LABEL = "作業中の内容"


def working_copy(municipality: Municipality) -> Iterator[Comparable]:
    """Yield the working copy as it stands now."""
    yield Comparable(
        code=WORKING,
        label=WORKING_LABEL,
        version=partial(version_of_working_copy, municipality),
        read=partial(WorkingCopy, municipality, in_edition=True),
        group="作業中",
    )
