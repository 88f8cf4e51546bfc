"""Chapters are written, moved, removed and brought back, and every step is in the log."""

import pytest

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.models import Entry
from bcp_portal.ui.errors import DomainError
from plans.chapters.moves import Move, move_chapter
from plans.chapters.order import outline_of
from plans.chapters.plan_services import save_plan
from plans.chapters.services import add_chapter, remove_chapter, restore_chapter, save_chapter
from plans.models import Chapter, Plan
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from plans.text.cleaning import CleaningError

OUTLINE = OutlineTemplate(
    profile="ksw",
    plan_title="{団体名} ICT業務継続計画書",
    chapters=(
        ChapterTemplate(
            title="目的", body="{本団体}の目的。\n\n[[17]]", guidance="{庁舎名}を書く。"
        ),
        ChapterTemplate(
            title="体制",
            sections=(
                ChapterTemplate(title="平常時", body="平常時の体制。"),
                ChapterTemplate(title="発生時", sections=(ChapterTemplate(title="本部"),)),
            ),
        ),
        ChapterTemplate(title="訓練", body="訓練を行う。"),
    ),
)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", display_name="編集 花子")


@pytest.fixture
def plan(in_scope: Municipality, editor: User) -> Plan:
    return create_plan(municipality=in_scope, actor=editor, outline=OUTLINE)


def chapter(title: str) -> Chapter:
    return Chapter.objects.get(title=title)


def headings(plan: Plan) -> list[str]:
    return [f"{node.full_number} {node.chapter.title}" for node in outline_of(plan).walk()]


def last_entry() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


START = ["1 目的", "2 体制", "2(1) 平常時", "2(2) 発生時", "2(2)ア 本部", "3 訓練"]


def test_a_plan_starts_from_an_outline_with_the_municipality_s_own_name(plan: Plan) -> None:
    assert plan.title == "見本市 ICT業務継続計画書"
    assert plan.issued_by == "見本市"
    assert headings(plan) == START
    first = chapter("目的")
    assert first.body == '<p>本市の目的。</p><div data-live-block="17"></div>'
    assert first.guidance == "市役所を書く。"
    assert last_entry().note == "章立ての見本から6件の章・節を作りました。"


def test_a_municipality_has_one_plan(plan: Plan, editor: User) -> None:
    with pytest.raises(DomainError, match="すでに作られています"):
        create_plan(municipality=plan.municipality, actor=editor, outline=OUTLINE)
    assert Plan.objects.count() == 1


def test_text_is_saved_cleaned_and_logged_as_people_read_it(plan: Plan, editor: User) -> None:
    saved = save_chapter(
        chapter=chapter("訓練"),
        actor=editor,
        title="訓練と教育",
        body='<p onclick="x()">毎年<b>1回</b></p><ul><li>机上</li></ul>',
        guidance="",
        expected_version=1,
    )
    assert saved.body == "<p>毎年<strong>1回</strong></p><ul><li>机上</li></ul>"
    assert (saved.version, saved.updated_by) == (2, editor)
    changes = {change["name"]: change for change in last_entry().changes}
    assert changes["title"]["after"] == "訓練と教育"
    assert changes["body"]["before"] == "訓練を行う。"
    assert changes["body"]["after"] == "毎年1回\n・机上"


def test_saving_the_same_text_again_writes_nothing(plan: Plan, editor: User) -> None:
    count = Entry.objects.count()
    same = chapter("訓練")
    save_chapter(
        chapter=same,
        actor=editor,
        title=same.title,
        body=same.body,
        guidance="",
        expected_version=1,
    )
    assert chapter("訓練").version == 1
    assert Entry.objects.count() == count


def test_whoever_saves_second_is_told_and_overwrites_nothing(plan: Plan, editor: User) -> None:
    opened = chapter("訓練")
    save_chapter(
        chapter=opened, actor=editor, title="訓練", body="先の人", guidance="", expected_version=1
    )
    with pytest.raises(Conflict) as second:
        save_chapter(
            chapter=opened, actor=None, title="訓練", body="後の人", guidance="", expected_version=1
        )
    assert second.value.current.body == "<p>先の人</p>"
    assert chapter("訓練").body == "<p>先の人</p>"


def test_a_text_with_gaiji_is_refused_whole(plan: Plan) -> None:
    with pytest.raises(CleaningError, match="U\\+E000"):
        save_chapter(
            chapter=chapter("訓練"),
            actor=None,
            title="新",
            body="\ue000",
            guidance="",
            expected_version=1,
        )
    assert chapter("訓練").body == "<p>訓練を行う。</p>"


def test_what_the_cover_says_is_saved_with_the_same_care(plan: Plan, editor: User) -> None:
    save_plan(plan=plan, actor=editor, values={"subtitle": "初版"}, expected_version=1)
    with pytest.raises(Conflict):
        save_plan(plan=plan, actor=editor, values={"subtitle": "別"}, expected_version=1)
    assert Plan.objects.get().subtitle == "初版"


def test_a_chapter_is_added_behind_its_siblings(plan: Plan, editor: User) -> None:
    add_chapter(plan=plan, actor=editor, parent=None, title="参考資料")
    add_chapter(plan=plan, actor=editor, parent=chapter("体制"), title="権限")
    assert headings(plan)[-3:] == ["2(3) 権限", "3 訓練", "4 参考資料"]


def test_nothing_is_added_below_the_fourth_level(plan: Plan, editor: User) -> None:
    add_chapter(plan=plan, actor=editor, parent=chapter("本部"), title="班")
    assert "2(2)ア(ア) 班" in headings(plan)
    with pytest.raises(DomainError, match="4段までです。「班」の下には追加できません"):
        add_chapter(plan=plan, actor=editor, parent=chapter("班"), title="係")


@pytest.mark.parametrize(
    ("title", "move", "expected"),
    [
        (
            "体制", Move.UP,
            ["1 体制", "1(1) 平常時", "1(2) 発生時", "1(2)ア 本部", "2 目的", "3 訓練"],
        ),
        (
            "目的", Move.DOWN,
            ["1 体制", "1(1) 平常時", "1(2) 発生時", "1(2)ア 本部", "2 目的", "3 訓練"],
        ),
        (
            "訓練", Move.INDENT,
            ["1 目的", "2 体制", "2(1) 平常時", "2(2) 発生時", "2(2)ア 本部", "2(3) 訓練"],
        ),
        (
            "平常時", Move.OUTDENT,
            ["1 目的", "2 体制", "2(1) 発生時", "2(1)ア 本部", "3 平常時", "4 訓練"],
        ),
        (
            "本部", Move.OUTDENT,
            ["1 目的", "2 体制", "2(1) 平常時", "2(2) 発生時", "2(3) 本部", "3 訓練"],
        ),
    ],
)  # fmt: skip
def test_a_chapter_moves_with_all_below_it(
    plan: Plan, editor: User, title: str, move: Move, expected: list[str]
) -> None:
    move_chapter(chapter=chapter(title), actor=editor, move=move)
    assert headings(plan) == expected
    assert last_entry().action == "章・節の移動"
    assert chapter(title).version == 1, "a move is no change of the text"


@pytest.mark.parametrize(
    ("title", "move"),
    [("目的", Move.UP), ("訓練", Move.DOWN), ("目的", Move.INDENT), ("目的", Move.OUTDENT)],
)
def test_an_impossible_move_is_refused_in_words(
    plan: Plan, editor: User, title: str, move: Move
) -> None:
    with pytest.raises(DomainError, match=f"「{title}」を移動できません"):
        move_chapter(chapter=chapter(title), actor=editor, move=move)
    assert headings(plan) == START


def test_a_chapter_that_is_too_deep_to_be_indented_is_refused(plan: Plan, editor: User) -> None:
    add_chapter(plan=plan, actor=editor, parent=chapter("本部"), title="班")
    with pytest.raises(DomainError, match="全体が4段に収まることが必要です"):
        move_chapter(chapter=chapter("体制"), actor=editor, move=Move.INDENT)


def test_removing_a_chapter_with_sections_asks_first(plan: Plan, editor: User) -> None:
    with pytest.raises(DomainError, match="3件の節・項があります"):
        remove_chapter(chapter=chapter("体制"), actor=editor, with_children=False)
    assert headings(plan) == START


def test_what_was_removed_comes_back_to_its_place_whole(plan: Plan, editor: User) -> None:
    remove_chapter(chapter=chapter("体制"), actor=editor, with_children=True)
    assert headings(plan) == ["1 目的", "2 訓練"]
    assert last_entry().note == "下の3件とともに取り除きました。"
    restore_chapter(chapter=chapter("体制"), actor=editor)
    assert headings(plan) == START
    assert chapter("平常時").body == "<p>平常時の体制。</p>"


def test_a_section_whose_chapter_is_gone_comes_back_as_the_last_chapter(
    plan: Plan, editor: User
) -> None:
    remove_chapter(chapter=chapter("発生時"), actor=editor, with_children=True)
    remove_chapter(chapter=chapter("体制"), actor=editor, with_children=True)
    restore_chapter(chapter=chapter("発生時"), actor=editor)
    assert headings(plan) == ["1 目的", "2 訓練", "3 発生時", "3(1) 本部"]


def test_a_section_that_no_longer_fits_comes_back_as_the_last_chapter(
    plan: Plan, editor: User
) -> None:
    add_chapter(plan=plan, actor=editor, parent=chapter("本部"), title="班")
    remove_chapter(chapter=chapter("発生時"), actor=editor, with_children=True)
    move_chapter(chapter=chapter("体制"), actor=editor, move=Move.INDENT)
    restore_chapter(chapter=chapter("発生時"), actor=editor)
    assert headings(plan) == [
        "1 目的", "1(1) 体制", "1(1)ア 平常時", "2 訓練", "3 発生時", "3(1) 本部", "3(1)ア 班",
    ]  # fmt: skip


def test_what_is_removed_cannot_be_moved_or_restored_twice(plan: Plan, editor: User) -> None:
    remove_chapter(chapter=chapter("訓練"), actor=editor, with_children=False)
    with pytest.raises(DomainError, match="取り除かれています"):
        move_chapter(chapter=chapter("訓練"), actor=editor, move=Move.UP)
    restore_chapter(chapter=chapter("訓練"), actor=editor)
    with pytest.raises(DomainError, match="取り除かれていません"):
        restore_chapter(chapter=chapter("訓練"), actor=editor)
