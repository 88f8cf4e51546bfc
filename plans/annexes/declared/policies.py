"""Declares the tables a plan rests on: policies (C-1), premises (C-2) and clauses (C-19)."""

from bcp_portal.annex.spec import AnnexSpec, Need, col
from bcp_portal.annex.table import Public
from plans.annexes.models.policies import ClauseReference, Policy, Premise

POLICIES = AnnexSpec(
    code="c-1",
    title="基本方針",
    model=Policy,
    columns=(
        col("name", 16, public=Public.SHOW),
        col("content", 40, public=Public.SHOW),
        col("annotation", 20, public=Public.SHOW),
    ),
    natural_key=("name",),
    purpose="計画全体を通して守る考え方を並べます。",
)

PREMISES = AnnexSpec(
    code="c-2",
    title="前提条件",
    model=Premise,
    columns=(col("item", 18, public=Public.SHOW), col("content", 50, public=Public.SHOW)),
    natural_key=("item",),
    purpose="計画が成り立つ条件を並べます。条件が大きく変わったときは計画を見直します。",
)

CLAUSES = AnnexSpec(
    code="c-19",
    title="規程条項との対応",
    model=ClauseReference,
    columns=(
        col("document", 18, need=Need.APPROVAL, public=Public.SHOW),
        col("clause", 14, public=Public.SHOW),
        col("content", 40, public=Public.SHOW),
    ),
    natural_key=("document", "clause"),
    purpose="計画の役割や手続が、どの規程のどの条項によるものかを示します。",
)

TABLES = (POLICIES, PREMISES, CLAUSES)
