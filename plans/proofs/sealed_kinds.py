"""Says which records of plans and revisions are sealed in the operation log, and what of each."""

from datetime import datetime
from typing import Any

from bcp_portal.audit.seals import AccountNames, SealedKind, Values, seal_registry
from plans.chapters.models.image import ChapterImage
from plans.claims.models import PublicClaim
from plans.editions.models.earlier_edition import EarlierEdition
from plans.revisions.models.revision import Decision, Revision, Submission
from plans.revisions.models.route import ApprovalRoute, ApprovalSetting

REVISION = Revision._meta.label_lower
CLOCKWORK = "bookkeeping of the program that says nothing to anybody"
FILE = "the bytes are compared with their SHA-256, which is sealed"


def _revision_parts(revision: Revision, accounts: AccountNames) -> Values:
    """Return who had a hand in a revision, each in the order in which they came."""
    parts: Values = {}
    hands = list(revision.contributors.order_by("pk"))
    for number, each in enumerate(hands, 1):
        parts[f"関わった人{number}"] = [str(each.person_uid), each.name]
        parts[f"関わった人{number}の利用者"] = accounts.account(each.user_key)
    return parts | {"関わった人の数": len(hands)}


def _remarks(decision: Decision, accounts: AccountNames) -> Values:
    names = ("place", "anchor", "quote", "table_code", "row_uid", "place_label", "text")
    remarks = decision.remarks.order_by("pk").values_list(*names)
    return {"差戻しの意見": [list(each) for each in remarks]}


def _own(record: Any) -> tuple[str, str]:
    return record._meta.label_lower, str(record.uid)


def _made(name: str) -> Any:
    def made_at(record: Any) -> datetime | None:
        found: datetime | None = getattr(record, name)
        return found

    return made_at


KINDS = (
    SealedKind(
        Revision,
        key=lambda each: str(each.uid),
        place=str,
        target=_own,
        beside={"issue_started_at": CLOCKWORK, "updated_at": CLOCKWORK},
        accounts=("drafter",),
        more=_revision_parts,
        made_at=_made("created_at"),
    ),
    SealedKind(
        Submission,
        key=lambda each: str(each.uid),
        place=str,
        target=lambda each: (REVISION, str(each.revision.uid)),
        beside={"revision": "sealed by the uid of the revision"},
        accounts=("submitted_by",),
        more=lambda each, accounts: {"改定": str(each.revision.uid)},
        related=("revision",),
        made_at=_made("submitted_at"),
    ),
    SealedKind(
        Decision,
        key=lambda each: str(each.uid),
        place=lambda each: f"{each.submission}に対する決定（{each}）",
        target=lambda each: (REVISION, str(each.submission.revision.uid)),
        beside={"paper": FILE, "submission": "sealed by the uid of the submission"},
        accounts=("user", "user_key"),
        more=lambda each, accounts: {
            "提出": str(each.submission.uid),
            "会議の資料の有無": bool(each.paper),
            **_remarks(each, accounts),
        },
        related=("submission__revision",),
        made_at=_made("at"),
    ),
    SealedKind(
        ApprovalRoute,
        key=lambda each: str(each.kind),
        place=str,
        target=lambda each: (each._meta.label_lower, ""),
        beside={"updated_at": CLOCKWORK},
    ),
    SealedKind(
        ApprovalSetting,
        key=lambda each: "",
        place=str,
        target=lambda each: (each._meta.label_lower, ""),
    ),
    SealedKind(
        PublicClaim,
        key=lambda each: str(each.uid),
        place=lambda each: f"非公開の値ではないという申出（{each}）",
        target=_own,
        accounts=("claimed_by", "confirmed_by"),
        made_at=_made("claimed_at"),
    ),
    SealedKind(
        EarlierEdition,
        key=lambda each: str(each.uid),
        place=lambda each: f"これまでの版「{each}」",
        target=_own,
        beside={"file": FILE},
    ),
    SealedKind(
        ChapterImage,
        key=lambda each: str(each.sha256),
        place=lambda each: f"本文の図「{each}」",
        target=lambda each: (each._meta.label_lower, ""),
        beside={"file": FILE},
        accounts=("created_by",),
        made_at=_made("created_at"),
    ),
)


def register_sealed_kinds() -> None:
    """Tell the log; called once at start."""
    seal_registry.register(*KINDS)
