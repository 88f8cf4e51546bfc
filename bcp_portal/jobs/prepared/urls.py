"""Addresses at which a person waits for what takes long, and takes a file that is ready."""

from django.urls import path

from bcp_portal.jobs.prepared import views

app_name = "prepared"
urlpatterns = [
    path("<uuid:uid>/", views.PreparationView.as_view(), name="job"),
    path("<uuid:uid>/progress/", views.PreparationProgressView.as_view(), name="progress"),
    path("<uuid:uid>/file/", views.PreparedFileView.as_view(), name="file"),
]
