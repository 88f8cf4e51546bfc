"""The command that creates みほん市, as an operator runs it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from bcp_portal.accounts.demo import DEMO_ACCOUNTS
from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.sample import services
from plans.sample.order import ORDER
from tests.plans.sample.conftest import TOWN_CODE


def run(**options: str | int) -> str:
    out = StringIO()
    call_command("load_sample", stdout=out, **options)
    return out.getvalue()


def test_the_plan_has_the_kashiwazaki_chapters(town: Municipality) -> None:
    plan = Plan.objects.get()
    assert (plan.title, plan.issued_by) == ("みほん市 ICT業務継続計画書", "みほん市")
    assert plan.department == "情報政策課"
    assert Chapter.objects.filter(parent=None).count() == 15


def test_every_role_has_an_account_that_is_a_person_of_the_sample(town: Municipality) -> None:
    members = Membership.objects.select_related("user", "person", "department")
    assert {member.roles[0]: str(member.person) for member in members} == {
        account.role: account.display_name for account in DEMO_ACCOUNTS
    }
    assert {member.roles[0]: str(member.department) for member in members} == {
        **dict.fromkeys(Role, "情報政策課"),
        Role.VIEWER: "防災課",
        Role.CONTRIBUTOR: "市民課",
        Role.APPROVER: "秘書広報課",
        Role.HEAD: "秘書広報課",
        Role.AUDITOR: "監査委員事務局",
    }


def test_every_row_was_entered_by_the_editor(town: Municipality) -> None:
    added = Entry.objects.filter(action="追加")
    assert added.count() > 1_500
    assert set(added.values_list("actor_username", flat=True)) == {"hensyu"}


def test_a_second_run_changes_nothing(town: Municipality) -> None:
    before = (Person.objects.count(), Entry.objects.count())
    assert (
        run(code=TOWN_CODE)
        == f"団体コード{TOWN_CODE}の「みほん市」はすでにあるため、何もしません。\n"
    )
    assert (Person.objects.count(), Entry.objects.count()) == before


def test_counts_and_seconds_are_printed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ORDER", ("departments", "people"))
    lines = run().splitlines()
    assert lines[:2] == ["    39件  departments 部署", "    50件  people 職員・関係者"]
    assert lines[2].startswith("みほん市（992020）を作りました。2表、89件、")
    assert lines[2].endswith("秒")
    with scope(municipality=Municipality.objects.get(code=services.SAMPLE_CODE)):
        assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"code": "992021"}, "検査数字が合いません"),
        ({"scale": 3}, "それ以上の数にしてください"),
    ],
)
def test_a_wrong_option_leaves_nothing_behind(
    db: None, options: dict[str, str | int], message: str
) -> None:
    before = Municipality.objects.count()
    with pytest.raises(CommandError, match=message):
        run(**options)
    assert Municipality.objects.count() == before


def test_a_refused_line_leaves_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # People name departments, which are not there.
    monkeypatch.setattr(services, "ORDER", ("people",))
    before = Municipality.objects.count()
    with pytest.raises(CommandError, match=r"people\.csv:2: 所属: 「秘書広報課」"):
        run()
    assert Municipality.objects.count() == before


def test_the_code_belongs_to_no_real_place() -> None:
    assert not 1 <= int(services.SAMPLE_CODE[:2]) <= 47
    assert len(set(ORDER)) == len(ORDER)
