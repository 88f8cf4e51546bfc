"""Application configuration of this room."""

from django.apps import AppConfig


class AnnexConfig(AppConfig):
    name = "bcp_portal.annex"
    verbose_name = "様式"
    default_auto_field = "django.db.models.BigAutoField"
