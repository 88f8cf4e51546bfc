"""Reads what a person posted: a Word file, or a place for each of its pieces."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from bcp_portal.ui.sent_json import read_json
from bcp_portal.ui.uploads import UploadField
from plans.word.inward.piece_placement import PiecePlacement
from plans.word.inward.suggestions import Action, Suggestion


class WordFileForm(forms.Form):
    """One Word file."""

    file = UploadField(
        label="Wordファイル（.docx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "取り込むWordファイルを選んでください。",
            "empty": "選んだファイルには何も書かれていません。",
        },
        help_text="30MBまで。読み取るだけで、まだ計画には入りません。"
        "マクロを含むもの（.docm）、パスワードのあるもの、古い形式（.doc）は読み取れません。",
    )


def posted_placements(data: Mapping[str, Any], count: int) -> list[PiecePlacement]:
    """Return what was decided for each piece; one that nothing was said of is left out."""
    return [
        PiecePlacement(
            _action(data.get(f"action-{number}", "")), str(data.get(f"target-{number}", ""))
        )
        for number in range(count)
    ]


def proposed_placements(suggestions: Sequence[Suggestion]) -> list[PiecePlacement]:
    """Return the proposals as if a person had taken them all."""
    return [PiecePlacement(each.action, each.target) for each in suggestions]


def posted_versions(data: Mapping[str, Any]) -> dict[str, int]:
    """Return the versions of the chapters that the person saw; what was tampered with is dropped."""
    try:
        said = read_json(str(data.get("versions", "")))
    except ValueError:
        return {}
    if not isinstance(said, dict):
        return {}
    return {uid: version for uid, version in said.items() if isinstance(version, int)}


def _action(text: str) -> Action:
    return Action(text) if text in set(Action) else Action.OMIT
