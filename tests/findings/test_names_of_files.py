"""Names of uploaded files may be numbers: who may not see numbers is not told them, on no page, sheet or line of the log."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.file_cells import masked_name
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.importing.import_writer import apply
from plans.edition_pages.earlier.services import save_earlier_edition
from plans.revisions.models.revision import Decision, Revision
from plans.revisions.page import RevisionPage
from plans.revisions.paper_proofs import paper_name
from plans.revisions.route import RouteStep, Seat, StepAction
from plans.revisions.sheet import approval_sheet
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.proofs_town import MEETING
from tests.importing.desk import Desk
from tests.plans.editions.making import spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]
pytestmark = pytest.mark.django_db
NUMBER = "090-1234-5678"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"本部長 {NUMBER}.pdf", "＊＊＊.pdf"),
        (f"議事録.{NUMBER}", "＊＊＊"),
        ("議事録.09012345678", "＊＊＊"),
        ("議事録.tar.gz", "＊＊＊.gz"),
        ("議事録", "＊＊＊"),
    ],
)
def test_only_the_kind_of_a_file_is_left(name: str, said: str) -> None:
    assert masked_name(name) == said


@pytest.fixture
def decided(town: Town) -> Decision:
    later = RouteStep("部長の承認", StepAction.APPROVE, (Seat(holder=town.holder("approver")),))
    town.set_route(MEETING, later)
    revision = town.submitted()
    paper = SimpleUploadedFile(f"本部長 {NUMBER}.pdf", b"minutes")
    town.decide(revision, "head", 0, meeting_on=timezone.localdate(), paper=paper)
    found: Decision = Decision.objects.get()
    return found


def boxes(revision: Revision, membership: Membership | None) -> str:
    return str(approval_sheet(RevisionPage(revision, membership)).groups)


def test_a_paper_of_a_meeting(town: Town, decided: Decision) -> None:
    revision, code = decided.submission.revision, town.municipality.code
    page = reverse("revisions:one", args=[code, revision.uid])
    paper = reverse("revisions:paper", args=[code, revision.uid, decided.uid])
    for name, opens in (("reader", False), ("checker", False), ("head", True), ("approver", True)):
        client = town.client(name)
        assert (NUMBER in client.get(page).content.decode()) is opens, name
        assert (NUMBER in boxes(revision, town.members[name])) is opens, name
        before = ShownRow.objects.count()
        assert (client.get(paper).status_code == 200) is opens, name
        assert ShownRow.objects.count() - before == int(opens), name
    assert NUMBER not in boxes(revision, None), "what is printed is for everybody"
    assert NUMBER not in paper_name(decided) and decided.paper_sha256[:12] in paper_name(decided)
    for entry in Entry.objects.all():
        assert NUMBER not in f"{entry.note}{entry.changes}", entry


def test_a_file_that_is_brought_in(
    in_scope: Municipality, client_for: ClientFactory, member: MemberFactory, tmp_path: Path
) -> None:
    make_row(spec("9"), in_scope, 1, full=True)
    desk = Desk(in_scope, member(Role.EDITOR), tmp_path)
    content, client, name = desk.export("9"), client_for(Role.EDITOR), f"{NUMBER}.xlsx"
    address = reverse("annex:import-sheet", args=[in_scope.code, "9"])
    job = client.post(address, {"file": SimpleUploadedFile(name, content)})["Location"]
    assert "取り込みの確認" in client.get(f"{job}?show=unchanged").content.decode()
    client.post(f"{job}report/")
    checked = desk.check(content)
    apply(checked, municipality=in_scope, actor=desk.membership.user, file_name=name)
    assert checked.plan.has_personal
    assert NUMBER not in "".join(Entry.objects.values_list("note", flat=True))
    [told] = [entry for entry in Entry.objects.all() if NUMBER in str(entry.changes)]
    assert [change["personal"] for change in told.changes] == [True]
    log = client_for(Role.AUDITOR).get(f"/{in_scope.code}/audit/").content.decode()
    assert NUMBER not in log and "Excelからの取り込み" in log


def test_the_file_of_an_earlier_edition(town: Town) -> None:
    for with_personal, number in ((True, 1), (False, 2)):
        save_earlier_edition(
            municipality=town.municipality,
            actor=town.admin.user,
            values={
                "number_major": number,
                "number_minor": 0,
                "label": "",
                "revised_on": date(2016, 4, 1),
                "effective_on": date(2016, 4, 2),
                "content": "新規制定",
                "with_personal": with_personal,
            },
            file=SimpleUploadedFile(f"{NUMBER}.pdf", b"%PDF-1.7 old"),
        )
        told = Entry.objects.latest("sequence").changes
        assert [each["personal"] for each in told if each["name"] == "file"] == [with_personal]
