"""Addresses below which copies are kept track of, brought up to date, and read on the phone."""

from django.urls import include, path

from plans.bookshelf.views import copies, handset, replacement

COPY = "<uuid:uid>/"
bookshelf_patterns = [
    path("", copies.PlanCopyListView.as_view(), name="list"),
    path("mark/", copies.MarkView.as_view(), name="mark"),
    path("add/", copies.PlanCopyView.as_view(), name="add"),
    path("from-annex/", copies.FromAnnexView.as_view(), name="from-annex"),
    path("distribution/", copies.DistributionView.as_view(), name="distribution"),
    path("replacement/", replacement.ReplacementView.as_view(), name="replacement"),
    path("reader/", handset.ReaderView.as_view(), name="reader"),
    path("handset/", handset.HandsetView.as_view(), name="handset"),
    path("handset/personal/", handset.PersonalHandsetView.as_view(), name="handset-personal"),
    path(COPY, copies.PlanCopyView.as_view(), name="copy"),
    path(f"{COPY}retire/", copies.RetireView.as_view(), name="retire"),
]
urlpatterns = [path("bookshelf/", include((bookshelf_patterns, "bookshelf")))]
