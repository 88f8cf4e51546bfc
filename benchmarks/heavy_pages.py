"""Measures the grid of 様式1, and the home page, beside Django's admin change list of the same rows; see --help.

All are asked for in one process, one after the other in turns, by the sample municipality's
editor, through all middleware. Only the processor counts: other work of the machine hardly changes
it. The admin site exists in this benchmark alone, with the columns of the grid.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

AFTER_A_WRITE = "home after a write"
ROOT = Path(__file__).resolve().parent.parent
MOST = {"grid": 1.5, "home": 1.0, AFTER_A_WRITE: 1.0}


def main() -> None:
    """Make the sample, measure, print a table; exit code 1 if a page costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--data", help="a folder with the sample already loaded")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(options.data or folder)
        if not options.data:
            _load_sample()
        sys.exit(_measure(options.rounds))


def set_up(folder: str) -> None:
    """Start Django with the data of a folder, and with its admin site."""
    os.environ |= {
        "BCP_DEBUG": "0",
        "BCP_DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "bcp_portal.settings",
    }
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    # Nobody has collected the files of the admin site.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    django.setup()


def _load_sample() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_sample", verbosity=0)


def _measure(rounds: int) -> int:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse
    from django_scopes import scopes_disabled

    from bcp_portal.accounts.models import Membership

    with scopes_disabled():
        found = Membership.objects.select_related("municipality", "user")
        editor = next(m for m in found if "editor" in m.roles)
    settings.ROOT_URLCONF = with_admin(editor)
    client = Client()
    client.force_login(editor.user, backend="django.contrib.auth.backends.ModelBackend")
    code = editor.municipality.code
    pages = {
        "admin": reverse(f"admin:{label_of_systems()}_changelist"),
        "grid": reverse("annex:grid", args=[code, "1"]),
        "home": reverse("home", args=[code]),
        AFTER_A_WRITE: reverse("home", args=[code]),
    }
    asking = {name: asked(client, url) for name, url in pages.items()}
    taken = in_turns(asking, rounds, {AFTER_A_WRITE: lambda: save_one_row(editor)})
    print("| page | processor, ms (least) | to admin | at most | KiB | queries |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, url in pages.items():
        ratio, most = taken[name] / taken["admin"], MOST.get(name)
        if name == AFTER_A_WRITE:
            save_one_row(editor)
        size, queries = size_of(client, url)
        print(
            f"| {name} | {taken[name] * 1000:.0f} | {ratio:.2f} | {most or ''} "
            f"| {size / 1024:.0f} | {queries} |"
        )
    return int(any(taken[name] > taken["admin"] * most for name, most in MOST.items()))


def label_of_systems() -> str:
    """Return what the admin site calls the rows of 様式1."""
    from bcp_portal.annex import registry

    spec = registry.spec("1")
    assert spec is not None
    return spec.model._meta.label_lower.replace(".", "_")


def asked(client: Any, url: str) -> Callable[[], None]:
    """Return what asks for a page once."""

    def ask() -> None:
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)

    return ask


def save_one_row(editor: Any) -> None:
    """Save another note in a row of 様式1, as somebody else in the office does."""
    from bcp_portal.annex import registry
    from bcp_portal.annex.services import save_row
    from bcp_portal.annex.sheet import Sheet

    spec = registry.spec("1")
    assert spec is not None
    with _in_scope(editor.municipality):
        row = spec.model.objects.order_by("pk")[0]
        row.note = f"{time.time()}"
        sheet = Sheet.of(spec, editor.municipality)
        save_row(sheet=sheet, actor=editor.user, row=row, expected_version=row.version)


def size_of(client: Any, url: str) -> tuple[int, int]:
    """Return bytes and queries of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    return len(response.content), len(queries)


def in_turns(
    pages: dict[str, Callable[[], None]], rounds: int, before: dict[str, Callable[[], None]]
) -> dict[str, float]:
    """Return the least processor seconds of each page; the first round only warms up.

    What is done `before` a page each time is not counted.
    """
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(rounds + 1):
        for name, ask in pages.items():
            if name in before:
                before[name]()
            started = time.process_time()
            ask()
            if number:
                taken[name].append(time.process_time() - started)
    return {name: min(times) for name, times in taken.items()}


def with_admin(membership: Any) -> str:
    """Return the name of URLs with an admin site for 様式1 of the member's municipality."""
    from django.contrib import admin
    from django.urls import include, path

    from bcp_portal import urls
    from bcp_portal.annex import registry
    from bcp_portal.annex.form_factory import Mode
    from bcp_portal.annex.forms import items_for
    from bcp_portal.annex.sheet import Sheet

    class Site(admin.AdminSite):
        def has_permission(self, request: Any) -> bool:
            return True

    municipality = membership.municipality
    spec = registry.spec("1")
    assert spec is not None
    with _in_scope(municipality):
        sheet = Sheet.of(spec, municipality)
        items = items_for(sheet, membership, Mode.GRID)
    site = Site()
    site.register(spec.model, _model_admin(municipality, items))
    module = ModuleType("benchmark_urls")
    module.__dict__.update(
        {name: value for name, value in vars(urls).items() if name.startswith("handler")},
        urlpatterns=[path("admin/", site.urls), path("", include("bcp_portal.urls"))],
    )
    sys.modules[module.__name__] = module
    return module.__name__


def _model_admin(municipality: Any, items: Sequence[Any]) -> type[Any]:
    from django.contrib import admin

    from bcp_portal.annex.named_rows import prefetch_of

    many = [item.name for item in items if item.model_field.many_to_many]
    joined = [prefetch_of(item) for item in items if item.model_field.many_to_many]

    class SystemAdmin(admin.ModelAdmin[Any]):
        list_display = [name if name not in many else f"all_{name}" for name in _names(items)]
        list_select_related = [i.model_field.name for i in items if i.model_field.many_to_one]
        list_per_page = 100

        def get_queryset(self, request: Any) -> Any:
            return super().get_queryset(request).prefetch_related(*joined)

        def has_view_permission(self, request: Any, obj: Any = None) -> bool:
            return True

        has_change_permission = has_view_permission

        def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
            with _in_scope(municipality):
                page: Any = super().changelist_view(request, extra_context)
                return page.render()

    for name in many:
        setattr(SystemAdmin, f"all_{name}", _joined(name))
    return SystemAdmin


def _names(items: Sequence[Any]) -> list[str]:
    return [item.model_field.name for item in items]


def _joined(name: str) -> Callable[[Any, Any], str]:
    return lambda _admin, row: "、".join(str(each) for each in getattr(row, name).all())


@contextmanager
def _in_scope(municipality: Any) -> Iterator[None]:
    from django_scopes import scope

    with scope(municipality=municipality):
        yield


if __name__ == "__main__":
    main()
