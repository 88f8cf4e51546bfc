"""What saving a row of 様式9 must respect."""

import re
from collections.abc import Iterator

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.spec import SAVE_AS_DRAFT, Problem
from systems.models import EmergencyContact

MEANS = ("tel", "tel_alt", "mobile", "email", "mobile_mail", "sns", "sat_tel", "priority_tel")
"""Columns 6-11 of the form: at least one of them reaches the contact. 自宅電話 is not among them."""

_HIRAGANA = re.compile(r"[\u3041-\u3096\u309d\u309eー・\s]*")


def one_organisation(row: EmergencyContact) -> Iterator[Problem]:
    """A contact belongs to a department, a vendor or another organisation, and to one only."""
    filled = [name for name in ("department", "vendor", "organisation") if getattr(row, name)]
    if not filled:
        yield Problem(
            "department", "「部局名」「会社名」「機関名（その他）」のどれか一つを入力してください。"
        )
    elif len(filled) > 1:
        yield Problem(
            filled[1],
            "「部局名」「会社名」「機関名（その他）」は、どれか一つだけを入力してください。",
        )


def one_person(row: EmergencyContact) -> Iterator[Problem]:
    """Somebody answers: a registered person or a written name, and not both."""
    if row.person_id is None and not row.person_name:
        yield Problem(
            "person",
            "「責任者・担当者」を選ぶか、登録のない人の氏名または「窓口」を入力してください。",
        )
    elif row.person_id is not None and row.person_name:
        yield Problem(
            "person_name",
            "「責任者・担当者」を選んだときは、「責任者・担当者（登録のない人）」を空欄にしてください。",
        )


def desk_belongs_to_vendor(row: EmergencyContact) -> Iterator[Problem]:
    """Only a vendor has a desk, a deputy desk or one at its alternate site."""
    if row.vendor_desk and row.vendor_id is None:
        yield Problem(
            "vendor_desk", "「事業者の連絡先の種類」は、会社名を選んだときだけ入力できます。"
        )


def kana_is_hiragana(row: EmergencyContact) -> Iterator[Problem]:
    """The reading is written in hiragana, so that lists sort."""
    if not _HIRAGANA.fullmatch(row.kana):
        yield Problem("kana", f"「かな」はひらがなで入力してください（入力値：{row.kana}）。")


def is_reachable(row: EmergencyContact) -> Iterator[Problem]:
    """A contact that cannot be reached is none, except while it is being written."""
    if row.row_status == RowStatus.DRAFT or any(getattr(row, name) for name in MEANS):
        return
    yield Problem(
        "tel",
        "電話、代替拠点の電話、携帯電話、メール、携帯メール、SNS、衛星電話、災害時優先電話のうち、"
        f"一つ以上を入力してください。{SAVE_AS_DRAFT}",
    )


def another_stands_in(row: EmergencyContact) -> Iterator[Problem]:
    """The alternate is somebody else, and not one whose own alternate is this contact."""
    if row.pk is None or row.alternate is None:
        return
    if row.alternate.pk == row.pk:
        yield Problem("alternate", f"「代理者」に自分自身「{row}」は選べません。")
    elif row.alternate.alternate_id == row.pk:
        yield Problem(
            "alternate",
            f"「{row.alternate}」の代理者がこの連絡先のため、選べません。"
            "二人で代理し合うと、二人ともつながらないときに連絡先がなくなります。",
        )


def home_is_near_for_staff_only(row: EmergencyContact) -> Iterator[Problem]:
    """Where somebody lives is asked of the ICT staff alone."""
    if row.kind != "staff" and row.distance_band:
        yield Problem(
            "distance_band",
            "「自宅から参集場所までの距離帯」は、区分が「ICT部門職員」のときだけ入力できます。",
        )
