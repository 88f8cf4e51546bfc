"""Who changed what no word shows, or settings that are printed, is an author like any other."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.row_changes import changes_of as row_changes
from bcp_portal.annex.sheet import Sheet
from bcp_portal.members.services import save_municipality
from plans.chapters.plan_services import changes_of
from plans.document.coverage import WHOLE, Coverage
from plans.editions.models.edition_setting import EditionSetting
from plans.models import Chapter
from plans.phrases.queries import all_keys
from plans.phrases.services import set_placeholder
from plans.public_edition.settings_services import save_annexes, save_public_columns
from plans.revisions.authors import TEXT_OF_CHAPTER, Printed, PrintedPlace, authors_of
from plans.revisions.current_parties import authors_in
from plans.revisions.issued_parts import IssuedPart
from plans.revisions.log_lines import LogLine
from plans.revisions.printed_places import NAMES, NUMBERED, kinds_of_records
from plans.revisions.settings_lines import settings_told
from systems.annexes.people import PEOPLE
from tests.findings.security_decisions.test_authors import EARLIER, LATER, line
from tests.findings.test_who_wrote_what_differs import document, table
from tests.plans.revisions.conftest import Town

RED, BLUE = (f"<p>順路</p><p><img src='image:{digit * 64}' alt='避難図'></p>" for digit in "ab")
LINK = '<p>詳しくは<a href="https://www.example.lg.jp/{}">手引き</a></p>'


def told(before: str, after: str) -> dict[str, Any]:
    [change] = changes_of(Chapter(body=before), {"body": after})
    return change.to_json()


def authors(lines: list[LogLine], place: PrintedPlace) -> list[str]:
    found = authors_of(lines, Printed({"u": (place,)})).authors
    return [each.username for each in found]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (LINK.format("a"), LINK.format("zzz"), "https://www.example.lg.jp/zzz"),
        (RED, BLUE, "画像bbbbbbbbbbbb"),
        ("<p>急ぐ</p>", "<p><strong>急ぐ</strong></p>", "〔太字〕急ぐ"),
        ("<ol><li>一</li></ol>", '<ol type="a"><li>一</li></ol>', "番号の形：a"),
        (
            "<table><tr><td>一</td></tr></table>",
            '<table><tr><td colspan="2">一</td></tr></table>',
            "横のセル数：2",
        ),
    ],
)
def test_what_no_word_shows_is_told_and_has_an_author(before: str, after: str, word: str) -> None:
    change = told(before, after)
    assert word in change["after"] and change["before"] != change["after"]
    place = PrintedPlace("1 目的", frozenset({"body"}))
    assert authors([line("body", "", "", changes=[change])], place) == ["a"]
    back = [line("body", "", "", changes=[each]) for each in (change, told(after, before))]
    assert authors(back, place) == []


def test_words_written_back_with_another_link_are_a_change() -> None:
    texts = [LINK.format("a"), "<p>ほか</p>", LINK.format("b")]
    lines = [line("body", "", "", changes=[told(*pair)]) for pair in pairwise(texts)]
    place = PrintedPlace("1 目的", frozenset({"body"}))
    assert authors(lines, place) == ["a"]
    old = [line("body", "手引き", "ほか"), line("body", "ほか", "手引き")]
    assert authors(old, place) == ["a"]  # of which no digests were kept
    assert authors([line("name", "x", "x")], PrintedPlace("様式1", frozenset({"name"}))) == ["a"]


def test_a_chapter_whose_place_was_restored_counts() -> None:
    change = {"name": "position", "label": "並び順", "before": "3", "after": "1"}
    lines = [line("", "", "", action="版からの本文の復元", changes=[change])]
    place = PrintedPlace("1 目的", frozenset({"body"}))
    assert authors(lines, place) == ["a"]
    assert authors(lines, PrintedPlace("1 目的", frozenset({"body"}), part_differs=False)) == []
    bare = [line("", "", "", action="版からの語句の復元", changes=[])]
    assert authors(bare, place) == ["a"]


def settings(name: str, note: str, action: str = "公開版の設定の変更", at: Any = LATER) -> LogLine:
    change = {"name": name, "label": name, "before": "非公開", "after": "公開"}
    return LogLine(at, "a", "甲", action, "", "", [change], "", note)


ANNEX_3 = Coverage.of([], [3])


@pytest.mark.parametrize(
    ("told", "coverage", "counts"),
    [
        (settings("annex-3", ""), ANNEX_3, True),
        (settings("annex-4", ""), ANNEX_3, False),
        (settings("name", "表3の項目"), ANNEX_3, True),
        (settings("name", "表4の項目"), ANNEX_3, False),
        (settings("heading", ""), ANNEX_3, False),
        (settings("heading", ""), WHOLE, True),
        (settings("enabled", ""), ANNEX_3, True),
        (settings("title", "様式3の設定", "設定の変更"), ANNEX_3, True),
        (settings("title", "様式4の設定", "設定の変更"), ANNEX_3, False),
        (settings("name", "表c-11の項目の設定", "設定の変更"), Coverage.of(tables=["c-11"]), True),
        (settings("x", "選択肢area.kindの設定", "設定の変更"), ANNEX_3, True),
    ],
)
def test_settings_count_where_the_revision_follows_them(
    told: LogLine, coverage: Coverage, counts: bool
) -> None:
    assert len(list(settings_told([told], coverage, []))) == counts
    later = [IssuedPart(WHOLE, LATER), IssuedPart(Coverage.of([], [9]), LATER)]
    assert not list(settings_told([told], coverage, later)) or not counts
    before = [IssuedPart(coverage, EARLIER - timedelta(days=1))]
    assert len(list(settings_told([told], coverage, before))) == counts


def test_a_choice_that_another_part_left_as_it_was_still_counts() -> None:
    told = settings("x", "選択肢area.kindの設定", "設定の変更")
    issued = [IssuedPart(ANNEX_3, LATER)]
    assert list(settings_told([told], Coverage.of(masters=True), issued))
    issued = [IssuedPart(Coverage.of(masters=True), LATER)]
    assert not list(settings_told([told], ANNEX_3, issued))


def test_settings_of_two_tables_do_not_cancel_each_other() -> None:
    pair = [settings("name", f"表{code}の項目") for code in ("1", "2")]
    pair[1].changes[0].update(before="公開", after="非公開")  # type: ignore[attr-defined]
    lines = list(settings_told(pair, WHOLE, []))
    printed = Printed({}, {"公開版の設定の変更": (PrintedPlace("公開版の設定", frozenset()),)})
    assert authors_of(lines, printed).authors


def written_by(coverage: Coverage, old: Any, new: Any) -> dict[str, tuple[str, ...]]:
    found = authors_in([old, new], coverage).authors
    return {each.username: each.parts for each in found}


def test_who_changed_what_the_municipality_is_called_wrote_what_prints_it(town: Town) -> None:
    values = {"ict_department_name": "情報戦略課", "telephone": "0000-00-0001"}
    save_municipality(municipality=town.municipality, actor=town.approver.user, values=values)
    old, new = (
        document("<p>前</p>", table("o"), table("v", ("u", n))) for n in ("甲", "情報戦略課")
    )
    who = town.approver.user.username
    assert written_by(Coverage.of(["chapter-b"]), old, new) == {who: ("2 体制",)}
    assert written_by(Coverage.of(["chapter-b"]), old, old) == {}


def test_who_makes_columns_public_is_an_author_of_a_partial_revision(town: Town) -> None:
    save_annexes(municipality=town.municipality, actor=town.approver.user, values={3: "public"})
    save_public_columns(
        municipality=town.municipality,
        actor=town.second.user,
        code="3",
        columns={"name": ("名称", "show")},
    )
    same = document("<p>前</p>", table("o"), table("v"))
    found = written_by(ANNEX_3, same, same)
    assert set(found) == {town.approver.user.username, town.second.user.username}
    assert written_by(Coverage.of([], [4]), same, same) == {}


def test_who_empties_a_phrase_is_an_author(town: Town) -> None:
    phrase = all_keys()["org"]
    for by, typed, version in (("approver", "見本市役所", 0), ("second", "", 1)):
        set_placeholder(
            municipality=town.municipality,
            actor=town.members[by].user,
            phrase=phrase,
            system=None,
            typed=typed,
            expected_version=version,
        )
    same = document("<p>前</p>", table("o"), table("v"))
    assert written_by(WHOLE, same, same) == {}
    set_placeholder(
        municipality=town.municipality,
        actor=town.approver.user,
        phrase=phrase,
        system=None,
        typed="見本町",
        expected_version=0,
    )
    assert set(written_by(WHOLE, same, same)) == {
        town.approver.user.username,
        town.second.user.username,
    }


# What is no table and no setting whose change makes an author, and why not.
REVIEWED = {
    "accounts.user": "names of accounts stand in no edition but beside dates of confirmation",
    "accounts.membership": "roles and offices of accounts are printed nowhere",
    "plans.blankanswer": "stands on the approval sheet, which says who answered",
    "plans.chapterimage": "named by its content: another picture is another text",
    "plans.comparisonsetting": "how the comparison is laid out, no part of the edition",
    "plans.plancopy": "who has a copy is a list of its own",
    "plans.publicclaim": "nobody confirms his own, and it changes no letter",
    "plans.wordtemplate": "how Word files look that are written beside the edition",
    "plans.wordimport": "its texts are written into chapters, each with its entry",
    "annex.importjob": "its rows are written into tables, each with its entry",
}
# What happens to editions, and what a person keeps for the screen.
NOT_WRITTEN_INTO = (
    "edition editionreading printjob printchoices revision contributor submission submittedcontent "
    "decision returnremark issuejob approvalroute approvalsetting"
)
SCREEN = {"annex.draft", "annex.tablechoice", "annex.rememberedcolumn"}
BY_NOTE = {
    "annex.annexsetting",
    "annex.columnsetting",
    "annex.choicesetting",
    "plans.publicsetting",
}
APPS = {"accounts", "annex", "plans", "systems", "drills"}


def test_every_model_makes_authors_or_is_reviewed() -> None:
    known = {*kinds_of_records(), *REVIEWED, *SCREEN, *BY_NOTE, "plans.plan"}
    known |= {f"plans.{name}" for name in NOT_WRITTEN_INTO.split()} | {"accounts.signinsession"}
    found = {m._meta.label_lower for m in apps.get_models() if m._meta.app_label in APPS}
    assert found - known == set()
    assert set(REVIEWED) <= found


def columns_of(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.editable} - {"id"}


def test_every_field_of_what_is_no_table_counts_or_is_reviewed() -> None:
    unprinted = {"code", "prefecture"}  # the operator's
    unprinted |= {
        "postal_address",
        "telephone",
    }  # taken over when the plan is made, then the plan's
    assert columns_of(Municipality) == NAMES | {"date_style"} | unprinted
    assert columns_of(EditionSetting) - {"municipality"} == NUMBERED | {"sides"}  # of the printer
    row = columns_of(Chapter) - {"parent", "row_no"}  # places, told by what was done
    kept = {"guidance", "note", "verified_on", "evidence", "row_status"}
    assert row - {"municipality"} - kept == TEXT_OF_CHAPTER


def test_another_row_of_the_same_name_is_another_value_by_whatever_way(in_scope: Any) -> None:
    sheet = Sheet.of(PEOPLE, in_scope)
    first, other, twin = (
        {"uid": uid, "text": name} for uid, name in (("1", "甲"), ("2", "乙"), ("3", "甲"))
    )

    def written(*values: Any) -> list[LogLine]:
        steps = [{"department": each} for each in values]
        told = [list(row_changes(sheet, *pair)) for pair in pairwise(steps)]
        return [line("", "", "", changes=[each.to_json() for each in found]) for found in told]

    lines = written(first, other, twin)
    place = PrintedPlace("様式9", frozenset({"department"}))
    assert lines[0].changes[0]["before"] == lines[1].changes[0]["after"] == "甲"
    assert authors(lines, place) == ["a"]
    assert authors(written(first, other, first), place) == []
