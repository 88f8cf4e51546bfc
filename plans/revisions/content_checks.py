"""Names everything in a content that could not be printed, or would say too much in public."""

from collections.abc import Iterator, Mapping
from typing import Any

from bcp_portal.annex import registry
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.uids import is_uid
from plans.chapters.image_files import load_image
from plans.document.document import Document, TextBlock
from plans.editions.printing import as_edition, require_printable
from plans.editions.snapshot import Snapshot
from plans.printing.problems import ImageMissingError
from plans.printing.unprintable_places import UnprintablePlace, unprintable_places
from plans.public_edition.issuing import require_publishable
from plans.public_edition.newly_hidden import NOT_PUBLIC_NOW, HiddenNow
from plans.public_edition.public_files import LeakError
from plans.public_edition.working_copy import hidden_now
from plans.revisions.models.revision import Revision
from plans.revisions.refusals import Refusal, Refusals, Where
from plans.text.cleaning import images_in

IN_PUBLIC = Where("公開版の漏れを調べる", "public:check")
COVER_IT_TOO = "対象でない部分は前の版のまま載るため、この部分も改定の対象に含めてください。"
_NAMED_BY_THE_REVISION = "c-10"


def content_refusals(
    content: Snapshot,
    revision: Revision,
    edit: Where,
    summary: Document,
    stored: Mapping[str, Any],
) -> tuple[Refusal, ...]:
    """Return every place at once; asked before anybody decides on the content.

    `edit` is the page of the revision itself, whose reason the edition would print. Of the working
    copy, `summary` is the 概要版 for everybody and `stored` are the rows.
    """
    document = as_edition(
        content.document, reason=revision.reason, document_number=revision.document_number
    )
    found = Refusals()
    found.add(_unprintable(place, edit) for place in unprintable_places(document))
    found.add(_lost_pictures(document))
    if not found.found:
        found.ask(require_printable, document)
    style = DateStyle(revision.municipality.date_style)
    now = None
    if not revision.coverage.whole:
        now = hidden_now(revision.municipality, summary, stored)
    found.add(_leaks(content, style, now, edit, summary))
    return tuple(found.found)


def _unprintable(place: UnprintablePlace, edit: Where) -> Refusal:
    return Refusal(place.sentence, _where(place, edit))


def _where(place: UnprintablePlace, edit: Where) -> Where:
    if place.code == _NAMED_BY_THE_REVISION:
        return edit
    if registry.spec(place.code) and is_uid(place.uid):
        return Where("行を開く", "annex:row", (place.code, place.uid))
    if place.anchor:
        return Where("作業中の計画で見る", "plan:preview", fragment=place.anchor)
    return Where("表紙・奥付を直す", "plan:settings")


def _lost_pictures(document: Document) -> Iterator[Refusal]:
    lost = {sha256 for sha256 in document.images if not _is_there(sha256)}
    for section in document.sections() if lost else ():
        texts = (block.html for block in section.blocks if isinstance(block, TextBlock))
        if lost.intersection(sha256 for html in texts for sha256 in images_in(html)):
            message = ImageMissingError(f"「{section.heading}」").message
            where = Where("作業中の計画で見る", "plan:preview", fragment=section.anchor)
            yield Refusal(message, where)


def _is_there(sha256: str) -> bool:
    try:
        load_image(sha256)
    except LookupError:
        return False
    return True


def _leaks(
    content: Snapshot,
    style: DateStyle,
    now: HiddenNow | None,
    edit: Where,
    summary: Document,
) -> list[Refusal]:
    try:
        require_publishable(content, style, now, summary)
    except LeakError as error:
        return [_leak(sentence, edit) for sentence in error.sentences]
    except DomainError as error:
        return [Refusal(error.message, IN_PUBLIC)]
    return []


def _leak(sentence: str, edit: Where) -> Refusal:
    if sentence.endswith(NOT_PUBLIC_NOW):
        return Refusal(f"{sentence}{COVER_IT_TOO}", edit)
    return Refusal(sentence, IN_PUBLIC)
