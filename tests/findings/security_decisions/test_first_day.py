"""A new town gets its first plan on its first day, by the pages and the two commands alone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_scopes import scopes_disabled
from lxml import html

from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from plans.editions.models.edition import Edition
from plans.models import ApprovalRoute
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import CHECK, Town

CODE = "993018"
TOWN = f"/{CODE}"
CODE_SHOWN = re.compile(r"\w{4}-\w{4}-\w{4}")
OWN_WORDS = {
    "kanri": "hoshi-kuzu-8315-mado",
    "kian": "numa-beri-4096-toge",
    "kakunin": "ishi-gaki-2750-sora",
    "shonin": "kaki-shibu-6184-nami",
}


class Somebody:
    """A person at a browser: opens pages and presses the buttons that are on them."""

    def __init__(self, username: str, initial_password: str) -> None:
        """Sign in with the initial password and change it; nothing else opens before."""
        self.username = username
        self.client = Client(enforce_csrf_checks=True)
        self.open("/sign-in/")
        self.press("サインイン", username=username, password=initial_password)
        assert self.open(f"{TOWN}/") == "/password/"
        own = OWN_WORDS[username]
        self.press("変更する", old_password=initial_password, new_password1=own, new_password2=own)
        assert self.at == f"{TOWN}/"

    def open(self, address: str) -> str:
        """Open a page; return where it led."""
        return self._arrive(self.client.get(address, follow=True), address)

    def press(self, button: str, **typed: Any) -> str:
        """Send the form of a button as it is on the page, with what is typed; return where it led."""
        found = [
            (form, each)
            for form in self.page.forms
            for each in form.xpath(".//button")
            if button in (_words(each), each.get("aria-label"))
        ]
        assert found, f"{self.at} has no 「{button}」: {self.text}"
        form, pressed = found[0]
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value")
        assert typed.keys() <= set(form.fields.keys()), sorted(form.fields.keys())
        address = form.get("action") or self.at
        return self._arrive(self.client.post(address, data | typed, follow=True), address)

    def follow(self, link: str) -> str:
        """Follow a link by its words; return where it led."""
        [found] = {
            each.get("href") for each in self.page.xpath("//main//a") if _words(each) == link
        }
        return self.open(found)

    def _arrive(self, answer: Any, address: str) -> str:
        self.status = answer.status_code
        self.at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = html.fromstring(answer.text)
        self.text = _words(self.page.xpath("//main")[0])
        return self.at


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def command(*words: str) -> str:
    """Return the password or code that a command of the operator prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    [shown] = CODE_SHOWN.findall(out.getvalue())
    return shown


def opened_town() -> Somebody:
    """Let the operator open a town, and its first administrator come."""
    who = ("--admin-id", "kanri", "--admin-name", "試 太郎")
    return Somebody("kanri", command("open_municipality", CODE, "ためし町", "新潟県", *who))


def add(administrator: Somebody, username: str, name: str, *roles: str) -> Somebody:
    """Let an administrator make an account, and its owner come with the password on that page."""
    administrator.open(f"{TOWN}/people/add/")
    administrator.press("追加する", name=name, username=username, roles=list(roles))
    [password] = CODE_SHOWN.findall(administrator.text)
    return Somebody(username, password)


def code_from(administrator: Somebody, name: str) -> str:
    administrator.open(f"{TOWN}/people/")
    administrator.follow(name)
    administrator.press("確認コードを発行する")
    [code] = CODE_SHOWN.findall(administrator.text)
    return code


def start_plan(drafter: Somebody) -> None:
    drafter.open(f"{TOWN}/plan/")
    drafter.press("この章立てで計画を作る：はじめての計画（初動72時間）")
    assert drafter.at == f"{TOWN}/plan/guide/"
    assert "「改定」で起案し、確認と承認を受けます" in drafter.text


def draft_revision(drafter: Somebody) -> str:
    """Draft the first revision and look at it before submitting; return its address."""
    drafter.open(f"{TOWN}/revisions/")
    drafter.follow("改定を起案する")
    day = timezone.localdate() + timedelta(days=30)
    one = drafter.press("下書きを保存する", reason="計画を定めるため", effective_on=day.isoformat())
    drafter.follow("提出の前に確かめる")
    return one


def take_over_route(administrator: Somebody) -> None:
    """Take over the route of a published plan, of which a meeting decides."""
    assert administrator.open(f"{TOWN}/revisions/routes/") == f"{TOWN}/revisions/routes/"
    administrator.press("取り入れる：柏崎市の計画にならう経路")


def leave_out_meeting(administrator: Somebody) -> None:
    administrator.open(f"{TOWN}/revisions/routes/")
    administrator.follow("策定")
    administrator.press("「本部会の決定」を外す")


def submit(drafter: Somebody, one: str) -> None:
    """Submit from the page that looks at it before."""
    drafter.press("提出する")
    assert drafter.at == one and "提出しました。確認・承認を待っています。" in drafter.text


def decide(decider: Somebody, one: str, verb: str, code: str = "") -> None:
    """Confirm what others set about the account, and decide."""
    decider.open(f"{TOWN}/")
    decider.press("確かめました")
    decider.open(one)
    decider.press(verb, **({"code": code} if code else {}))


def refused(decider: Somebody, one: str, verb: str, words: str, code: str = "") -> None:
    decide(decider, one, verb, code)
    assert decider.status == 422 and words in decider.text, decider.text


def circumstances_of_the_edition(reader: Somebody, one: str) -> list[str]:
    """Return what the first edition, issued within the hour, keeps beside each decision."""
    reader.open(one)
    reader.follow("初版を見る")
    assert "初版" in reader.text and reader.status == 200
    with scopes_disabled():
        edition = Edition.objects.get()
        opened = Entry.objects.order_by("at").values_list("at", flat=True)[0]
    assert edition.issued_at - opened < timedelta(hours=1)
    assert [each["decision"] for each in edition.deciders] == ["確認", "承認"]
    return [each.get("circumstances", "") for each in edition.deciders]


@pytest.fixture(autouse=True)
def press_of_a_moment(db: None) -> Iterator[None]:
    with quick_prints():
        yield


def test_one_person_makes_everything_and_the_operator_gives_the_codes() -> None:
    kanri = opened_town()
    kanri.follow("計画を作り始める")
    kanri.press("自分に編集者を加える")
    checker = add(kanri, "kakunin", "確 二郎", "checker")
    approver = add(kanri, "shonin", "承 三郎", "approver")
    start_plan(kanri)
    one = draft_revision(kanri)

    assert "「策定」の承認の経路が設定されていません。 承認の経路を見る" in kanri.text
    assert kanri.follow("承認の経路を見る") == f"{TOWN}/revisions/routes/"
    take_over_route(kanri)
    kanri.open(f"{one}submit/")
    assert "「本部会の決定」で承認できる人がいません" in kanri.text
    assert "団体管理者に" not in kanri.text, "the administrator is sent to himself"
    leave_out_meeting(kanri)
    kanri.open(f"{one}submit/")
    submit(kanri, one)

    for each, name, verb in ((checker, "確 二郎", "確認する"), (approver, "承 三郎", "承認する")):
        refused(each, one, verb, "確認コードがないと決定できません")
        refused(each, one, verb, "関わっているため、使えません", code_from(kanri, name))
        decide(each, one, verb, command("issue_decision_code", CODE, each.username))
        assert f"「{verb[:2]}」を記録しました" in each.text
    for said in circumstances_of_the_edition(approver, one):
        assert "試 太郎が" in said and "確認コード（発行：システムの運用者" in said


def test_a_colleague_drafts_and_the_first_administrator_gives_the_code() -> None:
    """The account that the drafter made waits; the one that the first administrator made does not."""
    kanri = opened_town()
    kian = add(kanri, "kian", "案 四郎", "editor", "admin")
    checker = add(kian, "kakunin", "確 二郎", "checker")
    approver = add(kanri, "shonin", "承 三郎", "approver")
    take_over_route(kanri)
    leave_out_meeting(kanri)
    start_plan(kian)
    one = draft_revision(kian)
    submit(kian, one)

    refused(checker, one, "確認する", "確認コードがないと決定できません")
    decide(checker, one, "確認する", code_from(kanri, "確 二郎"))
    decide(approver, one, "承認する")
    checked, approved = circumstances_of_the_edition(approver, one)
    assert "案 四郎が" in checked and "確認コード（発行：試 太郎" in checked
    # The first administrator has no part: the fact is said, and nothing waits.
    assert re.fullmatch(
        "承 三郎の利用者は、試 太郎が.*に作り、初期パスワードを発行しました。", approved
    )


def note_the_change(town: Town) -> None:
    """Write the entry that the page of the routes writes, by which a look from before is known as such."""
    record(municipality=town.municipality, actor=None, action="承認の経路の変更")


def test_who_may_set_no_route_is_told_whom_to_ask(town: Town) -> None:
    asked = "団体管理者に設定を依頼してください。"
    town.approver.roles = town.second.roles = ["viewer"]
    town.approver.save()
    town.second.save()
    submit_page = f"/{town.municipality.code}/revisions/{town.draft().uid}/submit/"

    def shown() -> str:
        return _words(html.fromstring(town.client("drafter").get(submit_page).text))

    assert re.search(
        f"「部長の承認」で承認できる人がいません[^「]*「少人数の特例」[^「]*{asked}", shown()
    )
    town.set_route(CHECK)
    note_the_change(town)
    assert f"経路に承認の段階がありません。{asked}" in shown()
    ApprovalRoute.objects.all().delete()
    note_the_change(town)
    assert f"「策定」の承認の経路が設定されていません。{asked}" in shown()
    town.drafter.roles = ["editor", "admin"]
    town.drafter.save()
    assert "「策定」の承認の経路が設定されていません。 承認の経路を見る" in shown()
