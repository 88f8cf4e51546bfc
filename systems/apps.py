"""Application configuration of this room."""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    name = "systems"
    verbose_name = "情報システム"
    default_auto_field = "django.db.models.BigAutoField"
