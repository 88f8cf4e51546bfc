"""Carries an archive through an installation of its own: loads it there, and writes it anew.

Run as `python -m tests.archive.carrying FROM TO`; the environment says which database and folder.
Writes out the name of the database engine.
"""

import os
import sys
from pathlib import Path

import django


def main(source: Path, target: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    # Tables as the models are now: migrations have tests of their own.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)

    from bcp_portal.archive.loading import load_archive
    from bcp_portal.archive.services import save_archive

    save_archive(load_archive(source), target)
    sys.stdout.write(connection.vendor)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
