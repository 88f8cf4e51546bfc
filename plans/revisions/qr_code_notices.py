"""Tells a drafter that an edition issued now would have no QR code."""

from collections.abc import Iterator

from bcp_portal.accounts.models import Municipality
from plans.document.coverage import Coverage
from plans.editions.portal_address import NO_QR_CODE, no_qr_code
from plans.revisions.notices import Notice


def qr_code_notices(municipality: Municipality, coverage: Coverage) -> Iterator[Notice]:
    """Yield that an edition issued now would have no QR code."""
    if no_qr_code():
        yield Notice(NO_QR_CODE)
