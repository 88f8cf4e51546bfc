"""Declares 様式13: the questions that keep the plan current, and the record of each check."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, RequiredWhen, col, derived
from bcp_portal.annex.table import Public
from bcp_portal.ui.eras import DateStyle, format_date, format_fiscal_year
from plans.annexes.models.reviews import ReviewItem, ReviewRecord
from systems.rules.row import NotBefore, chosen, includes

ANNEX = Annex(
    number=13,
    title="点検及び見直し項目",
    steps=(8,),
    purpose="計画を古くしないために、いつ何を確かめるかを決め、確かめた記録を残します。",
)


def cycle_belongs_to_item(row: ReviewRecord) -> Iterator[Problem]:
    """A record is made at one of the times at which its item is checked."""
    if row.item_id is not None and row.cycle and row.cycle not in row.item.cycle:
        yield Problem("cycle", f"「{row.item}」は、この時期に点検する項目ではありません。")


def confirmed_by_somebody_else(row: ReviewRecord) -> Iterator[Problem]:
    """Nobody confirms their own check."""
    if row.confirmed_by_id is not None and row.confirmed_by_id == row.done_by_id:
        yield Problem("confirmed_by", "確認者には、点検した本人以外の人を選んでください。")


_needs_mending = chosen("result", "fix")
_BECAUSE_MENDING = "「結果」が「要修正」のときは"


def period_text(rows: Sequence[ReviewRecord]) -> Mapping[int, CellValue]:
    """Return e.g. 令和8年度 第1四半期, 令和8年度 年次, 随時（令和8年5月1日）."""
    if not rows:
        return {}
    style = DateStyle(rows[0].municipality.date_style)
    return {row.pk: _period(row, style) for row in rows}


def _period(row: ReviewRecord, style: DateStyle) -> str:
    """Return the period; what was typed besides and does not belong to the kind stands behind it."""
    day = format_date(row.triggered_on, style) if row.triggered_on else ""
    year = format_fiscal_year(row.period_fiscal_year, style) if row.period_fiscal_year else ""
    quarter = f"第{row.period_quarter}四半期" if row.period_quarter else ""
    if row.cycle == "occasional":
        period, besides = "随時", [day, year, quarter]
    elif row.cycle == "quarterly":
        period, besides = f"{year} {quarter}".strip() or "四半期", [day]
    else:
        period, besides = f"{year} 年次".strip(), [quarter, day]
    more = "、".join(filter(None, besides))
    return f"{period}（{more}）" if more else period


ITEMS = AnnexSpec(
    code="13-1",
    number=13,
    title="点検及び見直し項目",
    model=ReviewItem,
    columns=(
        col("item", 26, public=Public.SHOW),
        col("group", 12, need=Need.APPROVAL, public=Public.SHOW),
        col("targets", 12, need=Need.APPROVAL, inferred=True),
        col("target_chapters", 8, inferred=True, in_list=False),
        col("cycle", 7, public=Public.SHOW),
        col("trigger", 12, need=Need.CONDITION, public=Public.SHOW),
        col("viewpoints", 8, need=Need.APPROVAL),
        col("viewpoint_text", 14, in_list=False),
        col("checker_role", 10, need=Need.APPROVAL),
    ),
    natural_key=("item",),
    rules=(
        RequiredWhen(
            "trigger", includes("cycle", "occasional"), "「時期」に「随時」を選んだときは"
        ),
    ),
    landscape=True,
    purpose="計画のどこを、いつ、どのような見方で確かめるかを並べます。",
)

RECORDS = AnnexSpec(
    code="13-2",
    number=13,
    title="点検記録",
    model=ReviewRecord,
    parent="item",
    columns=(
        col("item", 20),
        derived("period", "点検の期・契機", Kind.TEXT, period_text, 10),
        col("cycle", 6, in_list=False, within="period"),
        col("period_fiscal_year", 7, need=Need.CONDITION, in_list=False, within="period"),
        col("period_quarter", 7, need=Need.CONDITION, in_list=False, within="period"),
        col("triggered_on", 7, need=Need.CONDITION, in_list=False, within="period"),
        col("done_on", 8),
        col("done_by", 8),
        col("result", 6, inferred=True),
        col("finding", 18, need=Need.CONDITION),
        col("action", 9, need=Need.CONDITION),
        col("due_on", 8, need=Need.CONDITION, inferred=True),
        col("closed_on", 8, inferred=True),
        col("confirmed_by", 8, need=Need.APPROVAL, inferred=True, in_list=False),
    ),
    natural_key=("item", "done_on"),
    rules=(
        cycle_belongs_to_item,
        RequiredWhen(
            "period_fiscal_year",
            chosen("cycle", "quarterly", "annual"),
            "「点検の区分」が「四半期」または「年次」のときは",
        ),
        RequiredWhen(
            "period_quarter",
            chosen("cycle", "quarterly"),
            "「点検の区分」が「四半期」のときは",
        ),
        RequiredWhen(
            "triggered_on", chosen("cycle", "occasional"), "「点検の区分」が「随時」のときは"
        ),
        RequiredWhen("finding", _needs_mending, _BECAUSE_MENDING),
        RequiredWhen("action", _needs_mending, _BECAUSE_MENDING),
        RequiredWhen("due_on", _needs_mending, _BECAUSE_MENDING),
        NotBefore("done_on", "due_on"),
        NotBefore("done_on", "closed_on"),
        confirmed_by_somebody_else,
    ),
    landscape=True,
    confirmable=False,
    purpose="点検した日、点検した人、見つかったことと、その後の措置を残します。",
)

TABLES = (ITEMS, RECORDS)
