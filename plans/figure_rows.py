"""Turns rows of the tables into what figures are drawn from; asks the database nothing."""

from collections.abc import Iterator, Mapping

from bcp_portal.ui.durations import format_duration
from plans.draft_marks import named
from plans.figures import actions, muster
from plans.models import ActionStep, MusterRule, Plan
from plans.models.plan import every_annex


def annex_notes(plan: Plan | None) -> Iterator[str]:
    """Yield what the box of the plan says about its annexes."""
    numbers = list(plan.annex_numbers) if plan else every_annex()
    if numbers == every_annex():
        yield f"附属資料（様式{numbers[0]}～様式{numbers[-1]}）"
    elif numbers:
        yield f"附属資料（様式{'、'.join(map(str, sorted(numbers)))}）"


def muster_rule(row: MusterRule, labels: Mapping[str, Mapping[str, str]]) -> muster.Rule:
    """Return a rule in words; `labels` holds the choices of its columns by their names."""
    way = labels["trigger"].get(row.trigger, "")
    modes = "・".join(labels["mode"].get(mode, mode) for mode in row.mode)
    return muster.Rule(
        event=named(row, labels["event_detail"].get(row.event_detail, "")),
        condition=row.threshold or labels["condition_kind"].get(row.condition_kind, ""),
        way=f"{way}（{modes}）" if modes else way,
        who=_participants(row, labels["who"]),
        decider=row.decider.role_name if row.decider else "",
        with_headquarters=(
            row.with_headquarters == "set_up" and row.condition_kind != "headquarters"
        ),
    )


def _participants(row: MusterRule, labels: Mapping[str, str]) -> str:
    names = "、".join(role.role_name for role in row.roles.all())
    if row.who == "roles" and names:
        return names
    if row.who == "part" and row.ratio:
        return f"職員の{row.ratio}%"
    return labels.get(row.who, "")


def action_step(row: ActionStep, phases: Mapping[str, str]) -> actions.Step:
    """Return a step in words; `phases` holds the labels of the phases."""
    times = (
        (row.start_at_minutes, row.start_at_unit),
        (row.finish_by_minutes, row.finish_by_unit),
    )
    return actions.Step(
        number=row.seq,
        title=named(row, row.title),
        phase=phases.get(row.phase, row.phase),
        roles=tuple(role.role_name for role in row.roles.all()),
        time="～".join(format_duration(m, unit or "minute") for m, unit in times if m is not None),
        parallel=row.parallel,
        decision=row.decision,
        report_to=row.report_to_role.role_name if row.report_to_role else row.report_to_text,
    )
