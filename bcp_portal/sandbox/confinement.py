"""Confines the process it is called in; for programs that open strangers' files."""

import resource


def confine(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Limit this process from here on: its time, its memory, and no file can be written."""
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_FSIZE, 0)


def _limit(what: int, wanted: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(what, (allowed, allowed))
