"""What the approval sheet (起案・回議・決裁) says, as plain data for screen and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.moments import format_moment
from plans.document.claims import check_said
from plans.document.named_drafts import named_in_head
from plans.document.revision_kind import RevisionKind
from plans.editions.models.edition import Edition
from plans.public_edition.public_counts import PublicCounts
from plans.revisions.blank_lines import blanks_said
from plans.revisions.draft_parts import draft_parts_in
from plans.revisions.models.revision import Decision, Submission, SubmittedContent, Verdict
from plans.revisions.page import RevisionPage, SeatLine, StepLine
from plans.revisions.public_outlook import HEAD_KEY
from plans.revisions.route import StepAction

DRAFTED, CIRCULATED, DECIDED, REPORTED = "起案", "回議", "決裁", "報告"
SMALL_OFFICE = (
    "この改定は、少人数の特例により、起案・提出をした人または変わるところを書いた人が確認または承認を行うことを"
    "認めて処理しました。"
)
NO_COMPARISON = "最初の版のため、新旧対照表は添付しません。"
ATTACHED = "新旧対照表を添付します。"
SAME_PERSON = "「{}」と同じ人の決定"


@dataclass(frozen=True)
class SealBox:
    """One place for a seal: whose, what they decided, when, and what has to be said with it."""

    step: str
    who: str
    verdict: str = ""
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ApprovalSheet:
    """One sheet: its facts, and the boxes under 起案, 回議, 決裁 and 報告."""

    title: str
    municipality: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[SealBox, ...]], ...]
    hashes: tuple[tuple[str, str], ...]
    exception: str
    attachment: str


def approval_sheet(page: RevisionPage) -> ApprovalSheet:
    """Return the sheet of the latest submission; there must be one.

    Nothing of it follows what is changed later: title and municipality stand in the content that
    was submitted, all else in its head, its route and the decisions.
    """
    submission = page.submission
    if submission is None:
        raise LookupError(str(page.revision))
    head, style = page.head, page.style
    edition = _edition(page)
    cover = cover_of(submission)
    return ApprovalSheet(
        title=f"{cover['title']}の{RevisionKind(head['kind']).label}について",
        municipality=cover["municipality"],
        facts=tuple(_facts(page, submission, style, edition)),
        groups=tuple(_groups(page, submission, style)),
        hashes=tuple(_hashes(submission, edition)),
        exception=SMALL_OFFICE if page.exception_held else "",
        attachment=ATTACHED if head.get("base_edition_uid") else NO_COMPARISON,
    )


def _facts(
    page: RevisionPage, submission: Submission, style: DateStyle, edition: Edition | None
) -> list[tuple[str, str]]:
    head = page.head
    kind = str(RevisionKind(head["kind"]).label)
    if head["kind"] != head["proposed_kind"]:
        kind += f"（変更の内容からの提案：{page.proposed_label}）"
    facts = [
        ("改定の番号", f"改定第{page.revision.number}号（第{submission.number}回の提出）"),
        ("前の提出の差戻し", _former_return(page, style)),
        ("差戻しの後の変更", page.unchanged_said),
        ("文書番号", head["document_number"]),
        ("改定の種類", kind),
        ("提案の根拠", "\n".join(head["proposed_reasons"])),
        ("種類を軽くする理由", head["kind_reason"]),
        ("改定の理由", head["reason"]),
        ("対象", head["coverage_label"]),
        ("合わせて変わる部分", "、".join(each["label"] for each in head.get("followers", ()))),
        ("対象でない変更", "、".join(map(_left_out, head.get("left_out", ())))),
        ("「作成中」のため載らない行", "\n".join(each.said for each in draft_parts_in(head))),
        ("名前だけ載る行", "\n".join(map(str, named_in_head(head)))),
        ("承認までに必要な欄の空欄", blanks_said(head, style)),
        ("施行日", format_date(date.fromisoformat(head["effective_on"]), style)),
        ("今の版", head["base_edition_label"] or "（なし）"),
        ("公開版に載るもの", _public_said(head)),
        ("公開版の漏れの検査", _check_said(page)),
        ("非公開の値ではないとした箇所", "\n".join(map(str, page.released))),
        ("発行した版", edition.label if edition else ""),
        ("変わるところを書いた人", _authors(submission)),
    ]
    return [(label, value) for label, value in facts if value]


def _authors(submission: Submission) -> str:
    parties = submission.parties
    return "\n".join(hand.said for hand in parties.authors) if parties else ""


def _check_said(page: RevisionPage) -> str:
    """Return what the leak check found at submit; "" where there is no public edition of it."""
    counts = _public_counts(page.head)
    return f"{check_said(len(page.released))}。{counts.unread_said}" if counts else ""


def _public_said(head: Mapping[str, Any]) -> str:
    """Return what becomes public as it was counted at submit; "" where a former release did not."""
    counts = _public_counts(head)
    if counts is None:
        return "この改定から公開版を作りません。" if HEAD_KEY in head else ""
    lines = [f"{label} {each.shown}件（{each.total}件中）" for label, each in counts.lines()]
    return "\n".join((*lines, *(f"　{name}" for name in counts.picture_names)))


def _public_counts(head: Mapping[str, Any]) -> PublicCounts | None:
    return PublicCounts.from_json(kept) if (kept := head.get(HEAD_KEY)) else None


def _left_out(difference: Mapping[str, Any]) -> str:
    return f"{difference['label']} {difference['count']}{difference['unit']}"


def _hashes(submission: Submission, edition: Edition | None) -> list[tuple[str, str]]:
    hashes = [
        ("提出のハッシュ値", submission.digest),
        ("内容のハッシュ値", submission.content_sha256),
    ]
    if edition:
        hashes += [
            ("版の内容のハッシュ値", edition.content_sha256),
            ("PDFのハッシュ値", edition.pdf_sha256),
        ]
    return hashes


def _groups(
    page: RevisionPage, submission: Submission, style: DateStyle
) -> list[tuple[str, tuple[SealBox, ...]]]:
    approvals = [step for step in page.steps if step.action_label == StepAction.APPROVE.label]
    last = approvals[-1] if approvals else None
    groups: dict[str, list[SealBox]] = {DRAFTED: _drafted(page, submission, style)}
    for step in page.steps:
        boxes = groups.setdefault(_group(step, last), [])
        boxes += [_box(page, step, seat, style) for seat in step.seats]
    order = (DRAFTED, CIRCULATED, DECIDED, REPORTED)
    return [(name, tuple(groups[name])) for name in order if name in groups]


def _group(step: StepLine, last: StepLine | None) -> str:
    if step.action_label == StepAction.REPORT.label:
        return REPORTED
    return DECIDED if step is last else CIRCULATED


def _drafted(page: RevisionPage, submission: Submission, style: DateStyle) -> list[SealBox]:
    revision = page.revision
    drafter = f"{revision.drafter_post} {revision.drafter_name}".strip()
    submitter = f"{submission.submitted_by_post} {submission.submitted_by_name}".strip()
    boxes = [SealBox("起案", drafter, "起案", format_moment(revision.created_at, style))]
    if submitter != drafter:
        boxes.append(
            SealBox("提出", submitter, "提出", format_moment(submission.submitted_at, style))
        )
    return boxes


def _box(page: RevisionPage, step: StepLine, seat: SeatLine, style: DateStyle) -> SealBox:
    decided = next((d for d in seat.decisions if d.verdict != Verdict.REVIEWED_AFTER), None)
    after = next((d for d in seat.decisions if d.verdict == Verdict.REVIEWED_AFTER), None)
    notes = list(_notes(page, decided, style)) if decided else []
    if seat.decided_before:
        notes.append(SAME_PERSON.format(seat.decided_before))
    if after:
        notes.append(f"後閲：{after.post} {after.name}（{format_moment(after.at, style)}）")
    if decided is None:
        return SealBox(step.name, seat.label, "", "", tuple(notes))
    who = f"{decided.post} {decided.name}".strip()
    label = decided.get_verdict_display() + ("（代行）" if decided.on_behalf_of else "")
    return SealBox(step.name, who, label, format_moment(decided.at, style), tuple(notes))


def _notes(page: RevisionPage, decision: Decision, style: DateStyle) -> list[str]:
    notes = []
    if decision.on_behalf_of:
        reason = decision.absence or "在任していないため"
        notes.append(f"{decision.on_behalf_of}の代行（{reason}）")
    if decision.meeting_on:
        notes.append(f"{decision.meeting_body}（{format_date(decision.meeting_on, style)}）で決定")
        notes.append(f"資料：{page.paper_said(decision)}　SHA-256 {decision.paper_sha256}")
    if decision.small_office:
        notes.append("少人数の特例により、起案・提出をした本人または変更を書いた本人が決定")
    notes += decision.circumstances.splitlines()
    if decision.comment:
        notes.append(f"意見：{decision.comment}")
    return notes


def _edition(page: RevisionPage) -> Edition | None:
    if page.revision.edition_uid is None:
        return None
    found: Edition | None = (
        Edition.objects.filter(uid=page.revision.edition_uid)
        .only("uid", "label", "content_sha256", "pdf_sha256")
        .first()
    )
    return found


def cover_of(submission: Submission) -> dict[str, str]:
    """Return what the cover of the submitted content says, without reading the rest."""
    found = SubmittedContent.objects.values_list(
        "document__cover__title", "document__cover__municipality"
    ).get(submission=submission)
    return {"title": found[0] or "ICT業務継続計画", "municipality": found[1] or ""}


def _former_return(page: RevisionPage, style: DateStyle) -> str:
    """Return who sent the submission before back, when, and what was to be mended."""
    former = page.former_return
    if former is None:
        return ""
    head = f"{former.post} {former.name}（{format_moment(former.at, style)}）".strip()
    remarks = (
        f"{remark}{f'「{remark.quote}」' if remark.quote else ''}　{remark.text}"
        for remark in former.remarks.all()
    )
    return "\n".join(line for line in (head, former.comment, *remarks) if line)
