"""Addresses of the plan: home, chapters, blocks and pictures of chapter text, printing."""

from django.urls import include, path

urlpatterns = [path("", include("plans.print_urls"))]
