"""Compares what would be submitted with the latest edition, to show it and to propose the kind."""

from dataclasses import dataclass
from functools import cached_property

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.remembered import remembered
from plans.comparison.changes import Comparison
from plans.comparison.comparables import BothForms
from plans.comparison.comparing import compare
from plans.comparison.reading import compare_masked, comparison_setting
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.named_drafts import NamedDraft, named_drafts
from plans.document.public_choices import choices_in
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.queries import last_earlier_edition, latest_edition
from plans.editions.snapshot import Snapshot
from plans.issuing.composing import ComposedDocument
from plans.issuing.freezing import compose_working
from plans.revisions.differences import Difference, differences
from plans.revisions.followers import Follower, followers
from plans.revisions.kind_proposal import KindProposal, propose_kind
from plans.revisions.parts import plan_headings
from plans.revisions.public_outlook import Outlook, outlook_of
from plans.working_copy.builder import WorkingCopy
from plans.working_copy.rows import working_rows
from plans.working_copy.version import version_of_working_copy


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
    def new(self) -> BothForms:
        """Return both forms; of the whole plan each is built when it is asked for."""
        if self.coverage.whole:
            return WorkingCopy(self.municipality, in_edition=True)
        return self.composed

    @cached_property
    def composed(self) -> ComposedDocument:
        return compose_working(self.municipality, self.latest, self.coverage)

    @cached_property
    def document(self) -> Document:
        """Return the document with personal values, the covered parts as they stand now."""
        return self.new.full

    @cached_property
    def proposal(self) -> KindProposal:
        if self.latest is None:
            return first_proposal()
        return remembered(
            "proposal-2",
            self.latest.content_sha256,
            version_of_working_copy(self.municipality),
            str(self.coverage.to_json()),
            find=self._proposal,
        )

    @cached_property
    def outlook(self) -> Outlook:
        """Return what would be public of it, and what the public edition would be refused for."""
        return remembered(
            "public-outlook-4",
            self.latest.content_sha256 if self.latest else "",
            version_of_working_copy(self.municipality),
            str(self.coverage.to_json()),
            find=self._outlook,
        )

    def _outlook(self) -> Outlook:
        return outlook_of(self.municipality, self.composed, self.composed.rows)

    @cached_property
    def comparison(self) -> Comparison | None:
        """Return what would change, as somebody reads it who may not see personal values."""
        widths = comparison_setting().show_widths
        return compare_masked(self.old, self.new, with_widths=widths) if self.old else None

    @property
    def followers(self) -> list[Follower]:
        """Return the parts that come along although they are not chosen."""
        return self._beside[0]

    @property
    def left_out(self) -> list[Difference]:
        """Return what the working copy says otherwise and this revision does not carry."""
        return self._beside[1]

    @cached_property
    def named_drafts(self) -> list[NamedDraft]:
        """Return the rows that the edition would not hold, but its rows would name."""
        return remembered(
            "named-drafts",
            self.latest.content_sha256 if self.latest else "",
            version_of_working_copy(self.municipality),
            str(self.coverage.to_json()),
            find=self._find_named_drafts,
        )

    def _find_named_drafts(self) -> list[NamedDraft]:
        kept_whole = self.coverage.whole or self.latest is None
        rows = working_rows(self.municipality) if kept_whole else self.composed.rows
        return named_drafts(rows, Presentation.load(self.municipality))

    @cached_property
    def _beside(self) -> tuple[list[Follower], list[Difference]]:
        if self.latest is None or self.coverage.whole:
            return [], []
        return remembered(
            "beside",
            self.latest.content_sha256,
            version_of_working_copy(self.municipality),
            str(self.coverage.to_json()),
            find=self._find_beside,
        )

    def _find_beside(self) -> tuple[list[Follower], list[Difference]]:
        old = self.old.full if self.old else self.document
        come_along = followers(old, self.document, self.coverage)
        return come_along, left_out(self.municipality, self.composed)

    def _proposal(self) -> KindProposal:
        if self.old is None:
            return propose_kind(None)
        choices = (self.old.choices, self.new.choices)
        return propose_kind(compare(self.old.full, self.new.full, choices))


def left_out(municipality: Municipality, composed: ComposedDocument) -> list[Difference]:
    """Return what is stored and differs from what was composed, in the municipality's scope."""
    presentation = Presentation.load(municipality)
    return differences(composed.working, composed.rows, plan_headings(municipality), presentation)


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
