"""What whole files of towns leave in the database: durations with their units, texts as Excel shows them."""

from bcp_portal.accounts.models import Department
from systems.models import Business, ReferenceDocument
from tests.findings.test_excel_files import content
from tests.importing.desk import Desk, changes_of, reasons

HOUR, DAY = 60, 24 * 60
DURATIONS = {
    "分数業務00": ("24時間", DAY),
    "分数業務01": ("72時間", 3 * DAY),
    "分数業務02": ("3時間", 3 * HOUR),
    "分数業務03": ("24時間", DAY),
    "分数業務04": ("12時間", 12 * HOUR),
    "分数業務05": ("3日", 3 * DAY),
    "分数業務06": ("72時間", 3 * DAY),
    "分数業務07": ("24時間", DAY),
    "分数業務09": ("2日", 2 * DAY),
    "分数業務10": ("36時間", 36 * HOUR),
    "分数業務11": ("30分", 30),
}
TEXTS = {
    "資料A": ("1.0", "0123", "R6.4.1"),
    "資料B": ("1.10", "第7章", "2024年4月1日 9:30"),
    "資料C": ("第2版", "50%", "令和6年4月"),
    "資料D": ("3", "1,234,567.89", "9:00"),
    "資料E": ("二", "080-1234-5678", "4/1(月)"),
}


def test_durations_keep_their_units_or_are_asked_for(desk: Desk) -> None:
    Department.objects.create(municipality=desk.municipality, name="総務課")
    label = "業務の目標復旧時間"
    checked = desk.bring_in(content("08_durations_numbers_formats.xlsx"))
    refused = {e.name: e.problems[0].reason for e in checked.plan.entries if e.problems}
    assert "「3」には単位がありません" in refused.pop("分数業務08")
    assert "「7営業日」は期間として読み取れません" in refused.pop("分数業務12")
    assert refused == {}
    taken = [entry for entry in checked.plan.entries if not entry.problems]
    stored = {row.name: row.biz_rto_minutes for row in Business.objects.all()}
    shown = {e.name: (changes_of(e)[label][1], stored.pop(e.name)) for e in taken}
    assert shown == DURATIONS and stored == {}
    # A whole day whose format hides it is told with both.
    both = {e.name: c.shown for e in taken for c in e.changes if c.label == label and c.shown}
    assert both == {"分数業務03": "Excelの表示は「0:00」、保存されている値は「24:00」"}


def test_what_excel_shows_in_text_columns_is_what_is_stored(desk: Desk) -> None:
    checked = desk.bring_in(content("61_numbers_in_text_columns.xlsx"), "20")
    assert not reasons(checked)
    for entry in checked.plan.entries:
        shown = changes_of(entry)
        told = tuple(shown[label][1] for label in ("版", "保管場所", "備考"))
        assert told == TEXTS[shown["資料名"][1]]
    rows = ReferenceDocument.objects.values_list("title", "edition", "place", "note")
    assert {title: tuple(rest) for title, *rest in rows} == TEXTS
