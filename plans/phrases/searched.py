"""What the search finds of 差し込み語句: their names and what is printed for them; no names of people."""

from collections.abc import Iterable

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.kinds import MASK
from bcp_portal.search.lines import Group, Line, LineAddress, filled
from bcp_portal.search.sources import SearchSource
from plans.phrases.lines import PhraseLine, phrase_lines
from plans.phrases.models import OwnPlaceholder
from plans.phrases.queries import all_keys, load_words


def phrase_group(membership: Membership) -> Iterable[Group]:
    """Return every phrase that can be set as one group; a value that is a person is left out."""
    words = load_words(membership.municipality, include_personal=False)
    own = frozenset(OwnPlaceholder.objects.values_list("key", flat=True))
    lines = phrase_lines(all_keys(), own, words, {})
    return [Group("phrases", "差し込み語句", tuple(map(_line, lines)))]


def _line(line: PhraseLine) -> Line:
    value = line.value if line.value != MASK else ""
    said = filled((("印刷する文字", value), ("説明", line.phrase.help)))
    return Line(line.label, LineAddress("plan:phrases"), said)


PHRASES = SearchSource(40, Permission.READ_PLAN, phrase_group)
