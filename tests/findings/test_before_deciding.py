"""What has to be done before a decision is said before it, and a refusal says what refuses."""

from bcp_portal.members import services
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.notices import confirm_notices
from plans.revisions.circumstances import waiting_accounts
from plans.revisions.page import RevisionPage
from tests.findings.security_decisions.conftest import town
from tests.plans.revisions.conftest import APPROVE, Town

__all__ = ["town"]
UNREAD = "先に、お知らせを確かめてください"


def press(town: Town, revision, **values: str):  # type: ignore[no-untyped-def]
    digest = revision.submissions.get().digest
    data = {"step": "0", "seat": "0", "digest": digest, **values}
    address = f"/{town.municipality.code}/revisions/{revision.uid}/decide/"
    return town.client("approver").post(address, data)


def test_a_notice_nobody_read_is_said_before_and_refused_by_its_own_name(town: Town) -> None:
    town.set_route(APPROVE)
    revision = town.submitted()
    code = town.municipality.code
    page = town.client("approver").get(f"/{code}/revisions/{revision.uid}/").content.decode()
    assert UNREAD not in page
    issue_code(membership=town.approver, actor=town.admin.user)
    page = town.client("approver").get(f"/{code}/revisions/{revision.uid}/").content.decode()
    assert UNREAD in page and f'href="/{code}/#home-notices"' in page
    answer = press(town, revision, comment="よい")
    said = answer.content.decode()
    assert answer.status_code == 422 and UNREAD in said and "よい" in said
    assert "まだ何も記録していません" in said and "ほかの人の変更と重なりました" not in said
    assert (
        UNREAD
        not in town.client("reader").get(f"/{code}/revisions/{revision.uid}/").content.decode()
    )


def test_an_account_that_decided_is_no_longer_said_to_wait(town: Town) -> None:
    town.set_route(APPROVE)
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    revision = town.submitted()
    services.issue_initial_password(
        membership=town.approver, actor=town.drafter.user, initial_password="kaki-tsubame-7-rosoku"
    )
    confirm_notices(membership=town.approver, up_to=10**9)
    page = RevisionPage(revision)
    assert page.situation and any("確認コードがないと" in each for each in page.waiting_accounts)
    code = issue_code(membership=town.approver, actor=town.admin.user)
    confirm_notices(membership=town.approver, up_to=10**9)
    town.decide(revision, "approver", 0, code=code)
    revision.refresh_from_db()
    decided = RevisionPage(revision)
    assert decided.waiting_accounts == []
    assert waiting_accounts(page.situation, page.style) != []


def test_who_may_issue_a_code_is_said_where_it_is_issued(town: Town) -> None:
    address = f"/{town.municipality.code}/people/{town.approver.pk}/"
    page = town.client("admin").get(address).content.decode()
    assert "利用者を作ったか、パスワード・役割を設定したか" in page
    shown = town.client("admin").post(f"{address}decision-code/").content.decode()
    assert "利用者を作ったか、パスワード・役割を設定したか" in shown
