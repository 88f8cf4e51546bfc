"""Reads what the municipality in scope chose for its public edition."""

from plans.chapters.models.public_setting import PublicSetting


def public_setting() -> PublicSetting:
    """Return the choices; an unsaved row with as little as possible when none were made."""
    stored: PublicSetting | None = PublicSetting.objects.first()
    return stored or PublicSetting()
