"""Every write to the phrases a plan leaves open."""

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, plain, save_changes
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.counted_letters import letter_count
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.phrases.queries import all_keys
from plans.text.inline_marks import MAX_KEY_LENGTH, placeholders_in
from plans.text.phrase_keys import PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import printed_value, stored_value
from systems.models import SystemItem

_SET = "差し込み語句の変更"


@transaction.atomic
def set_placeholder(
    *,
    municipality: Municipality,
    actor: User | None,
    phrase: PlaceholderKey,
    system: SystemItem | None,
    typed: str,
    expected_version: int,
) -> PlaceholderValue | None:
    """Set what is printed for a phrase, or of one system; a blank unsets it and returns None.

    `expected_version` is 0 where nothing was set. Raises PlaceholderError for what is no value of
    its kind, and Conflict (its `current` is the stored row or None) when somebody was faster.
    """
    if not phrase.can_be_set:
        raise DomainError(f"「{phrase.label}」は値を持たない印です。本文を直接書き換えてください。")
    value = stored_value(phrase, typed)
    found = PlaceholderValue.objects.select_for_update().filter(key=phrase.key, system=system)
    current: PlaceholderValue | None = found.first()
    if (current.version if current else 0) != expected_version:
        raise Conflict(current)
    before = current.value if current else ""
    if before == value:
        return current
    texts = [printed_value(phrase, text, municipality.date_style) for text in (before, value)]
    label = f"{system.name}の{phrase.label}" if system else phrase.label
    personal = phrase.kind is PlaceholderKind.PERSON
    change = Change(phrase.key, label, texts[0], texts[1], personal=personal)
    if current and not value:
        _unset(current, actor, change)
        return None
    stored = current or PlaceholderValue(municipality=municipality, key=phrase.key, system=system)
    edit = Edit(
        stored,
        {"value": value},
        changes=[change],
        beside={"updated_by": actor},
        is_new=current is None,
    )
    save_changes(municipality=municipality, actor=actor, action=_SET, edits=[edit], target=stored)
    return stored


def _unset(current: PlaceholderValue, actor: User | None, change: Change) -> None:
    key_in_log = current.pk
    current.delete()
    current.pk = key_in_log  # deleting it took it away, and the entry shall name the row
    record(
        municipality=current.municipality,
        actor=actor,
        action=_SET,
        target=current,
        changes=[change],
        gone=[current],
    )


@transaction.atomic
def add_own_placeholder(
    *, municipality: Municipality, actor: User | None, label: str, kind: str, help: str
) -> OwnPlaceholder:
    """Add a phrase of the municipality's own; its name must differ from all others."""
    name = " ".join(label.split())
    if letter_count(name) > MAX_KEY_LENGTH:
        raise DomainError(
            f"語句の名前は{MAX_KEY_LENGTH}文字以内で入力してください（今は{letter_count(name)}文字）。"
        )
    refuse_taken_name(name)
    added: OwnPlaceholder = OwnPlaceholder.objects.create(
        municipality=municipality, key=name, label=name, kind=kind, help=help
    )
    record(
        municipality=municipality,
        actor=actor,
        action="差し込み語句の追加",
        target=added,
        told=[Told(added)],
    )
    return added


@transaction.atomic
def change_own_placeholder(
    *, placeholder: OwnPlaceholder, actor: User | None, label: str, kind: str, help: str
) -> OwnPlaceholder:
    """Change what a phrase of one's own is called; texts that use it need no change."""
    current: OwnPlaceholder = OwnPlaceholder.objects.select_for_update().get(pk=placeholder.pk)
    name = " ".join(label.split())
    refuse_taken_name(name, apart_from=current.key)
    values = {"label": name, "kind": kind, "help": help}
    save_changes(
        municipality=current.municipality,
        actor=actor,
        action="差し込み語句の名前の変更",
        edits=[Edit(current, values, text=plain)],
        target=current,
    )
    return current


@transaction.atomic
def remove_own_placeholder(*, placeholder: OwnPlaceholder, actor: User | None) -> None:
    """Remove a phrase of one's own with its values; one that a text still uses is kept."""
    users = [
        chapter.title
        for chapter in Chapter.objects.filter(body__contains="data-placeholder")
        if any(use.key == placeholder.key for use in placeholders_in(chapter.body))
    ]
    if users:
        titles = "、".join(f"「{title}」" for title in users[:5])
        raise DomainError(
            f"「{placeholder}」は本文で使われているため、取り除けません"
            f"（{titles}{f'など{len(users)}件' if len(users) > 5 else ''}）。"
            "先に本文から外してください。取り除いた章の本文も確かめてください。",
            status=409,
        )
    values = PlaceholderValue.objects.filter(key=placeholder.key)
    gone = [placeholder, *values.select_related("system")]
    values.delete()
    record(
        municipality=placeholder.municipality,
        actor=actor,
        action="差し込み語句の取り除き",
        target=placeholder,
        gone=gone,
    )
    placeholder.delete()


def refuse_taken_name(name: str, *, apart_from: str = "") -> None:
    """Raise DomainError when another phrase has this name or is stored under it."""
    others = [phrase for key, phrase in all_keys().items() if key != apart_from]
    if any(name in {phrase.label, phrase.key} for phrase in others):
        raise DomainError(f"「{name}」という差し込み語句はすでにあります。別の名前にしてください。")
