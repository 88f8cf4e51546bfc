"""Declares the manuals by event and the materials they share (C-12)."""

from bcp_portal.annex.spec import AnnexSpec, Need, col
from bcp_portal.annex.table import Public
from plans.annexes.models.manuals import Manual, ManualMaterial
from systems.rules.row import NotBefore

MANUALS = AnnexSpec(
    code="c-12",
    title="マニュアル",
    model=Manual,
    columns=(
        col("name", 20, public=Public.SHOW),
        col("event_details", 18, public=Public.SHOW),
        col("approved_by", 9, need=Need.APPROVAL),
        col("approved_on", 9, need=Need.APPROVAL),
        col("change_summary", 20, need=Need.APPROVAL),
        col("edition", 6),
        col("file", 8, in_list=False, below=True),
        col("next_review", 8),
    ),
    natural_key=("name",),
    rules=(NotBefore("approved_on", "next_review"),),
    landscape=True,
    purpose="事象ごとのマニュアルと、その承認日と改訂の主な内容を残します。",
)

MATERIALS = AnnexSpec(
    code="c-12-materials",
    title="マニュアルの資料",
    model=ManualMaterial,
    columns=(
        col("kind", 8, public=Public.SHOW),
        col("name", 20, public=Public.SHOW),
        col("overview", 30, public=Public.SHOW),
        col("manuals", 14, inferred=True, in_list=False),
        col("file", 8, in_list=False, below=True),
        col("source_form", 7),
    ),
    natural_key=("kind", "name"),
    purpose="マニュアルで使うリスト、手順、図、帳票を並べます。",
)

TABLES = (MANUALS, MATERIALS)
