"""Where an outline has a figure: the charts that the published plans print, drawn from rows."""

import pytest

from bcp_portal.accounts.models import Municipality
from plans.document.document import FigureBlock
from plans.outlines import OUTLINES
from plans.outlines.template import OutlineTemplate, body_html
from plans.text.live_blocks import LiveBlock, split_body
from tests.plans.outlines.printed import new_plan

# Written by hand from the published plans: heading and chart. What they do not print is marked.
FIGURES = {
    "ksw": [
        ("文書体系図", "fig-documents"),
        ("運用体制図", "fig-organisation-disaster"),
        ("運用体制図", "fig-organisation-security"),
        ("緊急時対応体制", "fig-muster"),  # ours
        ("緊急時における行動計画（様式10・11・16・17・18・19）", "fig-actions-disaster"),  # ours
        ("情報システム及びネットワークの現状（様式1）", "fig-dependency"),  # ours
    ],
    "kts": [
        ("計画の目的と位置付け", "fig-documents"),
        ("平常時の体制と役割", "fig-organisation-normal"),
        ("災害時（地震・風水害等）の体制と役割", "fig-organisation-disaster"),
        ("情報セキュリティ事象発生時の体制と役割", "fig-organisation-security"),
        ("情報セキュリティ事象の場合", "fig-muster"),
        ("地震・風水害の場合", "fig-actions-disaster"),
        ("情報セキュリティ事象の場合", "fig-actions-security"),
    ],
    "nisc": [
        ("対応体制・指揮命令系統図", "fig-organisation-disaster"),
        ("全体フロー", "fig-actions-disaster"),
    ],
    "msn": [
        ("ICT業務継続計画の位置づけ", "fig-documents"),
        ("脅威発生時の体制", "fig-organisation-disaster"),
        ("脅威発生時の体制", "fig-organisation-security"),
        ("脅威発生時の体制", "fig-organisation-infection"),
        ("ICT業務継続体制の確立", "fig-actions-disaster"),
    ],
    "simple": [
        ("72時間の行動計画（様式10）", "fig-actions-disaster"),  # ours
        ("体制（様式8）", "fig-organisation-disaster"),  # ours
    ],
}


def figures(outline: OutlineTemplate) -> list[tuple[str, LiveBlock]]:
    """Return heading and block of every figure, in printed order."""
    return [
        (template.title, part)
        for template in outline.walk()
        for part in split_body(body_html(template.body))
        if isinstance(part, LiveBlock) and part.code.startswith("fig-")
    ]


@pytest.mark.parametrize("profile", FIGURES)
def test_figures_stand_where_the_plan_prints_charts(profile: str) -> None:
    found = [(title, block.code) for title, block in figures(OUTLINES[profile])]
    assert found == FIGURES[profile]


def test_the_edition_for_the_public_shows_neither_posts_nor_names() -> None:
    parts = {block.code: block.columns for _title, block in figures(OUTLINES["msn"])}
    assert {code: columns for code, columns in parts.items() if columns} == {
        "fig-organisation-disaster": ("role_name",),
        "fig-organisation-security": ("role_name",),
        "fig-organisation-infection": ("role_name",),
        "fig-actions-disaster": ("title",),
    }


@pytest.mark.parametrize("profile", FIGURES)
def test_before_a_row_is_registered_a_sentence_says_where_to_begin(
    in_scope: Municipality, profile: str
) -> None:
    document = new_plan(in_scope, OUTLINES[profile])
    blocks = [block for section in document.sections() for block in section.blocks]
    shown = [block for block in blocks if isinstance(block, FigureBlock)]
    assert len(shown) == len(FIGURES[profile])
    for block in shown:
        is_drawn = block.figure is not None and block.figure.code == "fig-documents"
        assert is_drawn or block.message.endswith("登録すると、ここに図が入ります。")
