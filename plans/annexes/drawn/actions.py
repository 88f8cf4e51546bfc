"""The flow of an action plan (行動計画の流れ), drawn from 様式10, one a plan."""

import re
from dataclasses import replace

from bcp_portal.figures import action_flow, actions
from bcp_portal.figures.figure import Figure
from bcp_portal.figures.figure_factory import make_figure
from bcp_portal.ui.durations import format_duration
from plans.annexes.drawn.figure_rows import DrawnRow, FigureRows
from plans.annexes.drawn.figure_spec import FigureEmptyError, FigurePart, FigureSpec
from systems.choice_lists import EVENT

CODE = "fig-actions-"
_PLANS, _STEPS = "10-1", "10-2"
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def title_of(plan: str) -> str:
    """Return the title of the flow of a plan, given by its own title."""
    return f"{plan}の流れ"


def title_of_event(event: str) -> str:
    """Return the title of the flow for a kind of event without a plan, given by its label."""
    return f"行動計画の流れ（{event}）"


def events_of(source: FigureRows) -> dict[str, str]:
    """Return the kinds of event by their codes, with the words of the municipality."""
    return dict(EVENT.options) | source.labels(_PLANS, "event")


def _draw(source: FigureRows, code: str) -> Figure | None:
    name = code.removeprefix(CODE)
    plan = _plan(source, name)
    if plan is None:
        event = events_of(source).get(name)
        if event:
            raise FigureEmptyError(title_of_event(event), "様式10")
        return None
    title = title_of(plan.marked(plan.value("title")))
    rows = source.rows(_STEPS, plan=plan.key)
    steps = [_step(row) for row in sorted(rows, key=lambda each: each.value("seq"))]
    if not steps:
        raise FigureEmptyError(title, "様式10")
    figure = make_figure(
        code=code,
        title=title,
        graphs=action_flow.graphs(steps),
        alternative=actions.alternative(steps),
        legend=actions.LEGEND,
    )
    return replace(figure, note=figure.note + actions.loop_note(steps))


def _plan(source: FigureRows, name: str) -> DrawnRow | None:
    """Return the plan by its uid, or the first for a kind of event.

    The editor writes either; the outlines that the program ships can only know the kind of event.
    """
    if _UID.fullmatch(name):
        return next(iter(source.rows(_PLANS, uid=name)), None)
    return next(iter(source.rows(_PLANS, event=name)), None) if name else None


def _step(row: DrawnRow) -> actions.ActionFlowStep:
    """Return a step in words."""
    times = (row.duration("start_at_minutes"), row.duration("finish_by_minutes"))
    return actions.ActionFlowStep(
        number=row.value("seq"),
        title=row.marked(row.value("title")),
        phase=row.label("phase") or row.value("phase"),
        roles=row.names("roles"),
        time="～".join(format_duration(m, unit) for m, unit in times if m is not None),
        parallel=row.value("parallel", blank=False),
        decision=row.value("decision"),
        report_to=row.name("report_to_role") or row.value("report_to_text"),
    )


SPEC = FigureSpec(
    CODE,
    {
        _PLANS: ("title",),
        _STEPS: (
            "plan",
            "seq",
            "phase",
            "title",
            "roles",
            "start_at_minutes",
            "finish_by_minutes",
            "parallel",
            "decision",
            "report_to_role",
            "report_to_text",
        ),
    },
    _draw,
    (
        FigurePart("title", "行動項目と判断"),
        FigurePart(
            "roles", "担当（役割）", {_STEPS: ("roles", "report_to_role", "report_to_text")}
        ),
        FigurePart("times", "時期", {_STEPS: ("start_at_minutes", "finish_by_minutes")}),
    ),
)
