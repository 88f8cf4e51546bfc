"""Makes the commands of the operator known; the room has no records and no pages."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "bcp_portal.backup"
    verbose_name = "バックアップ"
