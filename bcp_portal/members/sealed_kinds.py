"""Says which records about accounts are sealed in the operation log: decisions rely on them."""

from bcp_portal.accounts.models import Membership
from bcp_portal.audit.seals import SealedKind, seal_registry
from bcp_portal.members.models import AccountNotice, DecisionCode

_MEMBERSHIP = (Membership._meta.label_lower, "")

KINDS = (
    SealedKind(
        AccountNotice,
        key=lambda each: str(each.uid),
        place=lambda each: f"{each.by_name}が行ったことの利用者へのお知らせ",
        target=lambda each: _MEMBERSHIP,
        accounts=("user",),
        made_at=lambda each: each.at,
    ),
    SealedKind(
        DecisionCode,
        key=lambda each: str(each.code_hash),
        place=lambda each: f"{each.issued_by_name}が発行した確認コード",
        target=lambda each: _MEMBERSHIP,
        beside={"used_at": "the decision that it proved says that it was used"},
        accounts=("user",),
        made_at=lambda each: each.issued_at,
        is_kept=False,
    ),
)


def register_sealed_kinds() -> None:
    """Tell the log; called once at start."""
    seal_registry.register(*KINDS)
