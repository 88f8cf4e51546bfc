"""The kinds of jobs there are; each room registers its own at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bcp_portal.jobs.models import BackgroundJob


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    `work` does the step that the job was given to a worker for: inside the scope of its
    municipality, outside a transaction, and ends it with `services.end()`. Whatever it raises is
    written into the job. It may be done twice: a worker that is killed leaves it to another one.
    `adopt` makes the jobs that something stored waits for and that nobody made.
    """

    model: "type[BackgroundJob]"
    work: Callable[[Any], None]
    adopt: Callable[[], None] = _nothing


_kinds: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> None:
    """Add a kind; a model used twice raises ValueError."""
    label = kind.model._meta.label
    if label in _kinds:
        raise ValueError(f"{label} is registered twice.")
    _kinds[label] = kind


def kinds() -> list[JobKind]:
    """Return what all rooms registered, in the order of their start."""
    return list(_kinds.values())


def kind_of(label: str) -> JobKind:
    """Return the kind of a model by its label (`plans.PrintJob`); KeyError when there is none."""
    return _kinds[label]
