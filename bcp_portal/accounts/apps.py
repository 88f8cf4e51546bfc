"""Names the room of users and organisations; nothing of it has to be told to a registry."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bcp_portal.accounts"
    verbose_name = "利用者と組織"
    default_auto_field = "django.db.models.BigAutoField"
