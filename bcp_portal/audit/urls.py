"""Addresses of the operation log; nothing here changes it."""

from django.urls import path

from bcp_portal.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.EntryListView.as_view(), name="list"),
    path("export/", views.ExportView.as_view(), name="export"),
    path("<int:sequence>/", views.EntryView.as_view(), name="entry"),
]
