"""Addresses below which the plan is printed."""

from django.urls import include, path

from plans.home.views import help_print
from plans.leaflets import views as leaflets
from plans.prints.views import prints, unprinted_items
from plans.word.outward import views as word_out

print_patterns = [
    path("", prints.PrintsView.as_view(), name="list"),
    path("cards/", leaflets.CardsView.as_view(), name="cards"),
    path("blank-forms/", leaflets.BlankFormsView.as_view(), name="blank-forms"),
    path("summary/", leaflets.SummaryPrintView.as_view(), name="summary"),
    path("unprinted/", unprinted_items.UnprintedView.as_view(), name="unprinted"),
    path("guide/", help_print.HelpPrintView.as_view(), name="guide"),
    path("word/", word_out.WordView.as_view(), name="word"),
    path("word/template/", word_out.TemplateView.as_view(), name="word-template"),
    path("word/template/file/", word_out.TemplateFileView.as_view(), name="word-template-file"),
    path("<uuid:uid>/", prints.PrintJobView.as_view(), name="job"),
    path("<uuid:uid>/progress/", prints.PrintProgressView.as_view(), name="progress"),
    path("<uuid:uid>/file/", prints.PrintFileView.as_view(), name="file"),
]
urlpatterns = [path("prints/", include((print_patterns, "prints")))]
