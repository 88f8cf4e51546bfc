"""Work of this room that no request waits for."""

from uuid import UUID

from django_scopes import scope
from django_tasks import task

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive import services


@task()
def make_archive(municipality_code: str, job_uid: str) -> None:
    """Make a queued archive; its outcome is written into the job."""
    municipality = Municipality.objects.get(code=municipality_code)
    with scope(municipality=municipality):
        services.run(municipality=municipality, uid=UUID(job_uid))
