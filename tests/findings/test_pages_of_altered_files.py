"""A page that lists a file says so itself when the file is not what was stored; nobody has to open it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.audit.models import Entry
from bcp_portal.audit.tampering import FOUND
from bcp_portal.jobs.models import JobState
from plans.chapters.models.image import ChapterImage
from plans.editions.models.earlier_edition import EarlierEdition
from plans.models import Chapter, Decision, Edition, Revision
from plans.word.models.template import WordTemplate
from tests.conftest import MemberFactory
from tests.findings.proofs_town import live_through, picture, rows
from tests.plans.editions.making import a_plan, issued
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]

LINKED = re.compile(
    r"url ['\"]((?:editions:(?:pdf|public-pdf|earlier-file)[\w-]*"
    r"|revisions:paper|prints:word-template-file|archive:file)[\w-]*)['\"]"
)
PAGES_OF_TEMPLATES = {
    "plans/edition_pages/edition.html": ("editions:show",),
    "plans/public_edition/_files.html": ("editions:show",),
    "plans/home/_edition_in_force.html": ("home",),
    "plans/edition_pages/_earlier_editions.html": ("editions:list",),
    "plans/bookshelf/reader.html": ("bookshelf:reader",),
    "plans/bookshelf/replacement.html": ("bookshelf:replacement",),
    "plans/revisions/_decision.html": ("revisions:one",),
    "plans/word/print_word.html": ("prints:word",),
    "plans/word/print_word_template.html": ("prints:word-template",),
    "archive/_progress.html": ("archive:job", "archive:progress"),
}
"""Every template that links a file that is kept with its hash, and the pages it is part of."""

READ = ("editions:read", "editions:public-read", "editions:show", "bookshelf:reader")
REVISED = ("revisions:content", "revisions:public")
WORKING = ("plan:read", "plan:chapter", "plan:preview", "public:preview")
TOLD: dict[str, tuple[str, tuple[str, ...]]] = {
    "pdf": ("第2版のPDF", ("editions:show", "bookshelf:reader")),
    "masked_pdf": ("第2版の個人の情報を伏せたPDF", ("home", "editions:show", "bookshelf:reader")),
    "public_pdf": ("第2版の公開版のPDF", ("editions:show",)),
    "earlier": ("これまでの版「", ("editions:list", "editions:earlier-edit")),
    "paper": ("会議の資料（SHA-256 ", ("revisions:one", "revisions:sheet")),
    "template": ("Wordのひな形のファイルが", ("prints:word", "prints:word-template")),
    "archive": ("アーカイブのファイルが", ("archive:job", "archive:progress")),
    "picture": ("本文の図「配置図.png」", (*READ, *REVISED, *WORKING, "comparison:show")),
}


def linking_templates() -> set[str]:
    folder = Path(settings.BASE_DIR) / "templates"
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if LINKED.search(path.read_text())
    }


def test_no_template_links_a_kept_file_without_being_tried_here() -> None:
    assert linking_templates() == set(PAGES_OF_TEMPLATES)
    tried = {"bookshelf:replacement"} | {page for _, pages in TOLD.values() for page in pages}
    assert {page for pages in PAGES_OF_TEMPLATES.values() for page in pages} <= tried


@pytest.fixture
def files(town: Town) -> dict[str, Path]:
    """Live through everything, with a picture in a public chapter, and return the stored files."""
    image = picture(town)
    chapter = Chapter.objects.get(title="目的")
    chapter.body = f'<p>図</p><p><img src="image:{image.sha256}" alt="配置"></p>'
    chapter.save()
    live_through(town)
    Chapter.objects.filter(title="体制").update(body=chapter.body)  # what a comparison shows
    rows(Edition).update(effective_on="2020-01-01")
    stored = kept_files(town.municipality)
    edition = rows(Edition).get()
    for name in ("pdf", "masked_pdf", "public_pdf"):
        stored[name] = Path(getattr(edition, name).path)
    stored["earlier"] = Path(rows(EarlierEdition).get().file.path)
    stored["paper"] = Path(rows(Decision).exclude(paper="").get().paper.path)
    stored["picture"] = Path(rows(ChapterImage).get().file.path)
    return stored


def kept_files(municipality: Municipality) -> dict[str, Path]:
    template = WordTemplate(municipality=municipality, original_name="ひな形.docx")
    job = ArchiveJob(municipality=municipality, state=JobState.DONE, reason="引っ越し")
    return {"template": kept(template), "archive": kept(job)}


def kept(row: Any) -> Path:
    content = b"content"
    row.sha256 = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"
    row.file.save("name", ContentFile(content), save=False)
    row.save()
    return Path(row.file.path)


def address(town: Town, name: str) -> str:
    edition, revision = rows(Edition).get(), rows(Revision).order_by("pk").first()
    chapter = Chapter.objects.get(title="目的")
    named = {
        "editions:earlier-edit": lambda: [rows(EarlierEdition).get().uid],
        "editions": lambda: [edition.uid],
        "revisions": lambda: [revision.uid],
        "archive": lambda: [rows(ArchiveJob).get().uid],
        "plan:read": lambda: [chapter.uid],
        "plan:chapter": lambda: [chapter.uid],
        "comparison": lambda: [f"edition-{edition.uid}", "working"],
    }
    plain = {"editions:list"}
    found = named.get(name) or (named.get(name.partition(":")[0]) if name not in plain else None)
    return reverse(name, args=[town.municipality.code, *(found() if found else ())])


def shown(town: Town, name: str) -> str:
    client = town.client("admin")
    answer = client.get(address(town, name))
    assert answer.status_code == 200, (name, answer.content.decode()[:3000])
    return str(answer.content.decode())


def test_every_page_says_which_of_its_files_is_altered(town: Town, files: dict[str, Path]) -> None:
    town.admin.roles = list(Role)
    town.admin.save()
    for told, pages in TOLD.values():
        for page in pages:
            assert told not in shown(town, page), (page, told)
    for kind, (told, pages) in TOLD.items():
        path = files[kind]
        content = path.read_bytes()
        path.write_bytes(b"FORGED")
        silent = [page for page in pages if told not in shown(town, page)]
        path.unlink()
        gone = [page for page in pages[:1] if told not in shown(town, page)]
        path.write_bytes(content)
        assert (kind, silent, gone) == (kind, [], [])
    assert Entry.objects.filter(action=FOUND).count() > 4


def test_the_page_of_replacements_says_it_of_both_books(
    in_scope: Municipality, member: MemberFactory, client: Client
) -> None:
    a_plan(in_scope)
    old, new = issued(in_scope), issued(in_scope)
    client.force_login(
        member(Role.EDITOR).user, backend="django.contrib.auth.backends.ModelBackend"
    )
    chosen = {"old": old.pk, "new": new.pk, "sides": "single"}
    url = reverse("bookshelf:replacement", args=[in_scope.code])
    said = "の個人の情報を伏せたPDFが、発行の後に書き換えられています。"
    assert said not in client.get(url, chosen).content.decode()
    for edition in (old, new):
        Path(edition.masked_pdf.path).write_bytes(b"FORGED")
        assert f"{edition.label}{said}" in client.get(url, chosen).content.decode()


def test_altered_files_are_not_handed_out(town: Town) -> None:
    files = kept_files(town.municipality)
    client = town.client("admin")
    for kind, name in (("template", "prints:word-template-file"), ("archive", "archive:file")):
        files[kind].write_bytes(b"FORGED")
        job = [rows(ArchiveJob).get().uid] if kind == "archive" else []
        url = reverse(name, args=[town.municipality.code, *job])
        answer = client.post(url) if kind == "archive" else client.get(url)
        assert answer.status_code == 409, kind
        assert TOLD[kind][0] in answer.content.decode()
