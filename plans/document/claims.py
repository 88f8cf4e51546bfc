"""What two people said of places where a hidden value seems to stand: 「これは非公開の値ではない」; pure.

Frozen rows keep the statements, so that they are submitted, decided on and hashed with the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

CLAIMS_KEY = "not_secret"
"""Where the frozen raw rows keep the statements; editions frozen before there were any lack it."""


@dataclass(frozen=True)
class FrozenClaim:
    """One statement that two people made: this value, at this place with this text, is no secret.

    `value` and `place` are keys of `HiddenValue` and `PrintedText`; the labels say both in Japanese.
    """

    value: str
    place: str
    source_label: str
    place_label: str
    reason: str
    claimed_by: str
    confirmed_by: str
    confirmed_on: str

    def __str__(self) -> str:
        return (
            f"{self.place_label}（{self.source_label}）：{self.reason}"
            f"（申出 {self.claimed_by}、確認 {self.confirmed_by}）"
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FrozenClaim":
        """Read a frozen statement; what a later release added is left out."""
        return cls(**{name: str(data.get(name, "")) for name in cls.__dataclass_fields__})

    def to_json(self) -> dict[str, str]:
        """Return what the frozen rows keep."""
        return asdict(self)


def claims_in(rows: Mapping[str, Any]) -> list[FrozenClaim]:
    """Return the statements that frozen raw rows keep."""
    return [FrozenClaim.from_json(each) for each in rows.get(CLAIMS_KEY, ())]


def check_said(released_count: int) -> str:
    """Return what the leak check found where nothing refuses, as a Japanese sentence without its 。."""
    if not released_count:
        return "見つかったものはありません"
    return (
        f"{released_count}件見つかり、どれも2人が「非公開の値ではない」としました。"
        "公開版にそのまま載ります"
    )


def knows_claims(rows: Mapping[str, Any]) -> bool:
    """Tell whether rows were frozen since there are such statements."""
    return CLAIMS_KEY in rows


def united(newer: Iterable[Any], older: Iterable[Any]) -> list[Any]:
    """Return the statements of two contents that are put together, each once."""
    kept = {(each["value"], each["place"]): each for each in (*older, *newer)}
    return list(kept.values())
