"""Names the room of jobs; other rooms tell it their kinds when they start."""

from django.apps import AppConfig

from bcp_portal.ui.readiness import register_need


class JobsConfig(AppConfig):
    name = "bcp_portal.jobs"
    verbose_name = "処理"

    def ready(self) -> None:
        """Name a worker as needed."""
        from bcp_portal.jobs.health import worker

        register_need("worker", worker)
