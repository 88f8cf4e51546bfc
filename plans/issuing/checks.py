"""What an issue asks of an edition to come: that it takes effect after what it follows."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from bcp_portal.checks.findings import Finding, Where
from bcp_portal.checks.registry import Check, Moment
from bcp_portal.ui.eras import DateStyle, format_date
from plans.editions.queries import last_earlier_edition, latest_edition


class _Dated(Protocol):
    @property
    def effective_on(self) -> date | None: ...
    @property
    def style(self) -> DateStyle: ...
    @property
    def own_page(self) -> tuple[Where, ...]: ...


def takes_effect_in_turn(asked: _Dated) -> Iterator[Finding]:
    """Yield that an edition would take effect before the one issued last.

    It holds everything the last one changed, which is not in force until then. Without a day
    nothing is known yet.
    """
    day = asked.effective_on
    if day is None:
        return
    latest = latest_edition()
    if latest and day < latest.effective_on:
        since = format_date(latest.effective_on, asked.style)
        yield Finding(
            f"施行日は、先に発行した{latest.label}の施行日（{since}）以後の日にしてください。"
            f"新しい版は{latest.label}の内容を引き継ぐため、それより先に施行できません。",
            asked.own_page,
        )
    earlier = None if latest else last_earlier_edition()
    first = earlier and (earlier.effective_on or earlier.revised_on)
    if earlier and first and day < first:
        yield Finding(
            f"施行日は、これまでの版の{earlier.shown_label}（{format_date(first, asked.style)}）以後の"
            "日にしてください。",
            asked.own_page,
        )


IN_TURN = Check(
    "issuing.in-turn",
    "施行日が前の版より前です",
    takes_effect_in_turn,
    (Moment.SUBMIT, Moment.ISSUE),
)
