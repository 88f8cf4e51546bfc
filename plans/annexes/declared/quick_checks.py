"""Declares 様式11: the quick check items, and the sheets filled in on the day."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, RequiredWhen, Unprinted, col
from plans.annexes.models.quick_checks import QuickCheckItem, QuickCheckResult, QuickCheckSurvey
from plans.annexes.rules.check_sheets import surveyor_named
from systems.rules.row import chosen

ANNEX = Annex(
    number=11,
    title="被害チェックシート 簡易版",
    steps=(6,),
    purpose="最初に到着した職員が、専門知識がなくても被害のあらましを確かめられるようにします。",
)


def one_place(row: QuickCheckItem) -> Iterator[Problem]:
    """A room stands in its building, so naming another building as well is a mistake."""
    location, site_id = row.place_location, row.place_site_id
    if location is not None and site_id is not None and location.site_id != site_id:
        yield Problem(
            "place_site",
            f"確認場所の「{location}」は「{row.place_site}」にありません。どちらかを選び直してください。",
        )


ITEMS = AnnexSpec(
    code="11-1",
    number=11,
    title="被害チェックシート 簡易版",
    model=QuickCheckItem,
    columns=(
        col("group", 8, inferred=True),
        col("item", 20, also_called=("チェック項目", "点検項目", "項目")),
        col("place_location", 10, inferred=True),
        col("place_site", 10, inferred=True),
        col("how", 22, need=Need.APPROVAL, inferred=True),
        col("assumption", 12),
        col("order", 5, need=Need.APPROVAL),
    ),
    natural_key=("item", "group"),
    rules=(one_place,),
    purpose="到着した人が順に見ていく項目を、問いの形で並べます。",
)

SURVEY_COLUMNS = (
    col("incident", 18, inferred=True),
    col("site", 12, inferred=True),
    col("surveyed_at", 12, inferred=True),
    col("surveyor", 10, inferred=True, personal=True),
    col("surveyor_text", 10, inferred=True, personal=True),
    col("entered_from_paper", 6, inferred=True),
    col("report_no", 5, inferred=True),
)
"""What is said of a survey, quick (様式11) or detailed (様式19)."""

SURVEYS = AnnexSpec(
    code="11-2",
    number=11,
    title="簡易版の調査票",
    model=QuickCheckSurvey,
    columns=SURVEY_COLUMNS,
    natural_key=("incident", "site", "surveyed_at"),
    rules=(surveyor_named,),
    confirmable=False,
    unprinted=Unprinted.CHECK_SHEET,
    purpose="災害や訓練のときに、建物ごとに1枚ずつ作ります。",
)

RESULTS = AnnexSpec(
    code="11-3",
    number=11,
    title="簡易版の調査結果",
    model=QuickCheckResult,
    parent="survey",
    columns=(
        col("survey", 14),
        col("item", 18, also_called=("チェック項目", "点検項目", "項目")),
        col("result", 8, inferred=True),
        col("detail", 18, need=Need.CONDITION, inferred=True),
        col("secondary", 6),
        col("action", 16),
        col("eta_minutes", 7),
        col("eta_text", 10, in_list=False),
        col("photo", 6, inferred=True, in_list=False),
    ),
    natural_key=("survey", "item"),
    rules=(
        RequiredWhen(
            "detail",
            chosen("result", "partial", "ng"),
            "「結果」が「一部使用可」または「使用不可」のときは",
        ),
    ),
    confirmable=False,
    unprinted=Unprinted.CHECK_SHEET,
    landscape=True,
    purpose="調査票の確認項目ごとに、見た結果を1行ずつ書きます。",
)

TABLES = (ITEMS, SURVEYS, RESULTS)
