"""Does in a test what a worker does with the task of a job."""

from bcp_portal.jobs import services
from bcp_portal.jobs.models import BackgroundJob


def carry_out(job: BackgroundJob) -> None:
    """Do the step a stored job waits for."""
    services.carry_out(label=job._meta.label, uid=job.uid, turn=job.turn)
