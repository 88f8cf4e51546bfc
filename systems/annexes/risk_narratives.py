"""Declares table C-13: the risks of each assumed event, cause by cause."""

from collections.abc import Iterator

from bcp_portal.annex.spec import AnnexSpec, Need, Problem, col
from bcp_portal.annex.table import Public
from systems.models import RiskNarrative


def says_something(row: RiskNarrative) -> Iterator[Problem]:
    """A risk is told here, or told at another scenario that is named; not both."""
    if not row.text and row.refers_to_id is None:
        yield Problem(
            "text",
            "「想定されるリスク（被害と影響）」を入力するか、「同じリスクを書いた想定」を選んでください。",
        )
    elif row.text and row.refers_to_id is not None:
        yield Problem(
            "refers_to",
            "「想定されるリスク（被害と影響）」を入力したときは、「同じリスクを書いた想定」を選べません。",
        )


def refers_elsewhere(row: RiskNarrative) -> Iterator[Problem]:
    """A reference leads to another scenario than the row's own."""
    if row.refers_to_id is not None and row.refers_to_id == row.scenario_id:
        yield Problem(
            "refers_to",
            f"「同じリスクを書いた想定」には、「{row.scenario}」と別の想定を選んでください。",
        )


RISKS = AnnexSpec(
    code="c-13",
    title="事象別リスク",
    purpose="想定ごとに、原因となる出来事と、起こる被害や業務への影響を文章で書きます。",
    model=RiskNarrative,
    natural_key=("scenario", "cause"),
    columns=(
        col("scenario", 14, public=Public.SHOW),
        col("cause", 14, public=Public.SHOW),
        col("text", 36, need=Need.CONDITION, public=Public.SHOW),
        col("refers_to", 12, need=Need.CONDITION, public=Public.SHOW),
    ),
    rules=(says_something, refers_elsewhere),
)

TABLES = (RISKS,)
