"""The hierarchy of documents (文書体系図), drawn from 様式20 and the manuals by event (C-12)."""

from collections.abc import Iterator

from bcp_portal.figures import documents
from bcp_portal.figures.figure import Figure
from bcp_portal.figures.figure_factory import make_figure
from plans.annexes.drawn.figure_rows import FigureRows
from plans.annexes.drawn.figure_spec import FigureSpec
from plans.chapters.models.plan import Plan, every_annex

CODE, TITLE = "fig-documents", "文書体系図"
_ABOVE, _BELOW = ("upper_plan", "regulation"), ("procedure", "contract")
_MANUALS = "事象別マニュアル"
_PLAN_WITHOUT_NAME = "ICT業務継続計画書"


def _draw(source: FigureRows, code: str) -> Figure:
    kinds = source.labels("20", "kind")
    drawn = (*_ABOVE, *_BELOW)
    titles: dict[str, list[str]] = {kind: [] for kind in drawn}
    for row in source.rows("20", kind__in=drawn):
        titles[row.value("kind")].append(row.marked(row.value("title")))

    def shelf(kind: str) -> documents.Shelf:
        return documents.Shelf(kinds.get(kind, ""), tuple(titles[kind]))

    manuals = tuple(row.marked(row.value("name")) for row in source.rows("c-12"))
    plan = Plan.objects.first()
    hierarchy = documents.Hierarchy(
        plan=plan.title if plan else _PLAN_WITHOUT_NAME,
        notes=("計画書本文", *_annex_notes(plan)),
        above=tuple(map(shelf, _ABOVE)),
        below=(documents.Shelf(_MANUALS, manuals), *map(shelf, _BELOW)),
    )
    return make_figure(
        code=code,
        title=TITLE,
        graphs=documents.graphs(hierarchy),
        alternative=documents.alternative(hierarchy),
        legend=documents.LEGEND,
    )


def _annex_notes(plan: Plan | None) -> Iterator[str]:
    """Yield what the box of the plan says about its annexes."""
    numbers = list(plan.annex_numbers) if plan else every_annex()
    if numbers == every_annex():
        yield f"附属資料（様式{numbers[0]}～様式{numbers[-1]}）"
    elif numbers:
        yield f"附属資料（様式{'、'.join(map(str, sorted(numbers)))}）"


SPEC = FigureSpec(CODE, {"20": ("title", "kind"), "c-12": ("name",)}, _draw)
