"""A text that was forged in the database is shown with a warning, and no file or write is made of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.errors import DomainError
from plans.bookshelf.replacement_print import PAGES, SHEET
from plans.document.coverage import WHOLE
from plans.editions.models.edition import Edition
from plans.issuing.comparables import edition_code
from plans.issuing.restoring import restore_edition
from plans.models import Chapter
from plans.prints.products import PrintOrder, product_of
from plans.word.outward.product import WORD_PLAN
from tests.conftest import ClientFactory
from tests.plans.editions.making import a_plan, issued

SAID = "発行の後に書き換えられています"
Ask = Callable[[Client, Edition, Edition], Any]


@pytest.fixture
def editions(in_scope: Municipality) -> tuple[Edition, Edition]:
    a_plan(in_scope)
    Chapter.objects.filter(title="目的").update(confidentiality="public")
    first = issued(in_scope, kind="enactment")
    return first, issued(in_scope, effective_on=date(2026, 5, 1))


@contextmanager
def forged(edition: Edition, name: str) -> Iterator[None]:
    """Hold what only somebody with the database can write; the program never changes an edition."""
    as_issued = getattr(edition, name)
    stored = QuerySet(Edition).filter(pk=edition.pk)
    stored.update(**{name: {**as_issued, "偽": 1}})
    yield
    stored.update(**{name: as_issued})


def page(name: str) -> Ask:
    def ask(client: Client, old: Edition, new: Edition) -> Any:
        return client.get(reverse(f"editions:{name}", args=[new.municipality.code, new.uid]))

    return ask


def comparison(name: str) -> Ask:
    def ask(client: Client, old: Edition, new: Edition) -> Any:
        pair = [new.municipality.code, edition_code(old.uid), edition_code(new.uid)]
        address = reverse(f"comparison:{name}", args=pair)
        return client.get(address) if name == "show" else client.post(address)

    return ask


def restore(client: Client, old: Edition, new: Edition) -> Any:
    address = reverse("editions:restore", args=[new.municipality.code, new.uid])
    data = {"whole": "on", "confirmed": "on", "confirm": "on"}
    return client.post(address, data)


PAGES_THAT_WARN = {
    "comparison": comparison("show"),
    "public text": page("public-read"),
    "restore": page("restore"),
}
REFUSED = {
    "comparison Word": comparison("word"),
    "comparison Excel": comparison("excel"),
    "public PDF": page("public-pdf"),
    "public HTML": page("public-page"),
    "public Excel": page("public-excel"),
    "restore": restore,
}
TEXTS = ("document", "rows", "public_document")


@pytest.mark.parametrize("way", PAGES_THAT_WARN)
def test_a_page_warns(
    way: str, editions: tuple[Edition, Edition], client_for: ClientFactory
) -> None:
    client, ask = client_for(Role.ADMIN, Role.EDITOR), PAGES_THAT_WARN[way]
    answer = ask(client, *editions)
    assert answer.status_code == 200 and SAID not in answer.content.decode()
    for name in TEXTS:
        with forged(editions[1], name):
            answer = ask(client, *editions)
        assert answer.status_code == 200 and SAID in answer.content.decode(), name


@pytest.mark.parametrize("way", REFUSED)
def test_no_file_and_no_write_is_made_of_it(
    way: str, editions: tuple[Edition, Edition], client_for: ClientFactory
) -> None:
    client = client_for(Role.ADMIN, Role.EDITOR)
    for name in TEXTS:
        with forged(editions[1], name):
            answer = REFUSED[way](client, *editions)
        assert answer.status_code == 409 and SAID in answer.content.decode(), name


@pytest.mark.parametrize("product", ["comparison", WORD_PLAN, SHEET, PAGES])
def test_no_print_is_made_of_it(product: str, editions: tuple[Edition, Edition]) -> None:
    old, new = editions
    codes = {"old": edition_code(old.uid), "new": edition_code(new.uid)}
    uids = {"old": str(old.uid), "new": str(new.uid)}
    options = {"comparison": codes, WORD_PLAN: {"source": codes["new"]}, SHEET: uids, PAGES: uids}
    order = PrintOrder(new.municipality, options[product])
    for name in TEXTS:
        with forged(new, name), pytest.raises(DomainError, match=SAID):
            product_of(product).make(order)


def test_nothing_is_put_back_from_it(editions: tuple[Edition, Edition]) -> None:
    _, new = editions
    for name in TEXTS:
        with forged(new, name), pytest.raises(DomainError, match=SAID):
            restore_edition(edition=new, actor=None, what=WHOLE)
