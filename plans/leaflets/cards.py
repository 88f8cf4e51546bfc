"""Writes carry cards (別表2) onto sheets: two to a sheet, each a strip of four panels to fold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from plans.leaflets.card_content import Call, Card, Issue, by_order
from plans.leaflets.card_panels import Panel, Wording, set_panels
from plans.printing.flows import BookPart, Flow
from plans.printing.geometry import MM, PageFormat
from plans.printing.prose import line

SHEET = PageFormat("cards", 210 * MM, 297 * MM, 0, 0, 0)
CARDS_PER_SHEET = 2
PANELS = 4
PART_NAME = "携行カード"
_ROLES, _MUSTER, _CALLS, _SAFETY = "役割", "1 参集", "2 連絡先", "3 安否の報告"
# What is left of the first panel under name and position, and above plan and edition.
_ROLES_HEIGHT_MM = 23.5
_WRITE_IN = "（氏名・番号を記入）＿＿＿＿＿＿＿＿＿＿＿＿"
_NO_NUMBER = "番号の登録なし"
_MEMO_LINES = 7


@dataclass(frozen=True)
class Strip:
    """One folded card: which of how many this person has, and its four panels."""

    card: Card
    number: int
    count: int
    panels: tuple[Panel, ...]


def card_parts(cards: Sequence[Card], issue: Issue) -> tuple[BookPart, ...]:
    """Return one part a sheet; a DomainError names the person whose text cannot be printed."""
    strips = [strip for card in cards for strip in strips_of(card, issue)]
    sheets = list(_sheets(strips))
    return tuple(
        _sheet_part(number, len(sheets), sheet, issue) for number, sheet in enumerate(sheets, 1)
    )


def strips_of(card: Card, issue: Issue) -> list[Strip]:
    """Return the card of one person; what four panels do not hold goes onto a second one."""
    roles, first_steps = _front(card, issue)
    muster = _muster_panels(card, first_steps)
    calls = set_panels(_CALLS, list(_calls(card)))
    safety = set_panels(_SAFETY, list(_safety(card, issue)))
    folded: list[tuple[Panel, ...]] = [(roles[0], muster[0], calls[0], safety[0])]
    rest = [*roles[1:], *muster[1:], *calls[1:], *safety[1:]]
    for at in range(0, len(rest), PANELS - 1):
        inside = rest[at : at + PANELS - 1]
        inside += [_memo()] * (PANELS - 1 - len(inside))
        folded.append((_front_of_next(rest[at : at + PANELS - 1]), *inside))
    return [
        Strip(card, number, len(folded), panels) for number, panels in enumerate(folded, start=1)
    ]


def _sheets(strips: Sequence[Strip]) -> Iterator[Sequence[Strip]]:
    for at in range(0, len(strips), CARDS_PER_SHEET):
        yield strips[at : at + CARDS_PER_SHEET]


def _front(card: Card, issue: Issue) -> tuple[list[Panel], list[Wording]]:
    """Return the first panel, and the first steps when its roles leave no room for them."""
    roles, steps = list(_roles(card)), list(_first_steps(issue))
    together = set_panels(_ROLES, [*roles, *steps], _ROLES_HEIGHT_MM)
    if len(together) == 1:
        return together, []
    return set_panels(_ROLES, roles, _ROLES_HEIGHT_MM), steps


def _first_steps(issue: Issue) -> Iterator[Wording]:
    if issue.first_steps:
        yield Wording("はじめに", "head")
        for step in issue.first_steps:
            yield Wording(step, hanging="・")


def _roles(card: Card) -> Iterator[Wording]:
    if not card.roles:
        yield Wording("様式8に役割の登録はありません。所属の責任者の指示を受けてください。")
    for role in card.roles:
        yield Wording(role.text, hanging="■")


def _muster_panels(card: Card, before: Sequence[Wording]) -> list[Panel]:
    """Return the panel of the muster; the shorter list when that saves a second card, and says so."""
    start = [*before, *_automatic(card), *_places(card)]
    full = set_panels(_MUSTER, [*start, *_instructed(card)])
    short = set_panels(_MUSTER, [*start, *_instructed_in_short(card)])
    return short if len(short) < len(full) else full


def _automatic(card: Card) -> Iterator[Wording]:
    if card.automatic:
        yield Wording("連絡を待たずに参集する（夜間・休日も同じ）", "head")
        for rule in card.automatic:
            yield Wording(f"{rule.event}　{rule.condition} → {rule.who}", hanging="・")
    elif not card.instructed:
        yield Wording("参集の決まりは登録されていません。指示を受けて参集してください。")


def _instructed(card: Card) -> Iterator[Wording]:
    if card.instructed:
        yield Wording("指示を受けて参集する", "head")
    for (decider, condition), events in by_order(card.instructed).items():
        order = f"（{decider}の指示）" if decider else ""
        yield Wording(f"{condition}：{'、'.join(events)}{order}", hanging="・")


def _instructed_in_short(card: Card) -> Iterator[Wording]:
    """Yield the events alone, and where the rest is written."""
    if card.instructed:
        yield Wording("指示を受けて参集する（条件は計画書の参集ルール）", "head")
    by_decider: dict[str, dict[str, None]] = {}
    for rule in card.instructed:
        by_decider.setdefault(rule.decider, {})[rule.event] = None
    for decider, events in by_decider.items():
        order = f"{decider}の指示：" if decider else ""
        yield Wording(f"{order}{'、'.join(events)}", hanging="・")


def _places(card: Card) -> Iterator[Wording]:
    arrival = f"（到着の見込み {card.arrival}）" if card.arrival else ""
    yield Wording(f"参集する場所{arrival}", "head")
    if not card.spots:
        yield Wording("所属の決まりによる：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿")
    for spot in card.spots:
        subject = f"［{spot.subject}］" if spot.subject else ""
        second = f"　② {spot.second}" if spot.second else ""
        online = f"　オンライン：{spot.online}" if spot.online else ""
        yield Wording(f"{subject}① {spot.first}{second}{online}", hanging="・")
    yield Wording("別に指示があるときは、それに従う。", hanging="※")


def _calls(card: Card) -> Iterator[Wording]:
    if not card.calls:
        yield Wording("役割による連絡先は登録されていません。安否の報告先に連絡してください。")
    for group in card.calls:
        yield Wording(group.title, "head")
        yield from _numbered(group.calls)


def _numbered(calls: Sequence[Call]) -> Iterator[Wording]:
    for number, call in enumerate(calls, start=1):
        who = f"{call.name}（{call.post}）" if call.name and call.post else call.name or call.post
        if not call.name:
            rights: tuple[str, ...] = (_WRITE_IN,)
        else:
            rights = call.numbers or (_NO_NUMBER,)
        yield Wording(f"{number} {who}", "call", rights=rights)


def _safety(card: Card, issue: Issue) -> Iterator[Wording]:
    means = f"（{card.safety_means}）" if card.safety_means else ""
    yield Wording(f"安否の報告先{means}", "head")
    if card.safety_calls:
        yield from _numbered(card.safety_calls)
    else:
        yield Wording(_WRITE_IN)
    if issue.safety_words:
        yield Wording("伝えること：" + "、".join(issue.safety_words))
    yield Wording(
        "つながらないとき：災害用伝言ダイヤル171（録音は1、再生は2の後に電話番号）、"
        "災害用伝言板（web171）"
    )
    yield Wording("家族の電話", "blank")
    yield Wording("集合・避難する場所", "blank")


def _memo() -> Panel:
    return set_panels("メモ", [Wording("", "blank")] * _MEMO_LINES)[0]


def _front_of_next(inside: Sequence[Panel]) -> Panel:
    wordings = [Wording("1枚目に入らなかった内容です。1枚目と一緒に持ち歩いてください。")]
    wordings += [Wording(panel.title, hanging="■") for panel in inside]
    return set_panels("続き", wordings, _ROLES_HEIGHT_MM)[0]


def _sheet_part(number: int, count: int, strips: Sequence[Strip], issue: Issue) -> BookPart:
    context = {
        "strips": [_strip_context(strip) for strip in strips],
        "issue": _issue_context(issue),
        "number": number,
        "count": count,
    }
    html = render_to_string("print/cards.html", context)
    flow = Flow(f"{PART_NAME} {number}枚目", SHEET, html)
    return BookPart(f"cards-{number}", PART_NAME, "", (flow,))


def _issue_context(issue: Issue) -> dict[str, str]:
    texts = {
        "municipality": issue.municipality,
        "plan": issue.plan_title,
        "edition": issue.edition,
        "date_text": issue.date_text,
        "desk": issue.desk,
    }
    return {name: line(text, PART_NAME) for name, text in texts.items()}


def _strip_context(strip: Strip) -> dict[str, object]:
    place = f"{strip.card.name}さんの携行カード"
    return {
        "name": line(strip.card.name, place),
        "position": line(strip.card.position, place),
        "number": strip.number,
        "count": strip.count,
        "panels": [_panel_context(panel, place) for panel in strip.panels],
    }


def _panel_context(panel: Panel, place: str) -> dict[str, object]:
    return {
        "title": panel.title,
        "size": panel.css_size,
        "lines": [
            {"kind": text.kind, "text": line(text.text, place), "right": line(text.right, place)}
            for text in panel.lines
        ],
    }
