"""A find of the leak check has one way on besides hiding: two people say that it is no secret."""

import pytest
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import Preparation
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.claims.models import ClaimState, PublicClaim
from plans.document.coverage import WHOLE
from plans.models import Chapter
from plans.public_check.claim_services import claim_not_secret, confirm_claim, withdraw_claim
from plans.public_check.views import FindLine, _names
from plans.public_edition.checks import IN_PUBLIC
from plans.public_edition.checks import leak_findings as _leaks
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import HiddenValue, Weight
from plans.public_edition.issuing import require_publishable
from plans.public_edition.printed_texts import PrintedText
from plans.public_edition.public_files import LeakError
from plans.public_edition.working_copy import maker_of_working_copy, public_summary
from systems.models import EmergencyContact
from tests.conftest import MemberFactory
from tests.plans.editions.making import PHONE, a_plan, take_snapshot

pytestmark = pytest.mark.django_db
NUMBER = "0422-99-1010"
TEXT = f"<p>庁舎の代表は {NUMBER} である。</p>"


@pytest.fixture
def town(municipality: Municipality) -> Municipality:
    with scope(municipality=municipality):
        a_plan(municipality)
        EmergencyContact.objects.update(tel=NUMBER)
        Chapter.objects.filter(title="目的").update(confidentiality="public", body=TEXT)
    return municipality


def the_find() -> Find:
    (municipality,) = Municipality.objects.filter(code="139998")
    finds = maker_of_working_copy(municipality).refusing_finds
    return next(find for find in finds if NUMBER in find.value.text)


def with_person(membership: Membership, name: str) -> Membership:
    membership.person = Person.objects.create(municipality=membership.municipality, name=name)
    membership.save()
    return membership


def require(town: Municipality) -> None:
    require_publishable(take_snapshot(town, WHOLE), DateStyle.WAREKI)


def test_two_people_release_a_find_and_the_edition_keeps_who_they_were(
    town: Municipality, member: MemberFactory
) -> None:
    with scope(municipality=town):
        with pytest.raises(LeakError, match="様式9の「緊急連絡先一覧」の1行目の「電話"):
            require(town)
        editor = with_person(member(Role.EDITOR), "起案 一")
        claim = claim_not_secret(find=the_find(), membership=editor, reason="代表番号である。")
        with pytest.raises(LeakError):
            require(town)  # one person alone releases nothing
        confirm_claim(claim=claim, membership=with_person(member(Role.CHECKER), "確認 二"))
        require(town)
        (kept,) = take_snapshot(town, WHOLE).rows["not_secret"]
        assert kept["reason"] == "代表番号である。"
        assert (kept["claimed_by"], kept["confirmed_by"]) == ("起案 一", "確認 二")
        assert "電話" in kept["source_label"] and "「1 目的」の本文" in kept["place_label"]
        actions = list(Entry.objects.values_list("action", flat=True))
        assert "非公開の値ではないという申出" in actions
        assert "非公開の値ではないという申出の確認" in actions


def test_nobody_confirms_their_own_statement(town: Municipality, member: MemberFactory) -> None:
    with scope(municipality=town):
        both = with_person(member(Role.EDITOR, Role.APPROVER), "起案 一")
        claim = claim_not_secret(find=the_find(), membership=both, reason="代表番号")
        with pytest.raises(DomainError, match="自分の申出を確認できません"):
            confirm_claim(claim=claim, membership=both)
        twin = with_person(member(Role.APPROVER), "起案　一")
        with pytest.raises(DomainError, match="自分の申出を確認できません"):
            confirm_claim(claim=claim, membership=twin)
        with pytest.raises(DomainError, match="確認者か承認者の役割"):
            confirm_claim(claim=claim, membership=with_person(member(Role.EDITOR), "別人 三"))
        assert PublicClaim.objects.get().state == ClaimState.PROPOSED


def test_a_statement_counts_for_its_value_and_text_only(
    town: Municipality, member: MemberFactory
) -> None:
    with scope(municipality=town):
        claim = claim_not_secret(
            find=the_find(), membership=with_person(member(Role.EDITOR), "起 一"), reason="代表"
        )
        confirm_claim(claim=claim, membership=with_person(member(Role.CHECKER), "確 二"))
        require(town)
        changed = f"<p>夜間の秘密の番号は {NUMBER} である。</p>"
        Chapter.objects.filter(title="目的").update(body=changed)
        with pytest.raises(LeakError):
            require(town)  # another sentence is another place
        Chapter.objects.filter(title="目的").update(body=TEXT + changed)
        with pytest.raises(LeakError):
            require(town)
        Chapter.objects.filter(title="目的").update(body=TEXT)
        require(town)
        withdraw_claim(claim=claim, membership=member(Role.CHECKER))
        with pytest.raises(LeakError):
            require(town)


def test_a_personal_value_has_no_such_way(town: Municipality, member: MemberFactory) -> None:
    with scope(municipality=town):
        Chapter.objects.filter(title="目的").update(body=f"<p>{PHONE}</p>")
        finds = maker_of_working_copy(town).refusing_finds
        find = next(find for find in finds if find.value.personal)
        with pytest.raises(DomainError, match="個人の値は、公開できません"):
            claim_not_secret(find=find, membership=member(Role.EDITOR), reason="よい")
        # Even a statement slipped into the database releases nothing.
        PublicClaim.objects.create(
            municipality=town,
            state=ClaimState.CONFIRMED,
            value_key=find.value.key,
            place_key=find.place.key,
            reason="x",
            claimed_at="2026-01-01T00:00Z",
            confirmed_at="2026-01-01T00:00Z",
        )
        with pytest.raises(LeakError):
            require(town)


def signed_in(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_takes_the_reason_and_the_confirmation(
    town: Municipality, member: MemberFactory
) -> None:
    address = f"/{town.code}/public/check/"
    with scope(municipality=town):
        editor = signed_in(with_person(member(Role.EDITOR), "起案 一"))
        checker = signed_in(with_person(member(Role.CHECKER), "確認 二"))
        viewer = signed_in(member(Role.VIEWER))
        key = "-".join(the_find().key)
    page = editor.get(address).content.decode()
    assert "「1 目的」の本文に、公開しない値（様式9の「緊急連絡先一覧」の1行目の「電話" in page
    assert NUMBER in page and "これは非公開の値ではない（理由）" in page
    assert "これは非公開の値ではない（理由）" not in viewer.get(address).content.decode()
    with scope(municipality=town):
        of = str(Preparation.objects.get().uid)
    said = {"find": key, "of": of}
    refused = editor.post(f"{address}claims/", {**said, "reason": " "})
    assert refused.status_code == 422
    assert "なぜ非公開の値ではないのかを書いてください。" in refused.content.decode()
    long = editor.post(f"{address}claims/", {**said, "reason": "長" * 501})
    assert long.status_code == 422 and "長" * 501 in long.content.decode()
    assert viewer.post(f"{address}claims/", {**said, "reason": "x"}).status_code == 403
    assert editor.post(f"{address}claims/", {**said, "reason": "代表番号"}).status_code == 302
    with scope(municipality=town):
        uid = PublicClaim.objects.get().uid
    confirm = f"{address}claims/{uid}/confirm/"
    assert "非公開の値ではないことを確認する" in checker.get(address).content.decode()
    editor.post(confirm, {"of": of})
    with scope(municipality=town):
        assert PublicClaim.objects.get().state == ClaimState.PROPOSED
    assert checker.post(confirm).status_code == 409, "of no check that was seen"
    checker.post(confirm, {"of": of})
    page = checker.get(address).content.decode()
    assert "公開しない値は見つかりませんでした" not in page
    assert "1件見つかり、どれも2人が「非公開の値ではない」としました" in page
    assert "非公開の値ではないと確かめた箇所" in page and "代表番号" in page


def test_another_town_sees_no_statement(
    town: Municipality, other_municipality: Municipality, member: MemberFactory
) -> None:
    with scope(municipality=town):
        claim = claim_not_secret(
            find=the_find(), membership=with_person(member(Role.EDITOR), "起 一"), reason="代表"
        )
    stranger = signed_in(member(Role.CHECKER, municipality=other_municipality))
    for action in ("confirm", "withdraw"):
        address = f"/{other_municipality.code}/public/check/claims/{claim.uid}/{action}/"
        assert stranger.post(address).status_code == 404


def test_names_stand_one_by_one_with_the_place_where_they_are_kept_and_printed(
    town: Municipality,
) -> None:
    name = "必要なサーバ、媒体及び専用回線"
    spots = [
        PrintedText(f"{name}を使う", f"「{number} 章」の本文", str(number)) for number in (1, 2)
    ]
    values = [HiddenValue(name, f"様式3の{number}行目の「名称」", Weight.NAME) for number in (1, 2)]
    lines = [FindLine(Find(value, spot), None) for value in values for spot in spots]
    (line,) = _names(lines)
    assert line.name == name
    assert line.sources == ("様式3の1行目の「名称」", "様式3の2行目の「名称」")
    assert line.places == ("「1 章」の本文", "「2 章」の本文")


def test_one_find_is_one_refusal(town: Municipality) -> None:
    with scope(municipality=town):
        content = take_snapshot(town, WHOLE)
        summary = public_summary(town)
        (refusal,) = _leaks(content, DateStyle.WAREKI, None, IN_PUBLIC, summary)
    assert "公開しない値" in refusal.sentence and "取りやめ" not in refusal.sentence
