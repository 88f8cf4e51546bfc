"""Declares the reviews of the scope that stand below the list of systems covered (B-1)."""

from bcp_portal.annex.spec import AnnexSpec, RequiredWhen, col
from plans.annexes.models.scope_reviews import ScopeReview
from systems.rules.row import chosen

REVIEWS = AnnexSpec(
    code="b-1-reviews",
    title="適用範囲の見直しの記録",
    model=ScopeReview,
    columns=(
        col("reviewed_on", 15),
        col("reviewers", 20),
        col("candidates", 38),
        col("decision", 10),
    ),
    natural_key=("reviewed_on",),
    rules=(
        RequiredWhen(
            "candidates",
            chosen("decision", "added", "excluded"),
            "「決定」が「追加」または「除外」のときは",
        ),
    ),
    confirmable=False,
    purpose="計画が対象とする情報システムを見直した日と、決めたことを残します。",
)

TABLES = (REVIEWS,)
