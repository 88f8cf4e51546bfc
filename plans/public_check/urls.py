"""Addresses below which the public edition of the working copy is looked at and chosen."""

from django.urls import include, path

from plans.public_check import views as public_check
from plans.public_edition.views import choice as public_choice
from plans.public_edition.views import edition as public_edition

public_patterns = [
    path("", public_edition.PublicOverviewView.as_view(), name="overview"),
    path("preview/", public_edition.PreviewView.as_view(), name="preview"),
    path("check/", public_check.LeakCheckView.as_view(), name="check"),
    path("check/claims/", public_check.ClaimView.as_view(), name="claim"),
    path(
        "check/claims/<uuid:uid>/confirm/",
        public_check.ConfirmClaimView.as_view(),
        name="confirm-claim",
    ),
    path(
        "check/claims/<uuid:uid>/withdraw/",
        public_check.WithdrawClaimView.as_view(),
        name="withdraw-claim",
    ),
    path("chapters/", public_choice.ChaptersView.as_view(), name="chapters"),
    path("settings/", public_edition.PublicEditionSettingsView.as_view(), name="settings"),
    path("settings/<slug:code>/", public_edition.PublicColumnsView.as_view(), name="columns"),
    path("settings/<slug:code>/rows/", public_edition.PublicRowsView.as_view(), name="rows"),
]
urlpatterns = [path("public/", include((public_patterns, "public")))]
