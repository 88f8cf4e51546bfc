"""Work of this room that no request waits for."""

from uuid import UUID

from django_scopes import scope
from django_tasks import task

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.importing import running


@task()
def import_file(municipality_code: str, job_uid: str, step: str) -> None:
    """Check a file, or save what was checked; the outcome is written into the job."""
    municipality = Municipality.objects.get(code=municipality_code)
    with scope(municipality=municipality):
        running.run(uid=UUID(job_uid), step=step)
