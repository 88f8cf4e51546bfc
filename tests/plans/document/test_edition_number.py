"""Editions are counted as 柏崎市 14 tells kinds apart and the municipality's rule says."""

import pytest

from plans.document.edition_number import EditionNumber, NumberingRule, NumberStep, next_number

SUBS = NumberingRule()
PARTS = NumberingRule(minor=NumberStep.PART, supplement=NumberStep.PART)
EDITIONS = NumberingRule(minor=NumberStep.EDITION, supplement=NumberStep.EDITION)


@pytest.mark.parametrize("kind", ["enactment", "major", "minor", "contacts"])
def test_the_first_edition_is_the_first_whatever_its_kind(kind: str) -> None:
    assert next_number(None, kind, PARTS) == EditionNumber(1)
    assert EditionNumber(1).label == "初版"


@pytest.mark.parametrize(
    ("previous", "kind", "rule", "label"),
    [
        (EditionNumber(1), "major", SUBS, "第2版"),
        (EditionNumber(2, 3), "enactment", PARTS, "第3版"),
        (EditionNumber(2, 3, 1), "major", SUBS, "第3版"),
        (EditionNumber(2), "minor", SUBS, "第2.1版"),
        (EditionNumber(2, 9), "minor", SUBS, "第2.10版"),
        (EditionNumber(1), "minor", SUBS, "第1.1版"),
        (EditionNumber(2), "minor", PARTS, "第2版・一部改定1"),
        (EditionNumber(1), "contacts", PARTS, "初版・一部改定1"),
        (EditionNumber(2, 1, 1), "annex", PARTS, "第2.1版・一部改定2"),
        (EditionNumber(2, 0, 4), "minor", SUBS, "第2.1版"),
        (EditionNumber(2), "manual", SUBS, "第2.1版"),
        (EditionNumber(2), "drill", EDITIONS, "第3版"),
        (
            EditionNumber(2),
            "contacts",
            NumberingRule(supplement=NumberStep.PART),
            "第2版・一部改定1",
        ),
        (EditionNumber(2), "minor", NumberingRule(supplement=NumberStep.PART), "第2.1版"),
    ],
)
def test_the_next_number_follows_kind_and_rule(
    previous: EditionNumber, kind: str, rule: NumberingRule, label: str
) -> None:
    assert next_number(previous, kind, rule).label == label


def test_every_next_number_is_above_the_one_before() -> None:
    for rule in (SUBS, PARTS, EDITIONS):
        number = EditionNumber(1)
        for kind in ["minor", "contacts", "major", "annex", "minor", "drill", "major"]:
            following = next_number(number, kind, rule)
            assert following > number
            number = following
