"""A visit that asserts of every answer: it shows no number without an entry that names its row."""

from django.test import Client
from django_scopes import scope

from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.viewing_log import SHOWING
from tests.contract.visits import Answer, Visit
from tests.plans.editions.making import PHONE

NUMBER = "090-8888-7777"


class WatchedVisit(Visit):
    """A visit to a door of a municipality that has these two telephone numbers at most."""

    def answer(self, client: Client, method: str, url: str) -> Answer:
        with scope(municipality=self.cast.municipality):
            before = Entry.objects.count()
        answer = super().answer(client, method, url)
        shown = [number for number in (NUMBER, PHONE) if number in answer.text]
        with scope(municipality=self.cast.municipality):
            entries = Entry.objects.filter(sequence__gt=before, action=SHOWING)
            named = [list(ShownRow.objects.filter(sequence=entry.sequence)) for entry in entries]
        assert bool(shown) <= bool(named), f"{method} {url} shows {shown} without an entry"
        assert all(named), "an entry of a showing names at least one row"
        uids = [row.row_uid for rows in named for row in rows]
        assert len(uids) == len(set(uids)), "a row is named by one entry an answer"
        return answer
