"""Multiplies the sample's systems and all rows that refer to them, to try the portal at any size."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice

from plans.sample.loader import SampleError, SampleLine, SampleTable

CONTACTS_PER_SYSTEM = 3.3
VENDOR_CONTACT = "外部事業者（委託先等）"
NETWORK = "ネットワーク"


@dataclass(frozen=True)
class Copy:
    """One further system: the one it resembles, and its own name."""

    original: str
    name: str
    number: int

    def numbered(self, text: str) -> str:
        return f"{text}（{self.number}）"


def scaled(tables: Sequence[SampleTable], systems: int) -> list[SampleTable]:
    """Return the tables with this many systems, their backups, contracts, targets, check items.

    There are 3.3 contacts a system. Raises SampleError when the sample itself has more systems.
    """
    lines = {table.code: table.lines for table in tables}
    copies = _copies(lines["1"], systems)
    more = {
        "1": _copied_systems(lines["1"], copies),
        "2-2": _copied_contracts(lines["2-2"], copies),
        "7": _copied(lines["7"], copies, "system", _backup),
        "17": _copied(lines["17"], copies, "system", _target),
        "19-1": _copied(lines["19-1"], copies, "object_system", _check_item),
        "9": _more_contacts(lines["9"], round(systems * CONTACTS_PER_SYSTEM)),
    }
    return [replace(table, lines=(*table.lines, *more.get(table.code, ()))) for table in tables]


def _copies(systems: Sequence[SampleLine], wanted: int) -> list[Copy]:
    if wanted < len(systems):
        raise SampleError(
            f"見本には{len(systems)}件のシステムがあります。それ以上の数にしてください。"
        )
    names = [line.cells["name"] for line in systems if line.cells["kind"] != NETWORK]
    repeated = islice(cycle(names), wanted - len(systems))
    return [
        Copy(name, f"{name}（{position // len(names) + 2}）", position // len(names) + 2)
        for position, name in enumerate(repeated)
    ]


def _copied_systems(lines: Sequence[SampleLine], copies: Sequence[Copy]) -> Iterator[SampleLine]:
    by_name = {line.cells["name"]: line for line in lines}
    for copy in copies:
        yield by_name[copy.original].with_cells(name=copy.name, aliases="", parent="")


def _copied_contracts(lines: Sequence[SampleLine], copies: Sequence[Copy]) -> Iterator[SampleLine]:
    for copy in copies:
        for line in lines:
            if copy.original in line.cells["systems"].split("、"):
                name = copy.numbered(f"{line.cells['name']} {copy.original}")
                yield line.with_cells(name=name, systems=copy.name)
                break


def _copied(
    lines: Sequence[SampleLine],
    copies: Sequence[Copy],
    column: str,
    changes: Callable[[SampleLine, Copy], dict[str, str]],
) -> Iterator[SampleLine]:
    for copy in copies:
        for line in lines:
            if line.cells[column] == copy.original:
                yield line.with_cells(**{column: copy.name}, **changes(line, copy))


def _backup(line: SampleLine, copy: Copy) -> dict[str, str]:
    # The media to be carried out are counted in 様式18, which is not multiplied.
    return {"name": copy.numbered(line.cells["name"]), "carry_out": "いいえ"}


def _target(line: SampleLine, copy: Copy) -> dict[str, str]:
    return {"order": f"{int(line.cells['order']) + 100 * (copy.number - 1)}"}


def _check_item(line: SampleLine, copy: Copy) -> dict[str, str]:
    return {"item": copy.numbered(line.cells["item"])}


def _more_contacts(lines: Sequence[SampleLine], wanted: int) -> Iterator[SampleLine]:
    """Yield further contacts of the vendors, each standing in for the one before it."""
    desks = [line for line in lines if line.cells["kind"] == VENDOR_CONTACT]
    order = max(int(line.cells["order"]) for line in lines)
    previous = lines[-1].cells["role"]
    for position, line in enumerate(islice(cycle(desks), max(0, wanted - len(lines)))):
        number = len(lines) + position
        role = f"{line.cells['role']}（{number + 1}）"
        yield line.with_cells(
            role=role,
            person="",
            person_name="窓口",
            kana="",
            tel=f"0000-60-{position + 1:04d}",
            order=f"{order + 1 + position}",
            alternate=f"{previous}（様式9のNo.{number}）",
        )
        previous = role
