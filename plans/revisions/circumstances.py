"""Says in words what has to stand beside a decision: who set the account, who recorded an absence; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.moments import format_moment
from plans.revisions.account_changes import Hold, Noted, SetByOther, account_key
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.parties import Situation, Whereabouts
from plans.revisions.route import Seat
from plans.revisions.route_progress import RouteStepState, standing_of
from plans.revisions.rules import Chance

_NOBODY_KNOWN = "起案・提出をした人"
OFF = "待ち時間を置かない設定により決定"


def hold_text(hold: Hold, name: str, style: DateStyle) -> str:
    """Return who set what about an account, and when: of the one that waits, or of one with a part."""
    if not hold.is_turned:
        return set_text(hold.set_by, name, style)
    done = hold.set_by
    at = format_moment(done.at, style)
    return f"利用者「{done.username}」は、{done.setter_name}が{at}に{done.what}しました。"


def set_text(done: SetByOther, name: str, style: DateStyle) -> str:
    """Return who set what about an account, and when."""
    at = format_moment(done.at, style)
    return f"{name}の利用者は、{done.setter_name}が{at}に{done.what}しました。"


def waiting_text(hold: Hold, name: str, style: DateStyle) -> str:
    """Return why the account waits, until when, and what to do instead."""
    until = format_moment(hold.until, style)
    return (
        f"{hold_text(hold, name, style)}{_why_it_counts(hold, name, style)}"
        f"{until}までは確認コードがないと決定できません。急ぐときは、{_who_may_issue(hold)}"
    )


def _why_it_counts(hold: Hold, name: str, style: DateStyle) -> str:
    if not hold.is_turned:
        return "その人がこの改定の起案・作成・確認に関わっているため、"
    link = hold.through.get(hold.set_by.setter)
    lent = hold_text(replace(link, is_turned=True), name, style) if link else ""
    return f"{lent}その利用者がこの改定の起案・作成・確認に関わっているため、{name}は"


def code_refusals(hold: Hold, style: DateStyle) -> dict[str, str]:
    """Return by user name of the issuer why a code that they issued is not taken."""
    return {username: _code_refusal(hold, username, style) for username in hold.hands}


def _code_refusal(hold: Hold, issuer: str, style: DateStyle) -> str:
    link = hold.through.get(issuer)
    if link is None:
        return (
            "この確認コードを発行した人は、この改定の起案・作成・確認に関わっているため、使えません。"
            f"{_who_may_issue(hold)}"
        )
    done = link.set_by
    return (
        f"この確認コードを発行した人の利用者は、{done.setter_name}が"
        f"{format_moment(done.at, style)}に{done.what}しました。{done.setter_name}は、この改定に関わったか、"
        "関わっている人に利用者を設定されたか、関わっている人の利用者を設定したため、"
        f"{format_moment(link.until, style)}までは、その人が発行した確認コードは使えません。"
        f"{_who_may_issue(hold)}"
    )


def _who_may_issue(hold: Hold) -> str:
    return (
        f"この改定に関わっていない団体管理者（関わっている人が{hold.hours}時間以内に"
        "その利用者を作った人、パスワード・役割を設定した人と、関わっている人の利用者をそうした人を除きます）か、"
        "システムの運用者に、確認コードを発行してもらってください。"
    )


def noted_text(noted: Noted, name: str, style: DateStyle) -> str:
    """Return what was recorded about a person since the submit, by whom and when."""
    who = f"{noted.by}（起案または変更を書いた人）" if noted.by_own_hand else noted.by
    return (
        f"{name}の{noted.label}：「{noted.before or '（なし）'}」→「{noted.after or '（なし）'}」"
        f"（{who}が{format_moment(noted.at, style)}に変更）"
    )


def noted_of_route(situation: Situation, style: DateStyle) -> list[str]:
    """Return what was recorded since the submit about the people of the route, in its order.

    Then about those who filed or wrote it: as what they are entered decides who is the same person.
    """
    if not situation.is_open:
        return []
    found: dict[str, None] = {}
    for step in situation.route.steps:
        for seat in step.seats:
            for uid in people_of(seat, situation.people):
                found.update(dict.fromkeys(_texts(situation, uid, style)))
    parties = situation.parties or FrozenParties()
    for hand in (*parties.deciders, *parties.authors, *parties.alike):
        for key in (hand.person_uid, account_key(hand.username)):
            found.update(dict.fromkeys(_texts(situation, key, style, hand.name)))
    for each in situation.contributors:
        for key in (each.person_uid, account_key(situation.usernames.get(each.user_key, ""))):
            found.update(dict.fromkeys(_texts(situation, key, style, _NOBODY_KNOWN)))
    return list(found)


def waiting_accounts(situation: Situation, style: DateStyle) -> list[str]:
    """Return what is said of each account that somebody else set lately and that may decide yet.

    It waits if that person has a part; else the fact alone is said.
    """
    if not situation.is_open:
        return []
    found: dict[str, None] = {}
    for standing in standing_of(situation.route, situation.made).steps:
        step = standing.step
        if standing.state not in (RouteStepState.NOW, RouteStepState.COMING):
            continue
        for uid in (uid for seat in step.seats for uid in people_of(seat, situation.people)):
            known = situation.people.get(uid)
            if not known or not step.blocks:
                continue
            hold = situation.hold_on(user_key=known.user_key)
            done = situation.set_lately(user_key=known.user_key)
            if hold and situation.waits:
                found.setdefault(waiting_text(hold, known.name, style))
            elif done:
                found.setdefault(set_text(done, known.name, style))
    return list(found)


def people_of(seat: Seat, people: Mapping[str, Whereabouts]) -> list[str]:
    """Return the uids of all who sit in a seat, and of their deputies."""
    if seat.holder:
        holders = [seat.holder.person_uid]
    else:
        holders = [uid for uid, each in people.items() if seat.role in each.roles]
    return [*holders, *(deputy.person_uid for deputy in seat.deputies)]


def stands_beside(
    situation: Situation,
    chance: Chance,
    name: str,
    proof: str,
    style: DateStyle,
    *,
    user_key: int | None = None,
) -> str:
    """Return the lines kept with a decision; proof says who issued the code that was used."""
    lines = []
    done = situation.set_lately(user_key=user_key)
    if chance.hold:
        lines.append(hold_text(chance.hold, name, style) + (proof or OFF))
    elif done:
        lines.append(set_text(done, name, style))
    if chance.on_behalf_of:
        holder = situation.route.steps[chance.step].seats[chance.seat].holder
        if holder:
            lines += list(_texts(situation, holder.person_uid, style))
    return "\n".join(lines)


def _texts(
    situation: Situation, person_uid: str, style: DateStyle, name: str = ""
) -> Iterator[str]:
    known = situation.people.get(person_uid)
    for noted in situation.since.noted.get(person_uid, ()):
        yield noted_text(noted, known.name if known else name, style)
