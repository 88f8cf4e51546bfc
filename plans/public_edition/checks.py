"""What 公開版 asks: that somebody chose what is public, and that nothing hidden is in it."""

from collections.abc import Iterator
from typing import Protocol

from bcp_portal.accounts.permissions import Permission
from bcp_portal.checks.findings import Finding, Where
from bcp_portal.checks.registry import Check, Moment
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.document.document import Document
from plans.editions.snapshot import Snapshot
from plans.public_edition.issuing import require_publishable
from plans.public_edition.newly_hidden import NOT_PUBLIC_NOW, HiddenNow
from plans.public_edition.public_files import LeakError

IN_PUBLIC = Where("公開版の漏れを調べる", "public:check")
PUBLICITY = Where("公開するものを選ぶ", "public:settings", permission=Permission.MANAGE_SETTINGS)
NOT_CHOSEN = (
    "公開版に載せる章・節がまだ選ばれていません。「公開する章を選ぶ」で選んでから提出してください。"
)
COVER_IT_TOO = "対象でない部分は前の版のまま載るため、この部分も改定の対象に含めてください。"


class _Content(Protocol):
    @property
    def content(self) -> Snapshot: ...
    @property
    def style(self) -> DateStyle: ...
    @property
    def hidden_now(self) -> HiddenNow | None: ...
    @property
    def summary(self) -> Document: ...
    @property
    def own_page(self) -> tuple[Where, ...]: ...


class _Files(Protocol):
    @property
    def public(self) -> object: ...


def publicity_is_chosen(_asked: object) -> Iterator[Finding]:
    """Ask once what shall be public of a plan of a former release: everything was hidden there."""
    if public_setting().enabled and is_never_chosen(Plan.objects.first()):
        yield Finding(NOT_CHOSEN, (PUBLICITY,))


def says_nothing_hidden(asked: _Content) -> Iterator[Finding]:
    """Yield each place at which the public half of a content, or its 概要版, says what it may not."""
    yield from leak_findings(
        asked.content, asked.style, asked.hidden_now, asked.own_page, asked.summary
    )


def leak_findings(
    content: Snapshot,
    style: DateStyle,
    now: HiddenNow | None,
    own_page: tuple[Where, ...],
    summary: Document,
) -> list[Finding]:
    """Return one finding a leak; what was hidden since is mended on the page of the revision.

    `summary` is the 概要版 for everybody of the working copy, `now` all of it, where the content
    covers only a part of the plan.
    """
    try:
        require_publishable(content, style, now, summary)
    except LeakError as error:
        return [_leak(sentence, own_page) for sentence in error.sentences]
    except DomainError as error:
        return [Finding(error.message, (IN_PUBLIC,))]
    return []


def files_say_nothing_hidden(asked: _Files) -> Iterator[Finding]:
    """Make the public files, once, and read them again; their LeakError names what they may not say."""
    _ = asked.public
    yield from ()


def _leak(sentence: str, own_page: tuple[Where, ...]) -> Finding:
    if sentence.endswith(NOT_PUBLIC_NOW):
        return Finding(f"{sentence}{COVER_IT_TOO}", own_page)
    return Finding(sentence, (IN_PUBLIC,))


CHOSEN = Check(
    "public_edition.chosen",
    "公開する章・節が選ばれていません",
    publicity_is_chosen,
    (Moment.SUBMIT,),
)
NO_LEAK = Check(
    "public_edition.no-leak",
    "公開版に公開しないものが含まれます",
    says_nothing_hidden,
    (Moment.SUBMIT,),
)
NO_LEAK_IN_FILES = Check(
    "public_edition.no-leak-in-files",
    "公開版のファイルに公開しないものが含まれます",
    files_say_nothing_hidden,
    (Moment.ISSUE,),
)
