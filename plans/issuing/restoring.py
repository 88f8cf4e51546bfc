"""Makes the working copy say again what an edition says; everything since stays in the log."""

from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.plan import Plan
from plans.chapters.order import told_order
from plans.chapters.plan_services import save_plan
from plans.document.chapter_parts import covered_chapters
from plans.document.coverage import Coverage
from plans.document.frozen_rows import MASTERS
from plans.editions.edition_proof import require_issued
from plans.editions.models.edition import Edition
from plans.issuing.restore_report import RestoreReport
from plans.issuing.restored_chapters import restore_chapters
from plans.issuing.restored_phrases import restore_phrases
from plans.issuing.restored_rows import RowRestorer

RESTORED = "版からの復元"
# Which chapters stood where before an outline was changed is not a fact of the edition.
_NOT_RESTORED = frozenset({"uid", "arrangements", "version", "created_at", "updated_at"})


@transaction.atomic
def restore_edition(*, edition: Edition, actor: User | None, what: Coverage) -> RestoreReport:
    """Write chapters and rows of an edition into the working copy, as changes anybody can see.

    Rows and chapters that the edition does not have are retired, never deleted; rows that are gone
    come back with their uid. Departments, people and filled-in check sheets are facts of today and
    stay as they are. Raises DomainError (Japanese) when the edition cannot be put back; nothing is
    changed then. Must run inside the municipality's scope.
    """
    if what.is_empty:
        raise DomainError("元に戻す部分を選んでください。")
    plan = Plan.objects.select_for_update().select_related("municipality").first()
    if plan is None:
        raise DomainError("計画が作られていないため、元に戻せません。先に計画を作ってください。")
    require_issued(edition)
    report, told = RestoreReport(), []
    if what.whole:
        report.changed += _restore_plan(plan, edition, actor)
    _restore_rows(plan.municipality, edition, actor, what, report)
    if what.whole or what.chapters:
        restore_phrases(plan.municipality, edition.rows.get("phrases", {}), actor, report)
        raws = covered_chapters(edition.rows["chapters"], what)
        restore_chapters(plan, raws, actor, what, report)
        told = [told_order(plan)]
    record(
        municipality=plan.municipality,
        actor=actor,
        action=RESTORED,
        target=edition,
        note=report.summary,
        told=told,
    )
    return report


def _restore_plan(plan: Plan, edition: Edition, actor: User | None) -> bool:
    """Put back what the cover and the colophon say; return whether any of it was another."""
    raw: dict[str, Any] = edition.rows.get("plan") or {}
    names = {field.name for field in Plan._meta.concrete_fields} - _NOT_RESTORED
    values = {name: value for name, value in raw.items() if name in names}
    before = plan.version
    return (
        save_plan(plan=plan, actor=actor, values=values, expected_version=before).version > before
    )


def _restore_rows(
    municipality: Municipality,
    edition: Edition,
    actor: User | None,
    what: Coverage,
    report: RestoreReport,
) -> None:
    restorer = RowRestorer(Presentation.load(municipality), edition.rows["tables"], actor, report)
    for code in edition.rows["tables"]:
        if registry.spec(code) is None:
            report.note(f"表「{code}」は今のシステムにないため、戻していません。")
    covered = [
        spec
        for spec in registry.specs()
        if spec.printed and _restores(spec, what) and spec.code in edition.rows["tables"]
    ]
    restorer.create_missing(covered)
    for spec in covered:
        restorer.restore_table(spec)
    for spec in covered:
        restorer.retire_others(spec)


def _restores(spec: AnnexSpec, what: Coverage) -> bool:
    """Tell whether a table goes back with these parts; one of no 様式 does with any chapter."""
    if what.whole or spec.number is not None:
        return what.whole or what.covers_annex(spec.number or 0)
    return bool(what.chapters) and spec.code not in MASTERS
