"""Seven chapters in the order of the Katsushika plan; every sentence is written anew."""

from plans.outlines.katsushika import aims, response, risks, upkeep
from plans.outlines.template import OutlineTemplate

OUTLINE = OutlineTemplate(
    profile="kts",
    plan_title="{団体名} ICT部門業務継続計画（ICT-BCP）",
    label="葛飾区の構成（7章）",
    description=(
        "事象ごとのリスクから体制と動き方を決め、細かな手順はマニュアルに分ける構成です。"
        "改訂一覧、保管の注意、用語集、奥付が付きます。"
    ),
    chapters=(*aims.CHAPTERS, *risks.CHAPTERS, *response.CHAPTERS, *upkeep.CHAPTERS),
)
