"""A name nobody bears is refused with the nearest that is registered; 欠員 and 未定 are nobody."""

import pytest

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex.near_names import NONE, NearNames
from bcp_portal.importing.vacancies import NOBODY, is_nobody
from tests.findings.test_excel_files import content
from tests.importing.desk import Desk, outcomes, reasons, workbook_of

DEPARTMENTS = ("情報政策課", "総務課", "市民課", "税務課", "学校教育課")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("総務部情報政策課", "近い名称に「情報政策課」があります"),
        ("みほん市情報政策課", "近い名称に「情報政策課」があります"),
        ("情報政策課（電算担当）", "近い名称に「情報政策課」があります"),
        ("総務課長", "近い名称に「総務課」があります"),
        ("情政課", "近い名称に「情報政策課」があります"),
        ("市民課・税務課", "近い名称に「市民課」「税務課」があります"),
        ("学校　教育　課", "書き方だけが違う「学校教育課」が登録されています"),
        ("各課", NONE),
        ("全庁", NONE),
    ],
)
def test_the_nearest_name_is_offered(text: str, told: str) -> None:
    assert NearNames((name, name) for name in DEPARTMENTS).advice(text).startswith(told)


@pytest.mark.parametrize(
    "text", ["ひながたシステムズ㈱", "㈱ひながたシステムズ", "（株）ひながた システムズ", "ﾋﾅｶﾞﾀｼｽﾃﾑｽﾞ(株)", "株式会社ひながたシステムズ"]
)  # fmt: skip
def test_a_company_in_another_spelling_is_pointed_out(text: str) -> None:
    names = NearNames([("ひながたシステムズ株式会社", "ひながたシステムズ株式会社")])
    assert names.advice(text).startswith("書き方だけが違う「ひながたシステムズ株式会社」が登録")


def test_departments_of_a_town_are_refused_with_the_nearest(
    desk: Desk, in_scope: Municipality
) -> None:
    for name in DEPARTMENTS:
        Department.objects.create(municipality=in_scope, name=name)
    checked = desk.check(content("47_department_spellings.xlsx"))
    said = {
        entry.row: [p.reason for p in entry.problems if p.label == "主管部門"]
        for entry in checked.plan.entries
    }
    assert "「情報政策課」があります" in said[2][0] and "「学校教育課」があります" in said[12][0]
    assert sum("があります" in reason for found in said.values() for reason in found) == 10


@pytest.mark.parametrize("text", ["欠員", "（欠員）", "欠員１", "未定", "未 定", "調整中", "欠員（育休）", "該当者なし", "【未定】"])  # fmt: skip
def test_words_for_nobody(text: str) -> None:
    assert is_nobody(text)


@pytest.mark.parametrize(
    "text", ["未定 太郎", "無藤 一郎", "空 花子", "兼子", "不破", None, "梨本"]
)
def test_names_of_people_are_names(text: str | None) -> None:
    assert not is_nobody(text)


def test_a_vacancy_is_no_person(desk: Desk, in_scope: Municipality) -> None:
    Department.objects.create(municipality=in_scope, name="財政課")
    lines = (
        ("財政課（3名）", None, None),
        ("欠員", "財政課", "主任"),
        ("未定", "財政課", "主任"),
        ("例示 一郎", "財政課", "主任"),
    )
    checked = desk.bring_in(workbook_of(("氏名", "所属", "職"), *lines), "people")
    assert outcomes(checked) == {2: "skipped", 3: "skipped", 4: "skipped", 5: "new"}
    assert reasons(checked).count(NOBODY) == 2
    assert [person.name for person in Person.objects.all()] == ["例示 一郎"]
