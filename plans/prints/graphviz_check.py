"""Warns at the start of the program where graphviz is missing, because figures are then shown in words."""

from typing import Any

from django.core import checks

from bcp_portal.figures import graphviz


def graphviz_is_installed(**_options: Any) -> list[checks.CheckMessage]:
    """Warn when figures cannot be drawn: they would then be shown in words."""
    if graphviz.is_installed():
        return []
    return [
        checks.Warning(
            f"The program {graphviz.PROGRAM!r} is not installed: figures are shown in words only.",
            hint=f"Install the package {graphviz.PACKAGE}.",
            id="plans.W002",
        )
    ]
