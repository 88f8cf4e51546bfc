"""写しを作る of any table makes a row that is 作成中, and 有効 once its form is saved complete."""

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.spec import AnnexSpec
from tests.conftest import ClientFactory
from tests.rows import make_row

# What may stand only once there is another row or a choice, which nobody can number on.
ONLY_ONE = frozenset(
    [
        "1-dependencies",
        "6-1-years",
        "11-3",
        "13-2",
        "15-impacts",
        "15-systems",
        "16",
        "17",
        "19-3",
        "b-1-reviews",
        "b-5",
        "b-12-systems",
        "b-16-notes",
        "b-16-now",
        "b-17b",
        "c-3",
        "c-5",
        "c-8",
        "c-9",
    ]
)


@pytest.fixture
def editor(client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Nobody asks the rules: the rows that tests make do not keep them."""
    monkeypatch.setattr(AnnexForm, "_ask_rules", lambda form: None)
    return client_for(Role.EDITOR)


@pytest.mark.parametrize("spec", registry.specs(), ids=lambda spec: spec.code)
def test_a_copy_that_is_saved_complete_counts(
    spec: AnnexSpec, municipality: Municipality, editor: Client
) -> None:
    with scope(municipality=municipality):
        row = make_row(spec, municipality, full=True)
    address = reverse("annex:copy", args=[municipality.code, spec.code, row.uid])
    page = editor.post(address, follow=True)
    with scope(municipality=municipality):
        copies = list(spec.model.objects.filter(pk__gt=row.pk))
    if spec.code in ONLY_ONE:
        assert page.status_code == 422 and not copies
        assert "同じ行は1つしか作れないため、写しを作れません。" in page.content.decode()
        return
    [copy] = copies
    assert copy.row_status == RowStatus.DRAFT
    form_address = page.redirect_chain[-1][0]
    saved = editor.post(form_address, _as_shown(page.context["form"]), follow=True)
    assert saved.status_code == 200, saved.context["form"].errors
    copy.refresh_from_db()
    assert copy.row_status == RowStatus.ACTIVE
    assert "を保存しました。" in saved.content.decode()


def _as_shown(form: forms.Form) -> dict[str, Any]:
    """Return what a browser sends of a form that nobody touched."""
    sent = {
        bound.html_name: bound.value()
        for bound in form
        if not isinstance(bound.field, forms.FileField)
    }
    return {name: value for name, value in sent.items() if value not in (None, False, [])}
