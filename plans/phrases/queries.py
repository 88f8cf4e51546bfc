"""Reads the phrases of the municipality in scope: which there are, what they say, what may be chosen."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import MASK
from plans.annexes.models.glossary import GlossaryTerm
from plans.annexes.models.organisation import ResponseRole
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.text.inline_marks import PlaceholderUse
from plans.text.phrase_keys import SHIPPED, PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import intensity_choices, month_choices, printed_value
from plans.text.phrase_words import Words
from systems.models import SystemItem, Vendor


def all_keys() -> dict[str, PlaceholderKey]:
    """Return every phrase a text may name: the shipped ones, then those of the municipality."""
    own = [placeholder.as_key() for placeholder in OwnPlaceholder.objects.all()]
    return {phrase.key: phrase for phrase in (*SHIPPED, *own)}


def load_words(municipality: Municipality, *, include_personal: bool) -> Words:
    """Return what takes the place of every phrase, and which words are explained; four queries.

    Names of people are masked unless `include_personal`.
    """
    keys = all_keys()
    rows = PlaceholderValue.objects.exclude(value="").select_related("system")
    values = {
        use_of(row): _shown(keys[row.key], row.value, municipality, include_personal)
        for row in rows
        if row.key in keys and keys[row.key].can_be_set
    }
    return Words(
        values=values,
        labels={key: phrase.label for key, phrase in keys.items()},
        systems=system_names(),
        terms=explained_terms(),
    )


def use_of(row: PlaceholderValue) -> PlaceholderUse:
    """Return the phrase a stored value belongs to; needs its system loaded."""
    return PlaceholderUse(row.key, str(row.system.uid) if row.system else "")


def system_names() -> dict[str, str]:
    """Return every information system by uid; one that is retired keeps its name in texts."""
    return {str(uid): name for uid, name in SystemItem.objects.values_list("uid", "name")}


def explained_terms() -> frozenset[str]:
    """Return the words the printed glossary explains."""
    uids = GlossaryTerm.objects.filter(row_status__in=counted_statuses()).values_list(
        "uid", flat=True
    )
    return frozenset(map(str, uids))


def choices_for(phrase: PlaceholderKey) -> list[str]:
    """Return the texts offered for a phrase, each once; anything else may be typed as well."""
    kind = phrase.kind
    if kind is PlaceholderKind.DEPARTMENT:
        return _once(str(row) for row in _active(Department))
    if kind is PlaceholderKind.ROLE:
        roles = _active(ResponseRole)
        return _once(text for row in roles for text in (row.role_name, row.post) if text)
    if kind is PlaceholderKind.PERSON:
        people = _active(Person).select_related("department")
        return _once(f"{row.department or ''} {row.name}".strip() for row in people)
    if kind is PlaceholderKind.VENDOR:
        return _once(row.name for row in _active(Vendor))
    if kind is PlaceholderKind.INTENSITY:
        return intensity_choices()
    return month_choices() if kind is PlaceholderKind.MONTH else []


def _active(model: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(row_status__in=counted_statuses())
    return found


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _shown(
    phrase: PlaceholderKey, stored: str, municipality: Municipality, include_personal: bool
) -> str:
    if phrase.kind is PlaceholderKind.PERSON and not include_personal:
        return MASK
    return printed_value(phrase, stored, municipality.date_style)
