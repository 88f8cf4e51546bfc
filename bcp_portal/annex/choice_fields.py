"""Form fields that choose rows of another table, typed by name or picked from a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bcp_portal.annex.form_fields import TextParsedField
from bcp_portal.annex.references import References


class ReferenceTextField(TextParsedField):
    """The name of another row (or several), as typed or pasted into a cell of the grid."""

    def __init__(self, *, references: References, many: bool, current: Any, **kwargs: Any) -> None:
        self.references, self.many, self.current = references, many, current
        super().__init__(**kwargs)

    def parse(self, text: str) -> Any:
        if text == self.show(self.current):
            return self.current
        if not self.many:
            return self.references.find(text)
        return self.references.find_many(text)

    def show(self, value: Any) -> str:
        if not self.many:
            return self.references.label(value) if value else ""
        return "、".join(self.references.label(target) for target in value or ())

    def blank(self) -> Any:
        return [] if self.many else None


class _Pick:
    """What a list of other rows does with a row that it no longer offers: name it, and keep it chosen."""

    references: References
    offered: dict[str, Any]
    choices: Any

    def offer(
        self, references: References, current: Sequence[Any], *first: tuple[str, str]
    ) -> None:
        """Offer all rows that may be chosen, and those the row has already."""
        self.references = references
        self.offered = {str(target.pk): target for target in [*references.targets, *current]}
        labels = [(key, references.label(target)) for key, target in self.offered.items()]
        self.choices = [*first, *labels]

    def picked(self, key: str) -> Any:
        """Return the row with this key; ValueError where none is offered under it."""
        if key not in self.offered:
            raise ValueError(key)
        return self.offered[key]

    def refuse(self, keys: Sequence[str]) -> None:
        """Raise ValidationError for the keys that are not offered; they stay chosen, so that saving again refuses them again."""
        gone = {key: self.references.gone(key) for key in keys if key not in self.offered}
        if gone:
            known = {key for key, _ in self.choices}
            marked = [(key, f"{name}（選べません）") for key, name in gone.items()]
            self.choices = [*self.choices, *(each for each in marked if each[0] not in known)]
            label = self.references.model._meta.verbose_name
            raise ValidationError(
                f"選んだ{label}「{'」「'.join(gone.values())}」は、選べません"
                "（削除または廃止されたか、この団体のものではありません）。選び直してください。",
                code="invalid_choice",
            )


class PickField(_Pick, forms.TypedChoiceField):
    """One of the rows of another table, chosen from a list."""

    def __init__(self, *, references: References, current: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(coerce=self.picked, empty_value=None, **kwargs)
        self.offer(references, current, ("", "－"))

    def validate(self, value: Any) -> None:
        """Refuse what is not offered, by its name."""
        self.refuse([value] if value else [])
        super().validate(value)


class PickManyField(_Pick, forms.TypedMultipleChoiceField):
    """Several rows of another table, chosen from a list."""

    def __init__(self, *, references: References, current: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(coerce=self.picked, empty_value=[], **kwargs)
        self.offer(references, current)

    def validate(self, value: Any) -> None:
        """Refuse what is not offered, by its name."""
        self.refuse(value or [])
        super().validate(value)
