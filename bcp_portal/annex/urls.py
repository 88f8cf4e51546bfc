"""Addresses of the annexes: an index, then for each code a list, a grid and pages of rows."""

from django.urls import path

from bcp_portal.annex.views import (
    actions,
    choices,
    drafts,
    excel,
    grid,
    lists,
    rows,
    settings,
)

app_name = "annex"
ROW = "<slug:code>/rows/<uuid:uid>/"
urlpatterns = [
    path("", lists.IndexView.as_view(), name="index"),
    path("drafts/", drafts.DraftView.as_view(), name="drafts"),
    path("choices/<slug:list_code>/", settings.ChoicesView.as_view(), name="choices"),
    path("excel/", excel.AllTablesWorkbookView.as_view(), name="workbook"),
    path("<slug:code>/", lists.RowListView.as_view(), name="list"),
    path("<slug:code>/grid/", grid.GridView.as_view(), name="grid"),
    path("<slug:code>/columns/", choices.ColumnsView.as_view(), name="columns"),
    path("<slug:code>/searches/", choices.SearchesView.as_view(), name="searches"),
    path("<slug:code>/excel/", excel.SheetWorkbookView.as_view(), name="excel"),
    path("<slug:code>/add/", rows.RowEditView.as_view(), name="add"),
    path("<slug:code>/settings/", settings.SheetSettingsView.as_view(), name="settings"),
    path(ROW, rows.RowView.as_view(), name="row"),
    path(f"{ROW}edit/", rows.RowEditView.as_view(), name="edit"),
    path(f"{ROW}reveal/", rows.RevealView.as_view(), name="reveal"),
    path(f"{ROW}history/", rows.HistoryView.as_view(), name="history"),
    path(f"{ROW}lookers/", rows.LookersView.as_view(), name="lookers"),
    path(f"{ROW}copy/", actions.RowCopyView.as_view(), name="copy"),
    path(f"{ROW}move/", actions.RowMoveView.as_view(), name="move"),
    path(f"{ROW}status/", actions.StatusView.as_view(), name="status"),
    path(f"{ROW}confirm/", actions.RowConfirmView.as_view(), name="confirm"),
    path(f"{ROW}delete/", actions.DeleteView.as_view(), name="delete"),
    path(f"{ROW}files/<slug:column>/", actions.RowFileView.as_view(), name="file"),
]
