"""Tells where links lead when that is what differs, for readers who see no more than words."""

from plans.comparison.changes import Run, Runs
from plans.comparison.pieces import Renamed
from plans.comparison.text_units import TextUnit

_BEFORE, _AFTER = "〔本文の中の、前のリンク先〕", "〔本文の中の、別のリンク先〕"


def targets_alike(old: TextUnit, new: TextUnit, renamed: Renamed) -> bool:
    """Tell whether the links of two units lead to the same places, in the same order."""
    return _addresses(old) == _addresses(new) and not _leads_elsewhere(old, new, renamed)


def target_runs(old: TextUnit, new: TextUnit, renamed: Renamed) -> tuple[Runs, Runs]:
    """Return what follows the words of two units whose links lead to different places; else nothing.

    A place within the plan that is called otherwise is marked in its words.
    """
    if _addresses(old) != _addresses(new):
        return lone_targets(old), lone_targets(new)
    if _leads_elsewhere(old, new, renamed):
        return (Run(_BEFORE, changed=True),), (Run(_AFTER, changed=True),)
    return (), ()


def lone_targets(unit: TextUnit | None) -> Runs:
    """Return the addresses that the links of a unit lead to, outside the plan."""
    return (
        tuple(Run(f"〔リンク先：{address}〕", changed=True) for address in _addresses(unit))
        if unit
        else ()
    )


def _addresses(unit: TextUnit) -> list[str]:
    return [address for _, address in unit.links]


def _leads_elsewhere(old: TextUnit, new: TextUnit, renamed: Renamed) -> bool:
    """Tell whether links with the same words lead to other parts of the plan."""
    before = [(_words(old, span), renamed.get(to, to)) for span, to in old.references.items()]
    after = [(_words(new, span), to) for span, to in new.references.items()]
    return [words for words, _ in before] == [words for words, _ in after] and before != after


def _words(unit: TextUnit, span: tuple[int, int]) -> str:
    return unit.text[slice(*span)]
