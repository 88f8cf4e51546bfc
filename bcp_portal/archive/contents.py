"""Says which models an archive holds, in an order in which each row follows the rows it names."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from bcp_portal.accounts.models import Municipality, TenantOwned, User
from bcp_portal.archive.parts import archive_parts

Model = type[models.Model]
ACCOUNT_FIELDS = (
    "username",
    "display_name",
    "first_name",
    "last_name",
    "email",
    "is_active",
    "date_joined",
)
"""What an archive says of an account: no password, no rights in the installation."""


def tenant_models() -> list[Model]:
    """Return every model whose rows belong to a municipality."""
    return [model for model in apps.get_models() if issubclass(model, TenantOwned)]


def archived_models() -> list[Model]:
    """Return municipality, accounts, then all other models, each after those its rows point to."""
    order: list[Model] = [Municipality, User]
    wanted = [model for model in tenant_models() if label_of(model) not in archive_parts.left_out]
    for model in wanted:
        _append(model, order, ())
    return order


def _append(model: Model, order: list[Model], above: tuple[Model, ...]) -> None:
    if model in order:
        return
    if model in above:
        raise ImproperlyConfigured(f"{label_of(model)} points to itself in a circle of models.")
    for target in foreign_keys(model).values():
        if target is not model:
            _append(target, order, (*above, model))
    order.append(model)


def label_of(model: Model) -> str:
    """Return 'app.Model', by which an archive names a model."""
    return model._meta.label


def member_of(model: Model) -> str:
    """Return the path of a model's rows inside an archive."""
    return f"data/{label_of(model)}.jsonl"


def title_of(model: Model) -> str:
    """Return what people call the rows of a model."""
    return str(model._meta.verbose_name)


def archived_fields(model: Model) -> dict[str, Any]:
    """Return the fields an archive holds of a model, by name; many-to-many relations included."""
    if model is User:
        return {name: User._meta.get_field(name) for name in ACCOUNT_FIELDS}
    concrete = [f for f in model._meta.concrete_fields if f.name not in {"id", "municipality"}]
    return {f.name: f for f in (*concrete, *model._meta.many_to_many)}


def foreign_keys(model: Model) -> dict[str, Model]:
    """Return the models that the foreign keys of a model point to, by field."""
    fields = archived_fields(model).items()
    return {name: f.related_model for name, f in fields if isinstance(f, models.ForeignKey)}


def key_fields(model: Model) -> list[str]:
    """Return the number fields of a model that hold the key of an account."""
    return sorted(name for label, name in archive_parts.account_keys if label == label_of(model))


def rows_of(model: Model, municipality: Municipality) -> models.QuerySet[Any]:
    """Return the rows of a municipality in the order in which they were made.

    A plain query set: it serves models whose own one is scoped or refuses what loading needs.
    """
    rows: models.QuerySet[Any] = models.QuerySet(model)
    if model is Municipality:
        return rows.filter(pk=municipality.pk)
    if model is User:
        return rows.filter(pk__in=_account_keys(municipality)).order_by("username")
    return rows.filter(municipality=municipality).order_by("pk")


def _account_keys(municipality: Municipality) -> set[int]:
    """Return the keys of all accounts that the municipality's rows name."""
    keys: set[int] = set()
    for model in tenant_models():
        if label_of(model) in archive_parts.left_out:
            continue
        accounts = [name for name, target in foreign_keys(model).items() if target is User]
        for name in (*accounts, *key_fields(model)):
            keys |= set(rows_of(model, municipality).values_list(name, flat=True).distinct())
    return keys - {None}
