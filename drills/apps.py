"""Application configuration of this room."""

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "drills"
    verbose_name = "訓練"
    default_auto_field = "django.db.models.BigAutoField"
