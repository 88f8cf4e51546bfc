"""A figure as plain data."""

import json

from bcp_portal.figures.figure import Figure, FigureLine

FIGURE = Figure(
    code="fig-documents",
    title="文書体系図",
    svg="<svg/>",
    alternative=(
        FigureLine("上位計画", (FigureLine("地域防災計画", (FigureLine("第3編"),)),)),
        FigureLine("本計画"),
    ),
    legend="太い枠は本計画です。",
    landscape=True,
)


def test_a_figure_survives_json() -> None:
    assert Figure.from_json(json.loads(json.dumps(FIGURE.to_json()))) == FIGURE


def test_the_text_alternative_shows_its_levels() -> None:
    assert FIGURE.alternative_text == "上位計画\n　地域防災計画\n　　第3編\n本計画"
