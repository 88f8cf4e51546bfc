"""The simple start: what a small office needs for the first 72 hours, and nothing else."""

from plans.outlines.simple.chapters import CHAPTERS
from plans.outlines.simple.steps import STEPS
from plans.outlines.template import OutlineTemplate

OUTLINE = OutlineTemplate(
    profile="simple",
    plan_title="{団体名} ICT業務継続計画（初動版）",
    label="はじめての計画（初動72時間）",
    description=(
        "発災から72時間の行動に絞り、7つの様式だけで印刷までたどり着ける構成です。"
        "手順の案内が付き、後からほかの章立てに広げられます。"
    ),
    annexes=(1, 7, 8, 9, 10, 11, 12),
    steps=STEPS,
    chapters=CHAPTERS,
)
