"""Choice lists as data: the default codes and labels, which a municipality may rename, hide or extend."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceList:
    """Codes with their Japanese labels, in printed order."""

    code: str
    options: tuple[tuple[str, str], ...]

    def label(self, value: str) -> str:
        """Return the label of a code, or the code itself when the list no longer knows it."""
        return dict(self.options).get(value, value)


TRI = ChoiceList("tri", (("yes", "有"), ("no", "無"), ("unknown", "不明")))
MONTHS = ChoiceList(
    "months", tuple((str(month), f"{month}月") for month in (*range(4, 13), 1, 2, 3))
)
