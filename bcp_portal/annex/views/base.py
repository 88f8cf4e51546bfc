"""What every page of an annex needs: the sheet named in the address, and who may change it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.access import may_edit_row, may_edit_table
from bcp_portal.annex.drafts import drop_draft
from bcp_portal.annex.personal_rows import rows_with_values
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.audit.viewing_log import note_showing


class SheetView(View):
    """Reads the sheet of the code in the address; a code that is no annex is not found."""

    permission = Permission.READ_PLAN
    sheet: Sheet
    request: MemberRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.membership: Membership = getattr(request, "membership", None)  # type: ignore[assignment]
        self.spec = _spec_or_404(kwargs.get("code", ""))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.sheet = Sheet(self.spec, Presentation.load(self.request.municipality))
        return super().dispatch(request, *args, **kwargs)

    @property
    def sees_personal(self) -> bool:
        return self.membership.may(Permission.VIEW_PERSONAL)

    def row(self) -> Any:
        """Return the row named in the address, with everything its cells name."""
        return get_object_or_404(rows_of(self.sheet), uid=self.kwargs["uid"])

    def require_table(self) -> None:
        """Refuse with 403 unless the whole table is open to this person."""
        if not may_edit_table(self.membership, self.spec):
            raise PermissionDenied

    def require_row(self, row: Any) -> None:
        """Refuse with 403 unless this row is open to this person."""
        if not may_edit_row(self.membership, self.spec, row):
            raise PermissionDenied

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"annex:{name}", args=[self.sheet.municipality.code, self.spec.code, *args])

    def name_of(self, row: Any) -> str:
        """Return what the page calls a row."""
        return names_of(self.sheet, [row])[0]

    def note_showing(self, rows: Sequence[Any], items: Iterable[Item], way: str) -> None:
        """Write into the log that this person sees the personal values of rows, if they have any."""
        shown = rows_with_values(self.sheet, rows, items)
        note_showing(self.request, shown, way=f"{self.sheet.heading}の{way}")

    def forget_draft(self) -> None:
        """Drop what was kept while typing, now that it is saved."""
        drop_draft(user=self.request.user, key=self.request.POST.get("draft_key", ""))

    def context(self, **more: Any) -> dict[str, Any]:
        row = more.get("row")
        named = {"row_name": self.name_of(row)} if row is not None and row.pk else {}
        return {
            "sheet": self.sheet,
            "spec": self.spec,
            "may_edit_table": may_edit_table(self.membership, self.spec),
            "sees_personal": self.sees_personal,
            **named,
            **more,
        }


def _spec_or_404(code: str) -> AnnexSpec:
    spec = registry.spec(code)
    if spec is None:
        raise Http404
    return spec
