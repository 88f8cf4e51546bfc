"""Creates a municipality's plan from an outline."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.plan_services import told_of_plan
from plans.outlines.samples import sample_of
from plans.outlines.template import ChapterTemplate, OutlineTemplate, filled


@transaction.atomic
def create_plan(
    *, municipality: Municipality, actor: User | None, outline: OutlineTemplate
) -> Plan:
    """Create the plan of a municipality with the chapters and first texts of an outline.

    The chapters begin public, as plans are published; the 様式 begin hidden, and who decides on an
    edition sees what is public of it.
    """
    if Plan.objects.exists():
        raise DomainError("この団体の計画はすでに作られています。計画の画面から編集してください。")
    values = names_of(municipality)
    plan: Plan = Plan.objects.create(
        municipality=municipality,
        title=filled(outline.plan_title, values),
        profile=outline.profile,
        numbering=outline.numbering,
        annex_numbers=list(outline.annexes),
        issued_by=municipality.name,
        department=municipality.ict_department_name,
        postal_address=municipality.postal_address,
        telephone=municipality.telephone,
    )
    count = _create_chapters(plan, actor, None, outline.chapters, values)
    record(
        municipality=municipality,
        actor=actor,
        action="計画の作成",
        target=plan,
        note=f"章立ての見本から{count}件の章・節を作りました。",
        told=told_of_plan(plan),
    )
    return plan


_OFFICES = {
    "市": "市役所",
    "区": "区役所",
    "町": "町役場",
    "村": "村役場",
    "県": "県庁",
    "府": "府庁",
}


def names_of(municipality: Municipality) -> dict[str, str]:
    """Return what {団体名}, {本団体}, {庁舎名} and {ICT部門} in an outline stand for."""
    kind = municipality.name[-1:]
    return {
        "団体名": municipality.name,
        "本団体": f"本{kind}" if kind in set("都道府県市区町村") else "本団体",
        "庁舎名": _OFFICES.get(kind, "庁舎"),
        "ICT部門": municipality.ict_department_name or "ICT部門",
    }


def _create_chapters(
    plan: Plan,
    actor: User | None,
    parent: Chapter | None,
    templates: Sequence[ChapterTemplate],
    values: Mapping[str, str],
) -> int:
    count = 0
    for position, template in enumerate(templates, 1):
        chapter = new_chapter(
            plan,
            actor,
            parent=parent,
            template=template,
            position=position,
            names=values,
            confidentiality=Confidentiality.PUBLIC.value,
        )
        count += 1 + _create_chapters(plan, actor, chapter, template.sections, values)
    return count


def new_chapter(
    plan: Plan,
    actor: User | None,
    *,
    parent: Chapter | None,
    template: ChapterTemplate,
    position: int,
    names: Mapping[str, str],
    confidentiality: str,
) -> Chapter:
    """Write one template, without what lies below it, into a plan; for services that log it."""
    chapter: Chapter = Chapter.objects.create(
        municipality=plan.municipality,
        plan=plan,
        parent=parent,
        key=template.key,
        placement=template.placement,
        position=position,
        row_no=position,
        confidentiality=confidentiality,
        created_by=actor,
        updated_by=actor,
        **sample_of(template, names).values(),
    )
    return chapter
