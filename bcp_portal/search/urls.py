"""The address of the search."""

from django.urls import path

from bcp_portal.search.views import SearchView

app_name = "search"
urlpatterns = [path("", SearchView.as_view(), name="results")]
