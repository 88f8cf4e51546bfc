"""Says whether one value of a raw row can be stored in its field, on every database engine."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.utils import validate_file_name
from django.db import models

from bcp_portal.archive.manifest import SHA256
from bcp_portal.ui.counted_letters import letter_count

_NO_TEXT = "文字として保存できない値があります"


def fault_of(field: Any, value: Any) -> str:
    """Return what is wrong with the value (Japanese, no full stop), '' when it can be stored."""
    if field.many_to_many:
        texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return "" if texts else "識別子の並びではありません"
    if value is None:
        return "" if field.null or isinstance(field, models.FileField) else "空にできません"
    if isinstance(field, models.FileField):
        return _file_fault(field, value)
    if isinstance(field, models.ForeignKey):
        return "" if isinstance(value, str) else "識別子ではありません"
    return _plain_fault(field, value)


def text_fault(line: str, raw: Any) -> str:
    """Return what is wrong with the characters of a row: NUL and halves of characters."""
    suspicious = "\\u0000" in line or "\\ud" in line.lower()
    if suspicious and not _is_storable(json.dumps(raw, ensure_ascii=False)):
        return _NO_TEXT
    return ""


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    # json.dumps escapes NUL; an escaped backslash before it would be text that only looks so.
    return "\\u0000" not in text.replace("\\\\", "")


def _file_fault(field: Any, value: Any) -> str:
    if not isinstance(value, Mapping) or value.keys() != {"name", "sha256"}:
        return "ファイルの名前とSHA-256の組ではありません"
    name, sha256 = value["name"], value["sha256"]
    if not isinstance(name, str) or not isinstance(sha256, str):
        return "ファイルの名前とSHA-256の組ではありません"
    if sha256 and not SHA256.fullmatch(sha256):
        return "SHA-256の形ではありません"
    try:
        validate_file_name(name, allow_relative_path=True)
    except SuspiciousFileOperation:
        return "使えないファイルの名前です"
    return "ファイルの名前が長すぎます" if len(name) > field.max_length else ""


def _plain_fault(field: Any, value: Any) -> str:
    try:
        read = field.to_python(value)
    except (ValidationError, TypeError, ValueError, OverflowError):
        return "この項目に入れられない値です"
    if isinstance(field, models.JSONField):
        return ""
    if isinstance(field, models.CharField | models.TextField):
        if not isinstance(value, str):
            return "文字ではありません"
        if field.max_length and letter_count(value) > field.max_length:
            return f"{field.max_length}文字を超えています"
    if isinstance(field, models.BooleanField) and not isinstance(value, bool):
        return "真偽の値ではありません"
    if isinstance(field, models.IntegerField):
        return _number_fault(field, value)
    return "" if read is not None else "この項目に入れられない値です"


def _number_fault(field: Any, value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "整数ではありません"
    # SQLite would take what PostgreSQL refuses: both are asked as PostgreSQL would answer.
    kind = field.get_internal_type()
    bits = 15 if "Small" in kind else 63 if "Big" in kind else 31
    low = 0 if "Positive" in kind else -(2**bits)
    return "" if low <= value < 2**bits else "大きすぎるか小さすぎる数です"
