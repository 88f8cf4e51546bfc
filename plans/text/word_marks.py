"""How a Word file of ours says which table or figure is made of rows, so that it is known again; pure."""

import re

LIVE = "bcp-live-block:"
"""Begins the description of such a table, or the name of such a figure, before its code."""

_NAME = re.compile(r"bcp_live_(.+)_\d+")
# Word takes no longer name of a bookmark.
_LONGEST_NAME = 40


def live_bookmark(code: str, number: int) -> str:
    """Return the name of a bookmark in such a table: programs other than Word drop descriptions.

    "" for a code that a name cannot say.
    """
    name = f"bcp_live_{code.replace('-', '_')}_{number}"
    return name if "_" not in code and len(name) <= _LONGEST_NAME else ""


def code_of_bookmark(name: str) -> str:
    """Return the code that such a bookmark names, "" for another bookmark."""
    match = _NAME.fullmatch(name)
    return match[1].replace("_", "-") if match else ""
