"""Eight short chapters in the order of the Musashino outline; every sentence is written anew."""

from plans.outlines.musashino.chapters import CHAPTERS
from plans.outlines.template import OutlineTemplate

OUTLINE = OutlineTemplate(
    profile="msn",
    plan_title="{団体名} ICT業務継続計画書（概要版）",
    label="武蔵野市の概要版の構成（8章）",
    description=(
        "考え方と体制を数ページで示す、公開向けの短い構成です。"
        "文は一般的なものがそのまま入り、表は登録した内容から自動で埋まります。様式は印刷しません。"
    ),
    annexes=(),
    chapters=CHAPTERS,
)
