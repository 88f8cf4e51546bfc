"""Passwords that somebody who knows the town, the person or the program would try are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from bcp_portal.accounts.demo import DEMO_PASSWORD
from bcp_portal.accounts.models import Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.members.password_rules import LEAST_OF_ONES_OWN, known_words, own_part
from bcp_portal.members.passwords import new_initial_password
from tests.conftest import MemberFactory


@pytest.fixture
def kondo(municipality: Municipality, member: MemberFactory) -> User:
    membership = member(Role.APPROVER, username="s1234567")
    membership.person = Person.objects.create(
        municipality=municipality, name="近藤 正次郎", kana="こんどう しょうじろう"
    )
    membership.save()
    return membership.user


def refusal(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


# The seven that an attacker got accepted come first.
@pytest.mark.parametrize(
    "password",
    [
        "himitsu1",
        "mihonshi",
        "nippon123",
        "syonin2026",
        "近藤 正次郎近藤 正次郎",
        "himitsu1himitsu1",
        "mihonshi-mihonshi",
        "Nippon-2026-BCP",
        "shounin.syonin.2026",
        "harunatsuakifuyu",
        "Spring2026Summer2027",
        "ICT-BCP-portal-2026",
        "reiwa8nen11gatsu",
        "ひみつのパスワード２０２６",
        "qwertyuiop1234",
        "password123456",
        "passwordpassword",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "Katsushika-ku-2026",
        "dantaikanrisha",
        "dantaikanrisya",
        "renrakusakikanrisya",
        "jichitai-plan8",
        "zititaikeikaku12",
        "jichitaikeikaku",
        "p@ssw0rdp@ssw0rd",
        "drowssapdrowssap",
        "tasho-kanri-0401",
        "h1m1tsu-bcp-2026",
        "123456789a123456",
        "trustno1trustno1",
        "trustno1-trustno1",
    ],
)
def test_what_is_easily_guessed_is_refused(kondo: User, password: str) -> None:
    assert refusal(password, kondo)


@pytest.mark.parametrize(
    "password",
    [
        "avrillavigne",
        "CookieMonster",
        "counterstrike-26",
        "trustno1trustno1",
        "Trustno1-trustno1!",
        "chelsea.chelsea",
    ],
)
def test_the_list_of_common_passwords_refuses_what_no_other_rule_does(password: str) -> None:
    assert len(own_part(password)) >= LEAST_OF_ONES_OWN
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert {error.code for error in refused.value.error_list} == {"password_too_common"}


@pytest.mark.parametrize(
    "about_me",
    [
        "kondoushoujirou",
        "Kondo.Shojiro.2026",
        "kondo-syouzirou-1",
        "KondohSyoujiroh8",
        "こんどうしょうじろう１２",
        "ｺﾝﾄﾞｳ-ｼｮｳｼﾞﾛｳ-88",
        "近藤正次郎2026年12月",
        "見本市の近藤2026",
        "s1234567s1234567",
        "kondoushoujirou0401",
        "k0nd0ush0uj1r0u",
        "K0nd0-$h0jir0-26",
        "uorijuohsuodnok",
        "orizoysodnok2026",
        "139998-139998-139998",
    ],
)
def test_ones_own_name_in_any_spelling_is_refused(kondo: User, about_me: str) -> None:
    assert refusal(about_me, kondo)


def test_the_published_password_is_refused_for_what_it_is(kondo: User) -> None:
    assert "公開されています" in refusal(DEMO_PASSWORD, kondo)


@pytest.mark.parametrize(
    "password",
    [
        "tetsubin-hamabe-7zuku",
        "correct-horse-7-staple",
        "kaki no tane to ringo ame",
        "Xq7-vmR2-tk9P",
    ],
)
def test_words_that_have_nothing_to_do_with_it_are_taken(kondo: User, password: str) -> None:
    assert refusal(password, kondo) == ""


def test_eleven_signs_are_too_few_and_twelve_enough(kondo: User) -> None:
    assert "短すぎます" in refusal("zuku-hamabe", kondo)
    assert refusal("zuku-hamabe8", kondo) == ""


def test_the_names_of_another_person_may_be_used(kondo: User, member: MemberFactory) -> None:
    assert refusal("kondoushoujirou", member(username="t7654321").user) == ""


def test_what_the_program_makes_is_no_known_word() -> None:
    parts = [own_part(new_initial_password()) for _ in range(200)]
    assert min(len(part) for part in parts) >= 4
    assert len(known_words()) > 300
