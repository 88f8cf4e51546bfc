"""Application configuration of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bcp_portal.audit"
    verbose_name = "操作記録"
    default_auto_field = "django.db.models.BigAutoField"
