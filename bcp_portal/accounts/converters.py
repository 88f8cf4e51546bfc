"""Recognises a municipality's code at the start of every tenant URL."""


class MunicipalityCodeConverter:
    """Six digits of the 全国地方公共団体コード."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
