"""Says what is due, keeps the years of each kind, and disposes of what somebody decided to."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.audit.disposal import DISPOSED
from bcp_portal.audit.edits import Edit, save_changes
from bcp_portal.audit.models import Disposal
from bcp_portal.audit.services import record
from bcp_portal.retention.agreement import ALONE, BY_ONE, circumstances_of_alone, refuse_alone
from bcp_portal.retention.kinds import RetainedItem, RetainedKind, retained_kinds
from bcp_portal.retention.models import DisposalProposal, RetentionSetting
from bcp_portal.retention.years import first_day_kept
from bcp_portal.ui.counted_letters import ended
from bcp_portal.ui.errors import DomainError

FOR_EVER = "永年"
_SET = "保存年限の設定"
CHANGED = (
    "一覧を表示した後に、保存年限の過ぎた記録か設定が変わりました。何も廃棄していません。"
    "新しい一覧を確かめてから、もう一度押してください。"
)


def years_by_kind() -> dict[str, int | None]:
    """Return the years of every kind in the municipality in scope; None stands for ever."""
    stored = dict(RetentionSetting.objects.values_list("kind", "years"))
    return {kind.code: stored.get(kind.code) for kind in retained_kinds()}


@transaction.atomic
def save_years(*, membership: Membership, years: Mapping[str, int | None]) -> bool:
    """Keep the years of each kind, and tell whether anything changed; the log says from what to what."""
    town = membership.municipality
    Municipality.objects.select_for_update(no_key=True).get(pk=town.pk)
    before = years_by_kind()
    titles = {kind.code: kind.title for kind in retained_kinds()}
    changed = [code for code in titles if code in years and years[code] != before[code]]
    stored = {
        setting.kind: setting for setting in RetentionSetting.objects.filter(kind__in=changed)
    }
    settings = [
        stored.get(code) or RetentionSetting(municipality=town, kind=code) for code in changed
    ]
    return save_changes(
        municipality=town,
        actor=membership.user,
        action=_SET,
        edits=[
            Edit(
                setting,
                {"years": years[setting.kind]},
                labels={setting.kind: titles[setting.kind]},
                text=lambda setting, _: said(setting.years),
            )
            for setting in settings
        ],
        target=settings[0] if settings else None,
        label=_SET,
        sealed=settings,
    )


def said(years: int | None) -> str:
    """Return the years as a reader sees them."""
    return FOR_EVER if years is None else f"{years}年"


def due_items(kind: RetainedKind, years: int | None) -> list[RetainedItem]:
    """Return what of a kind is due today, nothing where it is kept for ever."""
    if years is None:
        return []
    return list(kind.closed_before(first_day_kept(_today(), years)))


def staying(kind: RetainedKind, years: int | None) -> int:
    """Return how much of a kind is as old as what is due, and stays as a proof."""
    return 0 if years is None else kind.stays_before(first_day_kept(_today(), years))


def _today() -> date:
    return timezone.localdate()


def digest_of(items: Sequence[RetainedItem]) -> str:
    """Return a hash of what a person was shown, so that nothing else is disposed of."""
    told = [[item.key, item.label, item.closed_on.isoformat()] for item in items]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def due_as_shown(kind: RetainedKind, shown: str) -> tuple[int, list[RetainedItem]]:
    """Return years and what is due of a kind; DomainError (409) when it is not what was shown."""
    years = years_by_kind()[kind.code]
    items = due_items(kind, years)
    if years is None or not items or digest_of(items) != shown:
        raise DomainError(CHANGED, status=409)
    return years, items


@transaction.atomic
def dispose(
    *,
    membership: Membership,
    kind: RetainedKind,
    reason: str,
    shown: str,
    proposal: DisposalProposal | None = None,
    circumstances: str = "",
    code: str = "",
) -> Disposal:
    """Dispose of what is due of a kind, as it was shown; DomainError (409) when that changed.

    Without a proposal of somebody else only who is alone with the right may (`proposals.py`); who is
    so only because of what they set lately needs a code of the operator. `circumstances` say who
    set the account of who confirmed it lately, or why one person counted as alone. The
    record of the disposal, and the log, say who decided it, why, and what is gone by its label and
    digests; personal values of it stay nowhere.
    """
    town = membership.municipality
    Municipality.objects.select_for_update(no_key=True).get(pk=town.pk)
    refuse_alone(membership, proposal)
    years, items = due_as_shown(kind, shown)
    if proposal is None:
        circumstances = circumstances_of_alone(membership, code)
    number = (Disposal.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    outcome = kind.dispose(items, number)
    disposal: Disposal = Disposal.objects.create(
        municipality=town,
        number=number,
        kind=kind.code,
        kind_label=kind.title,
        years=years,
        reason=reason,
        items=[_kept(item, outcome.facts) for item in items],
        husks_sha256=outcome.husks_sha256,
        decided_by_name=ended(str(membership.user), 200),
        decided_by_username=membership.user.username,
        decided_at=timezone.now(),
        proposed_by_name=proposal.proposed_by_name if proposal else "",
        proposed_by_username=proposal.proposed_by_username if proposal else "",
        circumstances=circumstances,
    )
    alone = BY_ONE if circumstances else ALONE
    by = f"提案: {proposal.proposed_by_name}" if proposal else alone
    by = "\n".join(filter(None, (by, circumstances)))
    record(
        municipality=town,
        actor=membership.user,
        action=DISPOSED,
        target=disposal,
        note=f"理由: {reason}\n保存年限{said(years)}、{disposal.count}件\n{by}",
        sealed=[disposal],
        unsealed=outcome.unsealed,
        gone=outcome.gone,
    )
    outcome.carry_out()
    transaction.on_commit(lambda: _remove(outcome.files))
    return disposal


def _kept(item: RetainedItem, facts: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    return {
        "key": item.key,
        "label": item.label,
        "closed_on": item.closed_on.isoformat(),
        "count": item.count,
        **facts.get(item.key, {}),
    }


def _remove(files: Sequence[tuple[Any, str]]) -> None:
    """Remove files whose records were deleted; what the disk refuses now, housekeeping removes later."""
    for storage, name in files:
        try:
            storage.delete(name)
        except OSError:
            continue
