"""Five chapters and two tables in the order of the NISC appendix; every sentence is written anew."""

from plans.outlines.nisc import aims, grounds, measures_and_upkeep, response
from plans.outlines.nisc.guideline import with_references
from plans.outlines.nisc.steps import STEPS
from plans.outlines.template import OutlineTemplate
from plans.text.numbering import DECIMAL

OUTLINE = OutlineTemplate(
    profile="nisc",
    plan_title="{団体名} 情報システム運用継続計画",
    label="政府機関等ガイドライン付録の構成（5章と別表）",
    description=(
        "緊急のときに開く章を前に、分析の根拠を後に置く構成です。番号は1.1、2.1.1と付き、"
        "構成要素ごとの対策のレベルまで書きます。"
    ),
    numbering=DECIMAL.code,
    steps=STEPS,
    chapters=with_references(
        (
            *aims.CHAPTERS,
            *response.CHAPTERS,
            *measures_and_upkeep.CHAPTERS,
            *grounds.CHAPTERS,
        )
    ),
)
