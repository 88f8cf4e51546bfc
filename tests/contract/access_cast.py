"""Who and what the access test uses, and how it opens each URL: one line a URL, in DOORS.

A new URL inside a municipality needs a line here, by its name with namespace:

    "annex:row": Door(row=department, secret=DEPARTMENT),

`row` makes what the address names, of the municipality under test; if nothing of what you need
exists yet, add a function beside `department`. `secret` is a text of that municipality which the
page must show to those who may and to nobody else; without one, the name of the municipality
must appear. `asks` says which permissions open the page, one being enough (`asks_post` where POST
needs another): written here a second time on purpose, so that a view that asks for less fails.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Department, Membership, Municipality, User
from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.prepared import WORKBOOK
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.audit.services import record
from bcp_portal.importing import import_outcome as import_plan
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs.models import JobState, Preparation
from plans.annexes.models.glossary import GlossaryTerm
from plans.bookshelf.models import PlanCopy
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.image import ChapterImage
from plans.chapters.models.plan import Plan, PlanProfile
from plans.claims.models import PublicClaim
from plans.editions.models.earlier_edition import EarlierEdition
from plans.phrases.models import PlaceholderValue
from plans.prints.models import PrintJob
from plans.revisions.prepared import PROPOSAL
from plans.word.models.template import WordTemplate
from plans.word.models.word_import import WordImport
from systems.models.locations import EquipmentLocation
from tests.plans.editions.making import issued
from tests.plans.revisions.making import a_decision, a_revision, a_route, a_submission
from tests.rows import make_row

P = Permission
MUNICIPALITY = "見本市"
DEPARTMENT = "秘密の防災課"
MEMBER = "himitsu-no-member"
ENTRY = "秘密の操作"
FLOOR_PLAN = "秘密の機器配置図"
CHAPTER = "秘密の非常時優先業務"
PICTURE = "秘密の図"
PHRASE = "秘密の語句"
PRINTED = "秘密の印刷物"
PREPARED = "秘密の書き出し"
TEMPLATE = "秘密のひな形"
BROUGHT = "秘密の計画書.docx"
IMPORTED = "秘密の一覧.xlsx"
EDITION = "秘密の改定"
ARCHIVED = "秘密の引っ越し"
TAKEN = hashlib.sha256(ARCHIVED.encode()).hexdigest()

REVISION = "秘密の改定の理由"
STEP = "秘密の段階"
PAPER = "秘密の議事録"
SHELF = "秘密の金庫"

# Who may open a printed plan does not depend on how many 様式 are in it.
FEW_ANNEXES = [1, 3, 8, 9]


@dataclass
class Cast:
    """The municipality under test, its neighbour, and a signed-in browser for anybody."""

    municipality: Municipality
    neighbour: Municipality
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, *roles: Role, neighbour: bool = False) -> Client:
        """Return the browser of a member with these roles, or with none."""
        home = self.neighbour if neighbour else self.municipality
        key = f"{home.code} {' '.join(roles)}"
        if key not in self.clients:
            name = f"visitor-{len(self.clients)}"
            user = User.objects.create(username=name, display_name=name)
            with scope(municipality=home):
                Membership.objects.create(municipality=home, user=user, roles=list(roles))
            self.clients[key] = Client()
            self.clients[key].force_login(user, "django.contrib.auth.backends.ModelBackend")
        return self.clients[key]

    @cached_property
    def department(self) -> Department:
        return Department.objects.create(municipality=self.municipality, name=DEPARTMENT)

    @cached_property
    def member(self) -> Membership:
        user = User.objects.create(username=MEMBER, display_name=MEMBER)
        return Membership.objects.create(
            municipality=self.municipality, user=user, roles=[Role.VIEWER.value]
        )

    @cached_property
    def chapter(self) -> Chapter:
        plan = Plan.objects.create(
            municipality=self.municipality, title=CHAPTER, annex_numbers=FEW_ANNEXES
        )
        return Chapter.objects.create(municipality=self.municipality, plan=plan, title=CHAPTER)


Arguments = dict[str, Any]


def nothing(cast: Cast) -> Arguments:
    return {}


def department(cast: Cast) -> Arguments:
    return {"code": "departments", "uid": cast.department.uid}


def told_department(cast: Cast) -> Arguments:
    """Tell the log of the department: what is kept for a search is kept beside an entry."""
    record(municipality=cast.municipality, actor=None, action="追加", target=cast.department)
    return {}


def member(cast: Cast) -> Arguments:
    return {"pk": cast.member.pk}


def entry(cast: Cast) -> Arguments:
    written = record(municipality=cast.municipality, actor=None, action="追加", note=ENTRY)
    return {"sequence": written.sequence}


def plan_of_floor(cast: Cast) -> Arguments:
    spec = registry.spec_of_model(EquipmentLocation)
    assert spec is not None
    row = make_row(spec, cast.municipality)
    row.layout_file.save("floor.txt", ContentFile(FLOOR_PLAN.encode()))
    return {"code": spec.code, "uid": row.uid, "column": "layout_file"}


def chapter(cast: Cast) -> Arguments:
    return {"uid": cast.chapter.uid}


def first_plan(cast: Cast) -> Arguments:
    cast.chapter.plan.profile = PlanProfile.SIMPLE
    cast.chapter.plan.save()
    return {}


def word_template_file(cast: Cast) -> Arguments:
    template = WordTemplate(
        municipality=cast.municipality, original_name="a.docx", sha256=_sha256(TEMPLATE)
    )
    template.file.save("a", ContentFile(TEMPLATE.encode()))
    return {}


def word_import(cast: Cast) -> Arguments:
    chapter(cast)
    brought = WordImport.objects.create(
        municipality=cast.municipality,
        file_name=BROUGHT,
        pieces=[{"title": "総則", "level": 1, "number": "1", "html": "<p>文</p>"}],
    )
    return {"uid": brought.uid}


def removed_chapter(cast: Cast) -> Arguments:
    cast.chapter.row_status = RowStatus.RETIRED
    cast.chapter.save()
    return {"uid": cast.chapter.uid}


def phrase(cast: Cast) -> Arguments:
    assert cast.chapter
    PlaceholderValue.objects.create(municipality=cast.municipality, key="org", value=PHRASE)
    return {}


def marked_word(cast: Cast) -> Arguments:
    cast.chapter.body = "<p>秘密の言葉</p>"
    cast.chapter.save()
    GlossaryTerm.objects.create(municipality=cast.municipality, term="秘密の言葉", reading="ひ")
    return {}


def picture(cast: Cast) -> Arguments:
    stored = ChapterImage(
        municipality=cast.municipality,
        sha256=_sha256(PICTURE),
        mime="image/png",
        width=1,
        height=1,
    )
    stored.file.save("picture", ContentFile(PICTURE.encode()))
    return {"sha256": stored.sha256}


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def print_job(cast: Cast) -> Arguments:
    job = PrintJob(municipality=cast.municipality, state=JobState.DONE)
    job.file.save("plan.pdf", ContentFile(PRINTED.encode()))
    assert cast.chapter
    return {"uid": job.uid}


def preparation(cast: Cast) -> Arguments:
    job = Preparation(
        municipality=cast.municipality,
        product=WORKBOOK,
        state=JobState.DONE,
        sha256=_sha256(PREPARED),
        file_name="a.xlsx",
        taking={"action": "書き出し", "note": "", "way": "書き出し"},
    )
    job.file.save("", ContentFile(PREPARED.encode()))
    return {"uid": job.uid}


def proposal(cast: Cast) -> Arguments:
    job = Preparation.objects.create(municipality=cast.municipality, product=PROPOSAL)
    return {"uid": job.uid}


def edition(cast: Cast) -> Arguments:
    assert cast.chapter
    return {"uid": issued(cast.municipality, reason=EDITION).uid}


def earlier_edition(cast: Cast) -> Arguments:
    earlier = EarlierEdition(
        municipality=cast.municipality,
        number_major=1,
        revised_on=date(2011, 3, 31),
        content=EDITION,
        file_name="a.pdf",
        file_sha256=_sha256(TEMPLATE),
        with_personal=False,
    )
    earlier.file.save("a.pdf", ContentFile(TEMPLATE.encode()))
    return {"uid": earlier.uid}


def public_claim(cast: Cast) -> Arguments:
    assert cast.chapter
    claim = PublicClaim.objects.create(
        municipality=cast.municipality,
        value_key="1" * 64,
        place_key="2" * 64,
        source_label="様式9",
        place_label="目的",
        reason=REVISION,
        claimed_by_name="起案 太郎",
        claimed_at=timezone.now(),
    )
    return {"uid": claim.uid}


def revision(cast: Cast) -> Arguments:
    assert cast.chapter
    return {"uid": a_revision(cast.municipality, reason=REVISION).uid}


def submitted(cast: Cast) -> Arguments:
    assert cast.chapter
    return {"uid": a_submission(cast.municipality, reason=REVISION).revision.uid}


def meeting_paper(cast: Cast) -> Arguments:
    assert cast.chapter
    decision = a_decision(a_submission(cast.municipality, reason=REVISION), paper=PAPER)
    return {"uid": decision.submission.revision.uid, "decision": decision.uid}


def route(cast: Cast) -> Arguments:
    a_route(cast.municipality, step_name=STEP)
    return {}


def shelved_copy(cast: Cast) -> Arguments:
    copy = PlanCopy.objects.create(municipality=cast.municipality, place=SHELF, holder="課長")
    return {"uid": copy.uid}


def import_job(cast: Cast) -> Arguments:
    job = ImportJob(municipality=cast.municipality, state="ready", file_name=IMPORTED)
    new = import_plan.LineOutcome.NEW
    found = import_plan.ImportOutcome(
        [import_plan.ImportLine("一覧", "departments", 2, new, name=IMPORTED)]
    )
    job.summary = found.summary()
    job.outline = [{"name": IMPORTED, "lines": [[1, ["部署名"]]], "merged": []}]
    job.entries.save("entries", ContentFile(import_plan.written_entries(found.entries)))
    return {"uid": job.uid}


def archive_job(cast: Cast) -> Arguments:
    job = ArchiveJob(municipality=cast.municipality, state=JobState.DONE, reason=ARCHIVED)
    job.sha256 = TAKEN
    job.file.save("archive.zip", ContentFile(ARCHIVED.encode()))
    return {"uid": job.uid}


@dataclass(frozen=True)
class Door:
    """How one URL is opened, and what it asks for.

    row names something of the municipality, fixed something every municipality has; prepare only
    puts the secret where the page shows it. asks_post is asks unless it is given.
    """

    row: Callable[[Cast], Arguments] = nothing
    fixed: Arguments = field(default_factory=dict)
    prepare: Callable[[Cast], Arguments] = nothing
    secret: str | None = MUNICIPALITY
    asks: tuple[Permission, ...] = (P.READ_PLAN,)
    asks_post: tuple[Permission, ...] = ()
    methods: tuple[str, ...] = ("GET", "POST")
    query: str = ""
    data: Arguments = field(default_factory=dict)


GET = ("GET",)
POST = ("POST",)
CODE = {"code": "departments"}
EDIT = (P.EDIT_ANNEX,)
FILL = (P.EDIT_ANNEX, P.EDIT_CONTACTS)
WRITE = (P.EDIT_CHAPTERS,)
MEMBERS = (P.MANAGE_MEMBERS,)
SETTINGS = (P.MANAGE_SETTINGS,)
AUDIT = (P.READ_AUDIT,)
ARCHIVE = (P.TAKE_ARCHIVE,)
DISPOSAL = (P.DISPOSE,)
PRINT = (P.PRINT,)
DRAFT = (P.DRAFT_REVISION,)
ROUTES = (P.MANAGE_ROUTES,)
DECIDE = (P.CHECK, P.APPROVE)
PERSONAL = (P.VIEW_PERSONAL,)
RESTORE = (P.RESTORE_EDITION,)
WORKING_TWICE = {"old": "working", "new": "working"}

DOORS: dict[str, Door] = {
    "members:list": Door(prepare=member, secret=MEMBER, asks=MEMBERS, methods=GET),
    "members:add": Door(asks=MEMBERS, prepare=department, secret=DEPARTMENT),
    "members:change": Door(asks=MEMBERS, row=member, secret=MEMBER),
    "members:deactivate": Door(row=member, asks=MEMBERS, methods=POST),
    "members:reactivate": Door(row=member, asks=MEMBERS, methods=POST),
    "members:initial-password": Door(row=member, asks=MEMBERS, methods=POST),
    "members:decision-code": Door(row=member, asks=MEMBERS, methods=POST),
    "members:own-editor": Door(asks=MEMBERS, methods=POST),
    "members:enter-person": Door(row=member, asks=MEMBERS, methods=POST),
    "members:confirm-notices": Door(methods=POST),
    "members:municipality": Door(asks=SETTINGS),
    "help:book": Door(methods=GET),
    "help:part": Door(fixed={"slug": "tables"}, methods=GET),
    "search:results": Door(
        prepare=told_department, secret=DEPARTMENT, query="q=防災課", methods=GET
    ),
    "audit:list": Door(prepare=entry, secret=ENTRY, asks=AUDIT, methods=GET),
    "audit:entry": Door(row=entry, secret=ENTRY, asks=AUDIT, methods=GET),
    "audit:export": Door(asks=AUDIT, methods=POST, data={"reason": "監査"}),
    "retention:list": Door(asks=DISPOSAL),
    "retention:due": Door(fixed={"code": "log"}, asks=DISPOSAL),
    "retention:proposal": Door(fixed={"code": "log"}, asks=AUDIT),
    "archive:list": Door(prepare=archive_job, secret=ARCHIVED, asks=ARCHIVE),
    "archive:job": Door(row=archive_job, secret=ARCHIVED, asks=ARCHIVE, methods=GET),
    "archive:progress": Door(row=archive_job, secret=TAKEN, asks=ARCHIVE, methods=GET),
    "archive:file": Door(row=archive_job, asks=ARCHIVE, methods=POST),
    "annex:index": Door(methods=GET),
    "annex:drafts": Door(secret=None),
    "annex:choices": Door(asks=SETTINGS, fixed={"list_code": "priority"}),
    "annex:workbook": Door(methods=POST),
    "prepared:job": Door(row=preparation, secret="様式一式のExcelができました", methods=GET),
    "prepared:progress": Door(row=preparation, secret="様式一式のExcelができました", methods=GET),
    "prepared:file": Door(row=preparation, secret=PREPARED, methods=GET),
    "annex:excel": Door(fixed=CODE, prepare=department, secret=DEPARTMENT, methods=GET),
    "annex:import": Door(asks=FILL),
    "annex:import-sheet": Door(fixed=CODE, asks=EDIT),
    "annex:import-job": Door(row=import_job, secret=IMPORTED, asks=FILL, methods=GET),
    "annex:import-progress": Door(row=import_job, secret=None, asks=FILL, methods=GET),
    "annex:import-columns": Door(row=import_job, secret=IMPORTED, asks=FILL),
    "annex:import-confirm": Door(row=import_job, asks=FILL, methods=POST),
    "annex:import-apply": Door(row=import_job, asks=FILL, methods=POST),
    "annex:import-discard": Door(row=import_job, asks=FILL, methods=POST),
    "annex:import-report": Door(row=import_job, asks=FILL, methods=POST),
    "annex:list": Door(fixed=CODE, prepare=department, secret=DEPARTMENT, methods=GET),
    "annex:grid": Door(fixed=CODE, prepare=department, secret=DEPARTMENT, asks=EDIT),
    "annex:columns": Door(fixed=CODE, asks=EDIT, methods=POST),
    "annex:searches": Door(fixed=CODE, methods=POST),
    "annex:add": Door(fixed=CODE, asks=EDIT),
    "annex:settings": Door(asks=SETTINGS, fixed=CODE),
    "annex:row": Door(row=department, secret=DEPARTMENT, methods=GET),
    "annex:edit": Door(row=department, secret=DEPARTMENT, asks=EDIT),
    "annex:reveal": Door(row=department, asks=(P.VIEW_PERSONAL,), methods=POST),
    "annex:history": Door(row=department, secret=DEPARTMENT, methods=GET),
    "annex:lookers": Door(row=department, secret=DEPARTMENT, methods=GET),
    "annex:copy": Door(row=department, asks=EDIT, methods=POST),
    "annex:move": Door(row=department, asks=EDIT, methods=POST),
    "annex:status": Door(row=department, asks=EDIT, methods=POST, data={"status": "retired"}),
    "annex:confirm": Door(row=department, asks=EDIT, methods=POST),
    "annex:delete": Door(row=department, secret=DEPARTMENT, asks=EDIT),
    "annex:file": Door(row=plan_of_floor, secret=FLOOR_PLAN, methods=GET),
    "home": Door(prepare=chapter, secret=CHAPTER),
    "plan:overview": Door(prepare=chapter, secret=CHAPTER, methods=GET),
    "plan:start": Door(asks=WRITE, methods=POST, data={"outline": "ksw"}),
    "plan:guide": Door(prepare=first_plan, secret=CHAPTER, methods=GET),
    "plan:guide-rows": Door(prepare=first_plan, asks=EDIT, methods=POST, data={"preset": "checks"}),
    "plan:outlines": Door(prepare=chapter, asks=WRITE),
    "plan:outline-change": Door(
        prepare=chapter, fixed={"profile": "kts"}, asks=WRITE, data={"version": "1"}
    ),
    "plan:outline-result": Door(prepare=chapter, asks=WRITE, methods=GET),
    "plan:settings": Door(prepare=chapter, secret=CHAPTER, asks=WRITE),
    "plan:add": Door(prepare=chapter, asks=WRITE),
    "plan:removed": Door(prepare=removed_chapter, secret=CHAPTER, methods=GET),
    "plan:preview": Door(prepare=chapter, secret=CHAPTER, methods=GET),
    "plan:summary": Door(prepare=chapter, methods=GET),
    "plan:progress": Door(prepare=chapter, secret=CHAPTER),
    "plan:blanks": Door(methods=GET),
    "plan:blank-answer": Door(fixed={"code": "3"}, asks=EDIT),
    "plan:phrases": Door(prepare=phrase, secret=PHRASE, methods=GET),
    "plan:phrase": Door(prepare=phrase, secret=PHRASE, asks=WRITE, query="key=org"),
    "plan:phrase-own": Door(prepare=chapter, asks=WRITE),
    "plan:glossary": Door(prepare=chapter, methods=GET),
    "plan:glossary-marks": Door(prepare=marked_word, secret=CHAPTER, asks=WRITE),
    "plan:word": Door(prepare=word_import, secret=BROUGHT, asks=WRITE),
    "plan:word-place": Door(row=word_import, secret=BROUGHT, asks=WRITE),
    "plan:word-discard": Door(row=word_import, asks=WRITE, methods=POST),
    "plan:read": Door(row=chapter, secret=CHAPTER, methods=GET),
    "plan:chapter": Door(row=chapter, secret=CHAPTER, asks=WRITE),
    "plan:move": Door(row=chapter, asks=WRITE, methods=POST, data={"move": "up"}),
    "plan:remove": Door(row=chapter, secret=CHAPTER, asks=WRITE),
    "plan:restore": Door(row=removed_chapter, asks=WRITE, methods=POST),
    "blocks:preview": Door(prepare=department, secret=DEPARTMENT, query="code=departments"),
    "images:upload": Door(asks=WRITE, methods=POST),
    "images:show": Door(row=picture, secret=PICTURE),
    "comparison:choose": Door(prepare=chapter, secret=CHAPTER, methods=GET),
    "comparison:settings": Door(asks=SETTINGS),
    "comparison:show": Door(prepare=chapter, secret=CHAPTER, fixed=WORKING_TWICE),
    "comparison:pdf": Door(prepare=chapter, asks=PRINT, fixed=WORKING_TWICE, methods=POST),
    "comparison:word": Door(prepare=chapter, asks=PRINT, fixed=WORKING_TWICE, methods=POST),
    "comparison:excel": Door(prepare=chapter, asks=PRINT, fixed=WORKING_TWICE, methods=POST),
    "prints:list": Door(prepare=chapter, secret=CHAPTER, asks=PRINT),
    "prints:cards": Door(prepare=chapter, secret=CHAPTER, asks=(P.VIEW_PERSONAL,)),
    "prints:blank-forms": Door(prepare=chapter, secret=CHAPTER, asks=PRINT),
    "prints:summary": Door(prepare=chapter, secret=CHAPTER, asks=PRINT),
    "prints:unprinted": Door(prepare=chapter, asks=PRINT, methods=GET),
    "prints:guide": Door(asks=PRINT, methods=POST),
    "prints:word": Door(prepare=chapter, secret=CHAPTER, asks=PRINT),
    "prints:word-template": Door(prepare=chapter, secret=CHAPTER, asks=SETTINGS),
    "prints:word-template-file": Door(
        row=word_template_file, secret=TEMPLATE, asks=PRINT, methods=GET
    ),
    "prints:job": Door(row=print_job, asks=PRINT, methods=GET),
    "prints:progress": Door(row=print_job, secret="PDFができました", asks=PRINT, methods=GET),
    "prints:file": Door(row=print_job, secret=PRINTED, asks=PRINT, methods=GET),
    "editions:list": Door(prepare=edition, secret=EDITION, methods=GET),
    "editions:settings": Door(asks=SETTINGS),
    "editions:earlier-new": Door(asks=SETTINGS),
    "editions:earlier-edit": Door(row=earlier_edition, secret=EDITION, asks=SETTINGS),
    "editions:earlier-remove": Door(row=earlier_edition, asks=SETTINGS, methods=POST),
    "editions:earlier-file": Door(row=earlier_edition, secret=TEMPLATE, methods=GET),
    "editions:show": Door(row=edition, secret=EDITION, methods=GET),
    "editions:read": Door(row=edition, secret=EDITION, methods=GET),
    "editions:read-personal": Door(row=edition, secret=EDITION, asks=PERSONAL, methods=GET),
    "editions:pdf": Door(row=edition, secret=EDITION, methods=GET),
    "editions:pdf-personal": Door(row=edition, secret=EDITION, asks=PERSONAL, methods=GET),
    "editions:excel": Door(row=edition, secret=None, methods=GET),
    "editions:excel-personal": Door(row=edition, secret=None, asks=PERSONAL, methods=GET),
    "editions:restore": Door(row=edition, secret=CHAPTER, asks=RESTORE),
    "editions:public-read": Door(row=edition, methods=GET),
    "editions:public-pdf": Door(row=edition, secret=None, methods=GET),
    "editions:public-page": Door(row=edition, methods=GET),
    "editions:public-excel": Door(row=edition, secret=None, methods=GET),
    "public:overview": Door(prepare=chapter, secret=CHAPTER, methods=GET),
    "public:preview": Door(prepare=chapter, secret=CHAPTER, methods=GET),
    "public:check": Door(prepare=chapter, methods=GET),
    "public:claim": Door(prepare=chapter, asks=DRAFT, methods=POST),
    "public:confirm-claim": Door(row=public_claim, asks=(P.CHECK, P.APPROVE), methods=POST),
    "public:withdraw-claim": Door(
        row=public_claim, asks=(P.DRAFT_REVISION, P.CHECK, P.APPROVE), methods=POST
    ),
    "public:chapters": Door(prepare=chapter, secret=CHAPTER, asks=DRAFT),
    "public:settings": Door(prepare=chapter, secret=CHAPTER, asks=SETTINGS),
    "public:columns": Door(prepare=chapter, fixed={"code": "3"}, asks=SETTINGS),
    "public:rows": Door(prepare=chapter, fixed={"code": "3"}, asks=EDIT),
    "editions:restored": Door(row=edition, asks=RESTORE, methods=GET),
    "revisions:list": Door(prepare=revision, secret=REVISION, methods=GET),
    "revisions:new": Door(prepare=chapter, secret=CHAPTER, asks=DRAFT),
    "revisions:proposal": Door(
        row=proposal, secret="提案する種類を調べています", asks=DRAFT, methods=GET
    ),
    "revisions:routes": Door(prepare=route, secret=STEP, asks=ROUTES, methods=GET),
    "revisions:preset": Door(asks=ROUTES, methods=POST, data={"preset": "ksw"}),
    "revisions:small-office": Door(asks=ROUTES, methods=POST, data={"version": "1"}),
    "revisions:account-wait": Door(asks=ROUTES, methods=POST, data={"version": "1"}),
    "revisions:route": Door(prepare=route, fixed={"kind": "minor"}, secret=STEP, asks=ROUTES),
    "revisions:step-add": Door(fixed={"kind": "minor"}, asks=ROUTES),
    "revisions:step": Door(
        prepare=route, fixed={"kind": "minor", "number": 1}, secret=STEP, asks=ROUTES
    ),
    "revisions:one": Door(row=submitted, secret=REVISION, asks_post=PERSONAL),
    "revisions:public": Door(row=submitted, methods=GET),
    "revisions:content": Door(row=submitted, secret=CHAPTER, asks_post=PERSONAL),
    "revisions:edit": Door(row=revision, secret=REVISION, asks=DRAFT),
    "revisions:submit": Door(row=revision, secret=REVISION, asks=DRAFT),
    "revisions:withdraw": Door(row=revision, asks=DRAFT),
    "revisions:issuing": Door(row=submitted, secret=None, methods=GET),
    "revisions:issue": Door(row=revision, methods=POST),
    "revisions:decide": Door(row=submitted, methods=POST),
    "revisions:return": Door(row=submitted, secret=None, asks=DECIDE),
    "revisions:paper": Door(row=meeting_paper, secret=PAPER, asks=PERSONAL, methods=GET),
    "revisions:sheet": Door(row=submitted, secret=REVISION, asks=PRINT),
    "bookshelf:list": Door(prepare=shelved_copy, secret=SHELF, methods=GET),
    "bookshelf:mark": Door(prepare=shelved_copy, asks=EDIT, methods=POST),
    "bookshelf:add": Door(asks=EDIT),
    "bookshelf:from-annex": Door(asks=EDIT, methods=POST),
    "bookshelf:distribution": Door(prepare=shelved_copy, asks=PRINT, methods=POST),
    "bookshelf:replacement": Door(prepare=edition, asks=PRINT),
    "bookshelf:reader": Door(prepare=edition, methods=GET),
    "bookshelf:handset": Door(prepare=edition, secret=CHAPTER, methods=GET),
    "bookshelf:handset-personal": Door(prepare=edition, secret=CHAPTER, asks=PERSONAL, methods=GET),
    "bookshelf:copy": Door(row=shelved_copy, secret=SHELF, asks=EDIT),
    "bookshelf:retire": Door(row=shelved_copy, asks=EDIT, methods=POST),
    "drills:programme": Door(methods=GET),
}

# Outside every municipality: what somebody who has not signed in gets for GET and POST.
# 302 is the way to the sign-in page or to the entrance, which leads there; 405 an address that does not take this method.
PUBLIC: dict[str, tuple[int, int]] = {
    "healthz": (200, 405),
    "readyz": (503, 405),  # no worker runs in a test
    "display": (405, 302),
    "entrance": (302, 302),
    "sign-in": (200, 200),
    "sign-out": (405, 302),
    "password-change": (302, 302),
    "terminals": (302, 302),
    "front-help": (200, 405),
    "check": (200, 405),
    "check-code": (200, 405),
}
PUBLIC_ARGUMENTS: dict[str, Arguments] = {"check-code": {"code": "ACDE3467"}}
