"""Application configuration of this room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bcp_portal.ui"
    verbose_name = "画面"
    default_auto_field = "django.db.models.BigAutoField"
