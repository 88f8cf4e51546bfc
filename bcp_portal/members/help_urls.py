"""Addresses of the guide for staff inside a municipality."""

from django.urls import path

from bcp_portal.members import help_views

app_name = "help"
urlpatterns = [
    path("", help_views.book, name="book"),
    path("<slug:slug>/", help_views.part, name="part"),
]
