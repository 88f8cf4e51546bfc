"""Names the room of jobs; other rooms tell it their kinds when they start."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "bcp_portal.jobs"
    verbose_name = "処理"
