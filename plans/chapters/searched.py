"""What the search finds of the plan: its chapters, by number, heading and text."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.search.lines import Group, Line, LineAddress, filled, numbers_of
from bcp_portal.search.sources import SearchSource
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.text.markup import readable_text
from plans.text.outline import BODY_PLACE, OutlineNode


def chapter_groups(membership: Membership) -> Iterable[Group]:
    """Return the living chapters as one group; those taken out of the plan are not in it."""
    nodes = load_outline(Plan.objects.first()).walk()
    return [Group("chapters", "章と本文", tuple(map(_chapter, nodes)))]


def _chapter(node: OutlineNode) -> Line:
    above = node.parent
    return _line(
        str(node.chapter.uid),
        node.full_number,
        node.chapter.title,
        above.heading if above else "",
        node.chapter.body,
        numbers_of(*_numbers(node)),
    )


@lru_cache(maxsize=5000)
def _line(
    uid: str, number: str, title: str, above: str, body: str, numbers: frozenset[str]
) -> Line:
    """Make a line from all that it says, so that one which says the same need not be made again."""
    said = filled((("上の章・節", above), ("本文", readable_text(body))))
    name = f"{number} {title}".strip()
    return Line(name, LineAddress("plan:read", (uid,)), said, also=(title,), numbers=numbers)


def _numbers(node: OutlineNode) -> Iterator[str]:
    """Yield how people name the chapter: 8(1)ア, 第8章(1)ア, and 8.1.1 whatever way the plan counts."""
    yield from (node.full_number, node.spoken_number)
    if node.placement == BODY_PLACE:
        places = ".".join(map(str, node.positions))
        yield from (places, f"第{places}{node.level_name}", f"{places}{node.level_name}")


CHAPTERS = SearchSource(30, Permission.READ_PLAN, chapter_groups)
