"""Who decides a revision reads each find that two people released: where, what, why, and by whom."""

from plans.models import Chapter
from plans.public_check.claim_services import claim_not_secret, confirm_claim
from systems.models import EmergencyContact
from tests.findings.test_secret_claims import NUMBER, TEXT, the_find
from tests.plans.editions.making import spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]
REASON = "市の代表番号であり、広報紙に載っている。"


def test_deciders_read_the_released_finds_on_the_page_of_the_revision(town: Town) -> None:
    make_row(spec("9"), town.municipality)
    EmergencyContact.objects.update(tel=NUMBER)
    Chapter.objects.filter(title="目的").update(body=TEXT)
    claim = claim_not_secret(find=the_find(), membership=town.drafter, reason=REASON)
    confirm_claim(claim=claim, membership=town.second)
    revision = town.submitted()
    for decider in ("checker", "approver"):
        address = f"/{town.municipality.code}/revisions/{revision.uid}/"
        page = town.client(decider).get(address).content.decode()
        _, _, listed = page.partition("非公開の値ではないとした箇所</h2>")
        listed = listed.partition("</section>")[0]
        assert REASON in listed and "「1 目的」の本文" in listed and "様式9" in listed
        assert "申出 見本 drafter、確認 見本 second" in listed
