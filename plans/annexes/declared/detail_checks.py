"""Declares 様式19: the detailed check points, and the sheets filled in on the day."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, RequiredWhen, Unprinted, col
from bcp_portal.graphs.chains import cycle_through
from plans.annexes.declared.quick_checks import SURVEY_COLUMNS
from plans.annexes.models.detail_checks import DetailCheckItem, DetailCheckResult, DetailCheckSurvey
from plans.annexes.rules.check_sheets import surveyor_named
from systems.rules.row import chosen, label_of

ANNEX = Annex(
    number=19,
    title="被害チェックシート 詳細版",
    steps=(15,),
    purpose="簡易版の後に、システムや機器ごとに被害を詳しく調べ、復旧の方法と見込みを決めます。",
)

_OBJECTS = ("object_system", "object_location", "object_utility")


def one_object(row: DetailCheckItem) -> Iterator[Problem]:
    """A check point looks at exactly one thing."""
    chosen = [name for name in _OBJECTS if getattr(row, f"{name}_id") is not None]
    if not chosen:
        yield Problem(
            "object_system",
            "対象を、システム・設置場所・電力・通信のいずれか1つから選んでください。",
        )
    elif len(chosen) > 1:
        labels = "と".join(f"「{label_of(row, name)}」" for name in chosen)
        yield Problem(chosen[-1], f"{labels}の両方は選べません。対象ごとに行を分けてください。")


def requirements_do_not_loop(row: DetailCheckItem) -> Iterator[Problem]:
    """No check point has, through however many others, itself as its precondition."""
    if row.pk is None or row.requires_id is None:
        return
    stored = DetailCheckItem.objects.exclude(requires=None)
    needs = {pk: (other,) for pk, other in stored.values_list("pk", "requires_id")}
    needs[row.pk] = (row.requires_id,)
    loop = cycle_through(needs, row.pk)
    if loop:
        names = dict(DetailCheckItem.objects.filter(pk__in=loop).values_list("pk", "item"))
        path = "→".join((names | {row.pk: row.item})[pk] for pk in loop)
        yield Problem(
            "requires", f"前提となる点検が一巡しています（{path}）。前提を選び直してください。"
        )


_something_is_wrong = chosen("result", "partial", "ng")
_waits_for_vendor = chosen("recovery", "vendor")
_BECAUSE_WRONG = "「結果」が「一部使用可」または「使用不可」のときは"
_BECAUSE_WAITING = "「復旧の方法」が「事業者の対応待ち」のときは"

ITEMS = AnnexSpec(
    code="19-1",
    number=19,
    title="被害チェックシート 詳細版",
    model=DetailCheckItem,
    columns=(
        col("object_system", 10, inferred=True),
        col("object_location", 10, inferred=True),
        col("object_utility", 9, inferred=True),
        col("layer", 9),
        col("item", 16, also_called=("チェック項目", "確認項目", "項目")),
        col("procedure", 22, need=Need.APPROVAL, inferred=True),
        col("procedure_document", 9, inferred=True, in_list=False),
        col("checker_role", 9),
        col("checker_vendor", 9),
        col("requires", 9, inferred=True, in_list=False),
    ),
    natural_key=("object_system", "object_location", "object_utility", "layer", "item"),
    rules=(one_object, requirements_do_not_loop),
    landscape=True,
    purpose="システム、設置場所、電力・通信ごとに、点検することと正常の条件を並べます。",
)

SURVEYS = AnnexSpec(
    code="19-2",
    number=19,
    title="詳細版の調査票",
    model=DetailCheckSurvey,
    columns=(
        *SURVEY_COLUMNS,
        col("quick_survey", 10, inferred=True, in_list=False),
    ),
    natural_key=("incident", "site", "surveyed_at"),
    rules=(surveyor_named,),
    confirmable=False,
    unprinted=Unprinted.CHECK_SHEET,
    purpose="災害や訓練のときに、建物ごとに1枚ずつ作ります。",
)

RESULTS = AnnexSpec(
    code="19-3",
    number=19,
    title="詳細版の点検結果",
    model=DetailCheckResult,
    parent="survey",
    columns=(
        col("survey", 12),
        col("item", 14, also_called=("チェック項目", "確認項目", "項目")),
        col("result", 7, inferred=True),
        col("damage", 16, need=Need.CONDITION, inferred=True),
        col("recovery", 9, need=Need.CONDITION),
        col("eta_minutes", 7, need=Need.CONDITION),
        col("needs", 10, inferred=True, in_list=False),
        col("needs_text", 10, inferred=True, in_list=False),
        col("vendor_called_at", 9, group="事業者への連絡", need=Need.CONDITION, in_list=False),
        col("vendor_called_by", 8, group="事業者への連絡", need=Need.CONDITION, in_list=False),
        col("vendor_answer", 12, group="事業者への連絡", in_list=False),
        col("checked_by", 8),
        col("checked_at", 9),
    ),
    natural_key=("survey", "item"),
    rules=(
        RequiredWhen("damage", _something_is_wrong, _BECAUSE_WRONG),
        RequiredWhen("recovery", chosen("result", "ng"), "「結果」が「使用不可」のときは"),
        RequiredWhen("eta_minutes", _something_is_wrong, _BECAUSE_WRONG),
        RequiredWhen("vendor_called_at", _waits_for_vendor, _BECAUSE_WAITING),
        RequiredWhen("vendor_called_by", _waits_for_vendor, _BECAUSE_WAITING),
    ),
    confirmable=False,
    unprinted=Unprinted.CHECK_SHEET,
    landscape=True,
    purpose="調査票の点検項目ごとに、結果と復旧の見込みを1行ずつ書きます。",
)

TABLES = (ITEMS, SURVEYS, RESULTS)
