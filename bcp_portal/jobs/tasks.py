"""The one task of the queue: a turn of a job."""

from uuid import UUID

from django_tasks import task

from bcp_portal.jobs import services


@task()
def work_on(label: str, uid: str, turn: int) -> None:
    """Carry out what a job is waiting for; the outcome is written into the job."""
    services.carry_out(label=label, uid=UUID(uid), turn=turn)
