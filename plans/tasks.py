"""Work of this room that no request waits for."""

from uuid import UUID

from django_scopes import scope
from django_tasks import task

from bcp_portal.accounts.models import Municipality
from plans import print_services


@task()
def render_plan(municipality_code: str, job_uid: str) -> None:
    """Make the file of a print job; its outcome is written into the job."""
    municipality = Municipality.objects.get(code=municipality_code)
    with scope(municipality=municipality):
        print_services.run(municipality=municipality, uid=UUID(job_uid))
