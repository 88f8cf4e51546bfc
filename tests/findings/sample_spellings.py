"""Writes the hidden values of a plan in every way, and counts those that are not found."""

from collections.abc import Iterable, Iterator

from plans.public_edition.finder import Finder
from plans.public_edition.finds import finds_in
from plans.public_edition.hidden_values import HiddenValue, Weight
from tests.findings.test_secret_spellings import public
from tests.findings.ways_of_writing import ways_of

# The page of the check names them: another number between the parts of a short one, and the prefix
# of a country before what is no whole telephone number.
_NOT_MEANT = frozenset({"abroad", "abroad with brackets", "a cell with a number between"})


def looked_for(hidden: Iterable[HiddenValue], *, step: int) -> list[HiddenValue]:
    """Return one in `step` of the values that are no mere names and not too short to be looked for."""
    found = [v for v in hidden if v.weight is not Weight.NAME and v.is_long]
    return sorted(found, key=lambda value: value.key)[::step]


def missed(values: Iterable[HiddenValue]) -> Iterator[tuple[str, str, str]]:
    """Yield (value, way, HTML) of all that is not found."""
    for value in values:
        finder = Finder([value])
        for way, html in ways_of(value.text, number=value.is_number):
            if value.is_number and way in _NOT_MEANT:
                continue
            if not finds_in(public(html), finder, [value]):
                yield value.text, way, html
