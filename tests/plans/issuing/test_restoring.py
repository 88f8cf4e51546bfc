"""An old edition becomes the working copy again, and nothing since is erased."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.raw_rows import raw_row
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.document.coverage import WHOLE, Coverage
from plans.document.document import Document
from plans.editions.models.edition import Edition
from plans.issuing.restoring import restore_edition
from plans.models import Chapter, Plan, QuickCheckSurvey
from plans.phrases.models import PlaceholderValue
from plans.working_copy.builder import build_document
from systems.models import EmergencyContact, EquipmentLocation, Site
from tests.conftest import MemberFactory
from tests.plans.editions.making import PHONE, a_chapter, a_plan, anchor, issued, spec
from tests.rows import make_row

pytestmark = pytest.mark.django_db


def same_content(edition: Edition, municipality: Municipality) -> bool:
    """Tell whether the working copy prints what the edition does, its imprint apart."""
    frozen = Document.from_json(edition.document)
    working = build_document(municipality, include_personal=True)
    return (frozen.front, frozen.chapters, frozen.annexes) == (
        working.front,
        working.chapters,
        working.annexes,
    )


def test_the_whole_plan_comes_back(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    edition = issued(in_scope)
    Chapter.objects.filter(title="目的").update(title="目標", body="<p>別の文</p>", position=2)
    Chapter.objects.filter(title="体制").update(row_status=RowStatus.RETIRED)
    new = a_chapter(plan, "新しい章", 1)
    EmergencyContact.objects.update(mobile="090-0000-0000")
    Site.objects.update(name="新庁舎")
    added = make_row(spec("3"), in_scope, 2)
    Plan.objects.update(title="別の計画")
    assert not same_content(edition, in_scope)

    report = restore_edition(edition=edition, actor=None, what=WHOLE)

    assert same_content(edition, in_scope)
    assert Plan.objects.get().title == "ICT業務継続計画"
    assert EmergencyContact.objects.get().mobile == PHONE
    added.refresh_from_db()
    new.refresh_from_db()
    assert (added.row_status, new.row_status) == ("retired", "retired")
    assert (report.retired, report.notes) == (2, [])
    assert Edition.objects.count() == 1


def test_what_there_was_stays_in_the_log(in_scope: Municipality, member: MemberFactory) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    Chapter.objects.filter(title="目的").update(body="<p>その後に書いた文</p>")
    Site.objects.update(name="新庁舎")
    editor = member("editor").user
    restore_edition(edition=edition, actor=editor, what=WHOLE)
    changes = str(list(Entry.objects.values_list("changes", flat=True)))
    assert "その後に書いた文" in changes
    assert "新庁舎" in changes
    entry = Entry.objects.get(action="版からの復元")
    assert (entry.actor, entry.target_uid) == (editor, str(edition.uid))
    assert "変更2件" in entry.note


def test_a_place_that_comes_back_is_told_with_who_brought_it_back(
    in_scope: Municipality, member: MemberFactory
) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    chapter = Chapter.objects.get(title="目的")
    Chapter.objects.filter(pk=chapter.pk).update(position=9)
    site = Site.objects.get()
    Site.objects.update(name="新庁舎", row_no=9)
    restore_edition(edition=edition, actor=member("editor").user, what=WHOLE)
    entry = Entry.objects.get(action="版からの本文の復元", target_uid=str(chapter.uid))
    assert [(c["name"], c["before"], c["after"]) for c in entry.changes] == [("position", "9", "1")]
    actions = Entry.objects.filter(target_uid=str(site.uid)).values_list("action", flat=True)
    assert set(actions) == {"変更", "並べ替え"}


def test_restoring_what_is_the_same_changes_nothing(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    report = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert (report.changed, report.added, report.retired) == (0, 0, 0)
    assert not Entry.objects.filter(action="変更").exists()


def test_another_title_alone_is_a_change_that_is_counted(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    Plan.objects.update(title="別の計画")
    report = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert (report.changed, Plan.objects.get().title) == (1, "ICT業務継続計画")


def test_the_order_of_rows_and_their_confirmation_come_back(
    in_scope: Municipality, member: MemberFactory
) -> None:
    a_plan(in_scope)
    first, second = Site.objects.get(), make_row(spec("3"), in_scope, 2)
    second.verified_on, second.verified_by = date(2026, 4, 1), member("editor").user
    second.save()
    edition = issued(in_scope)
    Site.objects.filter(pk=first.pk).update(row_no=9)
    Site.objects.filter(pk=second.pk).update(name="新庁舎", verified_on=None, verified_by=None)
    restore_edition(edition=edition, actor=None, what=WHOLE)
    assert list(Site.objects.order_by("row_no")) == [first, second]
    restored = Site.objects.get(pk=second.pk)
    assert (restored.verified_on, restored.verified_by) == (date(2026, 4, 1), second.verified_by)


def test_deleted_rows_come_back_with_their_uid_and_what_they_name(in_scope: Municipality) -> None:
    a_plan(in_scope)
    contact = EmergencyContact.objects.get()
    department = Department.objects.create(municipality=in_scope, name="廃止された課")
    contact.department = department
    contact.save()
    edition = issued(in_scope)
    before = raw_row(EmergencyContact.objects.get())
    person = contact.person
    contact.delete()
    assert person is not None
    person.delete()
    department.delete()
    Chapter.objects.get(title="体制").delete()

    restore_edition(edition=edition, actor=None, what=WHOLE)

    after = raw_row(EmergencyContact.objects.get())
    for name in ("uid", "person", "department", "mobile", "row_no", "person_name"):
        assert after[name] == before[name], name
    assert Person.objects.get().name == "秘密 花子"
    assert same_content(edition, in_scope)


def test_only_chosen_parts_come_back(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    edition = issued(in_scope)
    Chapter.objects.update(body="<p>別の文</p>")
    a_chapter(plan, "新しい章", 3)
    EmergencyContact.objects.update(mobile="090-0000-0000")
    Site.objects.update(name="新庁舎")
    what = Coverage.of([anchor("目的")], [9])
    restore_edition(edition=edition, actor=None, what=what)
    bodies = dict(Chapter.objects.values_list("title", "body"))
    assert bodies["目的"] == "<p>目的の本文</p>"
    assert bodies["体制"] == "<p>別の文</p>"
    assert Chapter.objects.get(title="新しい章").row_status == "active"
    assert EmergencyContact.objects.get().mobile == PHONE
    assert Site.objects.get().name == "新庁舎"


def test_a_chapter_below_a_chosen_one_that_came_since_is_taken_out(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    below = a_chapter(plan, "節", 1)
    below.parent = Chapter.objects.get(title="目的")
    below.save()
    edition = issued(in_scope)
    later = a_chapter(plan, "後の節", 2)
    later.parent = below.parent
    later.save()
    below.parent = Chapter.objects.get(title="体制")
    below.save()
    restore_edition(edition=edition, actor=None, what=Coverage.of([anchor("目的")]))
    later.refresh_from_db()
    below.refresh_from_db()
    assert later.row_status == "retired"
    assert below.parent is not None and below.parent.title == "目的"


def test_facts_of_today_are_not_put_back(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    Person.objects.update(name="改姓 花子")
    newcomer = Person.objects.create(municipality=in_scope, name="新人 三郎")
    survey = make_row(spec("11-2"), in_scope)
    restore_edition(edition=edition, actor=None, what=WHOLE)
    assert Person.objects.filter(name="改姓 花子").exists()
    newcomer.refresh_from_db()
    assert newcomer.row_status == "active"
    assert QuickCheckSurvey.objects.get(pk=survey.pk).row_status == "active"


def test_a_file_comes_back_although_the_row_has_another(in_scope: Municipality) -> None:
    a_plan(in_scope)
    row = make_row(spec("4"), in_scope, full=True)
    edition = issued(in_scope)
    row.layout_file.delete(save=False)
    row.layout_file.save("新しい図.pdf", ContentFile(b"other"))
    restore_edition(edition=edition, actor=None, what=WHOLE)
    with EquipmentLocation.objects.get().layout_file.open("rb") as file:
        assert file.read() == b"content"
    assert restore_edition(edition=edition, actor=None, what=WHOLE).changed == 0


def test_phrases_say_again_what_they_said(in_scope: Municipality) -> None:
    a_plan(in_scope)
    value = PlaceholderValue.objects.create(municipality=in_scope, key="x", value="防災課")
    edition = issued(in_scope)
    PlaceholderValue.objects.update(value="危機管理課")
    restore_edition(edition=edition, actor=None, what=WHOLE)
    value.refresh_from_db()
    assert value.value == "防災課"


def test_a_name_taken_since_is_said_and_nothing_changes(in_scope: Municipality) -> None:
    a_plan(in_scope)
    site = Site.objects.get()
    name = site.name
    edition = issued(in_scope)
    site.name = "新庁舎"
    site.save()
    make_row(spec("3"), in_scope, 2)
    Site.objects.exclude(pk=site.pk).update(name=name)
    with pytest.raises(DomainError, match=f"様式3.*「{name}」を戻せません"):
        restore_edition(edition=edition, actor=None, what=WHOLE)
    site.refresh_from_db()
    assert site.name == "新庁舎"
    assert not Entry.objects.filter(action="版からの復元").exists()


def test_an_edition_of_an_older_release_comes_back_as_far_as_it_can(in_scope: Municipality) -> None:
    """A table and a column that were removed since are named; a column that is new stays as it is."""
    a_plan(in_scope)
    edition = issued(in_scope)
    rows = edition.rows
    rows["tables"]["99-1"] = [{"uid": "x"}]
    rows["tables"]["3"][0]["telex"] = "123"
    name = rows["tables"]["3"][0].pop("name")
    Site.objects.update(note="その後の備考")
    with patch.object(Edition, "rows", rows):
        report = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert Site.objects.get().name == name
    assert Site.objects.get().note == ""
    assert len(report.notes) == 2
    assert "表「99-1」は今のシステムにない" in report.notes[0]
    assert "項目「telex」は今のシステムにない" in report.notes[1]


def test_what_this_release_has_no_place_for_is_no_change(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    rows = edition.rows
    rows["tables"]["3"][0]["telex"] = "123"
    with patch.object(Edition, "rows", rows):
        report = restore_edition(edition=edition, actor=None, what=WHOLE)
    assert report.changed == 0
    assert "項目「telex」" in report.notes[0]


def test_nothing_chosen_and_no_plan_are_said(in_scope: Municipality) -> None:
    a_plan(in_scope)
    edition = issued(in_scope)
    with pytest.raises(DomainError, match="選んでください"):
        restore_edition(edition=edition, actor=None, what=Coverage())
    Plan.objects.all().delete()
    with pytest.raises(DomainError, match="計画が作られていない"):
        restore_edition(edition=edition, actor=None, what=WHOLE)
