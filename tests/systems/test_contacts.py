"""様式9: whom a contact belongs to, how it is reached, and who stands in."""

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Person
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import build_table
from systems.annexes.contacts import CONTACTS
from systems.models import EmergencyContact
from tests.systems.business_rows import HOUR
from tests.systems.facilities import make_department, make_vendor, required, said

IF_STAFF = "「区分」が「ICT部門職員」のときは"
ONE_OF = "「部局名」「会社名」「機関名（その他）」"


def new_contact(owner, **values):
    values = {
        "kind": "department",
        "department": make_department(owner),
        "person_name": "窓口",
        "role": "連絡調整",
        "tel": "0256-00-0001",
        **values,
    }
    return EmergencyContact(municipality=owner, **values)


def make_contact(owner, **values):
    contact = new_contact(owner, **values)
    contact.save()
    return contact


def test_a_desk_of_a_department_is_accepted(in_scope):
    assert said(CONTACTS, new_contact(in_scope)) == []


def test_a_contact_belongs_to_somebody(in_scope):
    assert said(CONTACTS, new_contact(in_scope, department=None)) == [
        ("department", f"{ONE_OF}のどれか一つを入力してください。")
    ]


def test_a_contact_belongs_to_one_body_only(in_scope):
    row = new_contact(in_scope, organisation="電力会社の営業所")
    assert said(CONTACTS, row) == [
        ("organisation", f"{ONE_OF}は、どれか一つだけを入力してください。")
    ]


def test_a_vendor_says_which_desk_it_is(in_scope):
    row = new_contact(
        in_scope, kind="vendor", department=None, vendor=make_vendor(in_scope), vendor_desk=""
    )
    assert said(CONTACTS, row) == [("vendor_desk", required("会社名を選んだときは"))]
    row.vendor_desk = "alt_site"
    assert said(CONTACTS, row) == []


def test_only_a_vendor_has_such_a_desk(in_scope):
    assert said(CONTACTS, new_contact(in_scope, vendor_desk="desk")) == [
        ("vendor_desk", "「事業者の連絡先の種類」は、会社名を選んだときだけ入力できます。")
    ]


def test_somebody_answers_and_is_named_once(in_scope):
    person = Person.objects.create(municipality=in_scope, name="見本 太郎")
    assert said(CONTACTS, new_contact(in_scope, person_name="")) == [
        (
            "person",
            "「責任者・担当者」を選ぶか、登録のない人の氏名または「窓口」を入力してください。",
        )
    ]
    assert said(CONTACTS, new_contact(in_scope, person=person, person_name="")) == []
    assert said(CONTACTS, new_contact(in_scope, person=person, person_name="見本 次郎")) == [
        (
            "person_name",
            "「責任者・担当者」を選んだときは、「責任者・担当者（登録のない人）」を空欄にしてください。",
        )
    ]


@pytest.mark.parametrize("kana", ["", "みほん たろう", "いとう　じろー"])
def test_a_reading_in_hiragana_is_accepted(in_scope, kana):
    assert said(CONTACTS, new_contact(in_scope, kana=kana)) == []


@pytest.mark.parametrize("kana", ["ミホン", "見本", "mihon"])
def test_any_other_reading_is_refused(in_scope, kana):
    assert said(CONTACTS, new_contact(in_scope, kana=kana)) == [
        ("kana", f"「かな」はひらがなで入力してください（入力値：{kana}）。")
    ]


def test_a_contact_without_any_means_is_refused_unless_it_is_a_draft(in_scope):
    row = new_contact(in_scope, tel="", home_tel="0256-00-0002")
    [(column, message)] = said(CONTACTS, row)
    assert column == "tel"
    assert "一つ以上を入力してください。" in message
    row.row_status = "draft"
    assert said(CONTACTS, row) == []


@pytest.mark.parametrize(
    ("means", "value"),
    [
        ("tel_alt", "0256-00-0003"),
        ("mobile", "090-0000-0000"),
        ("email", "desk@example.jp"),
        ("mobile_mail", "me@example.jp"),
        ("sns", "見本 太郎"),
        ("sat_tel", "090-0000-0001"),
        ("priority_tel", "090-0000-0002"),
    ],
)
def test_any_one_means_is_enough(in_scope, means, value):
    assert said(CONTACTS, new_contact(in_scope, tel="", **{means: value})) == []


def test_nobody_stands_in_for_themselves(in_scope):
    row = make_contact(in_scope)
    row.alternate = row
    assert said(CONTACTS, row) == [("alternate", f"「代理者」に自分自身「{row}」は選べません。")]


def test_two_contacts_may_not_only_stand_in_for_each_other(in_scope):
    first = make_contact(in_scope, row_no=1)
    second = make_contact(in_scope, row_no=2, alternate=first)
    third = make_contact(in_scope, row_no=3, alternate=second)
    first.alternate = second
    assert said(CONTACTS, first) == [
        (
            "alternate",
            "「連絡調整（様式9のNo.2）」の代理者がこの連絡先のため、選べません。"
            "二人で代理し合うと、二人ともつながらないときに連絡先がなくなります。",
        )
    ]
    first.alternate = third
    assert said(CONTACTS, first) == []


def test_staff_say_how_far_they_live_and_how_long_they_need(in_scope):
    row = new_contact(in_scope, kind="staff", mobile="090-0000-0000")
    assert said(CONTACTS, row) == [
        ("distance_band", required(IF_STAFF)),
        ("arrival_minutes", required(IF_STAFF)),
    ]
    row.distance_band, row.arrival_minutes = "near", 2 * HOUR
    assert said(CONTACTS, row) == []


def test_others_are_not_asked_where_they_live(in_scope):
    assert said(CONTACTS, new_contact(in_scope, distance_band="near")) == [
        (
            "distance_band",
            "「自宅から参集場所までの距離帯」は、区分が「ICT部門職員」のときだけ入力できます。",
        )
    ]


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("department", "同じ部局に、この優先順位の連絡先がすでにあります。"),
        ("vendor", "同じ会社に、この優先順位の連絡先がすでにあります。"),
        ("organisation", "同じ機関に、この優先順位の連絡先がすでにあります。"),
    ],
)
def test_an_order_is_given_once_in_one_body(in_scope, where, message):
    body = {
        "department": make_department(in_scope),
        "vendor": make_vendor(in_scope),
        "organisation": "電力会社の営業所",
    }[where]
    place = {"department": None, where: body}
    make_contact(in_scope, order=1, **place)
    with pytest.raises(ValidationError, match=message):
        new_contact(in_scope, order=1, **place).validate_constraints()
    new_contact(in_scope, order=2, **place).validate_constraints()
    new_contact(in_scope, **place).validate_constraints()


def test_the_same_order_in_another_body_is_free(in_scope):
    make_contact(in_scope, order=1)
    elsewhere = make_department(in_scope, "防災課")
    new_contact(in_scope, order=1, department=elsewhere).validate_constraints()
    make_contact(in_scope, order=1, department=None, organisation="電力会社")
    new_contact(in_scope, order=1, department=None, organisation="電話会社").validate_constraints()


def test_an_order_below_one_is_refused(in_scope):
    with pytest.raises(ValidationError, match="連絡の優先順位は1以上で入力してください。"):
        new_contact(in_scope, order=0).clean_fields()


def test_personal_columns_are_masked_and_desks_are_not(in_scope):
    person = Person.objects.create(municipality=in_scope, name="秘密 花子")
    secrets = {
        "kana": "ひみつ はなこ",
        "mobile": "090-1111-2222",
        "mobile_mail": "secret@example.jp",
        "sns": "秘密のアカウント",
        "home_tel": "0256-11-2222",
    }
    make_contact(in_scope, person=person, person_name="", **secrets)
    make_contact(in_scope, person_name="秘密 次郎", alternate=EmergencyContact.objects.get())
    columns = Sheet.of(CONTACTS, in_scope).items
    open_table = build_table(CONTACTS, municipality=in_scope, include_personal=True, items=columns)
    everything = str(open_table.texts())
    for secret in ("秘密 花子", "秘密 次郎", *secrets.values()):
        assert secret in everything
    closed = str(build_table(CONTACTS, municipality=in_scope, items=columns).texts())
    for secret in ("秘密 花子", "秘密 次郎", *secrets.values()):
        assert secret not in closed
    assert MASK in closed
    assert "0256-00-0001" in closed


def test_the_name_of_a_contact_gives_away_no_person(in_scope):
    person = Person.objects.create(municipality=in_scope, name="秘密 花子")
    row = make_contact(in_scope, person=person, person_name="", row_no=12)
    assert str(row) == "連絡調整（様式9のNo.12）"
