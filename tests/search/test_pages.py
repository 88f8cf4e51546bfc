"""The page of the search: groups, pages of one group, true sentences, and only what the reader may open."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.audit.services import record
from bcp_portal.search import sources
from bcp_portal.search.finding import LONGEST_QUESTION
from bcp_portal.search.lines import Group, Line, LineAddress
from bcp_portal.search.results import A_PAGE, FEW_GROUPS, OF_MANY_GROUPS
from bcp_portal.search.sources import SearchSource
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.editions.models.earlier_edition import EarlierEdition
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from tests.conftest import ClientFactory
from tests.plans.editions.making import issued
from tests.plans.revisions.making import a_revision

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def reader(client_for: ClientFactory) -> Client:
    return client_for(Role.VIEWER)


def ask(client: Client, wanted: str, municipality: Municipality, **more: str) -> str:
    address = reverse("search:results", args=[municipality.code])
    answer = client.get(address, {"q": wanted, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def links(page: str) -> list[str]:
    """Return the names of the lines, in their order."""
    return re.findall(r"<li>\s*<a href=\"/[^\"]*\">([^<]*)</a>", page.partition("<main")[2])


def departments(municipality: Municipality, count: int) -> None:
    with scope(municipality=municipality):
        for number in range(1, count + 1):
            Department.objects.create(
                municipality=municipality, name=f"支所{number:02}", row_no=number
            )


def test_a_long_group_goes_on_page_by_page(in_scope: Municipality, reader: Client) -> None:
    departments(in_scope, A_PAGE + 3)
    page = ask(reader, "支所", in_scope)
    assert f"{A_PAGE + 3}件" in page and "もっと見る" in page and "残り3件" in page
    first = ask(reader, "支所", in_scope, **{"in": "rows-departments"})
    second = ask(reader, "支所", in_scope, **{"in": "rows-departments", "page": "2"})
    names = [f"支所{number:02}" for number in range(1, A_PAGE + 4)]
    assert links(first) == names[:A_PAGE]
    assert links(second) == names[A_PAGE:]


def test_many_groups_show_few_lines_each(
    in_scope: Municipality, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def groups(_membership: Any) -> list[Group]:
        lines = tuple(Line(f"珍品{number}", LineAddress("home")) for number in range(A_PAGE))
        return [Group(f"g{number}", f"組{number}", lines) for number in range(FEW_GROUPS + 1)]

    monkeypatch.setattr(sources, "_sources", [SearchSource(1, Permission.READ_PLAN, groups)])
    assert len(links(ask(reader, "珍品", in_scope))) == OF_MANY_GROUPS * (FEW_GROUPS + 1)


def test_a_source_is_not_even_asked_for_who_may_not_see_it(
    in_scope: Municipality, client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def secret(_membership: Any) -> list[Group]:
        return [Group("secret", "秘密の組", (Line("秘密の行", LineAddress("home")),))]

    monkeypatch.setattr(sources, "_sources", [SearchSource(1, Permission.READ_AUDIT, secret)])
    for role in Role:
        page = ask(client_for(role), "秘密", in_scope)
        sees = role in {Role.AUDITOR, Role.ADMIN}
        assert ("秘密の行" in page) is sees
        assert ("見つかりませんでした" in page) is not sees
        assert ("1件" in page) is sees


def test_pages_of_the_menu_are_found_by_who_has_them(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    assert "操作記録" in links(ask(client_for(Role.AUDITOR), "操作記録", in_scope))
    page = ask(client_for(Role.VIEWER), "操作記録", in_scope)
    assert reverse("audit:list", args=[in_scope.code]) not in page


@pytest.mark.parametrize("nothing", ["", "   ", "　"])
def test_without_a_question_the_page_says_what_can_be_found(
    in_scope: Municipality, reader: Client, nothing: str
) -> None:
    page = ask(reader, nothing, in_scope)
    assert "まとめて探します" in page and "見つかりませんでした" not in page


def test_what_is_not_found_is_said_with_what_was_not_searched(
    in_scope: Municipality, reader: Client
) -> None:
    page = ask(reader, "ぬぬぬ", in_scope)
    assert "見つかりませんでした" in page
    assert "電話番号と個人情報の項目" in page


def test_a_question_that_is_too_long_is_refused_in_words(
    in_scope: Municipality, reader: Client
) -> None:
    assert "長すぎます" in ask(reader, "あ" * (LONGEST_QUESTION + 1), in_scope)
    assert "見つかりませんでした" in ask(reader, "ぬ" * LONGEST_QUESTION, in_scope)


@pytest.mark.parametrize(
    "odd", ["<script>alert(1)</script>", "%", "_", "\\", "'", "\ud83d\ude00", "[", "(", "゛"]
)
def test_odd_signs_are_searched_as_they_are(
    in_scope: Municipality, reader: Client, odd: str
) -> None:
    departments(in_scope, 1)
    page = ask(reader, odd.encode("utf-16", "surrogatepass").decode("utf-16"), in_scope)
    assert "<script>alert" not in page and "支所01" not in links(page)


@pytest.mark.parametrize("more", [{"in": "nowhere"}, {"in": "rows-departments", "page": "x"}])
def test_an_odd_address_shows_what_there_is(
    in_scope: Municipality, reader: Client, more: dict[str, str]
) -> None:
    departments(in_scope, 1)
    assert links(ask(reader, "支所", in_scope, **more)) == ["支所01"]


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    record(municipality=in_scope, actor=None, action="開始")
    return Plan.objects.create(municipality=in_scope, title="計画")


def chapter(plan: Plan, title: str, body: str = "", **more: Any) -> Chapter:
    made = Chapter(municipality=plan.municipality, plan=plan, title=title, body=body, **more)
    made.save()
    return made


def test_chapters_are_found_by_number_heading_and_text(
    in_scope: Municipality, plan: Plan, reader: Client
) -> None:
    chapter(plan, "総則", position=1)
    first = chapter(plan, "体制", "<p>葛󠄀西支所に<b>集まる</b>。</p>", position=2)
    below = chapter(plan, "代行", "<p>3.2のとおり。</p>", parent=first, position=1)
    for wanted in ("代行", "2.1", "2(1)", "第2章(1)", "２．１節"):
        assert links(ask(reader, wanted, in_scope))[0] == "2(1) 代行", wanted
    assert links(ask(reader, "葛西支所に集まる", in_scope)) == ["2 体制"]
    first.body = "<p>何もない。</p>"
    first.save()
    assert links(ask(reader, "葛西支所に集まる", in_scope)) == []
    below.row_status = "retired"
    below.save()
    assert "2(1) 代行" not in links(ask(reader, "代行", in_scope))


def test_phrases_are_found_and_no_name_of_a_person(
    in_scope: Municipality, plan: Plan, reader: Client
) -> None:
    OwnPlaceholder.objects.create(
        municipality=in_scope, key="担当者", label="窓口の担当", kind="person"
    )
    PlaceholderValue.objects.create(municipality=in_scope, key="担当者", value="葛󠄀西 美咲")
    PlaceholderValue.objects.create(municipality=in_scope, key="org", value="珍しい市")
    assert links(ask(reader, "珍しい市", in_scope)) == ["団体の呼び名"]
    assert links(ask(reader, "窓口の担当", in_scope)) == ["窓口の担当"]
    assert links(ask(reader, "葛西", in_scope)) == []


def test_editions_and_revisions_are_found_by_number_and_reason(
    in_scope: Municipality, plan: Plan, reader: Client
) -> None:
    chapter(plan, "総則")
    EarlierEdition.objects.create(
        municipality=in_scope, number_major=3, revised_on="2020-04-01", content="珍しい見直し"
    )
    issued(in_scope, reason="奇妙な改め")
    a_revision(in_scope, reason="不思議な改め")
    assert links(ask(reader, "第三版", in_scope))[0] == "第3版"
    assert links(ask(reader, "珍しい見直し", in_scope)) == ["第3版"]
    assert len(links(ask(reader, "奇妙な改め", in_scope))) >= 1
    assert "改定第" in links(ask(reader, "不思議な改め", in_scope))[0]


def test_the_field_stands_in_the_head_for_members_alone(
    in_scope: Municipality, reader: Client
) -> None:
    address = reverse("search:results", args=[in_scope.code])
    page = reader.get(reverse("home", args=[in_scope.code])).content.decode()
    assert f'action="{address}"' in page and 'id="site-search"' in page
    assert 'id="site-search"' not in Client().get("/sign-in/").content.decode()
