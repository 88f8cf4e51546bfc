"""Table C-9: candidates for the alternate site, factor by factor."""

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.annex.table_builder import build_table
from systems.annexes.alternate_sites import ASSESSMENTS
from systems.models import AltSiteAssessment
from systems.models.alternate_sites import ALT_SITE_FACTOR
from tests.systems.facilities import make_site


def new_assessment(site, factor, rating="good"):
    return AltSiteAssessment(
        municipality=site.municipality, site=site, factor=factor, rating=rating
    )


def test_each_factor_is_printed_under_its_class(in_scope):
    site = make_site(in_scope, "支所")
    codes = [code for code, _label in ALT_SITE_FACTOR.options]
    for number, factor in enumerate([*codes, "own_factor"], start=1):
        row = new_assessment(site, factor)
        row.row_no = number
        row.save()
    table = build_table(ASSESSMENTS, municipality=in_scope)
    shown = [[table.text(row, table.columns[index]) for index in (1, 2)] for row in table.rows]
    assert shown == [
        ["場所", "津波などの被害を受けない"],
        ["場所", "同時罹災の可能性が少ない"],
        ["建物", "新耐震基準"],
        ["設備", "冗長電源"],
        ["設備", "通信設備"],
        ["設備", "セキュリティ管理・空調・床荷重"],
        ["その他", "own_factor"],
    ]


def test_a_factor_is_judged_once_for_a_candidate(in_scope):
    site = make_site(in_scope, "支所")
    new_assessment(site, "new_seismic").save()
    with pytest.raises(ValidationError) as caught:
        new_assessment(site, "new_seismic", "poor").validate_constraints()
    assert caught.value.messages == ["この候補の同じ要素がすでに登録されています。"]
    new_assessment(make_site(in_scope, "図書館"), "new_seismic").validate_constraints()
    new_assessment(site, "redundant_power").validate_constraints()


def test_a_judgement_must_be_made_and_may_be_unknown(in_scope):
    site = make_site(in_scope, "支所")
    exclude = ["created_by", "updated_by"]
    new_assessment(site, "new_seismic", "unknown").clean_fields(exclude=exclude)
    with pytest.raises(ValidationError) as caught:
        new_assessment(site, "new_seismic", "").clean_fields(exclude=exclude)
    assert list(caught.value.message_dict) == ["rating"]
