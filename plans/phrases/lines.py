"""The list of phrases as its page shows it: each with its value and the places that use it."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.phrases.placeholders import PlaceholderUses
from plans.text.inline_marks import PlaceholderUse
from plans.text.phrase_keys import PlaceholderKey
from plans.text.phrase_words import Words


@dataclass(frozen=True)
class PhraseLine:
    """One phrase, or one phrase of one information system."""

    phrase: PlaceholderKey
    use: PlaceholderUse
    label: str
    value: str
    uses: PlaceholderUses
    is_own: bool = False
    is_known: bool = True

    @property
    def is_missing(self) -> bool:
        """Tell whether texts wait for it."""
        return not self.value and self.uses.count > 0


def phrase_lines(
    keys: Mapping[str, PlaceholderKey],
    own: frozenset[str],
    words: Words,
    uses: Mapping[PlaceholderUse, PlaceholderUses],
) -> list[PhraseLine]:
    """Return every phrase that can be set or stands in a text, with those of systems below it.

    A key that texts name and nobody knows (its own phrase was removed) comes last.
    """
    wanted = {*uses, *words.values}
    lines = []
    for key in (*keys, *sorted({use.key for use in wanted} - set(keys))):
        phrase = keys.get(key) or PlaceholderKey(key, key)
        of_systems = sorted(
            (use for use in wanted if use.key == key and use.system), key=words.label
        )
        general = PlaceholderUse(key)
        shown = [general, *of_systems] if phrase.can_be_set or general in uses else of_systems
        lines += [
            PhraseLine(
                phrase,
                use,
                words.label(use),
                words.values.get(use, ""),
                uses.get(use) or PlaceholderUses(use),
                is_own=key in own,
                is_known=key in keys,
            )
            for use in shown
        ]
    return lines


def missing_count(lines: list[PhraseLine]) -> int:
    """Return at how many places a phrase is missing."""
    return sum(line.uses.count for line in lines if line.is_missing)


def next_missing(lines: list[PhraseLine], after: PlaceholderUse) -> PhraseLine | None:
    """Return the next phrase that texts wait for and that can be set, beginning again at the end."""
    at = next((index for index, line in enumerate(lines) if line.use == after), -1)
    rotated = [*lines[at + 1 :], *lines[: at + 1]]
    return next(
        (
            line
            for line in rotated
            if line.is_missing and line.is_known and line.phrase.can_be_set and line.use != after
        ),
        None,
    )
