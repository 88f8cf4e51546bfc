"""In print, front matter comes before the contents and an appendix behind the chapters."""

import pytest

from bcp_portal.accounts.models import Municipality
from plans.outlines import OUTLINES
from plans.printing.plan_parts import plan_parts
from tests.plans.outlines.printed import new_plan


def load_image(sha256: str) -> bytes:
    raise LookupError(sha256)


@pytest.mark.parametrize(
    ("profile", "front", "first", "last"),
    [
        ("ksw", ["表紙", "改定"], "1", "15"),
        ("kts", ["表紙", "改定", "前付1"], "1", "7"),
        ("nisc", ["表紙", "改定", "前付1"], "1", "別表2"),
        ("msn", ["表紙", "改定"], "1", "8"),
        ("simple", ["表紙", "改定"], "1", "5"),
    ],
)
def test_parts_and_contents_stand_in_printed_order(
    in_scope: Municipality, profile: str, front: list[str], first: str, last: str
) -> None:
    document = new_plan(in_scope, OUTLINES[profile])
    parts = plan_parts(document, load_image)
    chapters = [part.label for part in parts.body[: len(document.chapters)]]
    assert [part.label for part in parts.front] == front
    assert (chapters[0], chapters[-1]) == (first, last)
    listed = [entry.anchor for entry in parts.entries]
    printed = [part.anchor for part in (*parts.front[1:], *parts.body)]
    assert [anchor for anchor in listed if anchor in printed] == printed
