"""The first page reads no table again while nothing is written, and never says what was true before."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from plans.models import Plan, ResponseRole
from tests.conftest import ClientFactory


def save_role(municipality: Municipality, actor: User, name: str) -> None:
    spec = registry.spec("8")
    assert spec is not None
    role = ResponseRole(
        municipality=municipality, structure="disaster", role_name=name, duties="指揮"
    )
    save_row(sheet=Sheet.of(spec, municipality), actor=actor, row=role, expected_version=0)


def test_a_row_of_another_person_is_counted_at_the_next_visit(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    Plan.objects.create(municipality=in_scope, title="ICT-BCP", annex_numbers=[8])
    visitor, _ = client_for("viewer"), client_for("editor")
    other, home = User.objects.order_by("-pk")[0], reverse("home", args=[in_scope.code])
    save_role(in_scope, other, "班長")
    first = visitor.get(home).context["unfinished"]
    assert [annex.row_count for annex in first] == [1]
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(home).context["unfinished"] == first
    assert not [each for each in queries if ResponseRole._meta.db_table in each["sql"]]
    save_role(in_scope, other, "副班長")
    assert [annex.row_count for annex in visitor.get(home).context["unfinished"]] == [2]
