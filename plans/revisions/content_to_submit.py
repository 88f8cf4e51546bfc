"""What is about to be submitted, as the checks of all rooms are asked about it at SUBMIT."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property  # functools' has one lock for all threads

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.audit.entry_faults import refusing_altered
from bcp_portal.checks.findings import Where
from bcp_portal.ui.eras import DateStyle
from plans.document.document import Document
from plans.editions.printing import as_edition
from plans.editions.snapshot import Snapshot
from plans.public_edition.newly_hidden import HiddenNow
from plans.public_edition.working_copy import hidden_now
from plans.revisions.frozen_head import frozen_route
from plans.revisions.models.revision import Revision
from plans.revisions.parties import Situation
from plans.revisions.people import holder_of, persons_to_choose
from plans.revisions.prospective_changes import Prospect
from plans.revisions.prospective_situation import situation_before
from plans.revisions.route import Route


@dataclass
class ContentToSubmit:
    """A revision with its frozen content and who would submit it; what costs is found out once."""

    revision: Revision
    membership: Membership
    prospect: Prospect
    content: Snapshot

    @property
    def municipality(self) -> Municipality:
        return self.revision.municipality

    @property
    def document(self) -> Document:
        return self.content.document

    @property
    def effective_on(self) -> date | None:
        return self.revision.effective_on

    @property
    def style(self) -> DateStyle:
        return DateStyle(self.municipality.date_style)

    @property
    def own_page(self) -> tuple[Where, ...]:
        """Return where is mended what the revision itself says: reason, day, kind, parts."""
        return (Where("改定の内容を書き直す", "revisions:edit", (str(self.revision.uid),)),)

    @cached_property
    def edition(self) -> Document:
        """Return the content as the edition that it would become."""
        return as_edition(
            self.document,
            reason=self.revision.reason,
            document_number=self.revision.document_number,
        )

    @property
    def summary(self) -> Document:
        """Return the 概要版 for everybody of the working copy."""
        return self.prospect.summary

    @cached_property
    def hidden_now(self) -> HiddenNow | None:
        """Return what the working copy hides, where the content holds parts of an edition too."""
        if self.revision.coverage.whole:
            return None
        return hidden_now(self.municipality, self.summary, self.prospect.composed.working)

    @cached_property
    def situation(self) -> Situation:
        """Return it as the rules see it; DomainError without a route, or where the log was altered."""
        old = self.prospect.old
        with refusing_altered():
            return situation_before(
                self.revision, old.full if old else None, self.document, self.membership
            )

    @cached_property
    def route(self) -> Route:
        """Return the route as it will be walked; NotReady names the steps nobody could decide."""
        situation = self.situation
        people = {str(person.uid): holder_of(person) for person in persons_to_choose()}
        return frozen_route(situation.route, situation, people)
