"""What a page tells from the operation log comes with a warning where an entry that it read was altered."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.entry_faults import ALTERED
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import entry_content
from systems.models import Site
from tests.annex.test_pages import site_data
from tests.audit.test_verification import TABLE, sql
from tests.conftest import ClientFactory
from tests.plans.editions.making import spec
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]


def tell_another(entry: Entry) -> None:
    """Let an entry say that somebody else did it."""
    sql(f"UPDATE {TABLE} SET actor_name = %s WHERE id = %s", "無実 の人", entry.pk)


def tell_another_and_sign(entry: Entry) -> None:
    """Do it with an own digest that fits, as who knows how it is made."""
    tell_another(entry)
    changed = Entry.objects.select_related("municipality").get(pk=entry.pk)
    digest = entry_digest(changed.previous_digest, entry_content(changed))
    sql(f"UPDATE {TABLE} SET digest = %s WHERE id = %s", digest, entry.pk)


ALTERING = pytest.mark.parametrize("alter", [tell_another, tell_another_and_sign])


def written(town: Town) -> Entry:
    """Let somebody register a building: the drafter is shown who wrote it."""
    sheet = Sheet.of(spec("3"), town.municipality)
    site = Site(municipality=town.municipality, name="本庁舎", site_kind="main", runs_core=False)
    site.pending = {}
    save_row(sheet=sheet, actor=town.writer.user, row=site, expected_version=0)
    found: Entry = Entry.objects.latest("sequence")
    return found


@ALTERING
def test_who_wrote_what_is_told_with_a_warning(town: Town, alter: Callable[[Entry], None]) -> None:
    entry, revision = written(town), town.draft()
    address = reverse("revisions:submit", args=["139998", revision.uid])
    assert ALTERED not in town.client("drafter").get(address).text
    alter(entry)
    assert f"{ALTERED}（{entry.sequence}番）" in town.client("drafter").get(address).text


@ALTERING
def test_what_happened_since_the_submission_is_told_with_a_warning(
    town: Town, alter: Callable[[Entry], None]
) -> None:
    revision = town.submitted()
    sheet = Sheet.of(spec("people"), town.municipality)
    person = town.checker.person
    assert person is not None
    person.name, person.pending = "改名 した人", {}
    save_row(sheet=sheet, actor=town.admin.user, row=person, expected_version=person.version)
    entry = Entry.objects.latest("sequence")
    town.decide(revision, "checker", 0)
    address = reverse("revisions:one", args=["139998", revision.uid])
    assert ALTERED not in town.client("approver").get(address).text
    alter(entry)
    assert f"{ALTERED}（{entry.sequence}番）" in town.client("approver").get(address).text


@pytest.mark.parametrize("page", ["edit", "grid"])
@ALTERING
def test_what_a_field_was_is_told_with_a_warning(
    page: str,
    alter: Callable[[Entry], None],
    in_scope: Municipality,
    client_for: ClientFactory,
) -> None:
    client, site = (
        client_for(Role.EDITOR),
        Site.objects.create(municipality=in_scope, name="本庁舎", site_kind="main", row_no=1),
    )
    address = reverse("annex:edit", args=["139998", "3", site.uid])
    client.post(address, site_data(address="先の住所"))
    entry = Entry.objects.latest("sequence")
    client.post(address, site_data(address="別の住所", version="2"))
    if page == "grid":
        address = reverse("annex:grid", args=["139998", "3"])
    sent = site_data(address="後の住所")
    if page == "grid":
        sent = {f"{site.uid}-{name}": value for name, value in sent.items()} | {
            "row": str(site.uid)
        }
    assert ALTERED not in client.post(address, sent).text
    alter(entry)
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert f"{ALTERED}（{entry.sequence}番）" in answer.text
