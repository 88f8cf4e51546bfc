"""Work on revisions that no request waits for."""

from uuid import UUID

from django_scopes import scope
from django_tasks import task

from bcp_portal.accounts.models import Municipality
from plans.revisions import issuing


@task()
def issue_revision(municipality_code: str, revision_uid: str, attempt: int) -> None:
    """Issue the edition of an approved revision; the outcome is written into the revision."""
    municipality = Municipality.objects.get(code=municipality_code)
    with scope(municipality=municipality):
        issuing.run_issue(municipality=municipality, uid=UUID(revision_uid), attempt=attempt)
