"""What stops a print, as sentences that name the place in the plan."""

from bcp_portal.ui.errors import DomainError
from plans.printing.glyphs import UnprintableError


class UnprintableTextError(DomainError):
    """A character of the plan that no font of the server can print."""

    def __init__(self, place: str, error: UnprintableError) -> None:
        super().__init__(
            f"{place}にある文字{error}は、印刷できる字形がありません。"
            "標準の文字に置き換えてから、やり直してください。"
        )


class ImageMissingError(DomainError):
    """A picture that the text names and the store does not have."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place}にある図のファイルが見つかりません。図を登録し直してください。")


class PartFailedError(DomainError):
    """A part that could not be laid out; the log of the worker has the reason."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"「{name}」を印刷用に組めませんでした。もう一度印刷し、続く場合は"
            "システムの担当者に時刻とこの名前を知らせてください。",
            status=500,
        )
