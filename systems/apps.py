"""Application configuration of this room: brings its annexes to the registry."""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    name = "systems"
    verbose_name = "情報システム"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.annex.registry import register_modules
        from systems import annexes

        register_modules(annexes.MODULES)
