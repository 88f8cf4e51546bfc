"""Addresses below which editions are read, taken away and put back."""

from django.urls import include, path

from plans.views import edition_restoring, editions

EDITION = "<uuid:uid>/"
edition_patterns = [
    path("", editions.ListView.as_view(), name="list"),
    path("settings/", editions.SettingsView.as_view(), name="settings"),
    path(EDITION, editions.ShowView.as_view(), name="show"),
    path(f"{EDITION}read/", editions.ReadView.as_view(), name="read"),
    path(f"{EDITION}read/personal/", editions.PersonalReadView.as_view(), name="read-personal"),
    path(f"{EDITION}pdf/", editions.PdfView.as_view(), name="pdf"),
    path(f"{EDITION}pdf/personal/", editions.PersonalPdfView.as_view(), name="pdf-personal"),
    path(f"{EDITION}excel/", editions.ExcelView.as_view(), name="excel"),
    path(f"{EDITION}excel/personal/", editions.PersonalExcelView.as_view(), name="excel-personal"),
    path(f"{EDITION}restore/", edition_restoring.RestoreView.as_view(), name="restore"),
    path(f"{EDITION}restored/", edition_restoring.RestoredView.as_view(), name="restored"),
]
urlpatterns = [path("editions/", include((edition_patterns, "editions")))]
