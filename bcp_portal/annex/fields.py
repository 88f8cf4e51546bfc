"""Model fields that a municipality's table needs and Django does not have."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from bcp_portal.annex.choices import MONTHS, TRI, ChoiceList


def reference(to: Any, verbose_name: str, **options: Any) -> Any:
    """Declare a column that names a row of another table, which cannot be deleted meanwhile."""
    return models.ForeignKey(to, verbose_name=verbose_name, on_delete=models.PROTECT, **options)


def optional_reference(to: Any, verbose_name: str, **options: Any) -> Any:
    """Declare a column that names a row of another table, or none."""
    return reference(to, verbose_name, null=True, blank=True, **options)


class OwnDefaults(models.Field):
    """A field that may be empty unless told otherwise, where Django's own may not.

    It always says so: migrations leave out what a field has by Django's default.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, positional, named = super().deconstruct()
        own = {"null": self.null, "blank": self.blank, "editable": self.editable}
        return name, path, positional, {**named, **own}


class ChoiceField(models.CharField):
    """A code of a choice list; the list is data, so it is not part of the migration."""

    def __init__(self, verbose_name: str = "", *, choice_list: ChoiceList | None = None, **kw: Any):
        kw.setdefault("max_length", 40)
        self.choice_list = choice_list or ChoiceList("", ())
        super().__init__(verbose_name, **kw)


class TriField(OwnDefaults, ChoiceField):
    """有・無・不明; blank means not yet surveyed, which is not 不明."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("blank", True)
        super().__init__(verbose_name, choice_list=kw.pop("choice_list", TRI), **kw)


class MultiChoiceField(models.JSONField):
    """Several codes of a choice list."""

    def __init__(self, verbose_name: str = "", *, choice_list: ChoiceList | None = None, **kw: Any):
        kw.setdefault("default", list)
        self.choice_list = choice_list or ChoiceList("", ())
        super().__init__(verbose_name, **kw)


class MonthsField(MultiChoiceField):
    """A set of calendar months, shown April first."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        super().__init__(verbose_name, choice_list=kw.pop("choice_list", MONTHS), **kw)


class WordsField(models.JSONField):
    """A list of short texts, such as aliases."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("default", list)
        kw.setdefault("blank", True)
        super().__init__(verbose_name, **kw)


class DurationMinutesField(OwnDefaults, models.PositiveIntegerField):
    """Minutes; the unit to show stands in the sibling field `<stem>_unit`."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("null", True)
        kw.setdefault("blank", True)
        super().__init__(verbose_name, **kw)

    @property
    def unit_field(self) -> str:
        """Name of the field that keeps the unit, e.g. rto_unit beside rto_minutes."""
        return f"{self.name.removesuffix('_minutes')}_unit"


class DurationUnitField(OwnDefaults, models.CharField):
    """The unit in which the person typed a duration (a `durations.Unit` code)."""

    def __init__(self, **kw: Any):
        kw.setdefault("max_length", 10)
        kw.setdefault("blank", True)
        kw.setdefault("editable", False)
        super().__init__(**kw)


class FiscalYearField(models.PositiveSmallIntegerField):
    """A fiscal year by its first calendar year: 2026 is 令和8年度."""


class FiscalYearsField(models.JSONField):
    """Several fiscal years, ascending."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("default", list)
        super().__init__(verbose_name, **kw)


class MonthField(models.DateField):
    """A month, kept as its first day."""


class PercentField(models.PositiveSmallIntegerField):
    """A whole percentage, 0-100 unless the field says otherwise."""


class ThousandYenField(models.PositiveIntegerField):
    """An amount in 千円; 0 is an amount, blank is 未見積."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("null", True)
        kw.setdefault("blank", True)
        super().__init__(verbose_name, **kw)


class PhoneField(models.CharField):
    """Digits, hyphens, a leading +, and an extension after #; 6-20 characters."""

    def __init__(self, verbose_name: str = "", **kw: Any):
        kw.setdefault("max_length", 20)
        kw.setdefault("blank", True)
        super().__init__(verbose_name, **kw)
