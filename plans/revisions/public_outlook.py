"""Says to those who decide on a revision what would be public of it: counts, and what leaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.ui.eras import DateStyle
from plans.chapters.image_files import load_image
from plans.chapters.public_setting import public_setting
from plans.comparison.comparables import BothForms
from plans.document.claims import check_said, claims_in
from plans.document.document import Document
from plans.document.redaction import redact
from plans.public_edition.public_counts import PublicCounts, counts_of
from plans.public_edition.public_files import PublicMaker

HEAD_KEY = "public"
"""Where the head of a submission keeps the counts, so that they are decided on too."""


@dataclass(frozen=True)
class Outlook:
    """What the public edition of a content would show; `leaks` are what it would be refused for.

    Without counts there is no public edition of it. `by_former_rules`: a former release looked for
    personal values only. `released_count` finds are no secret, as two people said of each.
    """

    counts: PublicCounts | None = None
    leaks: tuple[str, ...] = ()
    by_former_rules: bool = False
    released_count: int = 0

    @property
    def check_said(self) -> str:
        """Return what the leak check found, where nothing refuses."""
        return check_said(self.released_count)


def outlook_of(
    municipality: Municipality,
    content: BothForms,
    rows: Mapping[str, Any],
    summary: Callable[[], Document],
) -> Outlook:
    """Return the outlook of a content that is about to be submitted, in its municipality's scope.

    `summary` makes the 概要版 for everybody that could be printed with it. The HTML file says all that the PDF does, and is made in a moment.
    """
    if not public_setting().enabled:
        return Outlook()
    document = redact(content.masked, content.choices)
    style = DateStyle(municipality.date_style)
    maker = PublicMaker(document, content.full, rows, load_image, style, summary=summary())
    leaks = (*(find.sentence for find in maker.refusing_finds), *maker.faults_of_page())
    return Outlook(counts_of(content.masked, document), leaks, released_count=len(maker.released))


def frozen_outlook(head: Mapping[str, Any], content: BothForms | None) -> Outlook:
    """Return the outlook of what was submitted; nothing leaks, or it had not been submitted.

    Submissions of former releases did not keep their counts: `content` is counted then.
    """
    if HEAD_KEY in head:
        kept = head[HEAD_KEY]
        counts = PublicCounts.from_json(kept) if kept else None
        return Outlook(counts, released_count=len(claims_in(head)))
    if content is None or not public_setting().enabled:
        return Outlook()
    counts = counts_of(content.masked, redact(content.masked, content.choices))
    return Outlook(counts, by_former_rules=True)
