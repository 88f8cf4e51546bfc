"""Compares revisions with what the operation log and the editions say of them, also of before seals."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bcp_portal.audit.models import Entry
from plans.editions.disposed_editions import gone_editions
from plans.editions.models.edition import Edition
from plans.revisions.issuing import decider_of
from plans.revisions.models.revision import Decision, Revision, Submission, Verdict
from plans.revisions.revision_proof import submission_faults
from plans.revisions.states import RevisionState, SubmissionState

_MUST_BE_IN_EDITION = {Verdict.CHECKED, Verdict.APPROVED}


def dossier_faults(*, sealed: bool) -> Iterator[str]:
    """Yield what of the revisions of the municipality in scope contradicts log, digests or editions.

    Where nothing was ever `sealed`, a revision of which the log knows nothing is not judged.
    """
    revisions = {str(each.uid): each for each in Revision.objects.order_by("number")}
    notes = _notes_in_log()
    for uid, (label, _) in notes.items():
        if uid not in revisions:
            yield f"{label}は、操作記録にあるのに削除されています。"
    issued = {str(each.revision_uid): each for each in _readable_editions()}
    gone = {each.uid for each in gone_editions()}
    for uid, revision in revisions.items():
        if not sealed and uid not in notes and uid not in issued:
            continue
        said = notes.get(uid, ("", ""))[1]
        yield from _revision_faults(revision, issued.get(uid), said, gone)


def _revision_faults(
    revision: Revision, edition: Edition | None, notes: str, gone: Collection[str]
) -> Iterator[str]:
    submissions = revision.submissions.select_related("revision").prefetch_related("decisions")
    approved = None
    for each in submissions.order_by("number"):
        yield from submission_faults(each)
        if each.digest not in notes:
            yield f"{each}の提出の記録が、操作記録にありません。"
        for decision in each.decisions.all():
            if decision.digest != each.digest:
                yield f"{each}に対する決定（{decision}）のハッシュ値が、提出のハッシュ値と一致しません。"
        approved = each if each.state == SubmissionState.APPROVED else approved
    is_issued = revision.state == RevisionState.ISSUED
    if is_issued and str(revision.edition_uid) in gone:
        return
    if is_issued and (edition is None or edition.uid != revision.edition_uid):
        yield f"{revision}は発行済みとなっていますが、その版がありません。"
    if edition is None:
        return
    if not (is_issued or revision.state == RevisionState.ISSUING):
        yield f"{edition.label}が発行されているのに、{revision}の状態が書き換えられています。"
    if approved is None:
        yield f"{edition.label}を発行した{revision}に、決裁された提出がありません。"
        return
    yield from _edition_faults(revision, approved, edition)


def _edition_faults(revision: Revision, submission: Submission, edition: Edition) -> Iterator[str]:
    if edition.submitted_sha256 != submission.content_sha256:
        yield f"{edition.label}の承認された内容が、{submission}の内容と一致しません。"
    drafter = {"name": revision.drafter_name, "post": revision.drafter_post}
    drafter["submitted_by"] = submission.submitted_by_name
    if _differs(edition.drafter, drafter):
        yield f"{revision}の起案者または提出者が、{edition.label}の記録と一致しません。"
    said = [dict(each) for each in edition.deciders]
    for decision in submission.decisions.order_by("at", "pk"):
        shown = _decider(decision, submission)
        same = next((each for each in said if not _differs(each, shown)), None)
        if same is not None:
            said.remove(same)
        elif decision.verdict in _MUST_BE_IN_EDITION:
            yield f"{submission}に対する決定（{decision}）が、{edition.label}の記録と一致しません。"
    for each in said:
        name = f"{each.get('decision', '')} {each.get('post', '')} {each.get('name', '')}"
        yield f"{edition.label}に記録された決定（{name}）が、{submission}にありません。"


def _decider(decision: Decision, submission: Submission) -> dict[str, Any]:
    try:
        return decider_of(decision, submission)
    except (IndexError, KeyError, TypeError, ValueError):
        return {}  # its step is not in the route: it agrees with nothing


def _differs(noted: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    """Tell whether what an edition noted is not what is stored; it notes less in an older release."""
    return not shown or any(name in shown and shown[name] != value for name, value in noted.items())


def _readable_editions() -> Iterator[Edition]:
    """Yield the editions that can be read, without their texts; the chain names the others."""
    editions = Edition.objects.defer("document", "public_document", "rows")
    for pk in Edition.objects.order_by("sequence").values_list("pk", flat=True):
        try:
            yield editions.get(pk=pk)
        except ValueError:
            continue


def _notes_in_log() -> dict[str, tuple[str, str]]:
    """Return label and all notes of each revision the log tells of, by uid."""
    told = Entry.objects.filter(target_type=Revision._meta.label_lower, disposed_in=0)
    entries = told.order_by("sequence")
    labels: dict[str, str] = {}
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for uid, label, note in entries.values_list("target_uid", "target_label", "note"):
        labels[uid] = label
        notes[uid].append(note)
    return {uid: (label, "\n".join(notes[uid])) for uid, label in labels.items()}
