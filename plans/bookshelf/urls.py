"""Addresses below which copies are kept track of, brought up to date, and read on the phone."""

from django.urls import include, path

from plans.bookshelf.views import copies, reading, replacing

COPY = "<uuid:uid>/"
bookshelf_patterns = [
    path("", copies.PlanCopyListView.as_view(), name="list"),
    path("mark/", copies.MarkView.as_view(), name="mark"),
    path("add/", copies.PlanCopyView.as_view(), name="add"),
    path("from-annex/", copies.FromAnnexView.as_view(), name="from-annex"),
    path("distribution/", copies.DistributionView.as_view(), name="distribution"),
    path("replacement/", replacing.ReplacementView.as_view(), name="replacement"),
    path("reader/", reading.ReaderView.as_view(), name="reader"),
    path("handset/", reading.HandsetView.as_view(), name="handset"),
    path("handset/personal/", reading.PersonalHandsetView.as_view(), name="handset-personal"),
    path(COPY, copies.PlanCopyView.as_view(), name="copy"),
    path(f"{COPY}retire/", copies.RetireView.as_view(), name="retire"),
]
urlpatterns = [path("bookshelf/", include((bookshelf_patterns, "bookshelf")))]
