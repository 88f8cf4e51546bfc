"""Application configuration of this room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画"
    default_auto_field = "django.db.models.BigAutoField"
