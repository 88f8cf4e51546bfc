"""Compares what would be submitted with the latest edition, to show it and to propose the kind."""

from dataclasses import dataclass
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from plans.comparison.changes import Comparison
from plans.comparison.comparables import BothForms
from plans.comparison.comparing import compare
from plans.comparison.reading import compare_full, compare_masked
from plans.comparison.remembering import remembered
from plans.comparison.sources import version_of_working_copy
from plans.document import Document
from plans.document_builder import WorkingCopy
from plans.editions.combining import combine
from plans.editions.queries import last_earlier_edition, latest_edition
from plans.editions.snapshot import FrozenCopy, Snapshot
from plans.models.editions import Edition
from plans.public_edition.choices import PublicChoices, choices_in
from plans.revisions.coverage import Coverage
from plans.revisions.kinds import KindProposal, propose_kind


@dataclass
class Prospect:
    """What a revision would submit if it were submitted now; nothing is frozen or written."""

    municipality: Municipality
    coverage: Coverage

    @cached_property
    def latest(self) -> Edition | None:
        return latest_edition()

    @cached_property
    def old(self) -> FrozenCopy | None:
        return FrozenCopy(self.latest.document, self.latest.rows) if self.latest else None

    @cached_property
    def new(self) -> "Combined":
        return Combined(WorkingCopy(self.municipality), self.old, self.coverage)

    @cached_property
    def document(self) -> Document:
        """Return the document with personal values, the covered parts as they stand now."""
        return self.new.full

    @cached_property
    def proposal(self) -> KindProposal:
        if self.latest is None:
            return first_proposal()
        return remembered(
            "proposal",
            self.latest.content_sha256,
            version_of_working_copy(self.municipality),
            str(self.coverage.to_json()),
            find=self._proposal,
        )

    @cached_property
    def comparison(self) -> Comparison | None:
        """Return what would change, as somebody reads it who may not see personal values."""
        return compare_masked(self.old, self.new) if self.old else None

    def _proposal(self) -> KindProposal:
        return propose_kind(compare_full(self.old, self.new) if self.old else None)


@dataclass
class Combined:
    """The covered parts of one document among the other parts of the one before, in both forms."""

    working: BothForms
    base: BothForms | None
    coverage: Coverage

    @cached_property
    def full(self) -> Document:
        return combine(self.working.full, self.base.full if self.base else None, self.coverage)

    @cached_property
    def masked(self) -> Document:
        return combine(self.working.masked, self.base.masked if self.base else None, self.coverage)

    @cached_property
    def choices(self) -> PublicChoices:
        """Return what goes with the result: like all settings, only the whole plan changes them."""
        return self.working.choices if self.coverage.whole or not self.base else self.base.choices


def first_proposal() -> KindProposal:
    """Return the kind of the first edition issued here."""
    earlier = last_earlier_edition()
    return propose_kind(None, earlier.shown_label if earlier else "")


def proposal_for(content: Snapshot) -> KindProposal:
    """Return the kind that follows from what a content changes against the latest edition."""
    latest = latest_edition()
    if latest is None:
        return first_proposal()
    old = FrozenCopy(latest.document, latest.rows)
    choices = (old.choices, choices_in(content.rows))
    return propose_kind(compare(old.full, content.document, choices))
