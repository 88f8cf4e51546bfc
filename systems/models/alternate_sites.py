"""表C-9: how well each candidate for the alternate site meets each factor of choice."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, reference

ALT_SITE_FACTOR = ChoiceList(
    "alt_site_factor",
    (
        ("away_from_tsunami", "津波などの被害を受けない"),
        ("not_hit_together", "同時罹災の可能性が少ない"),
        ("new_seismic", "新耐震基準"),
        ("redundant_power", "冗長電源"),
        ("communication", "通信設備"),
        ("room_conditions", "セキュリティ管理・空調・床荷重"),
    ),
)
FACTOR_CLASSES = {
    "away_from_tsunami": "場所",
    "not_hit_together": "場所",
    "new_seismic": "建物",
    "redundant_power": "設備",
    "communication": "設備",
    "room_conditions": "設備",
}
RATING = ChoiceList(
    "alt_site_rating",
    (("good", "○"), ("fair", "△"), ("poor", "×"), ("unknown", "不明")),
)


class AltSiteAssessment(Row):
    """One candidate site judged by one factor of choice."""

    site = reference(
        "systems.Site",
        "候補の拠点",
        related_name="alt_site_assessments",
        help_text="代替拠点の候補を様式3から選びます。",
    )
    factor = ChoiceField(
        "要素",
        choice_list=ALT_SITE_FACTOR,
        help_text="候補を比べる要素を一つ選びます。候補ごとに、すべての要素を1行ずつ書きます。",
    )
    rating = ChoiceField(
        "評価",
        choice_list=RATING,
        help_text="満たせば○、条件付きなら△、満たさなければ×、調べていなければ「不明」を選びます。",
    )
    basis = models.TextField(
        "根拠",
        blank=True,
        help_text="そう判断した理由や資料を書きます。例：洪水ハザードマップで区域外、高台で標高40m",
    )

    class Meta(Row.Meta):
        verbose_name = "代替拠点の選定要素"
        verbose_name_plural = "代替拠点の選定要素"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "site", "factor"],
                name="alt_site_assessment_unique",
                violation_error_message="この候補の同じ要素がすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return ALT_SITE_FACTOR.label(self.factor)
