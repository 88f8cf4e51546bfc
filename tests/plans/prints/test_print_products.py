"""Other things than the plan are printed by the same jobs: asked for, made, named, refused."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission, Role
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from plans.prints import products as print_products
from plans.prints.print_jobs import print_of, request_print
from plans.prints.products import (
    PrintOrder,
    Product,
    UnknownProductError,
    product_of,
    register_product,
)

Member = Callable[..., Membership]


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PrintOrder]]:
    """Register a product that only editors may have, and note what its maker was given."""
    monkeypatch.setattr(print_products, "_products", dict(print_products._products))
    seen: list[PrintOrder] = []

    def make(order: PrintOrder) -> bytes:
        seen.append(order)
        return b"%PDF-1.7 labels"

    register_product(
        Product(
            "labels",
            "背表紙",
            lambda municipality, options: f"{municipality.name}背表紙{options['size']}",
            make,
            Permission.EDIT_CHAPTERS,
        )
    )
    yield seen


def test_the_plan_is_registered_and_codes_are_used_once(orders: list[PrintOrder]) -> None:
    assert product_of("plan").label == "計画"
    with pytest.raises(ValueError, match="labels"):
        register_product(product_of("labels"))
    with pytest.raises(UnknownProductError, match="「posters」という印刷物はありません。"):
        product_of("posters")


def test_a_job_makes_its_product_from_the_options_chosen(
    in_scope: Municipality, member: Member, orders: list[PrintOrder]
) -> None:
    job = request_print(
        membership=member(Role.EDITOR),
        product="labels",
        options={"size": "A5"},
        with_personal=True,
    )
    job.refresh_from_db()
    assert (job.state, job.file.read()) == (JobState.DONE, b"%PDF-1.7 labels")
    (order,) = orders
    assert (order.municipality, order.options, order.with_personal) == (
        in_scope,
        {"size": "A5"},
        True,
    )
    assert Entry.objects.get().action == "背表紙の印刷"


def test_a_product_is_given_to_those_who_may_have_it(
    in_scope: Municipality, member: Member, orders: list[PrintOrder]
) -> None:
    editor, viewer = member(Role.EDITOR), member(Role.VIEWER)
    job = request_print(membership=editor, product="labels", options={"size": "A5"})
    assert print_of(editor, job.uid) == job
    assert print_of(viewer, job.uid) is None
    with pytest.raises(PermissionDenied):
        request_print(membership=viewer, product="labels", options={"size": "A5"})


def test_the_file_and_the_page_carry_the_name_of_the_product(
    in_scope: Municipality,
    member: Member,
    orders: list[PrintOrder],
    client: Client,
) -> None:
    membership = member(Role.EDITOR)
    job = request_print(membership=membership, product="labels", options={"size": "A5"})
    client.force_login(membership.user, "django.contrib.auth.backends.ModelBackend")

    def get(name: str) -> Any:
        return client.get(reverse(f"prints:{name}", args=[in_scope.code, job.uid]))

    assert "背表紙の印刷" in get("job").content.decode()
    assert "filename*=utf-8''%E8%A6%8B%E6%9C%AC%E5%B8%82" in get("file")["Content-Disposition"]
