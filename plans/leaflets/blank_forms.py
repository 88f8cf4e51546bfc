"""Reads what stands printed on the forms to be filled in by hand: 様式9, 11 and 19."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import active_rows, choice_labels
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.ui.eras import DateStyle
from plans.annexes.draft_marks import marked_name, named
from plans.annexes.models.detail_checks import DetailCheckItem
from plans.annexes.models.quick_checks import QuickCheckItem
from plans.leaflets.blank_sheets import BlankColumn, BlankForm
from systems.models import Site

FORMS = {
    "9": "緊急連絡先一覧",
    "11": "被害チェックシート 簡易版",
    "19": "被害チェックシート 詳細版",
}
ROW_HEIGHTS_MM = {"usual": 12.0, "tall": 16.0}
_CONTACT_HEIGHTS_MM = {"usual": 17.0, "tall": 22.0}
MOST_SHEETS = 30

Options = Mapping[str, Any]


@dataclass(frozen=True)
class BlankDesk:
    """What all forms of one print share: the municipality's own words, and the building chosen."""

    municipality: Municipality
    presentation: Presentation
    site: Site | None
    options: Options

    def labels(self, code: str, column: str) -> dict[str, str]:
        return choice_labels(self.sheet(code), column)

    def sheet(self, code: str) -> Sheet:
        return Sheet.named(code, self.presentation)

    def title(self, number: int) -> str:
        return f"様式{number} {self.presentation.annex_title(number)}"

    def added_sheets(self, number: int) -> int:
        return int(self.options.get(f"extra_{number}", 0))

    def row_height_mm(self, heights: Mapping[str, float] = ROW_HEIGHTS_MM) -> float:
        return heights.get(self.options.get("row_height", "usual"), heights["usual"])

    def when(self) -> str:
        era = "令和" if self.presentation.date_style is DateStyle.WAREKI else ""
        return f"{era}　　　年　　月　　日　　時　　分"


def blank_forms(municipality: Municipality, options: Options) -> list[BlankForm]:
    """Return the forms that were chosen, in the order of their numbers.

    `options` holds `annexes` (numbers as text), `site` (uid or empty), `sheets_9`, `extra_11`,
    `extra_19` and `row_height`. The number of queries does not depend on the number of rows.
    """
    wanted = options.get("annexes") or list(FORMS)
    site = Site.objects.filter(uid=options["site"]).first() if options.get("site") else None
    desk = BlankDesk(municipality, Presentation.load(municipality), site, options)
    return [_MAKERS[number](desk) for number in FORMS if number in wanted]


def _contacts(desk: BlankDesk) -> BlankForm:
    kinds = desk.labels("9", "kind").values()
    return BlankForm(
        anchor="blank-9",
        title=desk.title(9),
        municipality=desk.municipality.name,
        fields=(
            ("部署・会社（まとめて書くとき）", "", 4),
            ("記入者（所属・氏名）", "", 4),
            ("記入日時", desk.when(), 4),
        ),
        columns=(
            BlankColumn("区分", 37, boxes=tuple(f"□{kind}" for kind in short_labels(kinds))),
            BlankColumn("部局名・会社名", 40),
            BlankColumn("責任者・担当者", 36, hint="かな"),
            BlankColumn("役割（何を頼む相手か）", 33),
            BlankColumn("電話", 38, hint="代替拠点の電話は下の段に"),
            BlankColumn("携帯電話", 34, hint="衛星電話などは下の段に"),
            BlankColumn("メール", 33),
            BlankColumn("代理者", 18),
        ),
        advice=(
            "つながる順に、1行に1人（1窓口）を書きます。番号は1文字ずつはっきりと書き、分からない欄は空けておきます。",
            "自宅の住所と保険証の番号は書きません。書き終えた用紙は事務局に渡し、様式9に入力した後は決まりに従って廃棄します。",
        ),
        row_height_mm=desk.row_height_mm(_CONTACT_HEIGHTS_MM),
        least_sheets=max(1, int(desk.options.get("sheets_9", 1))),
    )


def _quick_check(desk: BlankDesk) -> BlankForm:
    rows = active_rows(desk.sheet("11-1")).select_related("place_location__site", "place_site")
    rows = rows.order_by(F("order").asc(nulls_last=True), "row_no", "pk")
    if desk.site:
        rows = _of_site(rows, desk.site, ("place_location__site", "place_site"))
    groups = desk.labels("11-1", "group")
    return BlankForm(
        anchor="blank-11",
        title=desk.title(11),
        municipality=desk.municipality.name,
        fields=_survey_fields(desk),
        columns=(
            BlankColumn("区分", 17, given=True),
            BlankColumn("確認項目", 46, given=True),
            BlankColumn("場所・見るところ", 58, given=True),
            _result_column(desk, "11-3", 33),
            BlankColumn("状況", 45),
            BlankColumn("二次被害\nのおそれ", 15, boxes=("□ある", "□ない")),
            BlankColumn("応急の措置", 33),
            BlankColumn("復旧見込み", 22),
        ),
        lines=tuple(_quick_line(row, groups) for row in rows),
        advice=_SURVEY_ADVICE,
        row_height_mm=desk.row_height_mm(),
        extra_sheets=desk.added_sheets(11),
    )


def _detail_check(desk: BlankDesk) -> BlankForm:
    rows = active_rows(desk.sheet("19-1")).select_related(
        "object_system",
        "object_location",
        "object_utility__site",
        "checker_role",
        "checker_vendor",
    )
    if desk.site:
        paths = ("object_location__site", "object_utility__site", "object_system__location__site")
        rows = _of_site(rows, desk.site, paths)
    layers = desk.labels("19-1", "layer")
    recovery = tuple(f"□{label}" for label in desk.labels("19-3", "recovery").values())
    return BlankForm(
        anchor="blank-19",
        title=desk.title(19),
        municipality=desk.municipality.name,
        fields=_survey_fields(desk),
        columns=(
            BlankColumn("対象／区分", 34, given=True),
            BlankColumn("点検項目／担当", 40, given=True),
            BlankColumn("確認の手順・正常の条件", 52, given=True),
            _result_column(desk, "19-3", 33),
            BlankColumn("被害の内容", 36),
            BlankColumn("復旧の方法", 41, boxes=recovery),
            BlankColumn("復旧見込み", 17),
            BlankColumn("確認者\n・時刻", 16),
        ),
        lines=tuple(_detail_line(row, layers) for row in rows),
        advice=_SURVEY_ADVICE,
        row_height_mm=desk.row_height_mm(),
        extra_sheets=desk.added_sheets(19),
    )


_MAKERS: dict[str, Callable[[BlankDesk], BlankForm]] = {
    "9": _contacts,
    "11": _quick_check,
    "19": _detail_check,
}
_SURVEY_ADVICE = (
    "結果は□にレを付けます。見ていない項目は「未確認」のままにし、想像で書きません。危険な場所には入りません。",
    "二次被害のおそれがあるときは、記入の途中でもすぐに責任者に知らせます。空いている行は、一覧にない被害に使います。",
)


def _survey_fields(desk: BlankDesk) -> tuple[tuple[str, str, int], ...]:
    return (
        ("災害名・訓練名", "", 3),
        ("調査した庁舎（建物）", desk.site.name if desk.site else "", 3),
        ("記入者（所属・氏名）", "", 3),
        ("記入日時", desk.when(), 4),
        ("報告の回", "第　　　　報", 2),
    )


def _result_column(desk: BlankDesk, code: str, width_mm: float) -> BlankColumn:
    labels = short_labels(desk.labels(code, "result").values())
    return BlankColumn("結果", width_mm, boxes=tuple(f"□{label}" for label in labels))


def short_labels(labels: Iterable[str]) -> list[str]:
    """Return labels without what they explain in brackets: there is little room beside a box.

    Where two would then read the same, both stay whole.
    """
    whole = list(labels)
    short = [label.split("（")[0] or label for label in whole]
    return [
        brief if short.count(brief) == 1 else label
        for brief, label in zip(short, whole, strict=True)
    ]


def _of_site(rows: QuerySet[Any], site: Site, paths: Iterable[str]) -> QuerySet[Any]:
    """Return what is looked at in the building, and what belongs to no building."""
    here, anywhere = Q(), Q()
    for path in paths:
        here |= Q(**{path: site})
        anywhere &= Q(**{f"{path}__isnull": True})
    return rows.filter(here | anywhere)


def _quick_line(row: QuickCheckItem, groups: Mapping[str, str]) -> tuple[str, ...]:
    where = marked_name(row.place_location or row.place_site)
    look = "\n".join(filter(None, (f"［{where}］" if where else "", row.how)))
    return groups.get(row.group, ""), named(row, row.item), look


def _detail_line(row: DetailCheckItem, layers: Mapping[str, str]) -> tuple[str, ...]:
    target = row.object_system or row.object_location or row.object_utility
    what = f"{marked_name(target)}\n" if target else ""
    checker = row.checker_role or row.checker_vendor
    by = f"\n担当：{marked_name(checker)}" if checker else ""
    return f"{what}（{layers.get(row.layer, '')}）", f"{named(row, row.item)}{by}", row.procedure
