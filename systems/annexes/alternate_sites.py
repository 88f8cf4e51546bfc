"""Declares table C-9: the candidates for the alternate site, judged factor by factor."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import AnnexSpec, Need, col, derived
from systems.models import AltSiteAssessment
from systems.models.alternate_sites import FACTOR_CLASSES


def factor_classes(rows: Sequence[AltSiteAssessment]) -> Mapping[int, CellValue]:
    """Return 場所, 建物 or 設備 for each row; a factor the municipality added is その他."""
    return {row.pk: FACTOR_CLASSES.get(row.factor, "その他") for row in rows}


ASSESSMENTS = AnnexSpec(
    code="c-9",
    title="代替拠点の選定要素",
    purpose="代替拠点の候補ごとに、満たすべき要素を1行ずつ評価し、理由を残します。",
    model=AltSiteAssessment,
    natural_key=("site", "factor"),
    columns=(
        col("site", 12),
        derived("factor_class", "分類", Kind.TEXT, factor_classes, 6),
        col("factor", 14),
        col("rating", 5),
        col("basis", 20, need=Need.APPROVAL),
    ),
)

TABLES = (ASSESSMENTS,)
