"""An entry altered so that nobody looks for it, taken out or emptied, hides nothing: pages warn, nothing is decided."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.chain import entry_digest
from bcp_portal.audit.disposal import _CLEARED
from bcp_portal.audit.entry_faults import ALTERED, GAPS, altered_noted, note_if_altered
from bcp_portal.audit.entry_proofs import chained
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import entry_content
from bcp_portal.ui.errors import DomainError
from tests.audit.test_verification import TABLE, sql
from tests.findings.proofs_town import rows
from tests.findings.security_decisions.test_accounts import confirm
from tests.findings.security_decisions.test_accounts import set_password as set_by_name
from tests.findings.test_altered_lines_warn import written
from tests.findings.test_retention_decides_nothing import later
from tests.findings.test_retention_second_person import (
    auditor,
    proposed,
    read_notices,
    refused,
    set_password,
)
from tests.plans.revisions.conftest import APPROVE, Town, town

__all__ = ["auditor", "later", "town"]
pytestmark = pytest.mark.django_db


def call_it_another_kind(entry: Entry) -> None:
    sql(f"UPDATE {TABLE} SET target_type = 'x.y' WHERE id = %s", entry.pk)


def take_its_author(entry: Entry) -> None:
    sql(f"UPDATE {TABLE} SET actor_username = '' WHERE id = %s", entry.pk)


def take_it_out(entry: Entry) -> None:
    sql(f"DELETE FROM {TABLE} WHERE id = %s", entry.pk)


def empty_it(entry: Entry) -> None:
    """Make it look like one of which the content was disposed of; there is no disposal."""
    rows(Entry).filter(pk=entry.pk).update(**_CLEARED, salt="", disposed_in=1)


HIDING = pytest.mark.parametrize(
    ("hide", "said"),
    [
        (call_it_another_kind, ALTERED),
        (take_its_author, ALTERED),
        (take_it_out, GAPS),
        (empty_it, ALTERED),
    ],
    ids=["another kind", "no author", "taken out", "emptied"],
)
Hide = Callable[[Entry], None]


def entry_of(action: str) -> Entry:
    found: Entry = Entry.objects.filter(action=action).latest("sequence")
    return found


@HIDING
def test_who_set_the_account_that_confirms_a_disposal(
    town: Town, auditor: Membership, hide: Hide, said: str
) -> None:
    set_password(town.admin, auditor)
    shown = proposed(town.admin)
    read_notices(auditor)
    refused(auditor, shown, "確認コードがないと確認できません")
    page = f"/{town.municipality.code}/retention/log/proposal/"
    assert said not in town.client("auditor").get(page).text
    hide(entry_of("初期パスワードの発行"))
    assert said in town.client("auditor").get(page).text
    refused(auditor, shown, f"{said}.*何も保存していません")


@HIDING
def test_who_set_the_account_that_approves(town: Town, hide: Hide, said: str) -> None:
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    town.set_route(APPROVE)
    revision = town.submitted()
    set_by_name(town, "drafter", "approver")
    with pytest.raises(DomainError, match="確認コードがないと決定できません"):
        town.decide(revision, "approver", 0)
    confirm(town.approver)
    hide(entry_of("初期パスワードの発行"))
    with pytest.raises(DomainError, match=f"{said}.*何も保存していません"):
        town.decide(revision, "approver", 0)
    page = reverse("revisions:one", args=[town.municipality.code, revision.uid])
    assert said in town.client("drafter").get(page).text


@HIDING
def test_who_wrote_what_is_about_to_be_submitted(town: Town, hide: Hide, said: str) -> None:
    entry, revision = written(town), town.draft()
    page = reverse("revisions:submit", args=[town.municipality.code, revision.uid])
    assert said not in town.client("drafter").get(page).text
    hide(entry)
    assert said in town.client("drafter").get(page).text
    with pytest.raises(DomainError, match=said):
        town.submit(revision)


def test_an_entry_emptied_without_a_disposal_is_marked_in_the_log(town: Town) -> None:
    entry = written(town)
    empty_it(entry)
    assert (
        f"{ALTERED}（{entry.sequence}番）"
        in town.client("admin").get(reverse("audit:list", args=[town.municipality.code])).text
    )


def test_the_newest_entry_is_compared_with_the_head_of_the_chain(town: Town) -> None:
    entry = written(town)
    sql(f"UPDATE {TABLE} SET actor_name = '無実 の人' WHERE id = %s", entry.pk)
    altered = Entry.objects.select_related("municipality").get(pk=entry.pk)
    signed = entry_digest(altered.previous_digest, entry_content(altered))
    sql(f"UPDATE {TABLE} SET digest = %s WHERE id = %s", signed, entry.pk)
    with altered_noted() as watch:
        for each in chained(Entry.objects.all()):
            note_if_altered(each)
    assert watch.altered == {entry.sequence}
