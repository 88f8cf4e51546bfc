"""The fifteen chapters in the order of the Kashiwazaki plan; every sentence is written anew."""

from plans.outlines.kashiwazaki import (
    actions,
    documents_and_roles,
    foundations,
    present_state,
    priorities,
    threats_and_alternate_site,
    upkeep,
)
from plans.outlines.template import OutlineTemplate

OUTLINE = OutlineTemplate(
    profile="ksw",
    plan_title="{団体名} ICT業務継続計画書",
    label="柏崎市の構成（15章）",
    description=(
        "本文15章と様式1から様式20までをそろえた、最も詳しい構成です。"
        "総務省の平成20年のガイドラインの全ての手順に対応します。"
    ),
    chapters=(
        *foundations.CHAPTERS,
        *documents_and_roles.CHAPTERS,
        *threats_and_alternate_site.CHAPTERS,
        *priorities.CHAPTERS,
        *actions.CHAPTERS,
        *present_state.CHAPTERS,
        *upkeep.CHAPTERS,
    ),
)
