"""Addresses outside every municipality by which anybody checks a printed page."""

from django.urls import path

from plans.bookshelf.views.edition_check import EditionCheckView

urlpatterns = [
    path("", EditionCheckView.as_view(), name="check"),
    path("<str:code>/", EditionCheckView.as_view(), name="check-code"),
]
