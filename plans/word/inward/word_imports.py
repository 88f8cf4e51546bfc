"""Takes Word files from people: reads them apart, keeps their pictures, and waits for places."""

import base64
import hashlib
import io
import re
from collections.abc import Sequence

from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import GETA, PrivateUseError, substituted
from plans.chapters.image_services import ImageRefused, add_image
from plans.text.cleaning import CleaningError, clean_body
from plans.word.inward.findings import BEFORE_HEADINGS, Findings
from plans.word.inward.reading import read_word
from plans.word.models.word_import import WordImport

# Two fields a piece: a browser may post a thousand.
MOST_PIECES = 450
_PICTURE = re.compile(r'src="word:(\d+)"')


def bring(*, municipality: Municipality, actor: User, name: str, content: bytes) -> WordImport:
    """Read a file and keep what it says until it is placed; DomainError for what is refused.

    Nothing of the plan is changed. Must run inside the municipality's scope.
    """
    found = read_word(content)
    if len(found.pieces) > MOST_PIECES:
        raise DomainError(
            f"見出しが{len(found.pieces)}件あります。{MOST_PIECES}件までになるよう、"
            "ファイルを章ごとに分けてください。"
        )
    return _keep(municipality, actor, name, content, found)


@transaction.atomic
def _keep(
    municipality: Municipality, actor: User, name: str, content: bytes, found: Findings
) -> WordImport:
    notes = list(found.notes)
    sources = _kept_pictures(municipality, actor, found.pictures, notes)
    pieces = [
        {
            "title": _storable(piece.title, piece.title, notes) or BEFORE_HEADINGS,
            "level": piece.level,
            "number": piece.number,
            "html": _body(piece.html, piece.title or BEFORE_HEADINGS, sources, notes),
        }
        for piece in found.pieces
    ]
    brought: WordImport = WordImport.objects.create(
        municipality=municipality,
        brought_by=actor,
        file_name=_shown_name(name),
        sha256=hashlib.sha256(content).hexdigest(),
        pieces=pieces,
        notes=notes,
    )
    record(
        municipality=municipality,
        actor=actor,
        action="Wordファイルの読み取り",
        target=brought,
        note=f"{brought.file_name}（章・節{len(pieces)}件、読み取れないもの{len(notes)}件）",
    )
    return brought


@transaction.atomic
def discard(*, brought: WordImport, actor: User) -> None:
    """Forget a file that was read; what was placed already stays."""
    record(
        municipality=brought.municipality,
        actor=actor,
        action="Wordの取り込みの取りやめ",
        target=brought,
        note=brought.file_name,
    )
    brought.delete()


def _kept_pictures(
    municipality: Municipality, actor: User, pictures: Sequence[str], notes: list[str]
) -> list[str]:
    """Return the source of each picture, "" for one that is refused."""
    sources = []
    for number, encoded in enumerate(pictures, start=1):
        content = base64.b64decode(encoded)
        try:
            image = add_image(
                municipality=municipality,
                actor=actor,
                name=f"Wordの{number}番目の画像",
                file=io.BytesIO(content),
                size=len(content),
            )
            sources.append(f"image:{image.sha256}")
        except ImageRefused as refused:
            notes.append(refused.message)
            sources.append("")
    return sources


def _body(html: str, title: str, sources: Sequence[str], notes: list[str]) -> str:
    """Return a body as chapters keep it."""

    def source(found: re.Match[str]) -> str:
        number = int(found[1])
        return f'src="{sources[number] if number < len(sources) else ""}"'

    named = _PICTURE.sub(source, _storable(html, title, notes))
    try:
        return clean_body(named) if named else ""
    except CleaningError as error:
        raise DomainError(f"「{title}」を取り込めません。{error}") from None


def _storable(text: str, title: str, notes: list[str]) -> str:
    """Put 〓 for what cannot be kept (外字 and what no font prints), and say so."""
    kept, refused = substituted(text, GETA)
    for error in refused:
        what = "外字" if isinstance(error, PrivateUseError) else "印刷できる字形がない文字"
        notes.append(
            f"「{title}」：「{error.character}」（{error.code}）は{what}のため「{GETA}」に置き換えました"
        )
    return kept


def _shown_name(name: str) -> str:
    text, _refused = substituted(name, GETA)
    return text or "文書.docx"
