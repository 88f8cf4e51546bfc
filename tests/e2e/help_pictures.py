"""The pictures of the guide for staff: which page each shows, what is done there, what is pointed at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from bcp_portal.accounts.permissions import Role

SAMPLE, NEW, STEPS = "sample", "new", "steps"
CONTENT, WHOLE = ".site-content", "body"

Act = Callable[[Page], None]


def nothing(page: Page) -> None:
    """Leave the page as it opened."""


def open_editor(page: Page) -> None:
    expect(page.get_by_role("toolbar", name="本文の書式")).to_be_visible()
    expect(page.get_by_role("textbox", name="本文").get_by_role("table").first).to_be_visible()


def wrong_duration(page: Page) -> None:
    page.get_by_label("目標復旧時間", exact=False).first.fill("なるべく早く")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".error-summary")).to_be_visible()


@dataclass(frozen=True)
class Picture:
    """One picture: an address below the municipality's, opened by somebody with this role.

    `marks` are selectors that get the signs 1, 2, 3; `height` cuts off what is below.
    Words in braces in the address are filled in by the test, which knows the rows.
    """

    name: str
    address: str
    role: Role = Role.EDITOR
    town: str = SAMPLE
    act: Act = nothing
    of: str = CONTENT
    height: int = 640
    width: int = 1000
    marks: tuple[str, ...] = field(default=())


PICTURES = (
    Picture(
        "screen",
        "",
        of=WHOLE,
        height=700,
        marks=(".site-menu > nav", ".site-search", ".help-link", ".session-user", "h1"),
    ),
    Picture(
        "screen-phone",
        "",
        of=WHOLE,
        width=390,
        height=640,
        marks=(".menu-button", ".help-link", ".site-search"),
    ),
    Picture("home", "", height=760),
    Picture("progress", "plan/progress/"),
    Picture("outline-choice", "plan/", town=NEW, height=560),
    Picture("outline-change", "plan/outline/kts/", height=560),
    Picture("guide", "plan/guide/", town=STEPS, height=700),
    Picture("cover", "plan/settings/", height=560),
    Picture("chapters", "plan/", height=640, marks=(".chapter-line .btn", ".chapter-line summary")),
    Picture("chapter-read", "plan/chapters/{chapter}/", height=640),
    Picture(
        "chapter-edit",
        "plan/chapters/{chapter}/edit/",
        act=open_editor,
        height=820,
        width=1280,
        marks=("[role=toolbar]", ".chapter-guidance h2", "main .btn-primary"),
    ),
    Picture("phrases", "plan/phrases/", height=560),
    Picture("terms", "plan/glossary/", height=640),
    Picture("tables", "annex/", height=600),
    Picture(
        "table-list",
        "annex/17/",
        height=760,
        marks=(".list-bar .btn", ".filters", "thead th a"),
    ),
    Picture(
        "table-row", "annex/17/rows/{target}/edit/", height=760, marks=(".field-line .form-text",)
    ),
    Picture("table-error", "annex/17/rows/{target}/edit/", act=wrong_duration, height=560),
    Picture(
        "table-grid",
        "annex/17/grid/",
        height=680,
        width=1280,
        marks=(".grid-actions summary", "tbody .grid-input", ".form-actions .btn-primary"),
    ),
    Picture("table-import", "annex/17/import/", height=640),
    Picture("table-history", "annex/17/rows/{target}/history/", height=480),
    Picture("table-settings", "annex/17/settings/", role=Role.ADMIN, height=640),
    Picture("print", "prints/", height=820),
    Picture("print-cards", "prints/cards/", height=640),
    Picture("print-forms", "prints/blank-forms/", height=640),
    Picture("print-word", "prints/word/", height=640),
    Picture("revision-new", "revisions/new/", height=700),
    Picture("revision-submit", "revisions/{draft}/submit/", town=STEPS, height=640),
    Picture("revision-decide", "revisions/{revision}/", role=Role.APPROVER, height=900),
    Picture("routes", "revisions/routes/", role=Role.ADMIN, height=640),
    Picture("edition", "editions/{edition}/", height=700),
    Picture("compare", "compare/edition-{edition}/working/", height=640),
    Picture("copies", "bookshelf/", height=640),
    Picture("reader", "bookshelf/reader/", height=640),
    Picture("public", "public/", role=Role.ADMIN, height=700),
    Picture("drills", "drills/", height=700, width=1280),
    Picture("members", "people/", role=Role.ADMIN, height=560),
    Picture("log", "audit/", role=Role.ADMIN, height=700, width=1280),
)
