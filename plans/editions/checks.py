"""What editions ask: whether all of one can be printed, and whether it will have its QR code."""

from collections.abc import Iterator
from typing import Protocol

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from bcp_portal.checks.findings import Finding, Severity, Where, refused_by
from bcp_portal.checks.registry import Check, Moment
from bcp_portal.ui.uids import is_uid
from plans.chapters.image_files import load_image
from plans.document.document import Document, TextBlock
from plans.editions.portal_address import NO_QR_CODE, no_qr_code
from plans.editions.printing import require_printable
from plans.printing.problems import ImageMissingError
from plans.printing.unprintable_places import UnprintablePlace, unprintable_places
from plans.text.cleaning import images_in

_NAMED_BY_THE_REVISION = "c-10"


class _EditionToBe(Protocol):
    @property
    def edition(self) -> Document: ...
    @property
    def own_page(self) -> tuple[Where, ...]: ...


class _Printed(Protocol):
    @property
    def printed(self) -> object: ...


def can_be_printed(asked: _EditionToBe) -> Iterator[Finding]:
    """Yield every character and picture that could not be printed, and where it stands.

    `own_page` is the one of the revision, whose reason the edition would print.
    """
    document = asked.edition
    found = [
        *(
            Finding(place.sentence, _where(place, asked.own_page))
            for place in unprintable_places(document)
        ),
        *_lost_pictures(document),
    ]
    yield from found or refused_by(lambda: require_printable(document))


def is_printed(asked: _Printed) -> Iterator[Finding]:
    """Print it, once for all who ask; the DomainError of the press names what it could not print."""
    _ = asked.printed
    yield from ()


def qr_code_of_edition(_asked: object) -> Iterator[Finding]:
    """Yield that an edition issued now would have no QR code."""
    if no_qr_code():
        yield Finding(NO_QR_CODE)


def qr_code_of_print(asked: Membership) -> Iterator[Finding]:
    """Yield the same to who orders a print, if they are of those who have the address set."""
    if asked.may(Permission.MANAGE_SETTINGS):
        yield from qr_code_of_edition(asked)


def _where(place: UnprintablePlace, own_page: tuple[Where, ...]) -> tuple[Where, ...]:
    if place.code == _NAMED_BY_THE_REVISION:
        return own_page
    if registry.spec(place.code) and is_uid(place.uid):
        return (Where("行を開く", "annex:row", (place.code, place.uid)),)
    if place.anchor:
        return (Where("作業中の計画で見る", "plan:preview", fragment=place.anchor),)
    return (Where("表紙・奥付を直す", "plan:settings"),)


def _lost_pictures(document: Document) -> Iterator[Finding]:
    lost = {sha256 for sha256 in document.images if not _is_there(sha256)}
    for section in document.sections() if lost else ():
        texts = (block.html for block in section.blocks if isinstance(block, TextBlock))
        if lost.intersection(sha256 for html in texts for sha256 in images_in(html)):
            message = ImageMissingError(f"「{section.heading}」").message
            yield Finding(
                message, (Where("作業中の計画で見る", "plan:preview", fragment=section.anchor),)
            )


def _is_there(sha256: str) -> bool:
    try:
        load_image(sha256)
    except LookupError:
        return False
    return True


PRINTABLE = Check(
    "editions.printable", "印刷できないところがあります", can_be_printed, (Moment.SUBMIT,)
)
PRINTED = Check("editions.printed", "印刷できません", is_printed, (Moment.ISSUE, Moment.PRINT))
EDITION_QR_CODE = Check(
    "editions.qr-code",
    "発行する版にQRコードを印刷できません",
    qr_code_of_edition,
    (Moment.BEFORE_SUBMIT,),
    Severity.NOTE,
)
PRINT_QR_CODE = Check(
    "editions.qr-code-of-print",
    "QRコードを印刷できません",
    qr_code_of_print,
    (Moment.BEFORE_PRINT,),
    Severity.NOTE,
)
