"""Records that history rests on: they are inserted once, and never changed or deleted."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django_scopes import ScopedManager

from bcp_portal.accounts.rows import TenantOwned


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise TypeError("What history rests on is written once and never changed or deleted.")


class FrozenQuerySet(models.QuerySet[Any]):
    """Refuses what would change or delete records, or add some without their save()."""

    update = aupdate = bulk_update = abulk_update = _refuse
    delete = adelete = bulk_create = abulk_create = _refuse


class InsertedOnce(models.Model):
    """A record that its own methods can neither change nor delete."""

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Insert; a record that is stored already is refused."""
        if not self._state.adding:
            _refuse()
        super().save(**{**kwargs, "force_insert": True})

    delete = _refuse


FrozenManager: Any = models.Manager.from_queryset(FrozenQuerySet)


class Frozen(InsertedOnce, TenantOwned):
    """A record of a municipality that no query changes either, and that its owner cannot leave."""

    # PROTECT instead of TenantOwned's CASCADE: history is not deleted with what it describes.
    municipality = models.ForeignKey(
        "accounts.Municipality", verbose_name="団体", on_delete=models.PROTECT, editable=False
    )
    objects: ClassVar[models.Manager[Any]] = ScopedManager(
        municipality="municipality", _manager_class=FrozenManager
    )

    class Meta:
        abstract = True
