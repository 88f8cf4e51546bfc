"""Marked sentences as a person would underline them: 〔 〕 around what differs."""

import re

from plans.comparison.changes import Run, Runs

_PIECES = re.compile("〔([^〕]*)〕|([^〔]+)")


def marked(runs: Runs) -> str:
    """Write runs with 〔 〕 around the changed ones."""
    return "".join(f"〔{run.text}〕" if run.changed else run.text for run in runs)


def unmarked(text: str) -> str:
    return text.replace("〔", "").replace("〕", "")


def runs_of(text: str) -> Runs:
    """Read what `marked` writes."""
    return tuple(
        Run(m.group(1) or m.group(2), m.group(1) is not None) for m in _PIECES.finditer(text)
    )
