"""A municipality with a row of everything, and archives of it, for the tests of archives."""

import hashlib
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import models
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Membership, Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.archive.contents import archived_models, tenant_models
from bcp_portal.archive.writing import write_archive
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.viewing_log import SHOWING
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.image import ChapterImage
from systems.models import EmergencyContact
from tests.plans.editions.making import a_plan, issued
from tests.plans.revisions.making import a_decision, a_submission
from tests.rows import make_row, value_for

User = get_user_model()
VERSION_1 = Path(__file__).parent / "version-1.zip"
VERSION_2 = Path(__file__).parent / "version-2.zip"
BEFORE_ROOMS = Path(__file__).parent / "version-2-before-rooms.zip"
AWKWARD = "「改行」\n\t𠮷野家—~①<b>&amp;\\u0000 'クォート' 　全角"


def fill(municipality: Municipality) -> Membership:
    """Give a municipality a full row of every annex, a plan, editions, decisions, a log, people."""
    with scope(municipality=municipality):
        administrator = _account(municipality, "kanri", Role.ADMIN)
        plan = a_plan(municipality)
        for model in archived_models():
            spec = registry.spec_of_model(model)
            if spec is not None:
                make_row(spec, municipality, model.objects.count() + 1, full=True)
        second = Chapter.objects.filter(plan=plan).order_by("pk")[1]
        # A row that points to one made after it.
        first = Chapter.objects.filter(plan=plan).order_by("pk")[0]
        first.parent, first.body = second, f"<p>{AWKWARD}</p>"
        first.save()
        _picture(municipality)
        issued(municipality, reason=AWKWARD)
        issued(municipality, kind="minor")
        a_decision(a_submission(municipality), paper="議事録")
        contact = EmergencyContact.objects.first()
        record(
            municipality=municipality,
            actor=administrator.user,
            action=SHOWING,
            shown=[SeenRow("systems.emergencycontact", str(contact.uid), AWKWARD)],
        )
        for model in tenant_models():
            if not models.QuerySet(model).filter(municipality=municipality).exists():
                _any_row(model, municipality, administrator)
        record(municipality=municipality, actor=administrator.user, action="追加", note=AWKWARD)
    return administrator


def archive_of(municipality: Municipality, path: Path) -> Path:
    """Write the archive of a municipality to a path and return it."""
    with path.open("wb") as target:
        write_archive(municipality, target, made_by="管理 花子")
    return path


def members_of(path: Path) -> dict[str, bytes]:
    """Return the members of an archive by their paths."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(path: Path, members: Mapping[str, bytes]) -> Path:
    """Write an archive of given members as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def forget(municipality: Municipality) -> None:
    """Remove a municipality with all rows, accounts and files, as if it had never been there."""
    with scopes_disabled():
        for model in reversed([*archived_models(), *tenant_models()]):
            if model in (Municipality, User):
                continue
            rows = models.QuerySet(model).filter(municipality=municipality)
            for relation in model._meta.many_to_many:
                through = relation.remote_field.through
                source = relation.m2m_column_name()
                models.QuerySet(through).filter(**{f"{source}__in": rows.values("pk")})._raw_delete(
                    "default"
                )
            rows._raw_delete("default")
        Municipality.objects.filter(pk=municipality.pk).delete()
        User.objects.all().delete()
    shutil.rmtree(settings.MEDIA_ROOT)


def _account(municipality: Municipality, name: str, *roles: Role) -> Membership:
    user = User.objects.create_user(username=name, password="x", display_name=f"{name}さん")
    person = Person.objects.create(municipality=municipality, name=name, created_by=user)
    return Membership.objects.create(
        municipality=municipality, user=user, roles=[r.value for r in roles], person=person
    )


def _picture(municipality: Municipality) -> None:
    content = b"not really a picture"
    sha256 = hashlib.sha256(content).hexdigest()
    image = ChapterImage(
        municipality=municipality, sha256=sha256, mime="image/png", width=1, height=1
    )
    image.file.save("picture", ContentFile(content))


def _any_row(model: Any, municipality: Municipality, administrator: Membership) -> None:
    """Make one row of a model that no form makes: a setting, what somebody last read or chose."""
    row = model(municipality=municipality)
    for field in model._meta.concrete_fields:
        if field.name in {"id", "municipality", "uid"} or field.has_default():
            continue
        if isinstance(field, models.ForeignKey):
            target = models.QuerySet(field.related_model)
            if field.related_model is not User:
                target = target.filter(municipality=municipality)
            setattr(row, field.name, target.order_by("pk").first())
        elif isinstance(field, models.UUIDField):
            setattr(row, field.name, uuid4())
        elif not field.null and not field.blank and not getattr(field, "auto_now", False):
            setattr(row, field.name, value_for(field, 3))
    row.save()
