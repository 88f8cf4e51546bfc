"""What comes into the tables in other ways than by a form is found too: many rows at once, restoring, an archive."""

from pathlib import Path

import pytest
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.searched.source import table_groups
from bcp_portal.annex.services import save_row, save_rows
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.archive.loading import load_archive
from bcp_portal.members.services import add_person
from bcp_portal.search.finding import SearchQuestion, find
from plans.document.coverage import WHOLE
from plans.issuing.restoring import restore_edition
from systems.models import Site
from tests.archive.making import archive_of, fill, forget
from tests.conftest import MemberFactory
from tests.plans.editions.making import a_plan, issued
from tests.search.test_rows_found import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def names(membership: Membership, wanted: str) -> list[str]:
    hits = find(SearchQuestion(wanted), table_groups(membership))
    return [line.name for each in hits for line in each.lines]


def test_restoring_an_edition_is_found_at_once(
    in_scope: Municipality, member: MemberFactory
) -> None:
    editor = member(Role.EDITOR)
    a_plan(in_scope)
    site = Site.objects.get()
    edition = issued(in_scope)
    assert site.name in names(editor, site.name)
    sheet = Sheet.named("3", Presentation.load(in_scope))
    old, site.name = site.name, "珍しい新庁舎"
    save_row(sheet=sheet, actor=editor.user, row=site, expected_version=site.version)
    assert names(editor, "珍しい新庁舎")[0] == "珍しい新庁舎"
    restore_edition(edition=edition, actor=editor.user, what=WHOLE)
    assert names(editor, "珍しい新庁舎") == []
    assert old in names(editor, old)
    assert table_groups(editor) == fresh(editor)


def test_a_loaded_archive_is_found_and_what_it_was_taken_from_is_not(
    municipality: Municipality, member: MemberFactory, tmp_path: Path
) -> None:
    fill(municipality)
    editor = member(Role.EDITOR)
    with scope(municipality=municipality):
        before = [group.folded for group in table_groups(editor)]
        lines = [line.folded for group in table_groups(editor) for line in group.lines]
    archive = archive_of(municipality, tmp_path / "archive.zip")
    forget(municipality)
    loaded = load_archive(archive)
    reader = member(Role.EDITOR, municipality=loaded)
    with scope(municipality=loaded):
        groups = table_groups(reader)
        assert [group.folded for group in groups] == before
        assert [line.folded for group in groups for line in group.lines] == lines
        assert groups == fresh(reader)


def test_a_person_whom_the_page_of_members_adds_is_found(
    in_scope: Municipality, member: MemberFactory
) -> None:
    admin = member(Role.ADMIN)
    assert names(admin, "葛西") == []
    add_person(in_scope, admin.user, "葛󠄀西 美咲", None)
    assert names(admin, "葛西") == ["葛󠄀西 美咲"]


def test_rows_that_a_file_brings_are_found(in_scope: Municipality, member: MemberFactory) -> None:
    editor = member(Role.EDITOR)
    sheet = Sheet.named("departments", Presentation.load(in_scope))
    rows = [sheet.spec.model(municipality=in_scope, name=f"珍しい{each}課") for each in range(3)]
    save_rows(sheet=sheet, actor=editor.user, rows=[(row, 0) for row in rows])
    assert names(editor, "珍しい") == ["珍しい0課", "珍しい1課", "珍しい2課"]
    rows[1].name = "直した課"
    save_rows(sheet=sheet, actor=editor.user, rows=[(rows[1], rows[1].version)])
    assert names(editor, "珍しい") == ["珍しい0課", "珍しい2課"]
    assert names(editor, "直した課") == ["直した課"]
