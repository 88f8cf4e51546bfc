"""Reads entries of the log that name no record: each says by its note whose settings changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from plans.document.coverage import Coverage
from plans.document.frozen_rows import covers_setting
from plans.phrases.models import PlaceholderValue
from plans.revisions.issued_parts import IssuedPart, last_submitted
from plans.revisions.log_lines import LogLine

SETTINGS, PUBLICITY = "設定の変更", "公開版の設定の変更"
PHRASE_SET = "差し込み語句の変更"
ACTIONS = (SETTINGS, PUBLICITY, PHRASE_SET)
# Whether there is a public edition at all is decided when an edition is issued, whatever it covers.
_OF_EVERY_EDITION = frozenset({"enabled"})
_OF_TABLE = re.compile(r"様式(?P<annex>.+)の設定|表(?P<table>.+)の項目(?:の設定)?")
_OF_CHOICES = re.compile(r"選択肢.+の設定")
_ANNEX = "annex-"


def settings_told(
    lines: Iterable[LogLine], coverage: Coverage, issued: Sequence[IssuedPart]
) -> Iterator[LogLine]:
    """Yield lines so that one with a target is left as it is, and one of settings names theirs.

    Of settings those are left out that the coverage leaves as they were, or that were submitted since.
    A value that was taken from a phrase is named like one that was set.
    """
    for line in lines:
        if line.action == PHRASE_SET:
            yield from _of_phrase(line)
        elif line.action in (SETTINGS, PUBLICITY) and not line.target_type:
            yield from _of_settings(line, coverage, issued)
        else:
            yield line


def _of_phrase(line: LogLine) -> Iterator[LogLine]:
    kind = PlaceholderValue._meta.label_lower
    for change in line.changes:
        name = f"{change['name']} {change['label']}"
        yield replace(line, target_type=kind, target_uid=name, changes=[change])


def _of_settings(
    line: LogLine, coverage: Coverage, issued: Sequence[IssuedPart]
) -> Iterator[LogLine]:
    for change in line.changes:
        name = str(change["name"])
        if not _takes_effect(line, name, coverage):
            continue
        since = last_submitted(issued, partial(_is_taken_over, line, name))
        if since is None or line.at > since:
            yield replace(line, target_uid=line.note or name, changes=[change])


def _is_taken_over(line: LogLine, name: str, part: Coverage) -> bool:
    """Tell whether an edition of these parts has all of what a line changed.

    Of choices a part brings along only options that were not there: others wait for the masters.
    """
    if line.action == SETTINGS and _OF_CHOICES.fullmatch(line.note):
        return part.whole or part.masters or part.before_masters
    return _takes_effect(line, name, part)


def _takes_effect(line: LogLine, name: str, coverage: Coverage) -> bool:
    """Tell whether an edition of this coverage follows the settings that a line changed."""
    if coverage.whole:
        return True
    found = _OF_TABLE.fullmatch(line.note)
    if found:
        return covers_setting(found["annex"] or found["table"], coverage)
    if line.action == SETTINGS:
        # An option that an edition does not know comes along with any part.
        return bool(_OF_CHOICES.fullmatch(line.note)) and not coverage.is_empty
    if name.startswith(_ANNEX):
        return covers_setting(name.removeprefix(_ANNEX), coverage)
    return name in _OF_EVERY_EDITION
