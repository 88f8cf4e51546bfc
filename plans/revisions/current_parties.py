"""Gathers who had a hand in what is about to be submitted: who filed it, who wrote it, who looks alike."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bcp_portal.audit.entry_faults import note_log_since
from plans.comparison.compared_pair import comparison_setting
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.editions.models.edition import Edition
from plans.revisions.authors import Authors, authors_of
from plans.revisions.frozen_parties import FrozenParties, Hand
from plans.revisions.issued_parts import IssuedPart
from plans.revisions.log_lines import lines_since
from plans.revisions.models.revision import Contributor, Submission
from plans.revisions.models.route import ApprovalSetting
from plans.revisions.people import Everybody
from plans.revisions.printed_places import WHOLE_ACTIONS, kinds_of_records, printed_places
from plans.revisions.settings_lines import ACTIONS, settings_told
from plans.revisions.states import SubmissionState


def parties_now(
    *,
    contributors: Sequence[Contributor],
    documents: Sequence[Document],
    coverage: Coverage,
    everybody: Everybody,
    setting: ApprovalSetting,
    date_style: str,
) -> FrozenParties:
    """Return who had a hand in it as of now; documents are the one before, if any, and the new one."""
    filed = {each.user_key for each in contributors}
    names = {everybody.usernames.get(key, "") for key in filed}
    written = authors_in(documents, coverage)
    authors = _with_persons(written.authors, everybody, but=names)
    persons = {str(each.person_uid) for each in contributors}
    persons |= {uid for uid, each in everybody.people.items() if each.username in names - {""}}
    persons |= {each.person_uid for each in authors if each.person_uid}
    return FrozenParties(
        alike=_alike(persons, everybody),
        authors=authors,
        also=_with_persons(written.also, everybody, but=names),
        wait_hours=setting.account_wait_hours,
        wait_off=setting.account_wait_off,
        date_style=date_style,
        comparison_layout=comparison_setting().values(),
    )


def authors_in(documents: Sequence[Document], coverage: Coverage) -> Authors:
    """Return who wrote what changes in the covered parts since they were last submitted."""
    issued = issued_parts()
    printed = printed_places(documents, coverage, issued)
    lines = lines_since(_earliest(issued), kinds_of_records(), actions=(*WHOLE_ACTIONS, *ACTIONS))
    return authors_of(settings_told(lines, coverage, issued), printed)


def note_log_of_authors() -> None:
    """Note, if anybody wants to know, what is wrong now with the log that tells who wrote what."""
    note_log_since(_earliest(issued_parts()))


def issued_parts() -> list[IssuedPart]:
    """Return what each edition took over and as of when; of an edition without a submission its issue."""
    editions = list(Edition.objects.values_list("revision_uid", "coverage", "issued_at"))
    submitted = dict(
        Submission.objects.filter(
            state=SubmissionState.APPROVED, revision__uid__in=[uid for uid, _, _ in editions]
        ).values_list("revision__uid", "submitted_at")
    )
    return [
        IssuedPart(Coverage.from_json(coverage), submitted.get(uid, issued_at))
        for uid, coverage, issued_at in editions
    ]


def _earliest(issued: Iterable[IssuedPart]) -> datetime | None:
    """Return the moment before which nothing counts: the first edition had the whole plan."""
    return min((each.submitted_at for each in issued if each.coverage.whole), default=None)


def _with_persons(
    hands: Iterable[Hand], everybody: Everybody, *, but: set[str]
) -> tuple[Hand, ...]:
    found = []
    for each in hands:
        if each.username not in but:
            uid = everybody.accounts.persons.get(each.username, "")
            known = everybody.people.get(uid)
            found.append(replace(each, person_uid=uid, name=known.name if known else each.name))
    return tuple(found)


def _alike(persons: set[str], everybody: Everybody) -> tuple[Hand, ...]:
    """Return the other entries that look like one of these persons, with their accounts."""
    found: dict[str, Hand] = {}
    for uid, each in everybody.people.items():
        if uid not in persons and each.namesakes & persons:
            found[uid] = Hand(each.username, uid, each.name)
    return tuple(found.values())
