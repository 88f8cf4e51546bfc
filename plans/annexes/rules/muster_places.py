"""Compares the first and the second place of muster of a role (様式8) or of a group (B-5)."""

from collections.abc import Iterator
from typing import Any

from bcp_portal.annex.spec import Problem
from bcp_portal.ui.text import match_key


def same_place_twice(row: Any) -> Iterator[Problem]:
    """Refuse a second place that is the very room of the first.

    Another room of the same building is weak but may be all there is, so it is not refused.
    """
    if row.place1_id is None or row.place1_id != row.place2_id:
        return
    if match_key(row.place1_room) == match_key(row.place2_room):
        place = f"{row.place1} {row.place1_room}".strip()
        yield Problem(
            "place2",
            f"参集場所の第2順位が第1順位と同じ場所（{place}）です。"
            "別の建物を選んでください。ほかに建物がないときは、別の部屋を入力してください。",
        )
