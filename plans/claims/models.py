"""Statements of two people that a find of the leak check is no secret."""

import uuid

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned


class ClaimState(models.TextChoices):
    PROPOSED = "proposed", "確認待ち"
    CONFIRMED = "confirmed", "確認済み"
    WITHDRAWN = "withdrawn", "取消し"


class PublicClaim(TenantOwned):
    """One 「これは非公開の値ではない」: a hidden value at one place of the public text, and why it is none.

    value_key and place_key are digests of the value and of the place with its text, so that the
    statement no longer counts when either of them changes.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        "状態", max_length=10, choices=ClaimState.choices, default=ClaimState.PROPOSED
    )
    value_key = models.CharField("値", max_length=64)
    place_key = models.CharField("場所", max_length=64)
    source_label = models.CharField("非公開の値のある所", max_length=400)
    place_label = models.CharField("公開版の場所", max_length=400)
    reason = models.TextField("理由")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_by_name = models.CharField("申し出た人", max_length=80)
    claimed_by_person = models.CharField("申し出た職員の識別子", max_length=64, blank=True)
    claimed_at = models.DateTimeField("申し出た日時")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by_name = models.CharField("確認した人", max_length=80, blank=True)
    confirmed_at = models.DateTimeField("確認した日時", null=True)

    class Meta:
        verbose_name = "非公開の値ではないという申出"
        verbose_name_plural = "非公開の値ではないという申出"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "value_key", "place_key"],
                condition=~models.Q(state="withdrawn"),
                name="one_claim_a_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_label}：{self.source_label}"
