"""Application configuration of this room: brings its annexes to the registry."""

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "drills"
    verbose_name = "訓練"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.annex.registry import register_modules
        from drills import annexes

        register_modules(annexes.MODULES)
