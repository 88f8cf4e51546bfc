"""Ten questions of somebody who is new here, each answered in two steps: a search, and one link of its page."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Role
from plans.sample.services import SAMPLE_CODE, load_sample

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = [
    # What is the night number of the operator of LGWAN?
    (
        "LGWAN 夜間",
        "LGWAN運営主体・LGWANの障害の照会、仮の接続の相談（夜間・休日）・2",
        "03-0000-0032",
    ),
    # Who decides when the mayor is away?
    ("市長 代行", "災害対策本部長・1", "副市長"),
    # How many minutes does the UPS last?
    ("本庁舎 UPS", "本庁舎・電力供給・UPS", "30分"),
    # When does the maintenance contract of the LAN end?
    ("市内LAN 保守", "例示ネットワーク株式会社・市内LAN機器保守", "令和12年3月31日"),
    # What is next year's budget?
    ("予算", "様式6 年度別の実施内容・予算", "18,000"),
    # Where do I go when there was an earthquake?
    ("参集場所 電算機管理者", "電算機管理者", "東みほん町事務所"),
    # How soon must 戸籍 run again?
    ("戸籍 目標復旧時間", "戸籍・代替拠点を設置する場合", "時間"),
    # Where is the copy of the accounts kept?
    ("財務会計 バックアップ", "財務会計認証基盤のデータ", "内陸データ保管庫"),
    # What does LGWAN mean?
    ("えるじーわん", "LGWAN", "Local Government Wide Area Network"),
    # Who is 吉田, written as everybody writes it?
    ("吉田", "𠮷田 健一・情報政策課", "主査"),
]


@pytest.fixture(scope="module")
def newcomer(django_db_setup: None, django_db_blocker: object) -> Iterator[Client]:
    """Yield a reader of the sample, which is loaded once and taken back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_sample()
        with scopes_disabled():
            members = Membership.objects.select_related("user")
            reader = next(each for each in members if each.roles == [Role.VIEWER.value])
        reader.user.password_is_initial = False
        reader.user.save()
        client = Client()
        client.force_login(reader.user, backend="django.contrib.auth.backends.ModelBackend")
        yield client
        transaction.set_rollback(True)


def links(page: str) -> dict[str, str]:
    """Return the addresses of the results by their names, the first of each."""
    found = re.findall(r"<li>\s*<a href=\"(/[^\"]*)\">([^<]*)</a>", page.partition("<main")[2])
    return {unescape(name): unescape(address) for address, name in reversed(found)}


@pytest.mark.parametrize(("typed", "link", "answer"), QUESTIONS)
def test_a_newcomer_finds_the_answer_in_two_steps(
    newcomer: Client, typed: str, link: str, answer: str
) -> None:
    results = newcomer.get(reverse("search:results", args=[SAMPLE_CODE]), {"q": typed})
    found = links(results.content.decode())
    assert link in found, list(found)
    page = newcomer.get(found[link]).content.decode()
    assert answer in page.partition("<main")[2]
