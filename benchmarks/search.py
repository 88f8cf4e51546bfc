"""Measures the search of a town with 300 systems beside Django's admin change list of its systems; see --help.

    python -m benchmarks.search
    python -m scripts.throwaway_postgres python -m benchmarks.search

All are asked for in one process, one after the other in turns, by the sample's editor, through all
middleware. Only the processor of this process counts. `first` is the first search of a process.
"""

import argparse
import sys
import tempfile
import time

from benchmarks.heavy_pages import asked, in_turns, save_one_row, set_up, size_of, with_admin
from benchmarks.heavy_pages import label_of_systems as label

SYSTEMS = 300
MOST_MS = 100
QUESTIONS = {
    "few lines": "UPS",
    "20 of one table": "グループウェア&in=rows-1",
    "many tables": "ネットワーク",
    "two words": "ネットワーク 夜間",
    "nothing": "ぬぬぬ",
}


def main() -> None:
    """Make the sample, measure, print a table; exit code 1 if a search takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--data", help="a folder with the sample already loaded")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(options.data or folder)
        if not options.data:
            _load_sample()
        sys.exit(_measure(options.rounds))


def _load_sample() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_sample", scale=SYSTEMS, verbosity=0)


def _measure(rounds: int) -> int:
    from django.conf import settings
    from django.db import connection
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
    page = reverse("search:results", args=[editor.municipality.code])
    urls = {"admin": reverse(f"admin:{label()}_changelist")}
    urls |= {name: f"{page}?q={question}" for name, question in QUESTIONS.items()}
    urls["after a write"] = urls["few lines"]
    client.get(urls["admin"])
    started = time.process_time()
    client.get(urls["few lines"])
    first = time.process_time() - started
    asking = {name: asked(client, url) for name, url in urls.items()}
    taken = in_turns(asking, rounds, {"after a write": lambda: save_one_row(editor)})
    print(f"{connection.vendor}; first: {first * 1000:.0f} ms")
    print("| search | processor, ms (least) | to admin | KiB | queries |")
    print("|---|---:|---:|---:|---:|")
    for name, url in urls.items():
        size, queries = size_of(client, url)
        ratio = taken[name] / taken["admin"]
        print(f"| {name} | {taken[name] * 1000:.0f} | {ratio:.2f} | {size // 1024} | {queries} |")
    return int(any(taken[name] * 1000 > MOST_MS for name in QUESTIONS))


if __name__ == "__main__":
    main()
