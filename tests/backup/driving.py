"""Runs a command of ours as a program of its own, on tables made as the tests make theirs.

    python -m tests.backup.driving restore FILE --passphrase-file FILE

The environment says which database and folder.
"""

import os
import sys

import django


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import CommandError, call_command

    # Tables as the models are now: migrations have tests of their own.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        call_command(*arguments)
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.returncode)


if __name__ == "__main__":
    main(sys.argv[1:])
