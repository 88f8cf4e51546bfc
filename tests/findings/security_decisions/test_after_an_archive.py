"""Who set an account lately is known by name, also where an archive gave every account another key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django_scopes import scope

from bcp_portal.accounts.models import Membership, User
from bcp_portal.archive.loading import load_archive
from bcp_portal.audit.models import Entry
from bcp_portal.members import services
from bcp_portal.members.notices import confirm_notices
from bcp_portal.ui.errors import DomainError
from plans.models import Plan, Revision
from plans.revisions.account_changes import MEMBERSHIP, MunicipalityAccounts, after_submit
from plans.revisions.decisions import DecisionOrder, Wish, decide
from plans.revisions.log_lines import LogLine
from tests.archive.making import archive_of, forget
from tests.plans.revisions.conftest import APPROVE, Town

NOON = datetime(2026, 7, 1, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_account_that_the_drafter_set_waits_in_the_other_database_too(
    town: Town, tmp_path: Path
) -> None:
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    town.set_route(APPROVE)
    town.submitted()
    services.issue_initial_password(
        membership=town.approver, actor=town.drafter.user, initial_password="aoi-yama-9274"
    )
    confirm_notices(membership=town.approver, up_to=10**9)
    assert Entry.objects.get(action="初期パスワードの発行").target_uid == "@approver"
    archive = archive_of(town.municipality, tmp_path / "archive.zip")
    plan = Plan.objects.get().uid
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
    forget(town.municipality)
    # Keys of before now belong to others.
    User.objects.create_user(username="somebody", password=None)
    # The town of the test was never written by services, which the proofs would say.
    loaded = load_archive(archive, accept_faults=True)
    with scope(municipality=loaded):
        assert Plan.objects.get().uid == plan
        with pytest.raises(DomainError, match="初期パスワードを発行しました"):
            decide_as("approver")
        assert decide_as("second") is not None


def decide_as(name: str) -> object:
    revision = Revision.objects.get()
    order = DecisionOrder(step=0, seat=0, wish=Wish.AGREE, digest=revision.submissions.get().digest)
    member = Membership.objects.get(user__username=name)
    return decide(revision=revision, membership=member, order=order)


ACCOUNTS = MunicipalityAccounts(
    usernames={"@sato": "sato", "@suzuki": "suzuki", "@abe": "abe"},
    keys={"1": "sato", "2": "suzuki", "3": "abe"},
    labels={"佐藤 (見本市)": ("sato", "abe"), "鈴木 (見本市)": ("suzuki",)},
)


@pytest.mark.parametrize(
    ("uid", "label", "loaded_after", "expected"),
    [
        ("@sato", "何か", None, ["sato"]),
        ("@sato", "何か", HOUR, ["sato"]),
        ("@gone", "佐藤 (見本市)", HOUR, []),
        ("2", "鈴木 (見本市)", None, ["suzuki"]),
        ("2", "佐藤 (見本市)", -HOUR, ["suzuki"]),
        # The key is of another database: the account with this name waits, not the one that now has the key.
        ("2", "佐藤 (見本市)", HOUR, ["sato", "abe"]),
        ("1", "誰か (見本市)", HOUR, []),
    ],
)
def test_whom_an_entry_means(
    uid: str, label: str, loaded_after: timedelta | None, expected: list[str]
) -> None:
    line = LogLine(NOON, "kanri", "管理", "初期パスワードの発行", MEMBERSHIP, uid, (), label)
    loaded_at = NOON + loaded_after if loaded_after else None
    accounts = MunicipalityAccounts(
        ACCOUNTS.usernames, {}, ACCOUNTS.keys, ACCOUNTS.labels, loaded_at
    )
    found = after_submit(
        [line], submitted_at=NOON - HOUR, hands=frozenset(), names=frozenset(), accounts=accounts
    )
    assert [each.username for each in found.set_by_others] == expected


def test_a_long_user_name_fits_into_the_log() -> None:
    long = [User(username="a" * 80 + end) for end in "xy"]
    marks = {user.log_uid for user in long}
    assert len(marks) == 2 and all(len(mark) <= 64 for mark in marks)
