"""Tells whether an uploaded file is a Word file that can be opened without harm; pure."""

import io
import zipfile
from dataclasses import dataclass

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = b"wordprocessingml.document.main+xml"
_TEMPLATE = b"wordprocessingml.template.main+xml"
_TYPES = "[Content_Types].xml"
# What the relations of a file in the strict form of the format begin with.
_STRICT = b"http://purl.oclc.org/ooxml/"
_OTHER_KINDS = (
    (b"wordprocessingml.template", "Wordのテンプレート（.dotx、.dotm）です。"),
    (b"spreadsheetml", "Excelのファイルです。"),
    (b"presentationml", "PowerPointのファイルです。"),
)
_FORBIDDEN = tuple(word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be"))  # fmt: skip
_XML_ENDINGS = (".xml", ".rels")
_SAVE_AS = "Wordで開き、「Word文書（.docx）」で保存し直してください。"
_CHUNK = 1024 * 1024


class WordFileError(ValueError):
    """The file is no Word file, is protected, or could do harm; a Japanese sentence says which."""


@dataclass(frozen=True)
class Limits:
    """What a file may cost, in bytes: packed, unpacked, and of that in XML."""

    packed: int
    unpacked: int
    xml: int
    parts: int = 5_000


TEMPLATE_LIMITS = Limits(10 * 1024 * 1024, 60 * 1024 * 1024, 20 * 1024 * 1024)
IMPORT_LIMITS = Limits(30 * 1024 * 1024, 200 * 1024 * 1024, 60 * 1024 * 1024)


def check_package(content: bytes, limits: Limits, *, template: bool = False) -> None:
    """Raise WordFileError unless the bytes are a .docx within the limits; or .dotx, for a template.

    Nothing is trusted that the file says about its own size: it is unpacked to be counted.
    """
    if len(content) > limits.packed:
        raise WordFileError(f"ファイルが大きすぎます（{limits.packed // 1024 // 1024}MBまで）。")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise WordFileError(
                "ファイルにパスワードが設定されています。"
                "Wordで開いてパスワードを解除し、保存し直してください。"
            )
        raise WordFileError(f"古い形式のWordファイル（.doc）です。{_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package, limits, (_MAIN, _TEMPLATE) if template else (_MAIN,))
    except WordFileError:
        raise
    except Exception as error:  # a broken archive fails in ways nobody lists
        raise WordFileError(f"Wordのファイル（.docx）として読み取れません。{_SAVE_AS}") from error


def as_document(content: bytes) -> bytes:
    """Return a .dotx that was checked as the .docx it becomes when somebody begins to write in it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        if _TEMPLATE not in package.read(_TYPES):
            return content
        for part in package.infolist():
            said = package.read(part)
            changed = said.replace(_TEMPLATE, _MAIN) if part.filename == _TYPES else said
            written.writestr(part, changed)
    return target.getvalue()


def _check_parts(package: zipfile.ZipFile, limits: Limits, kinds: tuple[bytes, ...]) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > limits.parts or len(names) != len(parts):
        raise WordFileError(f"ファイルの中身が多すぎるか、壊れています。{_SAVE_AS}")
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise WordFileError(_too_large())
    _check_kind(_read(package, _TYPES, limits.xml), names, kinds)
    if _STRICT in _read(package, "_rels/.rels", limits.xml):
        raise WordFileError(f"「Strict Open XML」の形式のWordファイルです。{_SAVE_AS}")
    unpacked = xml = 0
    for part in parts:
        is_xml = part.filename.lower().endswith(_XML_ENDINGS)
        unread = b""
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                xml += len(chunk) if is_xml else 0
                if unpacked > limits.unpacked or xml > limits.xml:
                    raise WordFileError(_too_large())
                # A word may lie across two chunks.
                if is_xml and any(word in unread + chunk for word in _FORBIDDEN):
                    raise WordFileError(
                        f"ファイルの中に、安全に読み取れない記述があります。{_SAVE_AS}"
                    )
                unread = chunk[-32:]


def _check_kind(types: bytes, names: set[str], kinds: tuple[bytes, ...]) -> None:
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise WordFileError(f"マクロを含むWordファイル（.docm）は受け取れません。{_SAVE_AS}")
    if not any(kind in types for kind in kinds):
        said = next(
            (text for mark, text in _OTHER_KINDS if mark in types), "Wordのファイルではありません。"
        )
        raise WordFileError(f"{said}{_SAVE_AS}")


def _read(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as stream:
        return stream.read(min(most, _CHUNK))


def _too_large() -> str:
    return (
        "ファイルを開くと大きくなりすぎるため、読み取りを中止しました。"
        "写真を小さくするか、章ごとに分けて保存し直してください。"
    )
