"""Reads the rows that figures are drawn from; chapters name a figure by its code, like a table."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.annex.build import rows_of
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.ui.errors import DomainError
from plans.choice_lists import STRUCTURE
from plans.derived_tables.view import active_rows, choice_labels
from plans.draft_marks import named
from plans.figure_rows import action_step, annex_notes, muster_rule
from plans.figures import action_flow, actions, dependencies, documents, muster, organisation
from plans.figures.figure import Figure
from plans.figures.making import make_figure
from plans.models import (
    ActionPlan,
    Manual,
    Plan,
    ResponseRole,
    RoleDeputy,
)
from systems.choice_lists import EVENT
from systems.models import ReferenceDocument

PREFIX = "fig-"
DOCUMENTS, MUSTER, DEPENDENCY = "fig-documents", "fig-muster", "fig-dependency"
ORGANISATION, ACTIONS = "fig-organisation-", "fig-actions-"
DOCUMENTS_TITLE, MUSTER_TITLE = "文書体系図", "参集フロー図"
DEPENDENCY_TITLE = "情報システムの依存関係図"
_ABOVE, _BELOW = ("upper_plan", "regulation"), ("procedure", "contract")
_MANUALS = "事象別マニュアル"
_FOUNDATIONS = ("network", "infra")
_PLAN_WITHOUT_NAME = "ICT業務継続計画書"
_PARTS = {
    ORGANISATION: (
        ("role_name", "役割"),
        ("post", "職"),
        ("person", "氏名"),
        ("deputies", "代行者"),
    ),
    ACTIONS: (("title", "行動項目と判断"), ("roles", "担当（役割）"), ("times", "時期")),
}
"""What of a figure may be left out, for an edition that strangers read."""


class FigureEmptyError(DomainError):
    """A figure whose table has no row yet."""

    def __init__(self, title: str, where: str) -> None:
        super().__init__(
            f"「{title}」に載せるものがまだありません。{where}に登録すると、ここに図が入ります。"
        )


@dataclass(frozen=True)
class FigureSource:
    """The figures of the municipality in scope, as one reader may see them."""

    presentation: Presentation
    include_personal: bool

    def choices(self) -> list[tuple[str, str]]:
        """Return (code, label) of every figure that may stand in a chapter, in one query."""
        structures = choice_labels(self._sheet("8"), "structure")
        plans = ActionPlan.objects.filter(row_status__in=counted_statuses()).order_by(
            "row_no", "pk"
        )
        figures = [
            *(
                (f"{ORGANISATION}{code}", _organisation_title(structures[code]))
                for code in structures
            ),
            (DOCUMENTS, DOCUMENTS_TITLE),
            (MUSTER, MUSTER_TITLE),
            *((f"{ACTIONS}{event}", _flow_title(label)) for event, label in self._events().items()),
            *((f"{ACTIONS}{plan.uid}", _actions_title(plan.title)) for plan in plans),
            (DEPENDENCY, DEPENDENCY_TITLE),
        ]
        return [(code, f"図：{title}") for code, title in figures]

    def figure(self, code: str, parts: Collection[str] = ()) -> Figure | None:
        """Return a figure, or None when there is none of this code.

        `parts` are what of `figure_parts` is shown, all when empty. The number of queries does not
        depend on the number of rows. Raises FigureEmptyError when there is nothing to draw.
        """
        single: dict[str, Callable[[], Figure]] = {
            DOCUMENTS: self._documents,
            MUSTER: self._muster,
            DEPENDENCY: self._dependency,
        }
        if code in single:
            return single[code]()
        if code.startswith(ORGANISATION):
            return self._organisation(code, parts)
        return self._actions(code, parts) if code.startswith(ACTIONS) else None

    def _sheet(self, code: str) -> Sheet:
        spec = registry.spec(code)
        if spec is None:
            raise KeyError(code)
        return Sheet(spec, self.presentation)

    def _events(self) -> dict[str, str]:
        return dict(EVENT.options) | choice_labels(self._sheet("10-1"), "event")

    def _person(self, person: Any) -> str:
        if person is None:
            return ""
        return str(person.name) if self.include_personal else MASK

    def _organisation(self, code: str, parts: Collection[str]) -> Figure | None:
        structure = code.removeprefix(ORGANISATION)
        sheet = self._sheet("8")
        labels = dict(STRUCTURE.options) | choice_labels(sheet, "structure")
        if structure not in labels:
            return None
        title = _organisation_title(labels[structure])
        roles = self._roles(active_rows(sheet).filter(structure=structure))
        if not roles:
            raise FigureEmptyError(title, "様式8")
        whole, loops = organisation.without_loops(organisation.with_parts(roles, parts))
        figure = make_figure(
            code=code,
            title=title,
            graphs=organisation.graphs(whole),
            alternative=organisation.alternative(whole),
            legend=organisation.LEGEND,
        )
        return replace(figure, note=figure.note + organisation.loop_note(loops))

    def _roles(self, rows: Any) -> list[organisation.Role]:
        roles: list[ResponseRole] = list(rows)
        lines: dict[int, list[organisation.Deputy]] = {}
        deputies = RoleDeputy.objects.filter(role__in=roles, row_status__in=counted_statuses())
        for deputy in deputies.select_related("person").order_by("order", "pk"):
            post = deputy.post or (deputy.person.post if deputy.person else "")
            shown = organisation.Deputy(
                deputy.order, named(deputy, post), self._person(deputy.person)
            )
            lines.setdefault(deputy.role_id, []).append(shown)
        return [
            organisation.Role(
                key=str(role.pk),
                name=named(role, role.role_name),
                post=role.post,
                person=self._person(role.person),
                superior=str(role.reports_to_id or ""),
                deputies=tuple(lines.get(role.pk, ())),
            )
            for role in roles
        ]

    def _documents(self) -> Figure:
        sheet = self._sheet("20")
        kinds = choice_labels(sheet, "kind")
        rows: list[ReferenceDocument] = list(active_rows(sheet))
        manuals = Manual.objects.filter(row_status__in=counted_statuses()).order_by("row_no", "pk")

        def shelf(kind: str) -> documents.Shelf:
            titles = tuple(named(row, row.title) for row in rows if row.kind == kind)
            return documents.Shelf(kinds.get(kind, ""), titles)

        of_events = documents.Shelf(
            _MANUALS, tuple(named(manual, manual.name) for manual in manuals)
        )
        plan = Plan.objects.first()
        hierarchy = documents.Hierarchy(
            plan=plan.title if plan else _PLAN_WITHOUT_NAME,
            notes=("計画書本文", *annex_notes(plan)),
            above=tuple(shelf(kind) for kind in _ABOVE),
            below=(of_events, *(shelf(kind) for kind in _BELOW)),
        )
        return make_figure(
            code=DOCUMENTS,
            title=DOCUMENTS_TITLE,
            graphs=documents.graphs(hierarchy),
            alternative=documents.alternative(hierarchy),
            legend=documents.LEGEND,
        )

    def _muster(self) -> Figure:
        sheet = self._sheet("c-7")
        labels = {
            name: choice_labels(sheet, name)
            for name in ("event_detail", "condition_kind", "trigger", "who", "mode")
        }
        rules = [muster_rule(row, labels) for row in active_rows(sheet)]
        if not rules:
            raise FigureEmptyError(MUSTER_TITLE, "参集ルール")
        return make_figure(
            code=MUSTER,
            title=MUSTER_TITLE,
            graphs=muster.graphs(rules),
            alternative=muster.alternative(rules),
            legend=muster.LEGEND,
        )

    def _actions(self, code: str, parts: Collection[str]) -> Figure | None:
        name = code.removeprefix(ACTIONS)
        plan = _action_plan(name)
        if plan is None:
            event = self._events().get(name)
            if event:
                raise FigureEmptyError(_flow_title(event), "様式10")
            return None
        title = _actions_title(named(plan, plan.title))
        sheet = self._sheet("10-2")
        phases = choice_labels(sheet, "phase")
        rows = rows_of(sheet, counted_statuses()).filter(plan=plan).order_by("seq")
        steps = actions.with_parts([action_step(row, phases) for row in rows], parts)
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

    def _dependency(self) -> Figure:
        items = {str(item.pk): item for item in active_rows(self._sheet("1"))}
        sheet = self._sheet("1-dependencies")
        kinds = choice_labels(sheet, "kind")
        needs = [
            dependencies.Need(source, target, row.hard, named(row, kinds.get(row.kind, "")))
            for row in active_rows(sheet)
            if (source := str(row.system_id)) in items
            and (target := str(row.depends_on_id)) in items
        ]
        if not needs:
            raise FigureEmptyError(DEPENDENCY_TITLE, "様式1の「依存するシステム」")
        systems = [
            dependencies.System(key, named(item, item.name), item.kind in _FOUNDATIONS)
            for key, item in items.items()
        ]
        figure = make_figure(
            code=DEPENDENCY,
            title=DEPENDENCY_TITLE,
            graphs=dependencies.graphs(systems, needs),
            alternative=dependencies.alternative(systems, needs),
            legend=dependencies.LEGEND,
        )
        return replace(figure, note=figure.note + dependencies.loop_note(systems, needs))


def is_figure_code(code: str) -> bool:
    """Tell whether a live block names a figure; no table has such a code."""
    return code.startswith(PREFIX)


def figure_parts(code: str) -> tuple[tuple[str, str], ...]:
    """Return (name, label) of what may be chosen of a figure; empty when it is shown whole."""
    return next((parts for kind, parts in _PARTS.items() if code.startswith(kind)), ())


def _organisation_title(structure: str) -> str:
    return f"体制図（{structure}）"


def _actions_title(plan: str) -> str:
    return f"{plan}の流れ"


def _flow_title(event: str) -> str:
    return f"行動計画の流れ（{event}）"


def _action_plan(name: str) -> ActionPlan | None:
    """Return the plan by its uid, or the first for a kind of event.

    The editor writes either; the outlines that the program ships can only know the kind of event.
    """
    plans = ActionPlan.objects.filter(row_status__in=counted_statuses())
    found: ActionPlan | None = None
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name):
        found = plans.filter(uid=name).first()
    elif name:
        found = plans.filter(event=name).order_by("row_no", "pk").first()
    return found
