"""Says whether everything a figure is drawn from may stand in the public edition.

A figure cannot leave out a row or a column without telling something else, so it is public whole or
not at all: the annexes are public, their columns are shown, and no row in force is kept back.
Names of people do not count: a public figure shows them masked.
"""

from collections.abc import Collection
from functools import cached_property

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Public

Columns = dict[str, tuple[str, ...]]

_SOURCES: dict[str, Columns] = {
    "fig-documents": {"20": ("title", "kind"), "c-12": ("name",)},
    "fig-muster": {
        "c-7": ("event_detail", "condition_kind", "threshold", "trigger", "who", "mode", "decider"),
    },
    "fig-dependency": {
        "1": ("name", "kind"),
        "1-dependencies": ("system", "depends_on", "kind", "hard"),
    },
    "fig-organisation-": {
        "8": ("structure", "role_name", "post", "reports_to"),
        "8-deputies": ("role", "order", "post"),
    },
    "fig-actions-": {
        "10-1": ("title",),
        "10-2": (
            "plan",
            "seq",
            "phase",
            "title",
            "roles",
            "start_at_minutes",
            "finish_by_minutes",
            "parallel",
            "decision",
            "report_to_role",
            "report_to_text",
        ),
    },
}
"""By the beginning of a figure's code: the tables it is drawn from, and what it shows of each."""


class FigurePublicity:
    """Answers for the figures of one municipality in scope; asks once a table."""

    def __init__(self, presentation: Presentation) -> None:
        self.presentation = presentation
        self._answers: dict[tuple[str, tuple[str, ...]], bool] = {}

    def is_public(self, code: str) -> bool:
        """Tell whether the public edition may show a figure; an unknown one it may not."""
        sources = sources_of(code)
        return bool(sources) and all(self._shows(*source) for source in sources.items())

    def _shows(self, code: str, columns: tuple[str, ...]) -> bool:
        key = (code, columns)
        if key not in self._answers:
            spec = registry.spec(code)
            self._answers[key] = spec is not None and self._shows_table(spec, columns)
        return self._answers[key]

    def _shows_table(self, spec: AnnexSpec, columns: Collection[str]) -> bool:
        if spec.number is not None and spec.number not in self._public_annexes:
            return False
        shown = {
            item.name
            for item in Sheet(spec, self.presentation).all_items
            if item.column.public is Public.SHOW
        }
        if not shown.issuperset(columns):
            return False
        kept_back = spec.model.objects.filter(row_status="active")
        return not kept_back.exclude(confidentiality=Confidentiality.PUBLIC).exists()

    @cached_property
    def _public_annexes(self) -> set[int]:
        public = {Confidentiality.PUBLIC, Confidentiality.PARTIAL}
        settings = self.presentation.annexes.items()
        return {int(c) for c, s in settings if c.isdigit() and s.confidentiality in public}


def sources_of(code: str) -> Columns:
    """Return the tables of a figure with the columns it shows; none for a code nobody knows."""
    return next((them for start, them in _SOURCES.items() if code.startswith(start)), {})
