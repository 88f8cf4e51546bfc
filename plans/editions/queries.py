"""Finds editions: all of them, the one in force, and what each of them is today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone

from plans.document.edition_number import EditionNumber
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import EditionSetting

# What a list or a page without the text of an edition never reads: megabytes each.
HEAVY = ("document", "public_document", "rows")


class Standing(StrEnum):
    """What an edition is on a day."""

    AWAITED = "施行待ち"
    IN_FORCE = "施行中"
    FORMER = "旧版"

    @property
    def kind_of_badge(self) -> str:
        """Return in which colour pages show it."""
        return {Standing.AWAITED: "warning", Standing.IN_FORCE: "success"}.get(self, "neutral")

    @property
    def is_former(self) -> bool:
        return self is Standing.FORMER


@dataclass(frozen=True)
class StandingEdition:
    """An edition and what it is today."""

    edition: Edition
    standing: Standing

    @property
    def issued_on(self) -> date:
        """Return the day of the issue where the municipality is."""
        return timezone.localdate(self.edition.issued_at)


def latest_edition() -> Edition | None:
    """Return the edition issued last in the municipality in scope, in effect or not."""
    latest: Edition | None = Edition.objects.order_by("-sequence").first()
    return latest


def latest_without_text() -> Edition | None:
    """Return the same without what takes long to read."""
    latest: Edition | None = Edition.objects.defer(*HEAVY).order_by("-sequence").first()
    return latest


def latest_sha256() -> str:
    """Return the digest of the content of the edition issued last, without reading it; "" for none."""
    digests = Edition.objects.order_by("-sequence").values_list("content_sha256", flat=True)
    return digests.first() or ""


def latest_rows() -> dict[str, Any]:
    """Return the rows of the edition issued last, without its documents; {} for none."""
    rows = Edition.objects.order_by("-sequence").values_list("rows", flat=True).first()
    return dict(rows or {})


def last_earlier_edition() -> EarlierEdition | None:
    """Return the last edition the plan of the municipality in scope had before this program."""
    last: EarlierEdition | None = EarlierEdition.objects.order_by(
        "number_major", "number_minor"
    ).last()
    return last


def last_number(latest: Edition | None) -> EditionNumber | None:
    """Return the number that the next edition follows; `latest` is the edition issued last."""
    if latest:
        return latest.number
    earlier = last_earlier_edition()
    return earlier.number if earlier else None


def edition_in_force(day: date | None = None) -> Edition | None:
    """Return the latest edition that has come into effect by the day (today), without its text."""
    effective = Edition.objects.filter(effective_on__lte=day or timezone.localdate())
    found: Edition | None = effective.defer(*HEAVY).order_by("-sequence").first()
    return found


def editions_today() -> list[StandingEdition]:
    """Return all editions of the municipality in scope, the latest first, in one query."""
    return standings(list(Edition.objects.defer(*HEAVY)), timezone.localdate())


def standings(editions: Sequence[Edition], today: date) -> list[StandingEdition]:
    """Say of each edition what it is; they come latest first."""
    result = []
    found = False
    for edition in editions:
        if not edition.is_effective(today):
            standing = Standing.AWAITED
        else:
            standing = Standing.FORMER if found else Standing.IN_FORCE
            found = True
        result.append(StandingEdition(edition, standing))
    return result


def edition_of(editions: Sequence[StandingEdition], standing: Standing) -> Edition | None:
    """Return the latest edition that is this today, or None."""
    return next((each.edition for each in editions if each.standing is standing), None)


def standing_of(edition: Edition) -> Standing:
    """Say what one edition is today."""
    today = timezone.localdate()
    if not edition.is_effective(today):
        return Standing.AWAITED
    in_force = edition_in_force(today)
    return Standing.IN_FORCE if in_force and in_force.pk == edition.pk else Standing.FORMER


def edition_setting() -> EditionSetting:
    """Return how the municipality in scope counts its editions; an unsaved row when it never said."""
    stored: EditionSetting | None = EditionSetting.objects.first()
    return stored or EditionSetting()
