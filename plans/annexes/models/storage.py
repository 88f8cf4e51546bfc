"""Where copies of the plan are kept, so that it can be read when the systems are down (C-18)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField

MEDIUM = ChoiceList(
    "storage_medium",
    (
        ("paper", "印刷"),
        ("device", "電子データ（端末保存）"),
        ("alt_site", "代替拠点"),
        ("other", "その他"),
    ),
)


class StorageCopy(Row):
    """One copy of one edition, in one place or on one person's device."""

    edition = models.CharField(
        "版", max_length=30, help_text="保管している計画の版を書きます。例：第2版"
    )
    medium = ChoiceField(
        "保管の方法", choice_list=MEDIUM, help_text="どのような形で保管するかを選びます。"
    )
    place_or_person = models.CharField(
        "場所・保管する人",
        max_length=120,
        help_text="保管した場所か、端末を持つ人を書きます。例：情報政策課の書庫",
    )
    placed_on = models.DateField(
        "保管した日", null=True, blank=True, help_text="置いた日、または保存した日を書きます。"
    )
    confirmed_on = models.DateField(
        "確認した日",
        null=True,
        blank=True,
        help_text="その場所で実際に開けることを確かめた日を書きます。",
    )
    old_removed = models.BooleanField(
        "旧版の回収",
        null=True,
        blank=True,
        help_text="前の版を取り除いたら「はい」にします。取り違えを防ぎます。",
    )

    class Meta(Row.Meta):
        verbose_name = "計画の保管"
        verbose_name_plural = "計画の保管"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "place_or_person", "edition", "medium"],
                name="storage_copy_unique",
                violation_error_message="同じ版の同じ保管先がすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return self.place_or_person
