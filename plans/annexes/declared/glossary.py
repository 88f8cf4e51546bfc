"""Declares the glossary (C-11)."""

from collections.abc import Iterator

from bcp_portal.annex.spec import AnnexSpec, Problem, Unprinted, col
from bcp_portal.annex.table import Public
from plans.annexes.models.glossary import GlossaryTerm
from plans.annexes.rules.glossary_order import is_kana


def reading_in_kana(row: GlossaryTerm) -> Iterator[Problem]:
    """Terms are sorted by their reading, so it must be one."""
    if row.reading and not is_kana(row.reading):
        yield Problem(
            "reading",
            f"よみ「{row.reading}」にかな以外の文字があります。"
            "漢字・英字・数字も読みのひらがなで入力してください（10大は「じゅうだい」）。",
        )


TERMS = AnnexSpec(
    code="c-11",
    title="用語集",
    model=GlossaryTerm,
    columns=(
        col("term", 16, read_by="reading", public=Public.SHOW, also_called=("語句", "言葉")),
        col("reading", 14, read_by="reading", public=Public.SHOW),
        col("kind", 8, unprinted=Unprinted.SORTING, public=Public.SHOW),
        col("text", 44, public=Public.SHOW, also_called=("解説", "説明", "意味")),
        col("sort_key", 8, in_list=False, unprinted=Unprinted.SORTING),
    ),
    natural_key=("term",),
    rules=(reading_in_kana,),
    purpose="計画で使う言葉を、専門でない人にも分かるように説明します。",
)

TABLES = (TERMS,)
