"""What is printed beforehand on the forms to be filled in by hand."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.ui.eras import DateStyle
from plans.leaflets.blank_forms import blank_forms, short_labels
from plans.models import DetailCheckItem, QuickCheckItem
from systems.models import Site


@pytest.fixture
def sites(in_scope: Municipality) -> tuple[Site, Site]:
    one, two = (
        Site.objects.create(municipality=in_scope, row_no=n, name=name)
        for n, name in ((1, "本庁舎"), (2, "東分館"))
    )
    return one, two


def item(municipality: Municipality, number: int, **values: object) -> QuickCheckItem:
    return QuickCheckItem.objects.create(
        municipality=municipality,
        row_no=number,
        item=f"項目{number}はあるか",
        group="building",
        **values,
    )


def test_all_three_forms_are_made_with_the_titles_of_the_municipality(
    in_scope: Municipality,
) -> None:
    forms = blank_forms(in_scope, {})
    assert [form.anchor for form in forms] == ["blank-9", "blank-11", "blank-19"]
    (only,) = blank_forms(in_scope, {"annexes": ["11"]})
    assert only.title.startswith("様式11 ")
    assert only.municipality == "見本市"


def test_quick_check_items_stand_in_their_order_with_place_and_look(
    in_scope: Municipality, sites: tuple[Site, Site]
) -> None:
    item(in_scope, 1, order=None)
    item(in_scope, 2, order=2, place_site=sites[0], how="扉を見る。")
    item(in_scope, 3, order=1)
    item(in_scope, 4, order=3, row_status="retired")
    (form,) = blank_forms(in_scope, {"annexes": ["11"]})
    assert [line[1] for line in form.lines] == [f"項目{n}はあるか" for n in (3, 2, 1)]
    assert form.lines[1] == ("建物", "項目2はあるか", "［本庁舎］\n扉を見る。")
    assert {label: value for label, value, _ in form.fields}["調査した庁舎（建物）"] == ""


def test_a_building_leaves_out_the_items_of_others(
    in_scope: Municipality, sites: tuple[Site, Site]
) -> None:
    item(in_scope, 1, order=1, place_site=sites[0])
    item(in_scope, 2, order=2, place_site=sites[1])
    item(in_scope, 3, order=3)
    (form,) = blank_forms(in_scope, {"annexes": ["11"], "site": str(sites[1].uid)})
    assert [line[1] for line in form.lines] == ["項目2はあるか", "項目3はあるか"]
    assert ("調査した庁舎（建物）", "東分館", 3) in form.fields


def test_detail_items_name_object_layer_and_procedure(in_scope: Municipality) -> None:
    DetailCheckItem.objects.create(
        municipality=in_scope, row_no=1, layer="network", item="疎通", procedure="緑の灯を見る。"
    )
    (form,) = blank_forms(in_scope, {"annexes": ["19"], "extra_19": 2})
    assert form.lines == (("（ネットワーク）", "疎通", "緑の灯を見る。"),)
    assert form.extra_sheets == 2
    labels = [column.label for column in form.columns]
    assert "結果" in labels and "復旧の方法" in labels
    boxes = next(column.boxes for column in form.columns if column.label == "結果")
    assert boxes == ("□使用可", "□一部使用可", "□使用不可", "□未確認")


def test_contacts_are_empty_and_ask_for_no_home_address(in_scope: Municipality) -> None:
    (form,) = blank_forms(in_scope, {"annexes": ["9"], "sheets_9": 3, "row_height": "tall"})
    assert (form.lines, form.least_sheets, form.row_height_mm) == ((), 3, 22.0)
    assert not [column.label for column in form.columns if "住所" in column.label]
    assert any("自宅の住所と保険証の番号は書きません" in text for text in form.advice)


def test_the_era_stands_before_the_year_only_where_it_is_used(in_scope: Municipality) -> None:
    def when() -> str:
        (form,) = blank_forms(in_scope, {"annexes": ["9"]})
        return {label: value for label, value, _ in form.fields}["記入日時"]

    assert when().startswith("令和")
    in_scope.date_style = DateStyle.SEIREKI
    in_scope.save()
    assert when().startswith("　")


def test_a_renamed_annex_prints_its_own_title(in_scope: Municipality) -> None:
    AnnexSetting.objects.create(municipality=in_scope, code="11", title="最初の見回り票")
    (form,) = blank_forms(in_scope, {"annexes": ["11"]})
    assert form.title == "様式11 最初の見回り票"


def test_two_choices_never_read_the_same_beside_their_boxes() -> None:
    labels = ["使用不可（壊れている）", "庁舎（本館）", "庁舎（別館）", "不明"]
    assert short_labels(labels) == ["使用不可", "庁舎（本館）", "庁舎（別館）", "不明"]
