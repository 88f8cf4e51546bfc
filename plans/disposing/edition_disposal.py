"""Editions whose 保存年限 is over: text, rows, names and files go, the place in the chain stays."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from bcp_portal.retention.kinds import DisposalOutcome, RetainedItem
from plans.bookshelf.models import PlanCopy
from plans.disposing.proof_entries import empty_entries_of
from plans.document.coverage import Coverage
from plans.editions.disposed_editions import GoneEdition
from plans.editions.file_proofs import PDFS
from plans.editions.models.edition import Edition
from plans.editions.models.edition_reading import EditionReading
from plans.editions.queries import HEAVY
from plans.revisions.models.revision import Submission
from plans.revisions.states import CLOSED


def superseded_before(day: date) -> dict[str, date]:
    """Return when each edition ceased to be in force, if before a day, by the uid of its revision."""
    days: dict[str, date] = {}
    next_day: date | None = None
    editions = Edition.objects.order_by("-sequence").values_list("revision_uid", "effective_on")
    for uid, effective_on in editions:
        if next_day is not None:
            days[str(uid)] = next_day
        if effective_on < day:
            next_day = min(effective_on, next_day or effective_on)
    return days


def closed_editions(day: date) -> Iterator[RetainedItem]:
    """Yield former editions out of force before a day, that a later one replaced as a whole.

    Not one of which the register says that a copy lies somewhere, or beside which a revision is read.
    """
    editions = list(Edition.objects.defer(*HEAVY).order_by("sequence"))
    whole = [
        each.sequence
        for each in editions
        if Coverage.from_json(each.coverage).whole and each.effective_on < day
    ]
    days = superseded_before(day)
    held = {pk for pair in PlanCopy.objects.values_list("edition", "former") for pk in pair}
    moving = Submission.objects.exclude(revision__state__in=CLOSED)
    bases = set(moving.values_list("head__base_edition_uid", flat=True))
    for each in editions:
        closed_on = days.get(str(each.revision_uid))
        is_replaced = each.sequence < max(whole, default=0) and each.pk not in held
        if is_replaced and closed_on and str(each.uid) not in bases:
            yield RetainedItem(str(each.uid), each.label, closed_on)


def dispose_editions(items: Sequence[RetainedItem], number: int) -> DisposalOutcome:
    """Take editions out; what proves the chain is kept with the record of the disposal."""
    editions = Edition.objects.select_related("municipality").defer(*HEAVY)
    chosen = list(editions.filter(uid__in=[item.key for item in items]).order_by("sequence"))
    files = [
        (getattr(each, name).storage, getattr(each, name).name)
        for each in chosen
        for name in PDFS
        if getattr(each, name)
    ]
    return DisposalOutcome(
        husks_sha256=empty_entries_of(chosen, number),
        facts={str(each.uid): {"edition": _kept(each)} for each in chosen},
        files=files,
        carry_out=lambda: _delete([each.pk for each in chosen]),
    )


def _kept(edition: Edition) -> dict[str, object]:
    gone = GoneEdition(
        uid=str(edition.uid),
        sequence=edition.sequence,
        label=edition.label,
        previous_hash=edition.previous_hash,
        chain_hash=edition.chain_hash,
        short_code=edition.short_code,
        listed_on=edition.listed_on,
        reason=edition.reason,
    )
    return {**vars(gone), "listed_on": gone.listed_on.isoformat()}


def _delete(keys: Sequence[int]) -> None:
    """Delete what refuses every other deletion, and what only says who read it."""
    EditionReading.objects.filter(Q(edition__in=keys)).delete()
    EditionReading.objects.filter(former__in=keys).update(former=None, former_read_at=None)
    stored: QuerySet[Edition] = QuerySet(Edition)
    stored.filter(previous__in=keys).update(previous=None)
    stored.filter(pk__in=keys).delete()
