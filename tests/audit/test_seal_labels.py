"""A fault of a sealed record names its fields in Japanese."""

import pytest

from bcp_portal.audit.seals import SealedKind, field_label, seal_registry, sealed_fields

KINDS = list(seal_registry.kinds())


@pytest.mark.parametrize("kind", KINDS, ids=[kind.code for kind in KINDS])
def test_every_sealed_field_has_a_japanese_name(kind: SealedKind) -> None:
    labels = {field.name: field_label(kind, field.name) for field in sealed_fields(kind)}
    assert [name for name, label in labels.items() if label.isascii()] == []
