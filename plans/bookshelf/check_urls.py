"""Addresses outside every municipality by which anybody checks a printed page."""

from django.urls import path

from plans.bookshelf.views.checking import CheckView

urlpatterns = [
    path("", CheckView.as_view(), name="check"),
    path("<str:code>/", CheckView.as_view(), name="check-code"),
]
