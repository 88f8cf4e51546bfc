"""What a municipality chose for its public edition apart from chapters, annexes, columns and rows; pure.

The choices are frozen together with the content that is submitted, so that approvers decide on
them too; the rest stands in the document itself (confidentiality of sections, annexes and rows,
`public` of columns and figures).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bcp_portal.annex.kinds import MASK
from plans.document.imprint import EDITION_LINE, EFFECTIVE_LINE, NUMBER_LINE

ROWS_KEY = "public"
"""Where the frozen raw rows keep the choices."""

NOT_PUBLIC = "（非公開）"
COLOPHON_LABELS = ("発行", "担当", "所在地", "電話", "電子メール", "注記")
USUAL_COLOPHON = ("発行", "担当")
_IMPRINT = frozenset({EDITION_LINE, EFFECTIVE_LINE, NUMBER_LINE})


class HiddenHeading(StrEnum):
    """What stands beside the number of a chapter or annex that is not public."""

    MARK = "mark"
    TITLE = "title"
    MASKED = "masked"


HEADING_LABELS = {
    HiddenHeading.MARK: "「（非公開）」とだけ書く",
    HiddenHeading.TITLE: "見出しの言葉を残し、「（非公開）」を添える",
    HiddenHeading.MASKED: f"見出しを伏せ字（{MASK}）にし、「（非公開）」を添える",
}


@dataclass(frozen=True)
class PublicChoices:
    """How hidden headings read, and which lines of colophon and revision table are public."""

    heading: HiddenHeading = HiddenHeading.MARK
    colophon: frozenset[str] = frozenset(USUAL_COLOPHON)
    revision_reasons: bool = False

    def hidden_title(self, title: str) -> str:
        """Return the words of the heading of a part that is not public."""
        if self.heading is HiddenHeading.TITLE:
            return f"{title}{NOT_PUBLIC}"
        return f"{MASK}{NOT_PUBLIC}" if self.heading is HiddenHeading.MASKED else NOT_PUBLIC

    def shows_line(self, label: str) -> bool:
        """Tell whether a line of the colophon is public; what names the edition always is."""
        return label in _IMPRINT or label in self.colophon

    def to_json(self) -> dict[str, Any]:
        """Return what the frozen rows keep."""
        return {
            "heading": self.heading.value,
            "colophon": sorted(self.colophon),
            "revision_reasons": self.revision_reasons,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PublicChoices":
        """Read frozen choices; what is not said, or not known to this release, hides most."""
        heading = data.get("heading", "")
        return cls(
            HiddenHeading(heading) if heading in set(HiddenHeading) else HiddenHeading.MARK,
            frozenset(known_lines(data.get("colophon", USUAL_COLOPHON))),
            data.get("revision_reasons") is True,
        )


def known_lines(labels: Iterable[str]) -> list[str]:
    """Return those of the labels that lines of a colophon have, in printed order."""
    chosen = set(labels)
    return [label for label in COLOPHON_LABELS if label in chosen]


def choices_in(rows: Mapping[str, Any]) -> PublicChoices:
    """Return the choices that frozen raw rows keep."""
    return PublicChoices.from_json(rows.get(ROWS_KEY, {}))
