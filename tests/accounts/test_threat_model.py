"""Every line of the threat model names a test that exists."""

import re

from django.conf import settings

NAMED_TEST = re.compile(r"`([a-z_/]+\.py)(?:::(\w+))?`")


def test_the_tests_of_the_threat_model_exist() -> None:
    text = (settings.BASE_DIR / "docs" / "threat_model.md").read_text(encoding="utf-8")
    named = NAMED_TEST.findall(text)
    assert len(named) > 30
    for path, name in named:
        source = (settings.BASE_DIR / "tests" / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in source, f"{path} has no {name}."
    rows = [line for line in text.splitlines() if line.startswith("| ") and "Threat" not in line]
    assert all("`" in row or "same test" in row for row in rows)
