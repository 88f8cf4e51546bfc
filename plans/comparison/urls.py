"""Addresses below which two documents are compared."""

from django.urls import include, path

from plans.comparison import views as comparisons
from plans.comparison.services import EXCEL, WORD

PAIR = "<slug:old>/<slug:new>/"
comparison_patterns = [
    path("", comparisons.ChooseView.as_view(), name="choose"),
    path("settings/", comparisons.ComparisonSettingsView.as_view(), name="settings"),
    path(PAIR, comparisons.ComparisonShowView.as_view(), name="show"),
    path(f"{PAIR}pdf/", comparisons.PrintView.as_view(), name="pdf"),
    path(f"{PAIR}word/", comparisons.ComparisonFileView.as_view(ending=WORD), name="word"),
    path(f"{PAIR}excel/", comparisons.ComparisonFileView.as_view(ending=EXCEL), name="excel"),
]
urlpatterns = [path("compare/", include((comparison_patterns, "comparison")))]
