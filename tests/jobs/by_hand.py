"""Does in a test what a worker does with the task of a job."""

from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from bcp_portal.jobs import services
from bcp_portal.jobs.models import BackgroundJob


def carry_out(job: BackgroundJob) -> None:
    """Do the step a stored job waits for."""
    services.carry_out(label=job._meta.label, uid=job.uid, turn=job.turn)


def taken(client: Client, asked: HttpResponse) -> HttpResponseBase:
    """Take the file that was asked for, from the page that waits for it."""
    return client.get(f"{asked.headers['Location']}file/")
