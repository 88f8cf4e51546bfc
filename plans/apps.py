"""Application configuration of this room: brings its annexes to the registry."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "計画"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from plans import annexes
        from bcp_portal.annex.registry import register_modules

        register_modules(annexes.MODULES)
