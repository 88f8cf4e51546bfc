"""What a process keeps for searches is of the towns that were asked for last."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from bcp_portal.search.kept_lines import TOWNS, KeptLines


def test_the_town_that_nobody_asked_for_longest_makes_room(in_scope: Municipality) -> None:
    record(municipality=in_scope, actor=None, action="変更", target=in_scope)
    entry = Entry.objects.get()
    link = (entry.sequence, entry.digest)
    kept: KeptLines[int] = KeptLines()
    towns = [Municipality(pk=in_scope.pk + place) for place in range(TOWNS + 1)]
    for place, town in enumerate(towns[:TOWNS]):
        kept.put(town, link, place)
    assert kept.get(towns[0]) == 0
    kept.put(towns[TOWNS], link, TOWNS)
    assert kept.get(towns[0]) == 0, "it was asked for a moment ago"
    assert kept.get(towns[1]) is None
