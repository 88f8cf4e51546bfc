"""Every check is asked at its moments, in order; what it says keeps its check, severity and places."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.checks.asking import findings_at, require
from bcp_portal.checks.findings import Finding, NotReady, Severity, Where, refused_by
from bcp_portal.checks.lines import line_of
from bcp_portal.checks.registry import (
    Check,
    Moment,
    all_checks,
    checks_at,
    register_check,
    withdraw_check,
)
from bcp_portal.ui.errors import DomainError
from tests.conftest import MemberFactory

HOME = Where("ホームを開く", "home")
SETTINGS = Where("設定を開く", "plan:settings", fragment="cover")
ROUTES = Where(
    "経路を開く",
    "revisions:routes",
    permission=Permission.MANAGE_ROUTES,
    otherwise="団体管理者に依頼してください。",
)


def says(*sentences: str) -> "Check":
    def ask(_asked: object) -> Iterator[Finding]:
        yield from (Finding(each, (HOME,)) for each in sentences)

    return Check("test.says", "題", ask, (Moment.SUBMIT,))


def raises(message: str, status: int = 422) -> Check:
    def ask(_asked: object) -> Iterator[Finding]:
        raise DomainError(message, status)
        yield

    return Check("test.raises", "題", ask, (Moment.SUBMIT,))


def several(_asked: object) -> Iterator[Finding]:
    yield Finding("先に一つ。")
    raise NotReady([Finding("二つ。"), Finding("三つ。"), Finding("二つ。")])


SEVERAL = Check("test.several", "題", several, (Moment.SUBMIT,))


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the registry without the checks of the program."""
    monkeypatch.setattr("bcp_portal.checks.registry._checks", {})


def ids() -> list[str]:
    return [check.id for check in all_checks()]


def test_one_check_does_not_hide_the_next_and_each_sentence_is_said_once(only: None) -> None:
    for check in (raises("だめです。"), SEVERAL, says("一。", "一。", "二。")):
        register_check(check)
    found = findings_at(Moment.SUBMIT, None)
    assert [(each.check, each.sentence) for each in found] == [
        ("test.raises", "だめです。"),
        ("test.several", "先に一つ。"),
        ("test.several", "二つ。"),
        ("test.several", "三つ。"),
        ("test.says", "一。"),
        ("test.says", "二。"),
    ]
    assert found[-1].where == (HOME,)
    assert findings_at(Moment.ISSUE, None) == []


def test_what_came_second_is_nothing_to_mend_and_ends_everything(only: None) -> None:
    register_check(raises("先に変えられました。", 409))
    with pytest.raises(DomainError, match="先に変えられました") as error:
        findings_at(Moment.SUBMIT, None)
    assert not isinstance(error.value, NotReady)
    with pytest.raises(DomainError, match="先に変えられました"):
        list(refused_by(lambda: next(iter(raises("先に変えられました。", 409).ask(None)))))


def test_a_worker_is_told_the_first_that_refuses_and_the_next_is_not_asked(only: None) -> None:
    asked = []

    def note(what: object) -> Iterator[Finding]:
        asked.append(what)
        yield from ()

    for check in (replace(says(), ask=note), replace(says("一。", "二。"), id="test.second")):
        register_check(check)
    register_check(replace(says(), id="test.third", ask=note))
    with pytest.raises(NotReady, match="一。二。") as refused:
        require(Moment.SUBMIT, "thing")
    assert asked == ["thing"]
    assert [each.check for each in refused.value.refusals] == ["test.second"] * 2


def test_an_error_of_the_guard_itself_reaches_who_asks_a_worker(only: None) -> None:
    register_check(raises("だめです。", 500))
    with pytest.raises(DomainError, match="だめです") as error:
        require(Moment.SUBMIT, None)
    assert error.value.status == 500


def test_only_an_error_refuses(only: None) -> None:
    register_check(replace(says("知らせ。"), severity=Severity.NOTE))
    register_check(replace(says("断り。"), id="test.error"))
    found = NotReady(findings_at(Moment.SUBMIT, None))
    assert [each.sentence for each in found.findings] == ["知らせ。", "断り。"]
    assert [each.sentence for each in found.refusals] == ["断り。"]
    assert found.message == "断り。"


def test_a_guard_that_says_several_things_keeps_the_places_it_names() -> None:
    def guard() -> None:
        raise NotReady([Finding("一。"), Finding("二。", (SETTINGS,))])

    assert [each.where for each in refused_by(guard, HOME)] == [(HOME,), (SETTINGS,)]
    assert list(refused_by(lambda: "fine", HOME)) == []


@pytest.mark.parametrize(
    ("severity", "moments"),
    [
        (Severity.ERROR, ()),
        (Severity.ERROR, (Moment.BEFORE_SUBMIT,)),
        (Severity.ERROR, (Moment.SUBMIT, Moment.BEFORE_PRINT)),
        (Severity.WARNING, (Moment.ISSUE,)),
        (Severity.NOTE, (Moment.SUBMIT, Moment.PRINT)),
    ],
)
def test_a_severity_that_means_nothing_at_a_moment_is_not_registered(
    only: None, severity: Severity, moments: tuple[Moment, ...]
) -> None:
    with pytest.raises(ValueError, match=r"test\.says"):
        register_check(replace(says(), severity=severity, moments=moments))
    assert ids() == []


def test_an_id_is_registered_once_and_can_be_withdrawn(only: None) -> None:
    check = says()
    register_check(check)
    with pytest.raises(ValueError, match="twice"):
        register_check(replace(check, title="別の題"))
    assert checks_at(Moment.SUBMIT) == (check,)
    withdraw_check(check)
    assert ids() == []


@pytest.mark.django_db
def test_a_reader_sees_the_pages_they_may_open_and_whom_to_ask_for_the_others(
    member: MemberFactory,
) -> None:
    finding = Finding("直してください。", (SETTINGS, ROUTES), check="nobody.knows")
    editor, admin = member(Role.EDITOR), member(Role.ADMIN)
    code = editor.municipality.code
    seen = line_of(finding, editor)
    assert seen.sentence == "直してください。団体管理者に依頼してください。"
    assert [label for label, _ in seen.links] == ["設定を開く"]
    assert seen.links[0][1].startswith(f"/{code}/") and seen.links[0][1].endswith("#cover")
    whole = line_of(finding, admin)
    assert whole.sentence == "直してください。"
    assert [label for label, _ in whole.links] == ["設定を開く", "経路を開く"]
    assert whole.title == ""
