"""Makes files that look like Word and are not, or mean harm."""

import io
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise

from docx import Document as open_word

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"


def word(*texts: str) -> bytes:
    """Return a harmless Word file."""
    document = open_word()
    for text in texts:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word_template(*texts: str) -> bytes:
    """Return a harmless .dotx."""
    kinds = b"document.main+xml", b"template.main+xml"
    return changed({CONTENT_TYPES: lambda xml: xml.replace(*kinds)}, source=word(*texts))


def strict() -> bytes:
    """Return what Word saves as 「Strict Open XML」, whose names are others."""
    usual = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    ours = b"http://purl.oclc.org/ooxml/officeDocument/relationships/"
    return changed({"_rels/.rels": lambda xml: xml.replace(usual, ours)})


def changed(
    change: Mapping[str, Callable[[bytes], bytes]],
    more: Mapping[str, bytes] | None = None,
    source: bytes = b"",
) -> bytes:
    """Return a Word file whose parts are changed, with more parts beside them."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source or word("文"))) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in given.namelist():
            content = given.read(name)
            package.writestr(name, change.get(name, lambda same: same)(content))
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return target.getvalue()


def with_entities() -> bytes:
    """Return a file that would expand a small text to gigabytes."""
    names = "abcdefghi"
    lines = [b'<!ENTITY a "aaaaaaaaaa">']
    for last, name in pairwise(names):
        lines.append(f'<!ENTITY {name} "{f"&{last};" * 10}">'.encode())
    head = b"<!DOCTYPE w:document [" + b"".join(lines) + b"]>"
    return changed(
        {MAIN: lambda xml: xml.replace(b"?>", b"?>" + head, 1).replace("文".encode(), b"&i;")}
    )


def bomb(megabytes: int) -> bytes:
    """Return a small file that unpacks to so many megabytes of blanks in its main story."""
    return changed({MAIN: lambda xml: xml + b" " * (megabytes * 1024 * 1024)})


def with_macros() -> bytes:
    """Return a .docm under another name."""
    old, new = b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    return changed(
        {
            CONTENT_TYPES: lambda xml: xml.replace(
                b"vnd.openxmlformats-officedocument." + old, b"vnd." + new
            )
        },
        {"word/vbaProject.bin": b"\xd0\xcf"},
    )


def locked() -> bytes:
    """Return the beginning of a file that Word has encrypted."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    )


def old_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def workbook() -> bytes:
    """Return an Excel file."""
    from openpyxl import Workbook

    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


HOSTILE = {
    "マクロを含む": with_macros,
    "安全に読み取れない": with_entities,
    "パスワード": locked,
    "古い形式": old_word,
    "Excelのファイル": workbook,
    "Strict Open XML": strict,
    "大きくなりすぎる": lambda: bomb(70),
    "読み取れません": lambda: b"PK\x03\x04 broken",
    "読み取れません。": lambda: "ただの文章です。".encode(),
}
