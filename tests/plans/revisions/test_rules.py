"""Who may decide a step, and every way in which the drafter tries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plans.revisions.involvement import NAMESAKE, OWN_DRAFT
from plans.revisions.namesakes import Entered, namesakes
from plans.revisions.parties import Actor, Identity, Situation, Whereabouts
from plans.revisions.route import Holder, Quorum, Route, RouteStep, Seat, StepAction
from plans.revisions.route_progress import (
    RecordedDecision,
    RouteStepState,
    decided_again,
    standing_of,
)
from plans.revisions.rules import CLOSED, NO_PERSON, verdicts_of
from plans.revisions.states import RevisionState

TODAY = date(2027, 4, 10)
CHOSEN = "2027-04-01"
DRAFTER = Actor(1, "p-drafter", "起案 太郎", "主査", frozenset({"editor"}))
CHECKER = Actor(2, "p-checker", "確認 花子", "課長", frozenset({"checker"}))
CHIEF = Actor(3, "p-chief", "承認 一郎", "部長", frozenset({"approver"}))
MAYOR = Actor(4, "p-mayor", "首長 二郎", "市長", frozenset({"head"}))
DEPUTY = Actor(5, "p-deputy", "代行 三郎", "次長", frozenset({"approver"}))
SECOND = Actor(6, "p-second", "次席 四郎", "参事", frozenset({"approver"}))
EVERYBODY = (DRAFTER, CHECKER, CHIEF, MAYOR, DEPUTY, SECOND)


def holder(actor: Actor) -> Holder:
    return Holder(actor.person_uid, actor.name, actor.post)


def at(actor: Actor, **values: object) -> Whereabouts:
    return Whereabouts(user_key=actor.user_key, roles=actor.roles, **values)  # type: ignore[arg-type]


CHECK = RouteStep("課長の確認", StepAction.CHECK, (Seat(role="checker"),))
CHIEF_SEAT = Seat(holder=holder(CHIEF), deputies=(holder(DEPUTY), holder(SECOND)), chosen_on=CHOSEN)
APPROVE = RouteStep("部長の承認", StepAction.APPROVE, (CHIEF_SEAT,))
REPORT = RouteStep("市長への報告", StepAction.REPORT, (Seat(role="head"),))
SITUATION = Situation(
    route=Route((CHECK, APPROVE, REPORT)),
    submitted_on=date(2027, 4, 2),
    today=TODAY,
    contributors=frozenset({Identity(1, "p-drafter")}),
    people={actor.person_uid: at(actor) for actor in EVERYBODY},
)
CHECKED = RecordedDecision(0, 0, "checked", 2, "p-checker", "確認 花子", "課長")
APPROVED = RecordedDecision(1, 0, "approved", 3, "p-chief", "承認 一郎", "部長")
AFTER_CHECK = replace(SITUATION, made=(CHECKED,))


def may(situation: Situation, actor: Actor) -> list[tuple[int, int]]:
    return [(chance.step, chance.seat) for chance in verdicts_of(situation, actor).chances]


def moved(situation: Situation, actor: Actor, **values: object) -> Situation:
    people = {**situation.people, actor.person_uid: at(actor, **values)}
    return replace(situation, people=people)


def test_each_decides_in_turn() -> None:
    assert may(SITUATION, CHECKER) == [(0, 0)]
    assert may(SITUATION, CHIEF) == []
    assert may(AFTER_CHECK, CHIEF) == [(1, 0)]
    assert verdicts_of(SITUATION, CHIEF).reasons == (
        "「部長の承認」は、前の段階がまだ終わっていません。",
    )
    assert may(AFTER_CHECK, CHECKER) == []
    assert verdicts_of(AFTER_CHECK, CHECKER).reasons == (
        "「課長の確認」は、課長 確認 花子がすでに決めています。",
    )


def test_a_stranger_to_the_route_decides_nothing() -> None:
    stranger = Actor(9, "p-stranger", "他人", roles=frozenset({"viewer"}))
    assert verdicts_of(AFTER_CHECK, stranger) == verdicts_of(AFTER_CHECK, DRAFTER)
    assert may(AFTER_CHECK, stranger) == []


DISGUISES = {
    "the role was changed": replace(DRAFTER, roles=frozenset({"checker", "approver"})),
    "another account of the same person": replace(
        DRAFTER, user_key=77, roles=frozenset({"checker"})
    ),
    "the account was tied to another person": replace(
        DRAFTER, person_uid="p-other", roles=frozenset({"checker"})
    ),
    "all roles at once": replace(
        DRAFTER, roles=frozenset({"editor", "checker", "approver", "head", "admin"})
    ),
}


@pytest.mark.parametrize("actor", DISGUISES.values(), ids=DISGUISES.keys())
def test_the_drafter_never_checks(actor: Actor) -> None:
    situation = replace(SITUATION, people={**SITUATION.people, actor.person_uid: at(actor)})
    verdicts = verdicts_of(situation, actor)
    assert verdicts.chances == ()
    assert OWN_DRAFT in verdicts.reasons


def test_the_drafter_named_in_person_never_approves() -> None:
    drafter = replace(DRAFTER, roles=frozenset({"approver"}))
    seat = Seat(holder=holder(DRAFTER), chosen_on=CHOSEN)
    situation = replace(SITUATION, route=Route((replace(APPROVE, seats=(seat,)),)))
    assert verdicts_of(situation, drafter).reasons == (OWN_DRAFT,)


def test_the_drafter_never_approves_as_a_deputy_and_the_next_one_does() -> None:
    drafter = replace(DRAFTER, roles=frozenset({"approver"}))
    seat = Seat(holder=holder(CHIEF), deputies=(holder(drafter), holder(SECOND)), chosen_on=CHOSEN)
    situation = replace(SITUATION, route=Route((replace(APPROVE, seats=(seat,)),)))
    assert verdicts_of(situation, drafter).reasons == (OWN_DRAFT,)
    gone = moved(situation, CHIEF, left_on=date(2027, 4, 5))
    chance = verdicts_of(gone, SECOND).chances[0]
    assert (chance.on_behalf_of, chance.skipped) == ("部長 承認 一郎", ())


def test_a_second_account_made_after_the_submit_is_still_the_drafter() -> None:
    """The first account is tied to a new entry of persons, the old entry to a new account."""
    situation = replace(
        SITUATION,
        people={
            **SITUATION.people,
            "p-new": Whereabouts(user_key=1, roles=frozenset({"editor"})),
            "p-drafter": Whereabouts(user_key=88, roles=frozenset({"checker"})),
        },
    )
    old_person = Actor(88, "p-drafter", "起案 太郎", roles=frozenset({"checker"}))
    new_person = Actor(99, "p-new", "起案 太郎", roles=frozenset({"checker"}))
    assert verdicts_of(situation, old_person).reasons == (OWN_DRAFT,)
    assert verdicts_of(situation, new_person).reasons == (OWN_DRAFT,)


def test_an_account_without_a_person_decides_nothing() -> None:
    nobody = Actor(8, "", "だれか", roles=frozenset({"checker"}))
    assert verdicts_of(SITUATION, nobody).reasons == (NO_PERSON,)


def test_a_named_person_still_needs_the_role() -> None:
    chief = replace(CHIEF, roles=frozenset({"viewer"}))
    assert verdicts_of(AFTER_CHECK, chief).reasons == (
        "あなたの役割では「部長の承認」の承認ができません。",
    )


def test_the_small_office_lets_the_drafter_decide_and_says_so() -> None:
    drafter = replace(DRAFTER, roles=frozenset({"editor", "checker"}))
    chance = verdicts_of(replace(SITUATION, small_office=True), drafter).chances[0]
    assert (chance.step, chance.small_office) == (0, True)
    assert not verdicts_of(replace(SITUATION, small_office=True), CHECKER).chances[0].small_office


def test_a_deputy_says_why_those_before_cannot_decide() -> None:
    first, second = (verdicts_of(AFTER_CHECK, each).chances[0] for each in (DEPUTY, SECOND))
    assert first.on_behalf_of == second.on_behalf_of == "部長 承認 一郎"
    assert first.skipped == ("部長 承認 一郎",)
    assert second.skipped == ("部長 承認 一郎", "次長 代行 三郎")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"left_on": date(2027, 4, 5)}, "退職しました"),
        ({"moved_on": date(2027, 4, 5)}, "異動しました"),
    ],
)
def test_who_moved_away_leaves_the_step_to_the_deputy(values: dict, words: str) -> None:
    situation = moved(AFTER_CHECK, CHIEF, **values)
    assert may(situation, CHIEF) == []
    assert words in verdicts_of(situation, CHIEF).reasons[0]
    assert verdicts_of(situation, DEPUTY).chances[0].needs_absence is False


def test_who_moved_into_the_post_before_being_chosen_sits_in_it() -> None:
    situation = moved(AFTER_CHECK, CHIEF, moved_on=date(2027, 4, 1))
    assert may(situation, CHIEF) == [(1, 0)]
    assert may(moved(AFTER_CHECK, CHIEF, left_on=date(2027, 5, 1)), CHIEF) == [(1, 0)]
    assert may(moved(AFTER_CHECK, CHIEF, left_on=TODAY), CHIEF) == [(1, 0)], "the last day is a day"


def test_the_absent_one_reads_afterwards_once() -> None:
    for_chief = replace(APPROVED, user_key=5, person_uid="p-deputy", on_behalf_of="部長 承認 一郎")
    situation = replace(SITUATION, made=(CHECKED, for_chief), is_open=False, is_approved=True)
    chance = verdicts_of(situation, CHIEF).chances[0]
    assert (chance.step, chance.afterwards) == (1, True)
    after = RecordedDecision(1, 0, "reviewed_after", 3, "p-chief", "承認 一郎")
    assert may(replace(situation, made=(CHECKED, for_chief, after)), CHIEF) == []
    assert may(replace(situation, is_approved=False), CHIEF) == []
    assert may(replace(situation, made=(CHECKED, APPROVED)), CHIEF) == []


def test_who_decided_for_the_others_of_a_role_does_not_read_it_afterwards() -> None:
    seat = Seat(role="approver", deputies=(holder(DEPUTY),))
    route = Route((replace(APPROVE, seats=(seat,)),))
    made = replace(APPROVED, step=0, user_key=5, person_uid="p-deputy", on_behalf_of="承認者")
    situation = replace(SITUATION, route=route, made=(made,), is_open=False, is_approved=True)
    assert may(situation, CHIEF) == [(0, 0)]
    assert may(situation, DEPUTY) == []


def test_a_report_keeps_nobody_waiting_and_stays_open() -> None:
    situation = replace(SITUATION, made=(CHECKED, APPROVED))
    standing = standing_of(situation.route, situation.made)
    assert standing.is_decided and standing.revision_state is RevisionState.ISSUING
    assert may(replace(situation, is_open=False, is_approved=True), MAYOR) == [(2, 0)]
    assert may(AFTER_CHECK, MAYOR) == []


def test_after_a_return_or_a_withdrawal_nobody_decides() -> None:
    closed = replace(AFTER_CHECK, is_open=False)
    assert verdicts_of(closed, CHIEF).reasons == (CLOSED,)


def test_one_of_several_is_enough_and_the_other_hears_who_was_first() -> None:
    seats = (CHIEF_SEAT, Seat(holder=holder(MAYOR), chosen_on=CHOSEN))
    step = replace(APPROVE, seats=seats)
    situation = replace(SITUATION, route=Route((step,)), made=())
    mayor = replace(MAYOR, roles=frozenset({"approver"}))
    assert may(situation, CHIEF) == [(0, 0)] and may(situation, mayor) == [(0, 1)]
    done = replace(situation, made=(replace(APPROVED, step=0),))
    assert verdicts_of(done, mayor).reasons == (
        "「部長の承認」は、部長 承認 一郎がすでに決めています。",
    )
    every = replace(done, route=Route((replace(step, quorum=Quorum.ALL),)))
    assert may(every, mayor) == [(0, 1)]
    assert not standing_of(every.route, every.made).is_decided


def test_where_a_submission_stands() -> None:
    route = SITUATION.route
    assert standing_of(route, ()).revision_state is RevisionState.CHECKING
    assert standing_of(route, (CHECKED,)).revision_state is RevisionState.AWAITING
    returned = replace(APPROVED, verdict="returned")
    standing = standing_of(route, (CHECKED, returned))
    assert standing.revision_state is RevisionState.RETURNED
    assert [step.state for step in standing.steps] == [
        RouteStepState.DONE,
        RouteStepState.RETURNED,
        RouteStepState.COMING,
    ]


def test_a_route_survives_json() -> None:
    assert Route.from_json(SITUATION.route.to_json()) == SITUATION.route


def test_a_second_entry_of_the_same_name_and_department_counts_as_the_drafter() -> None:
    twice = at(CHECKER, namesakes=frozenset({"p-drafter"}))
    situation = replace(SITUATION, people={**SITUATION.people, "p-checker": twice})
    assert verdicts_of(situation, CHECKER).reasons == (NAMESAKE,)
    assert may(replace(situation, small_office=True), CHECKER) == [(0, 0)]
    chance = verdicts_of(replace(situation, small_office=True), CHECKER).chances[0]
    assert chance.small_office


def test_who_is_a_namesake() -> None:
    found = namesakes(
        [
            Entered("a", "見本 編", "みほん あむ", 1),
            Entered("b", "見本　編", "ミホンアム", 1),
            Entered("c", "見本編", "みほん へん", 1),
            Entered("d", "見本編", "", 2),
        ]
    )
    assert found == {"a": {"b"}, "b": {"a"}, "c": frozenset(), "d": frozenset()}


TWO_CHIEFS = replace(
    SITUATION,
    route=Route(
        (
            RouteStep("課長の承認", StepAction.APPROVE, (Seat(role="approver"),)),
            RouteStep("部長の承認", StepAction.APPROVE, (Seat(role="approver"),)),
        )
    ),
    made=(RecordedDecision(0, 0, "approved", 3, "p-chief", "承認 一郎"),),
)


def test_nobody_fills_two_seats_of_a_role_while_somebody_else_can() -> None:
    assert verdicts_of(TWO_CHIEFS, CHIEF).refusals[1, 0] == (
        "あなたは「課長の承認」を決めています。「部長の承認」は、同じ役割のほかの人が決めます。"
    )
    assert may(TWO_CHIEFS, DEPUTY) == [(1, 0)]
    other_account = replace(CHIEF, user_key=77)
    assert may(TWO_CHIEFS, other_account) == []


def test_who_alone_has_the_role_decides_both_and_it_is_said() -> None:
    gone = TODAY - timedelta(days=1)
    alone = moved(moved(TWO_CHIEFS, DEPUTY, left_on=gone), SECOND, left_on=gone)
    assert may(alone, CHIEF) == [(1, 0)]
    made = (*alone.made, RecordedDecision(1, 0, "approved", 3, "p-chief", "承認 一郎"))
    assert decided_again(alone.route, made) == {(1, 0): "課長の承認"}
    by_two = (*alone.made, RecordedDecision(1, 0, "approved", 5, "p-deputy", "代行 三郎"))
    assert decided_again(alone.route, by_two) == {}


def test_who_is_named_in_two_seats_decides_both() -> None:
    named = RouteStep("部長の承認", StepAction.APPROVE, (CHIEF_SEAT,))
    situation = replace(TWO_CHIEFS, route=Route((TWO_CHIEFS.route.steps[0], named)))
    assert may(situation, CHIEF) == [(1, 0)]
