"""Says that years and disposals are sealed in the operation log: only they prove what was disposed of."""

from bcp_portal.audit.models import Disposal
from bcp_portal.audit.seals import SealedKind, seal_registry
from bcp_portal.retention.models import DisposalProposal, RetentionSetting

KINDS = (
    SealedKind(
        Disposal,
        key=lambda each: str(each.number),
        place=str,
        target=lambda each: (each._meta.label_lower, each.log_uid),
        made_at=lambda each: each.decided_at,
    ),
    SealedKind(
        RetentionSetting,
        key=lambda each: str(each.kind),
        place=lambda each: f"保存年限（{each.kind}）",
        target=lambda each: (each._meta.label_lower, ""),
    ),
    SealedKind(
        DisposalProposal,
        key=lambda each: str(each.kind),
        place=str,
        target=lambda each: (each._meta.label_lower, ""),
        made_at=lambda each: each.proposed_at,
    ),
)


def register_sealed_kinds() -> None:
    """Tell the log; called once at start."""
    seal_registry.register(*KINDS)
