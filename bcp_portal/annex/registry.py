"""The one list of annexes and tables; each room adds its own when the program starts."""

from collections.abc import Iterable
from functools import lru_cache
from types import ModuleType
from typing import Any

from django.db import models

from bcp_portal.annex.spec import Annex, AnnexSpec, DerivedTable

_annexes: dict[int, Annex] = {}
_specs: dict[str, AnnexSpec] = {}
_derived: dict[str, DerivedTable] = {}


def register(*items: Annex | AnnexSpec | DerivedTable) -> None:
    """Add annexes, specs and derived tables; a code used twice raises ValueError."""
    for item in items:
        if isinstance(item, Annex):
            _add(_annexes, item.number, item)
        elif isinstance(item, AnnexSpec):
            _add(_specs, item.code, item)
        else:
            _add(_derived, item.code, item)
    shared = _specs.keys() & _derived.keys()
    if shared:
        raise ValueError(f"Codes used for a spec and a derived table: {sorted(shared)}")


def _add(where: dict[Any, Any], key: int | str, item: object) -> None:
    if key in where:
        raise ValueError(f"{key!r} is registered twice.")
    where[key] = item


def annexes() -> list[Annex]:
    """Return the numbered annexes, 様式1 first."""
    return [_annexes[number] for number in sorted(_annexes)]


def annex(number: int) -> Annex | None:
    return _annexes.get(number)


def specs() -> list[AnnexSpec]:
    """Return all editable tables in the order of their codes."""
    return list(_sorted_specs(len(_specs)))


@lru_cache(maxsize=1)
def _sorted_specs(how_many: int) -> tuple[AnnexSpec, ...]:
    """Sort once; specs are only ever added, so their number tells whether there are new ones."""
    return tuple(sorted(_specs.values(), key=lambda spec: _order(spec.code, spec.number)))


def specs_of(number: int | None) -> list[AnnexSpec]:
    """Return the tables of one annex, or those of no annex."""
    return [spec for spec in specs() if spec.number == number]


def spec(code: str) -> AnnexSpec | None:
    return _specs.get(code)


def spec_of_model(model: type[models.Model]) -> AnnexSpec | None:
    """Return the spec that edits this model, or None."""
    return next((spec for spec in _specs.values() if spec.model is model), None)


def children(parent: AnnexSpec) -> list[AnnexSpec]:
    """Return the tables whose rows belong to one row of this one."""
    return [
        spec
        for spec in specs()
        if spec.parent and spec.model._meta.get_field(spec.parent).related_model is parent.model
    ]


def derived_tables() -> list[DerivedTable]:
    return sorted(_derived.values(), key=lambda table: _order(table.code, table.number))


def derived_table(code: str) -> DerivedTable | None:
    return _derived.get(code)


def _order(code: str, number: int | None) -> tuple[object, ...]:
    parts = tuple((0, int(part)) if part.isdigit() else (1, part) for part in code.split("-"))
    return (number is None, number or 0, parts)


def register_modules(modules: Iterable[ModuleType]) -> None:
    """Register what each annex module declares as ANNEX (optional) and TABLES."""
    for module in modules:
        if hasattr(module, "ANNEX"):
            register(module.ANNEX)
        register(*module.TABLES)
