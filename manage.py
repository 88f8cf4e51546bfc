#!/usr/bin/env python
"""Entry point of Django's management commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if os.environ.get("BCP_TRACEBACK"):
            raise
        sys.exit(str(error))
    except Exception as error:
        from bcp_portal.ui.command_troubles import sentence_of

        sentence = sentence_of(error)
        if os.environ.get("BCP_TRACEBACK") or not sentence:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
