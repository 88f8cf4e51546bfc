"""Declares 様式9: whom to call in an emergency."""

from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col
from systems.models import EmergencyContact
from systems.rules import contact as rules
from systems.rules.row import chosen

MEANS = "連絡手段"
MUSTER = "参集"
IF_STAFF = "「区分」が「ICT部門職員」のときは"

ANNEX = Annex(
    number=9,
    title="緊急連絡先一覧",
    steps=(6,),
    purpose="庁舎が使えないときにもつながる連絡先を、代理者とともにまとめます。",
)

CONTACTS = AnnexSpec(
    code="9",
    number=9,
    title="緊急連絡先一覧",
    purpose="人または窓口を1件ずつ書きます。個人の番号を見た記録は残ります。",
    model=EmergencyContact,
    edit_permission=Permission.EDIT_CONTACTS,
    known_by="role",
    landscape=True,
    natural_key=("department", "vendor", "organisation", "role", "order"),
    columns=(
        col("kind", 8),
        col(
            "department",
            8,
            names_row=True,
            need=Need.CONDITION,
            also_called=("部署", "部署名", "課名", "所属", "部局", "担当課"),
        ),
        col(
            "vendor",
            8,
            names_row=True,
            need=Need.CONDITION,
            also_called=("事業者名", "業者名", "会社", "事業者", "ベンダ名"),
        ),
        col(
            "organisation",
            8,
            names_row=True,
            need=Need.CONDITION,
            in_list=False,
            also_called=("機関名", "関係機関"),
        ),
        col("vendor_desk", 6, need=Need.CONDITION, in_list=False),
        col("person", 7, names_row=True, need=Need.CONDITION, personal=True),
        col(
            "person_name",
            7,
            names_row=True,
            need=Need.CONDITION,
            personal=True,
            in_list=False,
            also_called=("氏名", "担当者", "担当者名", "担当者氏名"),
        ),
        col(
            "kana",
            6,
            personal=True,
            inferred=True,
            in_list=False,
            also_called=("ふりがな", "フリガナ", "よみ", "カナ"),
        ),
        col("role", 9),
        col(
            "tel",
            8,
            group=MEANS,
            need=Need.APPROVAL,
            also_called=("電話番号", "TEL", "連絡先", "固定電話", "代表電話", "電話番号（代表）"),
        ),
        col("tel_alt", 8, group=MEANS, in_list=False),
        col(
            "mobile",
            8,
            group=MEANS,
            need=Need.CONDITION,
            personal=True,
            also_called=("携帯", "携帯番号", "携帯電話番号", "業務用携帯"),
        ),
        col(
            "email",
            9,
            group=MEANS,
            in_list=False,
            also_called=("メールアドレス", "E-mail", "Email", "mail", "アドレス"),
        ),
        col(
            "mobile_mail",
            9,
            group=MEANS,
            personal=True,
            in_list=False,
            also_called=("携帯メールアドレス",),
        ),
        col("sns", 6, group=MEANS, personal=True, in_list=False),
        col(
            "sat_tel",
            8,
            group=MEANS,
            in_list=False,
            also_called=("衛星携帯", "衛星電話番号", "衛星携帯電話"),
        ),
        col("priority_tel", 8, group=MEANS, inferred=True, in_list=False),
        col(
            "home_tel",
            8,
            group=MEANS,
            personal=True,
            in_list=False,
            also_called=("自宅", "自宅電話番号"),
        ),
        col("alternate", 9, need=Need.APPROVAL, in_list=False),
        col(
            "order",
            4,
            need=Need.APPROVAL,
            inferred=True,
            in_list=False,
            also_called=("優先順位", "順位", "連絡順", "順番"),
        ),
        col("hours", 6, need=Need.APPROVAL, inferred=True, in_list=False),
        col("distance_band", 6, group=MUSTER, need=Need.CONDITION, in_list=False),
        col("arrival_minutes", 6, group=MUSTER, need=Need.CONDITION, in_list=False),
        col("safety_means", 8, group=MUSTER, need=Need.APPROVAL, in_list=False),
        col("verified_on", 7, need=Need.APPROVAL),
    ),
    rules=(
        rules.one_organisation,
        RequiredWhen(
            "vendor_desk",
            lambda row: row.vendor_id is not None,
            because="会社名を選んだときは",
        ),
        rules.desk_belongs_to_vendor,
        rules.one_person,
        rules.kana_is_hiragana,
        rules.is_reachable,
        rules.another_stands_in,
        RequiredWhen("distance_band", chosen("kind", "staff"), because=IF_STAFF),
        rules.home_is_near_for_staff_only,
        RequiredWhen("arrival_minutes", chosen("kind", "staff"), because=IF_STAFF),
    ),
)

TABLES = (CONTACTS,)
