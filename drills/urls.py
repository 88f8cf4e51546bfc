"""The one page drills add to their tables: the yearly programme."""

from django.urls import path

from drills.views import ProgrammeView

app_name = "drills"
urlpatterns = [path("", ProgrammeView.as_view(), name="programme")]
