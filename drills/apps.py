"""Application configuration of this room: brings its annexes to the registry."""

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "drills"
    verbose_name = "訓練"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from drills import annexes
        from bcp_portal.annex.registry import register_modules

        register_modules(annexes.MODULES)
