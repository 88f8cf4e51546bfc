"""Declares the master of people, from which roles, contacts and drills choose."""

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.spec import AnnexSpec, Unprinted, col

PEOPLE = AnnexSpec(
    code="people",
    title="職員・関係者",
    purpose="体制、連絡先、訓練の参加者として選ぶ人を登録します。電話番号などは様式9に書きます。",
    model=Person,
    natural_key=("name", "department"),
    edit_permission=Permission.EDIT_CONTACTS,
    unprinted=Unprinted.REGISTER,
    columns=(
        col("name", 10, read_by="kana", also_called=("名前", "職員名", "職員氏名")),
        col("kana", 10, read_by="kana", also_called=("ふりがな", "フリガナ", "よみ", "カナ")),
        col("department", 12),
        col("post", 10, also_called=("役職", "職名")),
        col("employment", 9),
        col("moved_on", 8, in_list=False),
        col("left_on", 8),
    ),
)

TABLES = (PEOPLE,)
