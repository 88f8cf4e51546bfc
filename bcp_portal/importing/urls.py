"""Addresses of the annexes with those below which files are brought in, which go before the codes of tables."""

from django.urls import path

from bcp_portal.annex import urls as annex_urls
from bcp_portal.importing.views import columns as import_columns
from bcp_portal.importing.views import imports as importing

app_name = annex_urls.app_name
IMPORT = "import/<uuid:uid>/"
urlpatterns = [
    path("import/", importing.UploadView.as_view(), name="import"),
    path(IMPORT, importing.ImportJobView.as_view(), name="import-job"),
    path(f"{IMPORT}progress/", importing.ImportProgressView.as_view(), name="import-progress"),
    path(f"{IMPORT}columns/", import_columns.ImportColumnsView.as_view(), name="import-columns"),
    path(f"{IMPORT}confirm/", importing.ImportConfirmView.as_view(), name="import-confirm"),
    path(f"{IMPORT}apply/", importing.ApplyView.as_view(), name="import-apply"),
    path(f"{IMPORT}discard/", importing.ImportDiscardView.as_view(), name="import-discard"),
    path(f"{IMPORT}report/", importing.ReportView.as_view(), name="import-report"),
    path("<slug:code>/import/", importing.UploadView.as_view(), name="import-sheet"),
    *annex_urls.urlpatterns,
]
