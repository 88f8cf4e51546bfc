"""A cell of before an option was renamed still chooses it; where two may be meant, a person is asked."""

from collections.abc import Callable

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.settings_services import OptionChoice, save_options
from bcp_portal.annex.sheet import Sheet
from bcp_portal.importing.check_result import CheckedFile
from systems.models import Site
from tests.findings.workbooks import Book
from tests.importing.desk import Desk, changes_of, csv_of, outcomes, reasons
from tests.rows import make_row

Rename = Callable[..., None]


@pytest.fixture
def rename(desk: Desk) -> Rename:
    """Call options of a list otherwise, all at once."""

    def as_the_page_does(list_code: str = "site_kind", **labels: str) -> None:
        options = [OptionChoice(value, label, hidden=False) for value, label in labels.items()]
        actor = desk.membership.user
        save_options(
            municipality=desk.municipality, actor=actor, list_code=list_code, options=options
        )

    return as_the_page_does


@pytest.fixture
def site(in_scope: Municipality) -> Site:
    spec = registry.spec("3")
    assert spec is not None
    make_row(spec, in_scope, 1)
    Site.objects.update(name="本庁舎", site_kind="main", other_hazard=[])
    return Site.objects.get()


def own_file(kind: str, *, name: str = "本庁舎", hazard: str = "") -> bytes:
    heads = ("庁舎（建物）名", "拠点区分", "津波・土砂・その他の危険")
    return csv_of(heads, (name, kind, hazard))


def kind_of(name: str = "本庁舎") -> str:
    return str(Site.objects.get(name=name).site_kind)


def held(checked: CheckedFile) -> str:
    return "".join(p.reason for entry in checked.plan.entries for p in entry.held)


def put(content: bytes, column: str, value: str) -> bytes:
    book = Book(content)
    page = book.sheet("3")
    page.put(page.rows[0], column, value)
    return book.content


def undated(content: bytes) -> bytes:
    book = Book(content)
    book.sheet("3").worksheet.cell(2, 1).value = None
    book.workbook.remove(book.workbook["_bcp_portal"])
    return book.content


def test_every_name_that_an_option_had_chooses_it(desk: Desk, site: Site, rename: Rename) -> None:
    rename(branch="出張所など")
    rename(branch="サービスセンター")
    for label in ("支所・事務所", "出張所など", "サービスセンター"):
        Site.objects.update(site_kind="main")
        checked = desk.bring_in(own_file(label), "3")
        assert kind_of() == "branch" and not held(checked), (label, reasons(checked))


def test_one_of_several_options_of_a_cell_is_known_by_its_old_name(
    desk: Desk, site: Site, rename: Rename
) -> None:
    spec = registry.spec("3")
    assert spec is not None
    [codes] = [i.model_field.choice_list for i in _items(desk) if i.name == "other_hazard"]
    (one, label), (other, beside) = codes.options[:2]
    rename(codes.code, **{one: "山、がけ"})
    rename(codes.code, **{one: "斜面"})
    for text in (f"{label}、{beside}", f"山、がけ、{beside}", f"{beside}、斜面"):
        Site.objects.update(other_hazard=[])
        checked = desk.bring_in(own_file("本庁舎", hazard=text), "3")
        assert set(Site.objects.get().other_hazard) == {one, other}, reasons(checked)


def _items(desk: Desk) -> list[object]:
    spec = registry.spec("3")
    assert spec is not None
    return list(Sheet.of(spec, desk.municipality).editable_items)


def test_an_export_of_before_changes_nothing(desk: Desk, site: Site, rename: Rename) -> None:
    rename(main="市役所")
    content = desk.export("3")
    rename(main="本館")
    for file in (content, undated(content)):
        assert list(outcomes(desk.check(file)).values()) == ["unchanged"]


# Two labels swapped: nothing crosses unasked.


def swap(rename: Rename) -> None:
    rename(main="支所・事務所", branch="本庁舎")


def test_an_export_of_before_a_swap_means_what_it_meant(
    desk: Desk, site: Site, rename: Rename
) -> None:
    content = desk.export("3")
    swap(rename)
    checked = desk.bring_in(content)
    assert list(outcomes(checked).values()) == ["unchanged"] and kind_of() == "main"
    # The stored option is called so today, and is not the one that is meant.
    desk.bring_in(put(content, "site_kind", "支所・事務所"))
    assert kind_of() == "branch"
    desk.bring_in(put(desk.export("3"), "site_kind", "支所・事務所"))
    assert kind_of() == "main"


@pytest.mark.parametrize("form", ["own", "undated"])
def test_a_file_that_does_not_say_when_it_was_made_is_asked_after_a_swap(
    desk: Desk, site: Site, rename: Rename, form: str
) -> None:
    content = own_file("本庁舎") if form == "own" else undated(desk.export("3"))
    swap(rename)
    checked = desk.bring_in(content, "3")
    assert kind_of() == "main"
    assert "以前は選択肢「支所・事務所」の表示でした" in held(checked)
    [entry] = [entry for entry in checked.plan.entries if entry.held]
    desk.bring_in(content, "3", confirmed={(entry.sheet, entry.row): ()})
    assert kind_of() == "branch"


def test_a_new_line_with_a_label_that_was_passed_on_is_asked(
    desk: Desk, site: Site, rename: Rename
) -> None:
    swap(rename)
    checked = desk.bring_in(own_file("本庁舎", name="別館"), "3")
    assert "この行は取り込みません" in held(checked)
    assert not Site.objects.filter(name="別館").exists()
    [entry] = checked.plan.entries
    desk.bring_in(own_file("本庁舎", name="別館"), "3", confirmed={(entry.sheet, entry.row): ()})
    assert kind_of("別館") == "branch"


def test_a_key_whose_label_was_passed_on_finds_no_row_unasked(
    desk: Desk, site: Site, rename: Rename
) -> None:
    """The option tells which row a line is of: the row of today's label may be the wrong one."""
    spec = registry.spec("c-9")
    assert spec is not None
    heads = ("候補の拠点", "要素", "評価", "根拠")
    lines = (("本庁舎", "冗長電源", "○", "電源"), ("本庁舎", "通信設備", "○", "通信"))
    desk.bring_in(csv_of(heads, *lines), "c-9")
    rows = spec.model.objects.order_by("row_no")
    assert [row.basis for row in rows] == ["電源", "通信"]
    rename("alt_site_factor", redundant_power="通信設備", communication="冗長電源")
    checked = desk.bring_in(csv_of(heads, ("本庁舎", "冗長電源", "○", "直した理由")), "c-9")
    assert "この行は取り込みません" in held(checked)
    assert [row.basis for row in rows.all()] == ["電源", "通信"]


def test_nobody_is_asked_once_the_former_names_are_taken_away(
    desk: Desk, site: Site, rename: Rename
) -> None:
    swap(rename)
    labels = {"main": "支所・事務所", "branch": "本庁舎"}
    options = [OptionChoice(value, label, False, ("",)) for value, label in labels.items()]
    save_options(
        municipality=desk.municipality,
        actor=desk.membership.user,
        list_code="site_kind",
        options=options,
    )
    assert not held(desk.bring_in(own_file("本庁舎"), "3")) and kind_of() == "branch"


def test_an_old_label_of_two_options_is_refused_by_both_names(
    desk: Desk, site: Site, rename: Rename
) -> None:
    rename(branch="出先")
    first = desk.export("3")
    rename(branch="支所")
    rename(annex="出先")
    second = desk.export("3")
    rename(annex="分館")
    checked = desk.bring_in(own_file("出先"), "3")
    assert "以前「分館」と「支所」の表示でした" in "".join(reasons(checked)) and kind_of() == "main"
    # A workbook says when it was written: then only one of them was called so.
    for content, label in ((first, "支所"), (second, "分館")):
        [entry] = desk.check(put(content, "site_kind", "出先")).plan.entries
        assert changes_of(entry)["拠点区分"] == ("本庁舎", label)


def test_an_option_that_is_not_used_any_more_is_not_chosen_by_its_old_name(
    desk: Desk, site: Site, rename: Rename
) -> None:
    rename(branch="出先")
    options = [OptionChoice("branch", "出張所", hidden=True)]
    save_options(
        municipality=desk.municipality,
        actor=None,
        list_code="site_kind",
        options=options,  # type: ignore[arg-type]
    )
    checked = desk.bring_in(own_file("出先"), "3")
    assert "選択肢にありません" in "".join(reasons(checked)) and kind_of() == "main"


def test_what_others_chose_meanwhile_is_not_taken_back_by_an_old_label(
    desk: Desk, site: Site, rename: Rename
) -> None:
    content = undated(desk.export("3"))
    spec = registry.spec("3")
    assert spec is not None
    row = Site.objects.get()
    row.site_kind, row.pending = "annex", {}
    save_row(
        sheet=Sheet.of(spec, desk.municipality),
        actor=desk.membership.user,
        row=row,
        expected_version=row.version,
    )
    rename(main="市役所")
    checked = desk.bring_in(content)
    assert kind_of() == "annex" and "いつ書き出したものか" in held(checked)
