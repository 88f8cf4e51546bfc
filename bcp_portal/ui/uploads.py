"""Takes in files under the names people gave them, or refuses the name at its field."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import ImmutableList, MultiValueDict

from bcp_portal.ui.bare_pictures import PictureTooLargeError, bare_upload
from bcp_portal.ui.counted_letters import ended, letter_count, letters

MOST_LETTERS = 255
"""What Windows and macOS can store; a longer name comes from no file system."""
_JAMO = re.compile("[\u1100-\u11ff]+")
_SHOWN_LETTERS = 40


def composed(name: str) -> str:
    """Return a name with letters and their marks in one, as macOS takes them apart (カ゛ to ガ).

    Only separate marks are joined: normalising the rest would replace one form of a kanji by another (U+FA19 by U+795E).
    """
    joined = "".join(
        unicodedata.normalize("NFC", each) if len(each) > 1 else each for each in letters(name)
    )
    return _JAMO.sub(lambda found: unicodedata.normalize("NFC", found.group()), joined)


def name_refused(name: str) -> str:
    """Return the sentence that refuses the name of a file, or ''."""
    count = letter_count(name)
    if count <= MOST_LETTERS:
        return ""
    return (
        f"ファイルの名前「{ended(name, _SHOWN_LETTERS)}」は{count}文字です。"
        f"{MOST_LETTERS}文字以内の名前に変えてから選んでください。"
    )


class UploadField(forms.FileField):
    """A file that somebody hands in; its name is kept whole, or refused.

    A picture is taken without the place, the camera and the notes that stand beside its dots.
    """

    def clean(self, data: Any, initial: Any = None) -> Any:
        value = super().clean(data, initial)
        if not isinstance(value, UploadedFile):
            return value
        if refused := name_refused(value.name or ""):
            raise ValidationError(refused)
        try:
            return bare_upload(value)
        except PictureTooLargeError:
            raise ValidationError(_too_large(value.name or "")) from None


def _too_large(name: str) -> str:
    return (
        f"「{ended(name, _SHOWN_LETTERS)}」は画素が多すぎるため、撮影の情報を取り除けません。"
        "長い辺が8,000画素程度になるよう縮小してから選んでください。"
    )


class NamedUploadParser(MultiPartParser):
    """Reads a form with files, and leaves in their names what Django would take out of them.

    Django drops 全角 spaces, reads 「&amp;」 as 「&」 and cuts after 255 signs.
    """

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return the name without folders and unprintable signs, or None for no name at all."""
        last = re.split(r"[/\\]", file_name)[-1]
        name = composed(
            "".join(c for c in last if c.isprintable() or unicodedata.category(c) == "Zs")
        )
        if name in {"", ".", ".."}:
            return None
        self.whole_names = {**getattr(self, "whole_names", {}), _as_cut(name): name}
        return name

    IE_sanitize = sanitize_file_name

    def parse(self) -> "tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]":
        """Return fields and files, the files under their whole names."""
        fields, files = super().parse()
        whole = getattr(self, "whole_names", {})
        for _, sent in files.lists():
            for file in sent:
                file._name = whole.get(file.name, file.name)
        return fields, files


class UploadNameMiddleware:
    """Lets every form of the program read its files by `NamedUploadParser`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def parse_file_upload(meta: Any, posted: Any) -> Any:
            request.upload_handlers = ImmutableList(
                request.upload_handlers, warning="The upload has been read already."
            )
            return NamedUploadParser(
                meta, posted, request.upload_handlers, request.encoding
            ).parse()

        request.parse_file_upload = parse_file_upload  # type: ignore[assignment, method-assign]
        return self.get_response(request)


def _as_cut(name: str) -> str | None:
    """Return the name as Django's class for uploaded files would keep it."""
    return UploadedFile(None, name).name
