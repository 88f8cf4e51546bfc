"""What every record of a municipality carries: its owner, and for a row the columns that every table has."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from bcp_portal.accounts.row_states import Confidentiality, RowStatus

__all__ = ["Confidentiality", "Row", "RowStatus", "TenantOwned", "on_reading"]

_on_reading: ContextVar[Callable[["Row"], None] | None] = ContextVar("on_reading", default=None)


@contextmanager
def on_reading(change: Callable[["Row"], None]) -> Iterator[None]:
    """Let `change` have every row that is read from the database within the block; nothing is saved."""
    token = _on_reading.set(change)
    try:
        yield
    finally:
        _on_reading.reset(token)


class TenantOwned(models.Model):
    """A record that belongs to one municipality; read outside a scope, its manager raises."""

    municipality = models.ForeignKey(
        "accounts.Municipality", verbose_name="団体", on_delete=models.CASCADE, editable=False
    )
    objects: ClassVar[models.Manager[Any]] = ScopedManager(municipality="municipality")

    class Meta:
        abstract = True


class Row(TenantOwned):
    """One record of an annex or master, with an identity that never changes."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    row_no = models.PositiveIntegerField("No.", default=0, db_index=True, editable=False)
    note = models.TextField("備考", blank=True)
    row_status = models.CharField(
        "状態", max_length=10, choices=RowStatus.choices, default=RowStatus.ACTIVE
    )
    confidentiality = models.CharField(
        "公開区分",
        max_length=10,
        choices=Confidentiality.choices,
        default=Confidentiality.INTERNAL,
    )
    evidence = models.TextField("根拠・出典", blank=True)
    verified_on = models.DateField("最終確認日", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="確認者",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="作成者",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_at = models.DateTimeField("更新日時", auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="更新者",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["row_no", "pk"]

    @classmethod
    def from_db(cls, *given: Any, **options: Any) -> Self:
        """Return a row as it was read, changed by what `on_reading` was given."""
        row = super().from_db(*given, **options)
        if change := _on_reading.get():
            change(row)
        return row
