"""Names what a request carries once TenantMiddleware has let it into a municipality; for types only."""

from django.http import HttpRequest

from bcp_portal.accounts.models import Membership, Municipality, User


class MemberRequest(HttpRequest):
    """A request of a member, inside the scope of their municipality."""

    user: User
    membership: Membership
    municipality: Municipality
    proof_warnings: list[str]
