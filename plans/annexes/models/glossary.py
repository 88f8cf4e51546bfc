"""The words the plan explains (C-11)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField

TERM_KIND = ChoiceList(
    "glossary_kind",
    (
        ("abbreviation", "略語（正式名称の説明）"),
        ("local", "この計画での呼び名"),
        ("definition", "用語の説明"),
    ),
)


class GlossaryTerm(Row):
    """One term and its explanation; the order of print follows from term and reading."""

    term = models.CharField(
        "用語", max_length=100, help_text="本文で使うとおりに書きます。例：ランサムウェア"
    )
    reading = models.CharField(
        "よみ",
        max_length=120,
        help_text="ひらがなで書きます。英字や数字も読みにします。例：えるじーわん",
    )
    kind = ChoiceField(
        "種類", choice_list=TERM_KIND, blank=True, help_text="どのような用語かを選びます。"
    )
    text = models.TextField("解説等", help_text="専門でない人にも分かる言葉で説明を書きます。")
    sort_key = models.CharField(
        "並べ替えの指定",
        max_length=120,
        blank=True,
        help_text="並び順を変えたいときだけ、代わりに使うよみ（英字の用語は英字）を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "用語"
        verbose_name_plural = "用語"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "term"],
                name="glossary_term_unique",
                violation_error_message="同じ用語がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.term
