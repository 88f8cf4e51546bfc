"""Three lists that may be empty say so only when they are."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.audit.queries import Search, entries_matching
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.bookshelf.replacement import replacement
from plans.models import Plan
from systems.models import Site
from tests.conftest import ClientFactory, MemberFactory
from tests.findings.test_claims_copies import a_copy
from tests.findings.test_document_blanks import blank_row
from tests.plans.bookshelf.test_replacement import book
from tests.plans.editions.making import a_plan, issued, spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]
NO_PAGES = "差し替えるページはありません"
NO_BLANKS = "承認までに必要な欄の空欄はありません"
NO_COPIES = "条件に合う写しはありません"


def test_no_page_is_to_be_replaced_only_where_the_books_are_the_same(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    a_plan(in_scope)
    old = issued(in_scope, kind="enactment")
    new = issued(in_scope)
    client = client_for(Role.EDITOR)
    address = reverse("bookshelf:replacement", args=[in_scope.code])
    chosen = {"old": old.pk, "new": new.pk, "sides": "single"}

    def page(second: Any) -> str:
        found = "plans.bookshelf.views.replacement.Binders.replacement"
        with patch(found, **second):
            return str(client.get(address, chosen).content.decode())

    def exchange(pages: str) -> dict[str, Any]:
        compared = replacement(book(_8="abc"), book(_8=pages), both_sides=False)
        return {"return_value": (compared, SimpleNamespace())}

    assert NO_PAGES in page(exchange("abc"))
    for pages in ("aXc", "ab", "abcd", "bac"):
        assert NO_PAGES not in page(exchange(pages)), pages
    assert NO_PAGES not in page({"side_effect": DomainError("調べられません。")})
    assert NO_PAGES not in str(client.get(address).content.decode())


def test_no_blank_is_said_only_where_none_is(town: Town, client_for: ClientFactory) -> None:
    Plan.objects.update(annex_numbers=[3])
    client, revision = client_for(Role.EDITOR), town.draft()
    pages = {
        "all": reverse("plan:blanks", args=["139998"]),
        "one": reverse("plan:blank-answer", args=["139998", "3"]),
        "submit": reverse("revisions:submit", args=["139998", revision.uid]),
    }

    def saying() -> set[str]:
        editor = {"submit": town.client("drafter")}
        texts = {n: editor.get(n, client).get(url).content.decode() for n, url in pages.items()}
        return {name for name, text in texts.items() if NO_BLANKS in text}

    assert saying() == set(), "an empty table of the plan is a blank"
    row = blank_row(town.municipality)
    assert saying() == set()
    Site.objects.update(row_status=RowStatus.DRAFT)
    make_row(spec("3"), town.municipality, 2, full=True)
    Site.objects.exclude(pk=row.pk).update(fallback_site=row)
    assert saying() == set(pages), "作成中 is not counted, as the sentence says"
    Site.objects.filter(pk=row.pk).update(row_status=RowStatus.ACTIVE)
    assert saying() == set()


@pytest.mark.parametrize(
    ("place", "wanted"),
    [("髙﨑支所", "高崎"), ("サーバー室", "ｻｰﾊﾞｰ"), ("第２金庫", "第2"), ("ＢＣＰの棚", "bcp")],
)
def test_no_copy_matches_only_where_none_says_it_in_any_spelling(
    in_scope: Municipality, client_for: ClientFactory, place: str, wanted: str
) -> None:
    client, address = client_for(Role.EDITOR), reverse("bookshelf:list", args=[in_scope.code])

    def said(**query: str) -> bool:
        return NO_COPIES in str(client.get(address, query).content.decode())

    assert not said(), "nothing was asked for"
    assert said(q=wanted)
    a_copy(in_scope, place)
    assert not said(q=wanted) and not said()
    assert said(q="ない所") and said(q=wanted, state="retired")


def test_entries_are_found_by_who_did_it_in_any_spelling(
    in_scope: Municipality, member: MemberFactory
) -> None:
    user = member(Role.EDITOR, username="takasaki").user
    user.display_name = "髙﨑 ﾊﾅ"
    user.save()
    record(municipality=in_scope, actor=user, action="変更", note="何か")
    for wanted in ("高崎", "ハナ", "TAKA"):
        assert [e.actor_username for e in entries_matching(Search(actor=wanted))] == ["takasaki"]
    assert not entries_matching(Search(actor="別人"))
