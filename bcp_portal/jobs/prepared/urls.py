"""Addresses at which a person waits for what takes long, and takes a file that is ready."""

from django.urls import path

from bcp_portal.jobs.prepared import views

app_name = "prepared"
urlpatterns = [
    path("<uuid:uid>/", views.JobView.as_view(), name="job"),
    path("<uuid:uid>/progress/", views.ProgressView.as_view(), name="progress"),
    path("<uuid:uid>/file/", views.FileView.as_view(), name="file"),
]
