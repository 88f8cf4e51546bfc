"""What holds for everything the log tells of: a value changed in the database, and not by the program, is named."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models
from django_scopes import scope

from bcp_portal.accounts.models import Department, Membership, Municipality, Person, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.services import confirm_row, delete_row, save_row, set_status
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.services import record
from bcp_portal.audit.told_proofs import note_untold, told_faults_of, verify_told
from bcp_portal.audit.told_values import ToldKind, told_registry
from bcp_portal.audit.verification import verify
from bcp_portal.members.services import (
    add_member,
    change_member,
    deactivate_member,
    open_municipality,
    reactivate_member,
    save_municipality,
)
from plans.chapters.models.public_setting import PublicSetting
from plans.chapters.plan_services import save_plan
from plans.chapters.services import add_chapter, remove_chapter, restore_chapter, save_chapter
from plans.comparison.models import ComparisonSetting
from plans.comparison.services import save_comparison_setting
from plans.editions.models.edition_setting import EditionSetting
from plans.issuing.settings_services import save_edition_setting
from plans.models import Chapter, Plan
from plans.outlines import SIMPLE as OUTLINE
from plans.outlines.new_plan import create_plan
from plans.public_edition.settings_services import (
    save_annexes,
    save_public_columns,
    save_public_setting,
)
from systems.annexes.people import PEOPLE
from tests.conftest import MemberFactory
from tests.findings.proofs_town import forged, other_value, rows
from tests.rows import make_row

SPECS = registry.specs()


def faults() -> list[str]:
    return [sentence for _, sentence in verify_told().faults]


def kind_of(model: Any) -> ToldKind:
    return told_registry.kinds()[model._meta.label_lower]


def tamper(record: Any, name: str) -> None:
    """Change one field as somebody with the database does."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        through = field.remote_field.through
        rows(through).filter(**{f"{field.m2m_field_name()}_id": record.pk})._raw_delete("default")
        return
    rows(type(record)).filter(pk=record.pk).update(**{field.attname: forged_value(record, field)})


def forged_value(record: Any, field: Any) -> Any:
    value = getattr(record, field.attname)
    if isinstance(field, models.ForeignKey) and field.null and value is not None:
        return None
    if isinstance(field, models.FileField):
        return ""
    if isinstance(field, models.DecimalField):
        return (value or 0) + 1
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return date(2001, 1, 1)
    return other_value(field, record)


def unsaved(spec: AnnexSpec, municipality: Municipality, number: int) -> Any:
    """Return a full row that is not stored, with all it names pending."""
    row = make_row(spec, municipality, number, full=True)
    many = {f.name: list(getattr(row, f.name).all()) for f in row._meta.many_to_many}
    row.delete()
    row.pk, row.uid, row.pending, row._state.adding = None, uuid.uuid4(), many, True
    return row


@pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
def test_each_column_of_each_table_is_kept_as_it_was_saved(
    spec: AnnexSpec, in_scope: Municipality, member: MemberFactory
) -> None:
    actor, sheet, kind = member(Role.EDITOR).user, Sheet.of(spec, in_scope), kind_of(spec.model)
    row = unsaved(spec, in_scope, 1)
    save_row(sheet=sheet, actor=actor, row=row, expected_version=0)
    assert told_faults_of(kind) == []
    second = unsaved(spec, in_scope, 2)
    stored = spec.model.objects.get(pk=row.pk)
    for field in stored._meta.concrete_fields:
        if field.name in kind.columns or hasattr(second, f"{field.name}_unit"):
            setattr(stored, field.attname, getattr(second, field.attname))
    stored.pending = second.pending
    save_row(sheet=sheet, actor=actor, row=stored, expected_version=1)
    confirm_row(sheet=sheet, actor=actor, row=stored)
    for status in (RowStatus.RETIRED, RowStatus.ACTIVE):
        set_status(sheet=sheet, actor=actor, row=stored, status=status)
    assert told_faults_of(kind) == []
    found = spec.model.objects.get(pk=row.pk)
    with forged():
        filled = [name for name in kind.columns if forged_is_another(found, name)]
        for name in filled:
            tamper(found, name)
        said = told_faults_of(kind)
        for name in filled:
            assert any(f"の「{kind.columns[name]}」が、操作記録の" in each for each in said), name
        assert len(filled) > len(kind.columns) // 2
    with forged():
        rows(spec.model).filter(pk=found.pk)._raw_delete("default")
        assert any("削除されています" in each for each in told_faults_of(kind))
    delete_row(sheet=sheet, actor=actor, row=found)
    assert told_faults_of(kind) == []


def forged_is_another(record: Any, name: str) -> bool:
    field = record._meta.get_field(name)
    if field.many_to_many:
        return bool(getattr(record, name).count())
    value = forged_value(record, field)
    return value is not None or getattr(record, field.attname) is not None


@pytest.fixture
def lived(in_scope: Municipality, member: MemberFactory) -> Municipality:
    """A town in which everything that is told besides tables was written once by the program."""
    town, actor = in_scope, member(Role.ADMIN).user
    user = add_member(
        municipality=town,
        actor=actor,
        username="sato",
        initial_password="kaki-no-tane-4",
        roles=[Role.APPROVER.value],
        department=None,
        name="佐藤 花子",
    )
    office = Department.objects.create(municipality=town, name="総務課", row_no=9)
    change_member(
        membership=user,
        actor=actor,
        display_name="佐藤 花",
        roles=[Role.APPROVER.value, Role.VIEWER.value],
        department=office,
        person=user.person,
    )
    deactivate_member(membership=user, actor=actor)
    reactivate_member(membership=user, actor=actor)
    save_municipality(municipality=town, actor=actor, values={"ict_department_name": "情報課"})
    save_annex_setting(municipality=town, actor=actor, code="3", values={"title": "拠点"})
    save_columns(
        municipality=town, actor=actor, code="3", columns=[ColumnChoice("address", "場所", False)]
    )
    save_options(
        municipality=town,
        actor=actor,
        list_code="verdict",
        options=[OptionChoice("x", "可", False)],
    )
    _plan(town, actor)
    return town


def _plan(town: Municipality, actor: User) -> None:
    plan = create_plan(municipality=town, actor=actor, outline=OUTLINE)
    save_plan(plan=plan, actor=actor, values={"subtitle": "本編"}, expected_version=1)
    first = Chapter.objects.filter(plan=plan).order_by("pk")[0]
    save_chapter(
        chapter=first,
        actor=actor,
        title="ねらい",
        body="<p>守る。</p>",
        guidance="",
        expected_version=first.version,
    )
    added = add_chapter(plan=plan, actor=actor, parent=None, title="附則")
    remove_chapter(chapter=added, actor=actor, with_children=False)
    restore_chapter(chapter=Chapter.objects.get(pk=added.pk), actor=actor)
    save_public_setting(municipality=town, actor=actor, values={"heading": "公開用"})
    save_annexes(municipality=town, actor=actor, values={3: "public"})
    columns = {"address": ("所在地", "hide"), "name": ("名称", "show")}
    save_public_columns(municipality=town, actor=actor, code="3", columns=columns)
    save_edition_setting(municipality=town, actor=actor, values={"revisions_title": "改版履歴"})
    save_comparison_setting(municipality=town, actor=actor, values={"new_title": "新"})


def places() -> Iterable[tuple[Any, dict[str, Any], str]]:
    """Yield (model, which record, field) of what was written: the ones that decide who and what."""
    yield Membership, {"user__username": "sato"}, "person"
    yield Membership, {"user__username": "sato"}, "is_active"
    yield Membership, {"user__username": "sato"}, "department"
    for name in ("name", "kana", "department", "post", "employment", "left_on", "note"):
        yield Person, {"name": "佐藤 花子"}, name
    yield Municipality, {"ict_department_name": "情報課"}, "ict_department_name"
    for name in ("title", "body", "guidance", "confidentiality", "row_status"):
        yield Chapter, {"title": "ねらい"}, name
        yield Chapter, {"title": "附則"}, name
    for name in ("title", "subtitle", "profile", "numbering", "annex_numbers", "issued_by"):
        yield Plan, {}, name
    for name in ("department", "postal_address", "telephone", "email", "colophon_note"):
        yield Plan, {}, name
    yield PublicSetting, {}, "heading"
    yield EditionSetting, {}, "revisions_title"
    yield ComparisonSetting, {}, "new_title"
    for name in ("title", "subtitle", "reference_note", "managing_department"):
        yield AnnexSetting, {"code": "3"}, name
    for name in ("confidentiality", "by_reference"):
        yield AnnexSetting, {"code": "3"}, name
    for name in ("label", "hidden", "public", "former_labels"):
        yield ColumnSetting, {"column": "address"}, name
    yield ColumnSetting, {"column": "name"}, "public"
    yield ChoiceSetting, {"value": "x"}, "label"
    yield ChoiceSetting, {"value": "x"}, "hidden"
    yield ChoiceSetting, {"value": "x"}, "former_labels"
    yield AnnexSetting, {"code": "3"}, "former_labels"


def test_what_is_changed_behind_the_program_is_named(lived: Municipality) -> None:
    assert faults() == []
    told = list(places())
    assert len(told) > 45
    for model, which, name in told:
        record = rows(model).get(**which)
        with forged():
            tamper(record, name)
            [said] = faults()
            kind = kind_of(model)
            assert f"の「{kind.columns[name]}」が、操作記録の" in said, (model, name, said)
            assert kind.title in said and "残らない方法で変えられています" in said
    assert faults() == []


def test_the_name_of_an_account_is_told_where_it_opens_one_town_only(
    lived: Municipality, member: MemberFactory, other_municipality: Municipality
) -> None:
    sato = User.objects.get(username="sato")
    with forged():
        rows(User).filter(pk=sato.pk).update(display_name="鈴木 一")
        [said] = faults()
        assert "「佐藤 花」ですが、今は「鈴木 一」です" in said
        rows(Membership).create(user=sato, municipality=other_municipality, roles=[])
        assert faults() == []


def test_a_member_is_missed_unless_the_account_went_with_it(lived: Municipality) -> None:
    with forged():
        rows(Membership).filter(user__username="sato")._raw_delete("default")
        [said] = faults()
        assert said.startswith("利用者「") and said.endswith("のに削除されています。")
    User.objects.get(username="sato").delete()
    assert faults() == []


def test_nobody_is_missed_of_a_person_deleted_by_the_program(
    lived: Municipality, member: MemberFactory
) -> None:
    sato = Membership.objects.get(user__username="sato")
    delete_row(sheet=Sheet.of(PEOPLE, lived), actor=member(Role.ADMIN).user, row=sato.person)
    assert faults() == []


def test_of_a_new_town_everything_is_told(db: None) -> None:
    opened = open_municipality(
        code="132012",
        name="八王子市",
        prefecture="東京都",
        administrator_username="kanri",
        administrator_name="鈴木 一",
        initial_password="kaki-no-tane-4",
    )
    found = verify(opened.municipality)
    assert (found.faults, found.untold_records) == ([], 0)


def test_texts_of_the_sentence_and_both_values(lived: Municipality) -> None:
    with forged():
        rows(Chapter).filter(title="ねらい").update(body="<p>守らない。</p>")
        [said] = faults()
        assert said.startswith("章・節「ねらい」の「本文」が、操作記録の")
        assert "では「守る。」ですが、今は「守らない。」です。" in said
        assert said in [each.sentence for each in verify(lived).faults]
    with forged():
        rows(Membership).filter(user__username="sato").update(is_active=False)
        [said] = faults()
        assert "では「有効」ですが、今は「停止中」です。" in said


def test_saving_another_column_does_not_bless_a_forged_one(lived: Municipality) -> None:
    with forged():
        chapter = Chapter.objects.get(title="ねらい")
        rows(Chapter).filter(pk=chapter.pk).update(body="<p>偽り。</p>")
        save_chapter(
            chapter=chapter,
            actor=None,
            title="本当のねらい",
            body="<p>偽り。</p>",
            guidance="",
            expected_version=chapter.version,
        )
        [said] = faults()
        assert "「本文」" in said


def test_values_of_before_are_counted_and_can_be_noted(
    municipality: Municipality, member: MemberFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    one = member(Role.APPROVER)
    with scope(municipality=municipality):
        record(municipality=municipality, actor=None, action="サインイン", target=one.user)
    call_command("verify_audit", municipality.code)
    assert "値の控えが操作記録にない行や設定が" in capsys.readouterr().out
    call_command("note_values", municipality.code)
    assert "件の値を控えました" in capsys.readouterr().out
    call_command("verify_audit", municipality.code)
    assert "値の控えが操作記録にない" not in capsys.readouterr().out
    with scope(municipality=municipality):
        assert note_untold(municipality) == 0
        rows(Membership).filter(pk=one.pk).update(is_active=False)
        [said] = faults()
        assert "では別の値ですが、今は「停止中」です" in said
