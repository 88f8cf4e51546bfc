"""Pages of the operation log: search, one entry, export."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.entry_faults import GAPS, WHAT_TO_DO, check_shown, missing_in_log
from bcp_portal.audit.export import csv_text
from bcp_portal.audit.forms import ExportForm, NotedForm, SearchForm
from bcp_portal.audit.models import Entry
from bcp_portal.audit.queries import (
    Search,
    actions,
    entries_matching,
    is_link,
    last_link,
    shown_changes,
)
from bcp_portal.audit.services import record
from bcp_portal.audit.viewing_log import EXPORTED, note_showing, rows_changed_in, rows_shown_by
from bcp_portal.ui.downloads import download
from bcp_portal.ui.errors import DomainError

PAGE_SIZE = 50


class EntryListView(TemplateView):
    """The log, newest first, with a search."""

    request: MemberRequest
    permission = Permission.READ_AUDIT
    template_name = "audit/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET, actions=actions())
        entries = entries_matching(form.search()) if form.is_valid() else Entry.objects.none()
        page = Paginator(entries, PAGE_SIZE).get_page(self.request.GET.get("page"))
        searched = any(self.request.GET.get(name) for name in form.fields)
        return super().get_context_data(
            form=form,
            page=page,
            altered=check_shown(self.request, page.object_list),
            searched=searched,
            export_form=ExportForm(),
            end=last_link(),
            **self._noted(),
            **kwargs,
        )

    def _noted(self) -> dict[str, Any]:
        """Return the form for what was written down of the log, and whether the log still has it."""
        if "noted" not in self.request.GET:
            return {"noted_form": NotedForm()}
        form = NotedForm(self.request.GET)
        if not form.is_valid():
            return {"noted_form": form}
        number, digest = form.cleaned_data["noted"]
        return {"noted_form": form, "noted_number": number, "agrees": is_link(number, digest)}


class EntryView(TemplateView):
    """One entry, before and after; a person who sees personal values here is noted in the log."""

    request: MemberRequest
    permission = Permission.READ_AUDIT
    template_name = "audit/entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = Entry.objects.select_related("municipality", "actor")
        entry = entries.filter(sequence=kwargs["sequence"]).first()
        if entry is None:
            raise _not_there(kwargs["sequence"])
        altered = check_shown(self.request, [entry])
        sees_personal = self.request.membership.may(Permission.VIEW_PERSONAL)
        if sees_personal:
            way = f"操作記録の{entry.sequence}番"
            note_showing(self.request, rows_changed_in([entry]), way=way, target=entry)
        changes = shown_changes(entry, sees_personal=sees_personal)
        rows = Paginator(rows_shown_by(entry), PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            entry=entry, changes=changes, rows=rows, altered=altered, **kwargs
        )


class ExportView(View):
    """Hands out the entries of a search as CSV; the reason goes into the log first."""

    request: MemberRequest
    permission = Permission.READ_AUDIT
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> FileResponse:
        search = SearchForm(request.GET, actions=actions())
        reason = ExportForm(request.POST)
        if not search.is_valid():
            raise DomainError(
                "検索の条件に誤りがあります。一覧に戻って直してから書き出してください。"
            )
        if not reason.is_valid():
            raise DomainError("書き出す理由を入力してください。理由は操作記録に残ります。")
        entries = entries_matching(search.search())
        sees_personal = request.membership.may(Permission.VIEW_PERSONAL)
        text = csv_text(entries.iterator(), sees_personal=sees_personal, missing=missing_in_log())
        if sees_personal:
            shown = rows_changed_in(entries.iterator())
            note_showing(request, shown, way=EXPORTED)
        record(
            municipality=request.municipality,
            actor=request.user,
            action=EXPORTED,
            note=_export_note(search.search(), reason.cleaned_data["reason"]),
        )
        name = f"audit-{request.municipality.code}-{timezone.localdate():%Y%m%d}.csv"
        return download(text.encode(), name, "text/csv; charset=utf-8")


def _not_there(number: int) -> Exception:
    """Return the answer about an entry that is not there: one of before the end was taken out."""
    if number < 1 or number > last_link()[0]:
        return Http404()
    return DomainError(f"{GAPS}（{number}番）。{WHAT_TO_DO}", status=404)


def _export_note(search: Search, reason: str) -> str:
    asked = {name: str(value) for name, value in vars(search).items() if value}
    conditions = "、".join(f"{name}={value}" for name, value in asked.items()) or "すべて"
    return f"理由: {reason}\n条件: {conditions}"
