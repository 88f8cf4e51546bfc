"""What saving a row of 様式7 must respect, and its computed column."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.spec import Problem
from systems.arithmetic.disaster_groups import HIT_TOGETHER_LABELS, hit_together
from systems.models import BackupItem, Site


def same_disaster(rows: Sequence[BackupItem]) -> Mapping[int, CellValue]:
    """Tell for each item whether original and backup would be lost together (1 query)."""
    wanted = {pk for row in rows for pk in (row.primary_site_id, row.backup_site_id) if pk}
    groups = dict(Site.objects.filter(pk__in=wanted).values_list("pk", "disaster_group"))
    codes = {row.pk: _hit_together(row, groups) for row in rows}
    return {pk: HIT_TOGETHER_LABELS.get(code, "") for pk, code in codes.items()}


def _hit_together(row: BackupItem, groups: Mapping[int, str]) -> str:
    first, second = row.primary_site_id, row.backup_site_id
    group = groups.get(first, "")
    return hit_together(first, second, group, groups.get(second, "") if second else "")


def is_hit_together(row: BackupItem) -> bool:
    """Tell whether original and backup of an unsaved row would surely be lost together."""
    backup = row.backup_site
    if backup is None:
        return False
    primary = row.primary_site
    return (
        hit_together(primary.pk, backup.pk, primary.disaster_group, backup.disaster_group) == "yes"
    )


def is_stored_elsewhere(row: BackupItem) -> bool:
    """Tell whether the backup has to be fetched from another site than the original's."""
    return row.backup_site_id is not None and row.backup_site_id != row.primary_site_id


def needs_interval(row: BackupItem) -> bool:
    """Tell whether an interval has to be given: there is a backup, and not 随時."""
    return row.backed_up == "yes" and not row.on_demand


def needs_measure(row: BackupItem) -> bool:
    """Tell whether something is wrong with the backup that a measure has to mend."""
    return (
        row.backed_up in ("no", "unknown")
        or row.restore_result == "failure"
        or is_hit_together(row)
    )


def interval_is_positive(row: BackupItem) -> Iterator[Problem]:
    """A backup cannot be taken every 0 minutes; a synchronised copy has its own method."""
    if row.frequency_minutes == 0:
        yield Problem(
            "frequency_minutes",
            "「取得の頻度」は0より長い期間で入力してください。"
            "常に写し続けるときは、方式を「データ同期」とし、最も長い遅れ（例：1分）を書きます。",
        )
