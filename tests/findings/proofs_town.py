"""A town with one of everything that makes an edition true, and ways to forge it in the database."""

import io
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.utils import timezone
from PIL import Image

from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.verification import verify
from bcp_portal.members.decision_codes import issue_code
from bcp_portal.members.services import change_member
from plans.annexes.models.manuals import ManualMaterial
from plans.chapters.image_services import add_image
from plans.chapters.models.image import ChapterImage
from plans.document.revision_kind import RevisionKind
from plans.edition_pages.earlier.services import save_earlier_edition
from plans.issuing.services import issue_edition
from plans.models import Revision
from plans.proofs.verification import verify_editions
from plans.public_check.claim_services import claim_not_secret, confirm_claim
from plans.public_edition.finds import Find
from plans.public_edition.hidden_values import HiddenValue
from plans.public_edition.printed_texts import PrintedText
from plans.revisions import issuing
from plans.revisions.decisions import RemarkOrder, Wish
from plans.revisions.route import RouteStep, Seat, StepAction
from plans.revisions.route_services import approval_setting, route_of, save_account_wait, save_steps
from tests.plans.editions.making import quick_prints
from tests.plans.revisions.conftest import CHECK, Town

MEETING = RouteStep("本部会の決定", StepAction.APPROVE, (Seat(role="head"),), meeting_body="本部会")


def live_through(town: Town) -> Revision:
    """Issue an edition on the real way, return a second revision, and use every kind that is sealed."""
    municipality = town.municipality
    day = timezone.localdate()
    save_earlier_edition(
        municipality=municipality,
        actor=town.admin.user,
        values={
            "number_major": 1,
            "number_minor": 0,
            "label": "平成28年版",
            "revised_on": date(2016, 4, 1),
            "effective_on": date(2016, 4, 2),
            "content": "新規制定",
            "with_personal": False,
        },
        file=SimpleUploadedFile("旧計画.pdf", b"%PDF-1.7 old"),
    )
    picture(town)
    material = ManualMaterial(
        municipality=municipality, name="復旧手順", kind="procedure", row_no=1
    )
    material.file.save("手順.txt", ContentFile("手順一".encode()), save=False)
    material.save()
    _claim(town)
    change_member(
        membership=town.reader,
        actor=town.admin.user,
        display_name=town.reader.user.display_name,
        roles=["viewer", "editor"],
        department=None,
        person=town.reader.person,
    )
    issue_code(membership=town.second, actor=town.admin.user)
    version = approval_setting(municipality).version
    save_account_wait(
        membership=town.admin, hours=48, is_off=True, reason="1人のため", expected_version=version
    )
    for kind in (RevisionKind.ENACTMENT, RevisionKind.MINOR):
        version = route_of(municipality, kind).version
        steps = (CHECK, MEETING)
        save_steps(membership=town.admin, kind=kind, steps=steps, expected_version=version)
    seen = [SeenRow("accounts.person", str(town.reader.person.uid), "見本")]
    record(municipality=municipality, actor=town.admin.user, action="表示", shown=seen)
    with quick_prints(), patch.object(issuing, "issue_edition", issue_edition):
        revision = town.submitted()
        town.decide(revision, "checker", 0, comment="確かめた。")
        paper = SimpleUploadedFile("議事録.pdf", b"minutes")
        town.decide(revision, "head", 1, meeting_on=day, paper=paper, comment="異議なし")
    returned = town.submitted(kind="minor", kind_reason="言い回しだけ", reason="字句を改める")
    remark = RemarkOrder("passage", "誰が定めるのか。", anchor="a", quote="定める")
    town.decide(returned, "checker", 0, wish=Wish.RETURN, remarks=(remark,), comment="直す")
    revision.refresh_from_db()
    return revision


def picture(town: Town) -> ChapterImage:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(drawn, "PNG")
    size = drawn.tell()
    drawn.seek(0)
    return add_image(
        municipality=town.municipality,
        actor=town.drafter.user,
        name="配置図.png",
        file=drawn,
        size=size,
    )


def _claim(town: Town) -> None:
    value = HiddenValue("0422-99-1010", "様式9の電話")
    find = Find(value, PrintedText("代表は0422-99-1010", "「1 目的」の本文", "chapter-1"))
    claim = claim_not_secret(find=find, membership=town.drafter, reason="代表番号である。")
    confirm_claim(claim=claim, membership=town.checker)


def faults_of(town: Town) -> list[str]:
    """Return what both commands say of the town."""
    log = [each.sentence for each in verify(town.municipality).faults]
    return [*log, *verify_editions(town.municipality).faults]


@contextmanager
def forged() -> Any:
    """Let a forger work and take everything back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(model: Any) -> models.QuerySet[Any]:
    """Return the rows of a model as somebody with the database sees them."""
    return models.QuerySet(model)


def other_value(field: Any, row: models.Model) -> Any:
    """Return a value for a field that is not the one it has; None when there is no other one."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        related = field.related_model
        others = rows(related).exclude(pk=value).values_list("pk", flat=True)
        return others.first()
    if isinstance(field, models.JSONField):
        if isinstance(value, list):
            return [*value, {"偽": 1}]
        return {**(value or {}), "偽": 1}
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(days=1)
    if isinstance(field, models.DateField):
        return (value or date(2020, 1, 1)) + timedelta(days=1)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 7
    text = str(value)
    return f"偽{text[1:]}" if text else "偽"
