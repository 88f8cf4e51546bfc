"""The life of a revision: its states, and which follows which."""

from django.db import models


class RevisionState(models.TextChoices):
    DRAFT = "draft", "下書き"
    CHECKING = "checking", "確認中"
    AWAITING = "awaiting", "承認待ち"
    RETURNED = "returned", "差戻し"
    ISSUING = "issuing", "版の作成中"
    ISSUE_FAILED = "issue_failed", "版を作れませんでした"
    ISSUED = "issued", "発行済み"
    WITHDRAWN = "withdrawn", "取下げ"


class SubmissionState(models.TextChoices):
    OPEN = "open", "審査中"
    APPROVED = "approved", "決裁済み"
    RETURNED = "returned", "差戻し"
    WITHDRAWN = "withdrawn", "取下げ"


_S = RevisionState
FOLLOWING: dict[RevisionState, frozenset[RevisionState]] = {
    _S.DRAFT: frozenset({_S.CHECKING, _S.AWAITING, _S.WITHDRAWN}),
    _S.RETURNED: frozenset({_S.CHECKING, _S.AWAITING, _S.WITHDRAWN}),
    _S.CHECKING: frozenset({_S.AWAITING, _S.RETURNED, _S.ISSUING, _S.DRAFT, _S.WITHDRAWN}),
    _S.AWAITING: frozenset({_S.CHECKING, _S.RETURNED, _S.ISSUING, _S.DRAFT, _S.WITHDRAWN}),
    _S.ISSUING: frozenset({_S.ISSUED, _S.ISSUE_FAILED}),
    _S.ISSUE_FAILED: frozenset({_S.ISSUING, _S.DRAFT, _S.WITHDRAWN}),
    _S.ISSUED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
EDITABLE = frozenset({_S.DRAFT, _S.RETURNED})
UNDER_REVIEW = frozenset({_S.CHECKING, _S.AWAITING})
CLOSED = frozenset({_S.ISSUED, _S.WITHDRAWN})


def may_follow(now: str, wanted: str) -> bool:
    """Tell whether a revision may go from one state to another."""
    return RevisionState(wanted) in FOLLOWING[RevisionState(now)]
