"""Whom to call when something has happened, by which means, and who stands in (様式9)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    PhoneField,
    optional_reference,
)

CONTACT_KIND = ChoiceList(
    "contact_kind",
    (
        ("staff", "ICT部門職員"),
        ("department", "関係部局"),
        ("vendor", "外部事業者（委託先等）"),
        ("agency", "関係機関（電力・通信・県・国等）"),
        ("headquarters", "災害対策本部"),
    ),
)

VENDOR_DESK = ChoiceList(
    "vendor_desk",
    (
        ("desk", "緊急時連絡先（窓口）"),
        ("deputy", "代理者の連絡先"),
        ("alt_site", "代替拠点の連絡先"),
    ),
)

CONTACT_HOURS = ChoiceList(
    "contact_hours",
    (("always", "24時間"), ("office_hours", "平日日中"), ("other", "その他")),
)

DISTANCE_BAND = ChoiceList(
    "distance_band",
    (("near", "10km以内"), ("middle", "10–20km"), ("far", "20km超")),
)

SAFETY_MEANS = ChoiceList(
    "safety_means",
    (
        ("system", "安否確認システム"),
        ("mail", "メール"),
        ("telephone", "電話"),
        ("message_dial", "災害用伝言ダイヤル171"),
        ("sns", "SNS"),
    ),
)


class EmergencyContact(Row):
    """One person or one desk that can be reached in an emergency."""

    kind = ChoiceField("区分", choice_list=CONTACT_KIND, help_text="連絡先の種類を選びます。")
    department = optional_reference(
        "accounts.Department",
        "部局名",
        related_name="contacts",
        help_text="庁内の部署のときに選びます。部局名・会社名・機関名のいずれか一つを入力します。",
    )
    vendor = optional_reference(
        "systems.Vendor",
        "会社名",
        related_name="contacts",
        help_text="様式2に登録した外部事業者のときに選びます。",
    )
    organisation = models.CharField(
        "機関名（その他）",
        max_length=100,
        blank=True,
        help_text="部署でも登録済みの事業者でもないときに書きます。例：電力会社の営業所",
    )
    vendor_desk = ChoiceField(
        "事業者の連絡先の種類",
        choice_list=VENDOR_DESK,
        blank=True,
        help_text="外部事業者のとき、窓口・代理者・代替拠点のどの連絡先かを選びます。",
    )
    person = optional_reference(
        "accounts.Person",
        "責任者・担当者",
        related_name="contacts",
        help_text="職員・関係者に登録されている人のときに選びます。",
    )
    person_name = models.CharField(
        "責任者・担当者（登録のない人）",
        max_length=60,
        blank=True,
        help_text="職員・関係者に登録がない人の氏名、または「窓口」と書きます。",
    )
    kana = models.CharField(
        "かな", max_length=80, blank=True, help_text="氏名の読みをひらがなで書きます。"
    )
    role = models.CharField(
        "役割", max_length=100, help_text="緊急時に何を頼む相手かを書きます。例：障害受付、停電照会"
    )
    tel = PhoneField(
        "電話", help_text="勤務先や窓口の番号を書きます。内線は#の後に書きます。例：03-0000-0000#12"
    )
    tel_alt = PhoneField(
        "代替拠点の電話", help_text="普段の場所が使えないときにつながる番号を書きます。"
    )
    mobile = PhoneField("携帯電話", help_text="携帯電話の番号を書きます。ICT部門職員では必要です。")
    email = models.EmailField("メール", blank=True, help_text="勤務先のメールアドレスを書きます。")
    mobile_mail = models.EmailField(
        "携帯メール", blank=True, help_text="携帯電話で受け取れるメールアドレスを書きます。"
    )
    sns = models.CharField(
        "SNS", max_length=80, blank=True, help_text="連絡に使うサービス名と利用者名を書きます。"
    )
    sat_tel = PhoneField("衛星電話", help_text="配備されている衛星電話の番号を書きます。")
    priority_tel = PhoneField(
        "災害時優先電話", help_text="災害時でも発信しやすい電話の番号を書きます。"
    )
    home_tel = PhoneField("自宅電話", help_text="本人の同意がある場合だけ書きます。")
    alternate = optional_reference(
        "self",
        "代理者",
        related_name="stands_in_for",
        help_text="この相手につながらないときに連絡する先を、様式9から選びます。",
    )
    order = models.PositiveSmallIntegerField(
        "連絡の優先順位",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "連絡の優先順位は1以上で入力してください。")],
        help_text="同じ部局・会社の中で、何番目に連絡するかを書きます。例：1",
    )
    hours = ChoiceField(
        "連絡可能な時間",
        choice_list=CONTACT_HOURS,
        blank=True,
        help_text="つながる時間帯を選びます。「その他」のときは備考に書きます。",
    )
    distance_band = ChoiceField(
        "自宅から参集場所までの距離帯",
        choice_list=DISTANCE_BAND,
        blank=True,
        help_text="ICT部門職員だけが選びます。自宅の住所は登録しません。",
    )
    arrival_minutes = DurationMinutesField(
        "参集に要する時間",
        help_text="交通機関が止まったときに参集場所へ着くまでの時間を書きます。例：2時間",
    )
    arrival_unit = DurationUnitField()
    safety_means = MultiChoiceField(
        "安否確認の手段",
        choice_list=SAFETY_MEANS,
        blank=True,
        help_text="無事を確かめるために使う手段をすべて選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "緊急連絡先"
        verbose_name_plural = "緊急連絡先"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "department", "order"],
                name="contact_order_unique_in_department",
                violation_error_message="同じ部局に、この優先順位の連絡先がすでにあります。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "vendor", "order"],
                name="contact_order_unique_in_vendor",
                violation_error_message="同じ会社に、この優先順位の連絡先がすでにあります。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "organisation", "order"],
                condition=~Q(organisation=""),
                name="contact_order_unique_in_organisation",
                violation_error_message="同じ機関に、この優先順位の連絡先がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        # The name of a person is personal and would show wherever this row is referred to.
        return f"{self.role}（様式9のNo.{self.row_no}）"
