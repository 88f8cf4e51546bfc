"""Who wrote the text that says a value does not confirm that it is no secret; the page says who may."""

import pytest

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.ui.errors import DomainError
from plans.chapters.services import save_chapter
from plans.claims.models import ClaimState, PublicClaim
from plans.models import Chapter, Plan, ResponseRole
from plans.public_check.claim_persons import NOBODY_ELSE, NOT_TWICE, WROTE_IT
from plans.public_check.claim_services import claim_not_secret, confirm_claim
from plans.public_check.claim_writers import writers_of
from tests.conftest import MemberFactory
from tests.findings.test_secret_claims import NUMBER, TEXT, signed_in, the_find, town, with_person
from tests.plans.editions.making import spec

__all__ = ["town"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town", "in_scope")]
BUTTON = "非公開の値ではないことを確認する"


def write(by: Membership, body: str) -> None:
    chapter = Chapter.objects.get(title="目的")
    save_chapter(
        chapter=chapter,
        actor=by.user,
        title="目的",
        body=body,
        guidance="",
        expected_version=chapter.version,
    )


@pytest.fixture
def claim(member: MemberFactory) -> PublicClaim:
    """The writer wrote the sentence, somebody else more words; a third person made the statement."""
    Chapter.objects.filter(title="目的").update(body="<p>目的を定める。</p>")
    write(with_person(member(Role.EDITOR, Role.CHECKER, username="kaki"), "書 一"), TEXT)
    write(
        with_person(member(Role.EDITOR, Role.CHECKER, username="soe"), "添 二"), f"{TEXT}<p>別</p>"
    )
    editor = with_person(member(Role.EDITOR, username="kian"), "起案 三")
    return claim_not_secret(find=the_find(), membership=editor, reason="代表番号")


def one(username: str) -> Membership:
    found: Membership = Membership.objects.get(user__username=username)
    return found


def page_of(membership: Membership) -> str:
    address = f"/{membership.municipality.code}/public/check/"
    return signed_in(membership).get(address).content.decode()


def test_the_writer_is_refused_and_told_who_may(claim: PublicClaim) -> None:
    page = page_of(one("kaki"))
    assert WROTE_IT in page and "確認できるのは、添 二です。" in page and BUTTON not in page
    with pytest.raises(DomainError, match=WROTE_IT):
        confirm_claim(claim=claim, membership=one("kaki"))
    assert BUTTON in page_of(one("soe"))
    assert confirm_claim(claim=claim, membership=one("soe")).state == ClaimState.CONFIRMED


def test_who_would_be_refused_for_another_reason_sees_it_instead_of_the_button(
    claim: PublicClaim, member: MemberFactory
) -> None:
    twin = with_person(member(Role.APPROVER, username="twin"), "起案　三")
    page = page_of(twin)
    assert NOT_TWICE in page and "確認できるのは、添 二です。" in page and BUTTON not in page
    one("soe").delete()
    assert NOBODY_ELSE in page_of(twin)


def test_a_row_has_a_writer_too(town: Municipality, member: MemberFactory) -> None:
    Chapter.objects.filter(title="目的").update(body="<p>目的を定める。</p>")
    Plan.objects.update(annex_numbers=[8, 9])
    AnnexSetting.objects.create(municipality=town, code="8", confidentiality="public")
    ColumnSetting.objects.create(municipality=town, code="8", column="duties", public="show")
    role = ResponseRole(municipality=town, structure="disaster", role_name="班長")
    role.duties, role.confidentiality, role.pending = f"連絡は {NUMBER} へ。", "public", {}
    sheet = Sheet.of(spec("8"), town)
    writer = member(Role.EDITOR, username="kaki").user
    row = save_row(sheet=sheet, actor=writer, row=role, expected_version=0)
    find = the_find()
    assert writers_of([find]) == {find.key: {"kaki"}}
    row.role_name, row.pending = "隊長", {}
    other = member(Role.EDITOR, username="soe").user
    save_row(sheet=sheet, actor=other, row=row, expected_version=row.version)
    assert writers_of([find]) == {find.key: {"kaki"}}
