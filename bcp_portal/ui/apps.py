"""Makes every text field count its length by letters, before any model is used."""

from django.apps import AppConfig

from bcp_portal.ui.text_lengths import count_by_letters


class UiConfig(AppConfig):
    name = "bcp_portal.ui"
    verbose_name = "画面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Count the length of texts by letters."""
        count_by_letters()
