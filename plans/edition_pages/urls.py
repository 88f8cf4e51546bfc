"""Addresses below which editions are read, taken away and put back."""

from django.urls import include, path

from plans.edition_pages.earlier import views as earlier_editions
from plans.edition_pages.views import editions, public_files
from plans.edition_pages.views import restoring as edition_restoring

EDITION = "<uuid:uid>/"
edition_patterns = [
    path("", editions.EditionListView.as_view(), name="list"),
    path("settings/", editions.EditionSettingsView.as_view(), name="settings"),
    path("earlier/", earlier_editions.EarlierEditionNewView.as_view(), name="earlier-new"),
    path(
        f"earlier/{EDITION}", earlier_editions.EarlierEditionEditView.as_view(), name="earlier-edit"
    ),
    path(
        f"earlier/{EDITION}remove/",
        earlier_editions.EarlierEditionRemoveView.as_view(),
        name="earlier-remove",
    ),
    path(
        f"earlier/{EDITION}file/",
        earlier_editions.EarlierEditionFileView.as_view(),
        name="earlier-file",
    ),
    path(EDITION, editions.EditionShowView.as_view(), name="show"),
    path(f"{EDITION}read/", editions.EditionReadView.as_view(), name="read"),
    path(f"{EDITION}read/personal/", editions.PersonalReadView.as_view(), name="read-personal"),
    path(f"{EDITION}pdf/", editions.EditionPdfView.as_view(), name="pdf"),
    path(f"{EDITION}pdf/personal/", editions.PersonalPdfView.as_view(), name="pdf-personal"),
    path(f"{EDITION}excel/", editions.ExcelView.as_view(), name="excel"),
    path(f"{EDITION}excel/personal/", editions.PersonalExcelView.as_view(), name="excel-personal"),
    path(f"{EDITION}public/", public_files.PublicEditionReadView.as_view(), name="public-read"),
    path(f"{EDITION}public/pdf/", public_files.PublicEditionPdfView.as_view(), name="public-pdf"),
    path(f"{EDITION}public/html/", public_files.PageView.as_view(), name="public-page"),
    path(f"{EDITION}public/excel/", public_files.PublicWorkbookView.as_view(), name="public-excel"),
    path(f"{EDITION}restore/", edition_restoring.EditionRestoreView.as_view(), name="restore"),
    path(f"{EDITION}restored/", edition_restoring.RestoredView.as_view(), name="restored"),
]
urlpatterns = [path("editions/", include((edition_patterns, "editions")))]
