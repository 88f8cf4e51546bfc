"""How deep the dependencies of each business run."""

from collections import defaultdict
from dataclasses import dataclass

from bcp_portal.graphs.chains import chain_depths
from systems.models import Business
from systems.queries.links import in_use


@dataclass(frozen=True)
class Depths:
    """Depth by business; None where the dependencies run in a circle."""

    by_business: dict[int, int | None]
    with_dependencies: frozenset[int]


def business_dependencies() -> dict[int, list[int]]:
    """Return which businesses in use each one depends on, in one query."""
    links: dict[int, list[int]] = defaultdict(list)
    for pk, other in in_use(Business).values_list("pk", "depends_on"):
        links[pk] += [] if other is None else [other]
    return {pk: [other for other in others if other in links] for pk, others in links.items()}


def business_depths() -> Depths:
    """Return the depths of all businesses in use, in one query."""
    links = business_dependencies()
    return Depths(chain_depths(links), frozenset(pk for pk, others in links.items() if others))
