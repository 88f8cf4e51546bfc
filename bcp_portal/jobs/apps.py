"""Application configuration of this room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "bcp_portal.jobs"
    verbose_name = "処理"
