"""Makes every text field count its length by letters, and says what every room needs to work."""

from django.apps import AppConfig

from bcp_portal.ui.readiness import data_folder, database, register_need
from bcp_portal.ui.text_lengths import count_by_letters


class UiConfig(AppConfig):
    name = "bcp_portal.ui"
    verbose_name = "画面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Count the length of texts by letters; name the database and the data folder as needed."""
        count_by_letters()
        register_need("database", database)
        register_need("data folder", data_folder)
