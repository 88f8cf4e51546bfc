"""Compares what would be submitted with the latest edition, to show it and to propose the kind."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.sheet import Presentation
from plans.comparison.changes import Comparison
from plans.comparison.comparables import BothForms
from plans.comparison.compared_pair import compare_masked, comparison_setting
from plans.comparison.document_comparison import compare
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.named_drafts import NamedDraft, named_drafts
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.queries import last_earlier_edition, latest_edition
from plans.issuing.composition import ComposedDocument
from plans.issuing.frozen_working_copy import compose_working
from plans.public_edition.working_copy import public_summary
from plans.revisions.coverable_parts import plan_headings
from plans.revisions.differences import Difference, differences
from plans.revisions.followers import Follower, followers
from plans.revisions.kind_proposal import KindProposal, propose_kind
from plans.revisions.public_outlook import Outlook, outlook_of
from plans.working_copy.builder import WorkingCopy


@dataclass
class Prospect:
    """What a revision would submit if it were submitted now; nothing is frozen or written.

    Each part is found out once, when it is first asked for, of the database as it then is: who
    wants all of one moment asks within `one_moment`.
    """

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
        """Return both forms; of the whole plan alone each is built when it is asked for."""
        if self.coverage.whole and "composed" not in vars(self):
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
    def summary(self) -> Document:
        """Return the 概要版 for everybody that could be printed of the working copy."""
        return public_summary(self.municipality)

    @cached_property
    def proposal(self) -> KindProposal:
        """Return the kind that follows from what it changes against the latest edition."""
        if self.old is None:
            return first_proposal()
        choices = (self.old.choices, self.new.choices)
        return propose_kind(compare(self.old.full, self.new.full, choices))

    @cached_property
    def outlook(self) -> Outlook:
        """Return what would be public of it, and what the public edition would be refused for."""
        content = self.composed
        return outlook_of(self.municipality, content, content.rows, lambda: self.summary)

    @cached_property
    def comparison(self) -> Comparison | None:
        """Return what would change, as somebody reads it who may not see personal values."""
        widths = comparison_setting().show_widths
        return compare_masked(self.old, self.new, with_widths=widths) if self.old else None

    @cached_property
    def followers(self) -> list[Follower]:
        """Return the parts that come along although they are not chosen."""
        if self.old is None or self.coverage.whole:
            return []
        return followers(self.old.full, self.composed.full, self.coverage)

    @cached_property
    def left_out(self) -> list[Difference]:
        """Return what the working copy says otherwise and this revision does not carry."""
        if self.latest is None or self.coverage.whole:
            return []
        working, rows = self.composed.working, self.composed.rows
        presentation = Presentation.load(self.municipality)
        return differences(working, rows, plan_headings(self.municipality), presentation)

    @cached_property
    def named_drafts(self) -> list[NamedDraft]:
        """Return the rows that the edition would not hold, but its rows would name."""
        return named_drafts(self.composed.rows, Presentation.load(self.municipality))


def first_proposal() -> KindProposal:
    """Return the kind of the first edition issued here."""
    earlier = last_earlier_edition()
    return propose_kind(None, earlier.shown_label if earlier else "")
