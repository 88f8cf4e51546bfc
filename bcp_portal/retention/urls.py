"""Addresses below which a municipality says for how long it keeps its records."""

from django.urls import path

from bcp_portal.retention import proposal_views, views

app_name = "retention"
urlpatterns = [
    path("", views.YearsView.as_view(), name="list"),
    path("<slug:code>/", views.DueView.as_view(), name="due"),
    path("<slug:code>/proposal/", proposal_views.ProposalView.as_view(), name="proposal"),
]
