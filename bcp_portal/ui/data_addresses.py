"""Writes pictures as addresses that hold them, so that a page asks for no other file; pure."""

from base64 import b64encode

_SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "image/svg+xml"),
)


def data_address(content: bytes, mime: str) -> str:
    """Return an address that holds a file of this kind."""
    return f"data:{mime};base64,{b64encode(content).decode()}"


def drawing_address(svg: str) -> str:
    """Return an address that holds a drawing."""
    return data_address(svg.encode(), "image/svg+xml")


def picture_address(content: bytes) -> str:
    """Return an address that holds a picture; LookupError for what is none."""
    mime = next((m for sign, m in _SIGNATURES if content.startswith(sign)), "")
    if not mime:
        raise LookupError("no picture")
    return data_address(content, mime)
