"""Rows no edition holds but its rows name are told of, and one change counts as one everywhere."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import references
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.table import Column, Table, TableRow
from plans.comparison.lines import ROWS_COUNTED
from plans.comparison.tables import compare_tables
from plans.comparison.working_copy import WORKING
from plans.document.coverage import Coverage
from plans.document.document import Cover, Document
from plans.document.frozen_rows import MASTERS
from plans.document.named_drafts import named_drafts
from plans.issuing.comparables import edition_code
from plans.models import PlaceholderValue, Revision
from plans.revisions.differences import INPUT_COUNTED, Difference, differences
from plans.revisions.prospective_changes import Prospect
from plans.revisions.unpublished_changes import unpublished
from plans.working_copy.rows import working_rows
from systems.models import RecoveryTarget, SystemItem
from tests.findings.test_daily_rows import two_of_each
from tests.findings.towns import b2_town, newest, set_rto, show_in, spec, town
from tests.plans.revisions.conftest import Town

__all__ = ["b2_town", "town", "two_of_each"]
HEADINGS = Document(cover=Cover("", "", "", ""))
Rows = dict[str, Any]
Raws = Sequence[dict[str, Any]]


def namings(rows: Rows) -> Iterator[tuple[str, str, str, str]]:
    """Yield (code, uid) of each row of an edition with (code, uid) of each row that it names."""
    for each in registry.specs():
        if each.printed or each.code in MASTERS:
            for raw in rows["tables"][each.code]:
                for model, uid in references(each.model, raw):
                    target = registry.spec_of_model(model)
                    if target and (target.code, uid) != (each.code, raw["uid"]):
                        yield each.code, raw["uid"], target.code, uid


def as_draft(rows: Rows, code: str, uid: str, **said: Any) -> Rows:
    changed = {**rows, "tables": dict(rows["tables"])}
    changed["tables"][code] = [
        {**raw, "row_status": "draft", **said} if raw["uid"] == uid else raw
        for raw in rows["tables"][code]
    ]
    return changed


def test_each_column_that_names_a_draft_is_told_of(
    two_of_each: list[Any], in_scope: Municipality
) -> None:
    rows, presentation = working_rows(in_scope), Presentation.load(in_scope)
    named_by: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for code, uid, *target in namings(rows):
        named_by.setdefault((target[0], target[1]), set()).add((code, uid))
    assert len(named_by) > 20
    for (code, uid), namers in named_by.items():
        [draft] = named_drafts(as_draft(rows, code, uid), presentation)
        assert (draft.row.code, draft.row.uid) == (code, uid)
        assert {(each.row.code, each.row.uid) for each in draft.named_by} == namers, code
        assert all(each.columns for each in draft.named_by), code


def test_a_change_of_a_named_draft_is_counted_once_and_of_another_not(
    two_of_each: list[Any], in_scope: Municipality
) -> None:
    """The name of a 作成中 row stands in tables that name it: what it says otherwise is printed."""
    rows, presentation = working_rows(in_scope), Presentation.load(in_scope)
    targets = {(code, uid) for _, _, code, uid in namings(rows)}
    for code, raws in rows["tables"].items():
        each = spec(code)
        if not each.printed and code not in MASTERS:
            continue
        uid = raws[0]["uid"]
        before, after = (as_draft(rows, code, uid, note=word) for word in ("前", "後"))
        found = differences(after, before, HEADINGS, presentation)
        assert [d.count for d in found] == ([1] if (code, uid) in targets else []), code


def table_of(raws: Raws) -> Table:
    shown = [raw for raw in raws if raw["row_status"] == "active"]
    shown.sort(key=lambda raw: int(raw["row_no"]))
    rows = tuple(TableRow(raw["uid"], {"name": raw["name"]}) for raw in shown)
    return Table("1", "様式1", (Column("name", "名称"),), rows)


@pytest.mark.parametrize("seed", range(12))
def test_rows_are_counted_as_the_comparison_counts_them(in_scope: Municipality, seed: int) -> None:
    random, presentation = Random(seed), Presentation.load(in_scope)
    old: list[Rows] = [
        {"uid": f"u{n}", "row_no": n, "name": f"名{n}", "row_status": random.choice(STATES)}
        for n in range(8)
    ]
    new = deepcopy(old)
    for _ in range(3):
        one, other = random.sample(range(len(new)), 2)
        new[one], new[other] = new[other], new[one]
        new[random.randrange(len(new))]["name"] += "改"
    new[random.randrange(len(new))]["row_status"] = random.choice(STATES)
    for number, raw in enumerate(new):
        raw["row_no"] = number
    random.shuffle(new)
    counted = sum(
        each.count for each in differences(whole(new), whole(old), HEADINGS, presentation)
    )
    assert counted == len(compare_tables(table_of(old), table_of(new)).rows)


STATES = ("active", "active", "active", "draft", "retired")


def whole(raws: Raws) -> Rows:
    return {"chapters": [], "plan": None, "tables": {"1": raws}}


def shown(town_: Town, name: str, revision: Revision, by: str = "drafter") -> str:
    address = reverse(f"revisions:{name}", args=[town_.municipality.code, revision.uid])
    return town_.client(by).get(address).content.decode()


def test_who_submits_and_decides_is_told_which_names_stand_in_an_edition(b2_town: Town) -> None:
    code = b2_town.municipality.code
    target = RecoveryTarget.objects.select_related("system").get()
    SystemItem.objects.update(name="グループウェア", row_status="draft")
    set_rto(24)
    revision = b2_town.draft(kind="major")
    page = shown(b2_town, "submit", revision)
    assert "載る行に名前が書かれているもの（1行）" in page
    for each, uid in (("1", target.system.uid), ("17", target.uid)):
        assert reverse("annex:row", args=[code, each, uid]) in page
    assert "「グループウェア」</a>（作成中）" in page and "「重要システム」" in page
    b2_town.submit(revision)
    for reader in ("approver", "checker"):
        assert "載る行に名前が書かれているもの（1行）" in shown(b2_town, "one", revision, reader)
    assert "グループウェア」（作成中）" in shown(b2_town, "sheet", revision)


def test_nothing_is_told_where_no_row_names_a_draft(b2_town: Town) -> None:
    set_rto(24)
    assert "載る行に名前が書かれている" not in shown(b2_town, "submit", b2_town.draft(kind="major"))


def test_what_is_not_carried_counts_renamed_drafts(b2_town: Town) -> None:
    municipality = b2_town.municipality
    department = Department.objects.create(
        municipality=municipality, name="住民課（仮）", row_status="draft"
    )
    SystemItem.objects.update(row_status="draft", owner_department=department)
    b2_town.decide(b2_town.submitted(kind="major"), "approver", 0)
    set_rto(24)
    SystemItem.objects.update(name="改めた名")
    Department.objects.filter(pk=department.pk).update(name="住民課")
    prospect = Prospect(municipality, Coverage.of(annexes=[17]))
    assert counts(prospect.left_out) == {"1": 1, "departments": 1}
    assert counts(unpublished(municipality)) == {"1": 1, "departments": 1, "17": 1}


def test_a_phrase_names_a_draft_too(b2_town: Town) -> None:
    SystemItem.objects.update(row_status="draft")
    RecoveryTarget.objects.all().delete()
    PlaceholderValue.objects.create(
        municipality=b2_town.municipality,
        key="role_owner",
        system=SystemItem.objects.get(),
        value="担当",
    )
    rows = working_rows(b2_town.municipality)
    [draft] = named_drafts(rows, Presentation.load(b2_town.municipality))
    assert str(draft.named_by[0]) == "差し込み語句"


def counts(found: Sequence[Difference]) -> dict[str, int]:
    return {each.code: each.count for each in found}


def test_a_section_that_moved_counts_as_one_place(in_scope: Municipality) -> None:
    root: Rows = {"uid": "a", "parent": None, "position": 0, "title": "章", "row_status": "active"}
    root |= {"placement": "body"}
    below: list[Rows] = [
        {"uid": uid, "parent": "a", "position": place, "title": uid, "row_status": "active"}
        for place, uid in enumerate("bcde")
    ]
    turned = [{**each, "position": (each["position"] + 1) % 4} for each in below]
    before, after = ({**whole([]), "chapters": [root, *each]} for each in (below, turned))
    [found] = differences(after, before, HEADINGS, Presentation.load(in_scope))
    assert found.count == 1


def test_each_count_says_what_it_counts_where_a_computed_column_changes(b2_town: Town) -> None:
    code = b2_town.municipality.code
    set_rto(24)
    revision = b2_town.draft(kind="major", coverage=Coverage.of(annexes=[1]))
    assert counts(unpublished(b2_town.municipality)) == {"17": 1}
    client = b2_town.client("drafter")
    form = client.get(reverse("revisions:new", args=[code])).content.decode()
    assert "前の版からの入力の変更：1行" in form and INPUT_COUNTED in form
    page = shown(b2_town, "submit", revision)
    assert "この版に載らない変更（1件）" in page
    assert "件数は、入力した行や章・節などの数です" in page
    edition = newest()
    working = reverse("comparison:show", args=[code, edition_code(edition.uid), WORKING])
    compared = client.get(working).content.decode()
    assert ROWS_COUNTED in compared and "（行" in compared


def test_a_comparison_that_counts_no_rows_says_nothing_of_them(b2_town: Town) -> None:
    show_in("目的", "<p>加えた文</p>")
    client = b2_town.client("drafter")
    pair = [b2_town.municipality.code, edition_code(newest().uid), WORKING]
    compared = client.get(reverse("comparison:show", args=pair)).content.decode()
    assert "加えた文" in compared and ROWS_COUNTED not in compared
