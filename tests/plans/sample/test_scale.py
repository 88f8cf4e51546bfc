"""The sample multiplied: more systems, and the rows that refer to each, through the same form."""

from dataclasses import replace

import pytest

from bcp_portal.accounts.models import Municipality, User
from plans.sample.loader import SampleError, SampleTable, load_tables, read_tables
from plans.sample.scale import scaled
from systems.models import BackupItem, EmergencyContact, RecoveryTarget, SystemItem

CODES = ("1", "2-2", "7", "9", "17", "19-1")


def tables_of(municipality: Municipality) -> dict[str, SampleTable]:
    return {table.code: table for table in read_tables(municipality=municipality, codes=CODES)}


def test_counts_at_three_hundred(in_scope: Municipality) -> None:
    base = tables_of(in_scope)
    found = {table.code: len(table.lines) for table in scaled(list(base.values()), 300)}
    assert found["1"] == 300
    assert found["9"] == 990
    for code in ("2-2", "7", "17", "19-1"):
        assert found[code] > 3 * len(base[code].lines), code


def test_names_stay_distinct(in_scope: Municipality) -> None:
    base = tables_of(in_scope)
    more = {table.code: table.lines for table in scaled(list(base.values()), 200)}
    for code, column in (("1", "name"), ("7", "name")):
        names = [line.cells[column] for line in more[code]]
        assert len(set(names)) == len(names), code
    contracts = [(line.cells["vendor"], line.cells["name"]) for line in more["2-2"]]
    assert len(set(contracts)) == len(contracts)


def test_the_sample_itself_is_the_least(in_scope: Municipality) -> None:
    base = tables_of(in_scope)
    count = len(base["1"].lines)
    with pytest.raises(SampleError, match=f"{count}件"):
        scaled(list(base.values()), count - 1)
    unchanged = {table.code: table for table in scaled(list(base.values()), count)}
    assert unchanged["1"].lines == base["1"].lines
    assert unchanged["17"].lines == base["17"].lines


def test_copies_pass_the_same_form(town: Municipality) -> None:
    base = tables_of(town)
    count = len(base["1"].lines)
    added = [
        replace(table, lines=table.lines[len(base[table.code].lines) :])
        for table in scaled(list(base.values()), count + 4)
    ]
    load_tables(added, User.objects.get(username="hensyu"))
    assert SystemItem.objects.count() == count + 4
    copy = SystemItem.objects.get(name="グループウェア（2）")
    original = SystemItem.objects.get(name="グループウェア")
    assert (copy.hosting, copy.location, copy.vendor) == (
        original.hosting,
        original.location,
        original.vendor,
    )
    assert RecoveryTarget.objects.get(system=copy).rto_minutes == 0
    assert BackupItem.objects.filter(system=copy).count() == 1
    assert copy.contracts.count() == 1
    last = EmergencyContact.objects.order_by("-row_no")[0]
    assert last.row_no == round((count + 4) * 3.3)
    assert last.alternate is not None
    assert last.alternate.row_no == last.row_no - 1
