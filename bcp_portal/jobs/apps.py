"""Names the room of jobs; it has one kind of its own, other rooms tell it theirs."""

from django.apps import AppConfig

from bcp_portal.ui.readiness import register_need


class JobsConfig(AppConfig):
    name = "bcp_portal.jobs"
    verbose_name = "処理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the kind of job of this room, a worker as needed, and what is tidied by night."""
        from bcp_portal.jobs.health import worker
        from bcp_portal.jobs.housekeeping.chores import register_chore
        from bcp_portal.jobs.housekeeping.file_permissions import close_to_others
        from bcp_portal.jobs.housekeeping.old_jobs import forget_jobs, prune_tasks
        from bcp_portal.jobs.housekeeping.orphans import remove_orphans
        from bcp_portal.jobs.kinds import JobKind, register_kind
        from bcp_portal.jobs.models import Preparation
        from bcp_portal.jobs.prepared.services import make_prepared

        register_kind(JobKind(Preparation, make_prepared))
        register_need("worker", worker)
        register_chore("jobs", forget_jobs)
        register_chore("tasks", prune_tasks)
        register_chore("files", remove_orphans)
        register_chore("permissions", close_to_others)
