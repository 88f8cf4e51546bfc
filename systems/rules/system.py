"""What saving a row of 様式1, or a dependency between two systems, must respect."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.batch import read_once
from bcp_portal.annex.spec import Problem
from bcp_portal.graphs.chains import cycle_through
from systems.columns.system import building_proposal, flood_proposal
from systems.models import SystemDependency, SystemItem
from systems.rules.row import date_text, linked


def two_levels_at_most(row: SystemItem) -> Iterator[Problem]:
    """A parent has no parent, and a system with subsystems is no subsystem."""
    parent = row.parent
    if parent is None or (row.pk is not None and row.pk in (parent.pk, parent.parent_id)):
        return  # A circle is named by its own rule.
    if parent.parent_id is not None:
        yield Problem(
            "parent",
            f"「{parent}」にも親システムがあるため選べません。親子は2段までです。",
        )
    child = SystemItem.objects.filter(parent=row).first() if row.pk is not None else None
    if child is not None:
        yield Problem(
            "parent",
            f"「{row}」は「{child}」の親システムのため、親を選べません。親子は2段までです。",
        )


def owner_exists_today(row: SystemItem) -> Iterator[Problem]:
    """The department responsible must not have been abolished."""
    department = row.owner_department
    if department.valid_to and department.valid_to < timezone.localdate():
        day = date_text(department, department.valid_to)
        yield Problem(
            "owner_department",
            f"「{department}」は{day}に廃止されています。現在の部署を選んでください。",
        )


def networks_are_networks(row: SystemItem) -> Iterator[Problem]:
    """利用ネットワーク names rows of the kind ネットワーク, and never the row itself."""
    for network in linked(row, "networks"):
        if row.pk is not None and network.pk == row.pk:
            yield Problem("networks", f"「利用ネットワーク」に自分自身「{row}」は選べません。")
        elif network.kind != "network":
            yield Problem(
                "networks",
                f"「{network}」は種別が「ネットワーク」ではないため、利用ネットワークに選べません。",
            )


def fixing_applies_on_premises(row: SystemItem) -> Iterator[Problem]:
    """該当なし is an answer only for systems outside our own buildings."""
    if row.hosting == "onprem" and row.seismic_fixed == "not_applicable":
        yield Problem(
            "seismic_fixed",
            "「提供形態」が「庁舎内」のときは、「該当なし」を選べません。有・無・不明から選んでください。",
        )


def staff_maintenance_has_no_vendor(row: SystemItem) -> Iterator[Problem]:
    """A vendor contradicts 「なし（職員対応）」."""
    if row.maintenance == "staff" and row.vendor:
        yield Problem(
            "vendor",
            f"「保守の担い手」が「なし（職員対応）」なのに、保守事業者「{row.vendor}」が選ばれています。",
        )


def building_differs(row: SystemItem) -> bool:
    """Tell whether 庁舎の弱さ was set against the proposal."""
    proposal = building_proposal(row.hosting, row.location)
    return bool(row.building_weak and proposal and row.building_weak != proposal)


def flood_differs(row: SystemItem) -> bool:
    """Tell whether 場所の弱さ was set against the proposal."""
    proposal = flood_proposal(row.hosting, row.location)
    return bool(row.flood_weak and proposal and row.flood_weak != proposal)


def depends_on_another(row: SystemDependency) -> Iterator[Problem]:
    """A system cannot need itself."""
    if row.system_id == row.depends_on_id:
        yield Problem("depends_on", f"「依存先のシステム」に自分自身「{row.system}」は選べません。")


def no_hard_circle(row: SystemDependency) -> Iterator[Problem]:
    """Systems that cannot run without each other could never be started."""
    if not row.hard or row.system_id == row.depends_on_id:
        return
    needs = read_once(("hard needs", row.municipality_id), HardNeeds)
    path = cycle_through(needs.with_row(row), row.system_id)
    if path:
        yield Problem(
            "depends_on",
            f"必須の依存が循環しています：{'→'.join(_names(path))}。どれか一つを見直してください。",
        )


class HardNeeds:
    """Which systems cannot run without which, as the rows in use of the municipality say."""

    def __init__(self) -> None:
        stored = SystemDependency.objects.filter(hard=True).exclude(row_status=RowStatus.RETIRED)
        self._system_of: dict[int | None, int] = {}
        self._needed: dict[int, dict[int | None, int]] = {}
        for pk, system, needed in stored.values_list("pk", "system_id", "depends_on_id"):
            self._system_of[pk] = system
            self._needed.setdefault(system, {})[pk] = needed
        self._stored = {system: list(rows.values()) for system, rows in self._needed.items()}

    def with_row(self, row: SystemDependency) -> Mapping[int, Iterable[int]]:
        """Return what each system needs when this row says what it says now."""
        before = self._system_of.get(row.pk, row.system_id)
        needed = {system: dict(self._needed.get(system, {})) for system in (before, row.system_id)}
        needed[before].pop(row.pk, None)
        needed[row.system_id][row.pk] = row.depends_on_id
        changed = {system: list(rows.values()) for system, rows in needed.items()}
        return ChainMap(changed, self._stored)


def _names(path: Sequence[int]) -> list[str]:
    systems = SystemItem.objects.in_bulk(path)
    return [systems[pk].name for pk in path]
