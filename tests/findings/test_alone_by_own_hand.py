"""Who stopped, demoted or renamed the others is not alone for that, neither for a role nor for anything else."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.disposal import DISPOSED
from bcp_portal.audit.entry_faults import ALTERED
from bcp_portal.audit.models import Disposal, Entry
from bcp_portal.audit.verification import verify
from bcp_portal.members import services
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.first_person import become_editor
from bcp_portal.members.own_hand import MEMBERSHIP, AccountNow, Question, SetLine, taken_by
from bcp_portal.retention.agreement import ALONE
from bcp_portal.retention.proposals import propose
from bcp_portal.retention.services import digest_of, dispose, save_years
from bcp_portal.ui.errors import DomainError
from plans.revisions.models.route import ApprovalSetting
from tests.conftest import MemberFactory
from tests.findings.test_altered_lines_steer import hide_kind, take_out
from tests.findings.test_retention_decides_nothing import YEARS_LATER, due, kind_of, look_at
from tests.findings.test_secret_claim_persons import renamed
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]

NOW = timezone.now()


@pytest.fixture
def later() -> Iterator[None]:
    with patch("bcp_portal.retention.services._today", lambda: YEARS_LATER):
        yield


def change(of: Membership, by: Membership, **values: object) -> None:
    of.refresh_from_db()
    same = {
        "display_name": of.user.display_name,
        "roles": of.roles,
        "department": of.department,
        "person": of.person,
    }
    services.change_member(membership=of, actor=by.user, **{**same, **values})  # type: ignore[arg-type]


def stop(of: Membership, by: Membership) -> None:
    services.deactivate_member(membership=of, actor=by.user)


def take_roles(of: Membership, by: Membership) -> None:
    change(of, by, roles=["viewer"])


def hours_later(hours: float) -> object:
    moved = timezone.now() + timedelta(hours=hours)
    return patch("django.utils.timezone.now", return_value=moved)


@pytest.fixture
def other(town: Town, member: MemberFactory) -> Iterator[Membership]:
    found = town.members["other"] = member(Role.ADMIN, username="other")
    yield found


def becomes_editor(of: Membership, code: str = "") -> None:
    of.refresh_from_db()
    become_editor(membership=of, actor=of.user, code=code)


def is_refused(of: Membership, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        becomes_editor(of)
    of.refresh_from_db()
    assert Role.EDITOR not in of.roles


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "words"),
    [(stop, "停止しました"), (take_roles, "役割を「団体管理者」から「閲覧者」に")],
)
def test_who_took_the_other_administrator_away_does_not_become_editor(
    town: Town, other: Membership, deed: Callable[[Membership, Membership], None], words: str
) -> None:
    deed(other, town.admin)
    is_refused(town.admin, f"「other.*」の利用者は、admin.*が.*{words}.*までは、確認コードがないと")
    for page in ("people/", f"people/{town.admin.pk}/"):
        shown = town.client("admin").get(f"/{town.municipality.code}/{page}").text
        assert words in shown and 'name="code"' in shown
    answer = town.client("admin").post(f"/{town.municipality.code}/people/own-editor/")
    assert answer.status_code == 403 and "元に戻して" in answer.text


@pytest.mark.django_db
def test_the_wait_is_that_of_the_settings_and_a_day_at_least(town: Town, other: Membership) -> None:
    ApprovalSetting.objects.update_or_create(
        municipality=town.municipality, defaults={"account_wait_hours": 1}
    )
    stop(other, town.admin)
    with hours_later(23.9):
        is_refused(town.admin, "停止しました")
    ApprovalSetting.objects.update(account_wait_hours=48)
    with hours_later(47.9):
        is_refused(town.admin, "停止しました")
    with hours_later(48.1):
        becomes_editor(town.admin)
    assert "ほかに団体管理者がいない" in Entry.objects.latest("sequence").note


@pytest.mark.django_db
def test_only_a_code_of_the_operator_serves_and_the_log_says_so(
    town: Town, other: Membership
) -> None:
    own = issue_code(membership=town.admin, actor=other.user)
    stop(other, town.admin)
    with pytest.raises(DomainError, match="システムの運用者が発行したものではない"):
        becomes_editor(town.admin, own)
    code = issue_code(membership=town.admin, actor=None)
    address = f"/{town.municipality.code}/people/own-editor/"
    assert town.client("admin").post(address, {"code": code}).status_code == 302
    note = Entry.objects.latest("sequence").note
    assert "停止しました" in note and "確認コード（発行：システムの運用者" in note
    assert "ほかに団体管理者がいない" not in note


@pytest.mark.django_db
def test_it_counts_as_his_when_an_account_did_it_that_he_made(
    town: Town, other: Membership
) -> None:
    made = services.add_member(
        municipality=town.municipality,
        actor=town.admin.user,
        username="made",
        initial_password="aoi-yama-9274",
        roles=["admin"],
        department=None,
        name="作 三",
    )
    stop(other, made)
    stop(made, town.admin)
    is_refused(town.admin, "「other.*」の利用者は、作 三が.*「作 三」の利用者は、admin")


@pytest.mark.django_db
@pytest.mark.parametrize("alter", [hide_kind, take_out])
def test_a_stop_that_was_hidden_in_the_log_makes_nobody_alone(
    town: Town, other: Membership, alter: Callable[[Entry], None]
) -> None:
    stop(other, town.admin)
    alter(Entry.objects.get(action="利用者の停止"))
    is_refused(town.admin, f"{ALTERED}|抜けた番号")
    becomes_editor(town.admin, issue_code(membership=town.admin, actor=None))


@pytest.mark.django_db
def test_who_stopped_nobody_or_only_whom_could_not_act_is_alone_at_once(town: Town) -> None:
    stop(town.reader, town.admin)
    change(town.writer, town.admin, roles=["viewer"])
    becomes_editor(town.admin)
    assert "ほかに団体管理者がいない" in Entry.objects.latest("sequence").note


@pytest.mark.django_db
def test_whom_somebody_else_stopped_is_not_missed(
    town: Town, other: Membership, member: MemberFactory
) -> None:
    third = member(Role.ADMIN, username="third")
    stop(other, third)
    change(other, town.admin, roles=["viewer"])
    Membership.objects.filter(pk=third.pk).update(is_active=False)
    becomes_editor(town.admin)


def _account(name: str, called: str = "", **values: object) -> AccountNow:
    same = {"is_able": True, "is_active": True, "person_uid": f"p-{name}"}
    return AccountNow(name, frozenset({f"@{name}"}), name=called or name, **{**same, **values})  # type: ignore[arg-type]


def _line(by: str, uid: str, action: str = "利用者の変更", **changes: tuple[str, str]) -> SetLine:
    kind = MEMBERSHIP if uid.startswith("@") else "accounts.person"
    return SetLine(NOW, by, by, action, kind, uid, changes)


@pytest.mark.parametrize(
    ("line", "is_taken"),
    [
        (_line("kanri", "@kansa", display_name=("監査 花子", "管理 太郎")), True),
        (_line("kanri", "@kansa", person=("監査 花子", "管理 太郎")), True),
        (_line("kanri", "p-kansa", "変更", name=("監査 花子", "管理 太郎")), True),
        (_line("kanri", "p-kanri", "変更", name=("別名", "管理 太郎")), True),
        (_line("kanri", "p-other", "変更", name=("別名", "管理 太郎")), False),
        (_line("kanri", "p-kansa", "変更", name=("管理太郎", "管理 太郎")), False),
        (_line("editor", "p-kansa", "変更", name=("監査 花子", "管理 太郎")), False),
    ],
)
def test_names_that_were_made_alike_tell_no_single_person(line: SetLine, is_taken: bool) -> None:
    own = _account("kanri", "管理 太郎")
    kansa = _account("kansa", "管理　太郎")
    question = Question(own, [kansa], frozenset({"監査者"}), names_count=True)
    assert bool(taken_by(question, [line])) is is_taken


@pytest.fixture
def auditor(town: Town, member: MemberFactory) -> Iterator[Membership]:
    """Somebody who could confirm, a year that is over, and something that is due."""
    found = town.members["auditor"] = member(Role.AUDITOR, username="auditor")
    found.person = Person.objects.create(municipality=town.municipality, name="監査 花子")
    found.save()
    save_years(membership=town.admin, years={"log": 1})
    look_at(town, town.reader.person)
    yield found


def disposed(by: Membership, code: str = "") -> Disposal:
    by.refresh_from_db()
    shown = digest_of(due("log"))
    done = propose(membership=by, kind=kind_of("log"), reason="満了", shown=shown, code=code)
    assert isinstance(done, Disposal)
    return done


def call_by_own_name(of: Membership, by: Membership) -> None:
    change(of, by, person=Person.objects.create(municipality=of.municipality, name="見本　admin"))


def rename_entry(of: Membership, by: Membership) -> None:
    assert of.person is not None
    renamed(of.person, "見本 admin", by)


@pytest.mark.django_db
@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (stop, "停止しました"),
        (take_roles, "役割を「監査者」から「閲覧者」に"),
        (call_by_own_name, "氏名を「監査 花子」から「見本　admin」に"),
        (rename_entry, "氏名を「監査 花子」から「見本 admin」に"),
    ],
)
def test_who_took_the_auditor_away_does_not_dispose_alone(
    town: Town,
    auditor: Membership,
    deed: Callable[[Membership, Membership], None],
    words: str,
) -> None:
    deed(auditor, town.admin)
    with pytest.raises(
        DomainError, match=f"{words}.*までは、確認コードがないと1人で廃棄できません"
    ):
        disposed(town.admin)
    shown = digest_of(due("log"))
    with pytest.raises(DomainError, match=words):
        dispose(membership=town.admin, kind=kind_of("log"), reason="満了", shown=shown)
    assert not Disposal.objects.exists()
    client, base = town.client("admin"), f"/{town.municipality.code}/retention/"
    assert words in client.get(base).text and "1人で決められます" not in client.get(base).text
    page = client.get(f"{base}log/").text
    assert words in page and 'name="code"' in page
    disposal = disposed(town.admin, issue_code(membership=town.admin, actor=None))
    for told in (disposal.circumstances, Entry.objects.get(action=DISPOSED).note):
        assert words in told and "確認コード（発行：システムの運用者" in told
        assert "確認できる人がいない" not in told
    services.reactivate_member(membership=auditor, actor=town.admin.user)
    change(auditor, town.admin, roles=["auditor"])
    for shown in (
        town.client("auditor").get(f"/{town.municipality.code}/").text,
        client.get(base).text,
    ):
        assert words in shown and "確認できる人がいない" not in shown
    assert verify(town.municipality).faults == []


@pytest.mark.django_db
@pytest.mark.usefixtures("later")
def test_the_day_after_one_person_is_alone_also_for_disposal(
    town: Town, auditor: Membership
) -> None:
    stop(auditor, town.admin)
    with hours_later(24.1):
        assert disposed(town.admin).circumstances == ""
    assert ALONE in Entry.objects.get(action=DISPOSED).note


@pytest.mark.django_db
@pytest.mark.usefixtures("later")
def test_who_is_taken_for_the_same_person_is_named(town: Town, auditor: Membership) -> None:
    Person.objects.filter(pk=auditor.person_id).update(name="見本　admin")
    client, base = town.client("admin"), f"/{town.municipality.code}/retention/"
    alike = "利用者「auditor」は、氏名が同じため本人の利用者とみなしました"
    assert alike in client.get(base).text and alike in client.get(f"{base}log/").text
    disposal = disposed(town.admin)
    assert alike in disposal.circumstances and alike in Entry.objects.get(action=DISPOSED).note
    assert alike in town.client("auditor").get(f"/{town.municipality.code}/").text


@pytest.mark.django_db
@pytest.mark.usefixtures("later")
def test_a_proposal_whose_confirmers_he_stopped_does_not_promise_that_he_is_alone(
    town: Town, auditor: Membership
) -> None:
    shown = digest_of(due("log"))
    propose(membership=town.admin, kind=kind_of("log"), reason="満了", shown=shown)
    stop(auditor, town.admin)
    page = town.client("admin").get(f"/{town.municipality.code}/retention/log/proposal/").text
    assert "停止しました" in page and "1人で決められます" not in page
