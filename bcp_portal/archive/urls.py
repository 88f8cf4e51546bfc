"""Addresses below which everything of a municipality is taken out."""

from django.urls import path

from bcp_portal.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.ArchivesView.as_view(), name="list"),
    path("<uuid:uid>/", views.ArchiveJobView.as_view(), name="job"),
    path("<uuid:uid>/progress/", views.ArchiveProgressView.as_view(), name="progress"),
    path("<uuid:uid>/file/", views.ArchiveFileView.as_view(), name="file"),
]
