"""What saving a building, a room or a utility (様式3-5) must respect."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from bcp_portal.annex.spec import Problem
from bcp_portal.ui.eras import DateStyle, format_month
from systems.arithmetic.disaster_groups import hit_together
from systems.models import EquipmentLocation, Site, UtilityRisk
from systems.models.utilities import MEANS, POWER_MEANS, UTILITY

MAX_FLOOD_DEPTH_M = Decimal(30)
LOWEST_FLOOR, HIGHEST_FLOOR = -5, 60

_POWER_CODES = frozenset(code for code, _label in POWER_MEANS)
_ALL_MEANS = frozenset(code for code, _label in MEANS.options)


def built_by_now(row: Site) -> Iterator[Problem]:
    """建築時期 cannot lie in the future."""
    if row.built_on and row.built_on > timezone.localdate():
        style = row.municipality.date_style if row.municipality_id else DateStyle.WAREKI
        month = format_month(row.built_on, DateStyle(style))
        yield Problem(
            "built_on", f"「建築時期」（{month}）が今日より後です。年月を確かめてください。"
        )


def depth_is_possible(row: Site) -> Iterator[Problem]:
    """想定浸水深 is above 0 m and at most 30 m."""
    depth = row.flood_depth_m
    if depth is not None and not 0 < depth <= MAX_FLOOD_DEPTH_M:
        yield Problem(
            "flood_depth_m",
            f"「想定浸水深」（{depth}m）は、0より大きく{MAX_FLOOD_DEPTH_M}以下の数で入力してください。",
        )


def fallback_survives(row: Site) -> Iterator[Problem]:
    """The building to move to is another one, and is not lost in the same disaster."""
    other = row.fallback_site
    if other is None:
        return
    if row.pk is not None and other.pk == row.pk:
        yield Problem("fallback_site", f"「立入不可時の代替拠点」に自分自身「{row}」は選べません。")
        return
    if hit_together(row.pk or 0, other.pk, row.disaster_group, other.disaster_group) == "yes":
        yield Problem(
            "fallback_site",
            f"「{other}」は「同時被災区分」が同じ「{other.disaster_group}」のため、代替拠点になりません。"
            "別の区分の建物を選んでください。",
        )


def floor_exists(row: EquipmentLocation) -> Iterator[Problem]:
    """Floors run from -5 to 60 without 0."""
    if row.floor == 0 or not LOWEST_FLOOR <= row.floor <= HIGHEST_FLOOR:
        yield Problem(
            "floor",
            f"「階」（{row.floor}）は、地上は1～{HIGHEST_FLOOR}、地下は-1～{LOWEST_FLOOR}で入力してください。"
            "0階はありません。",
        )


def means_fit_utility(row: UtilityRisk) -> Iterator[Problem]:
    """The kinds of power and of communication do not mix; a kind added later fits both."""
    if row.means in _ALL_MEANS and (row.means in _POWER_CODES) != (row.utility == "power"):
        yield Problem(
            "means",
            f"「{MEANS.label(row.means)}」は「{UTILITY.label(row.utility)}」の種類ではありません。"
            "区分か種類を選び直してください。",
        )


def covers_only_power(row: UtilityRisk) -> Iterator[Problem]:
    """供給・利用の対象 is asked of power only."""
    if row.utility == "communication" and row.covers:
        yield Problem(
            "covers", "「供給・利用の対象」は「電力供給」のときだけ選びます。選択を外してください。"
        )
