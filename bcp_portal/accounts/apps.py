"""Names the room of users and organisations, and closes the database to other accounts of the machine."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from bcp_portal.accounts.closed_database import close_database


class AccountsConfig(AppConfig):
    name = "bcp_portal.accounts"
    verbose_name = "利用者と組織"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(close_database)
