"""Declares table C-3: what each threat level means."""

from bcp_portal.annex.spec import AnnexSpec, col
from bcp_portal.annex.table import Public
from systems.models import ThreatLevel

THREAT_LEVELS = AnnexSpec(
    code="c-3",
    title="脅威度",
    purpose="情報システムがどこまで止まりそうかを段階に分け、段階ごとの事象と事例を書きます。",
    model=ThreatLevel,
    natural_key=("level",),
    columns=(
        col("level", 14, public=Public.SHOW),
        col("event", 20, public=Public.SHOW),
        col("example", 24, public=Public.SHOW),
    ),
)

TABLES = (THREAT_LEVELS,)
