"""Sets the phrases of a plan to what they said in an edition; phrases set since stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.raw_rows import RawRow
from bcp_portal.audit.edits import Edit, save_changes
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told
from plans.issuing.restore_report import RestoreReport
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.phrases.queries import all_keys
from plans.text.phrase_keys import PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import printed_value
from systems.models import SystemItem

ACTION = "版からの語句の復元"


def restore_phrases(
    municipality: Municipality,
    phrases: Mapping[str, Any],
    actor: User | None,
    report: RestoreReport,
) -> None:
    """Bring back phrases that were removed, and the values of all; each value is logged."""
    _restore_own(municipality, phrases.get("own", ()), actor, report)
    keys = all_keys()
    systems = {str(system.uid): system for system in SystemItem.objects.all()}
    stored = {(v.key, v.system_id): v for v in PlaceholderValue.objects.select_for_update()}
    for raw in phrases.get("values", ()):
        system = systems.get(raw["system"] or "")
        if raw["system"] and system is None:
            continue
        value = stored.get((raw["key"], system.pk if system else None))
        value = value or PlaceholderValue(municipality=municipality, key=raw["key"], system=system)
        if value.value != raw["value"]:
            _set(value, raw["value"], keys.get(raw["key"]), actor)
            report.changed += 1


def _restore_own(
    municipality: Municipality,
    raws: Sequence[RawRow],
    actor: User | None,
    report: RestoreReport,
) -> None:
    own = set(OwnPlaceholder.objects.values_list("key", flat=True))
    for raw in raws:
        if raw["key"] in own:
            continue
        values = {name: raw[name] for name in ("key", "label", "kind", "help")}
        phrase = OwnPlaceholder.objects.create(municipality=municipality, **values)
        record(
            municipality=municipality,
            actor=actor,
            action=ACTION,
            target=phrase,
            told=[Told(phrase)],
        )
        report.added += 1


def _set(
    stored: PlaceholderValue, text: str, phrase: PlaceholderKey | None, actor: User | None
) -> None:
    municipality = stored.municipality
    texts = [stored.value, text]
    if phrase:
        texts = [printed_value(phrase, value, municipality.date_style) for value in texts]
    label = phrase.label if phrase else stored.key
    personal = phrase is None or phrase.kind is PlaceholderKind.PERSON
    change = Change(stored.key, label, texts[0], texts[1], personal=personal)
    edit = Edit(
        stored,
        {"value": text},
        changes=[change],
        beside={"updated_by": actor},
        is_new=stored._state.adding,
    )
    save_changes(municipality=municipality, actor=actor, action=ACTION, edits=[edit], target=stored)
