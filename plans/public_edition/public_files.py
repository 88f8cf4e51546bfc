"""Makes the public files of an edition, and hands out none that does not pass the leak check."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import cached_property

from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.document.claims import FrozenClaim, claims_in, knows_claims
from plans.document.document import Document
from plans.document.public_pictures import LoadImage, bare, digests_of
from plans.public_edition.excel_reader import read_excel
from plans.public_edition.file_texts import FileReading
from plans.public_edition.finder import Finder
from plans.public_edition.finds import Find, finds_in, refusing
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.hidden_values import HiddenValue, Weight
from plans.public_edition.html_reader import read_html
from plans.public_edition.leak_check import Leak, find_leaks
from plans.public_edition.newly_hidden import HiddenNow, hidden_since, places_hidden_since
from plans.public_edition.page import public_page, style
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.public_places import MeantPublic
from plans.public_edition.public_texts import PublicTexts
from plans.public_edition.workbook import public_workbook

SUMMARY = "概要版"
_MOST_SAID = 5
_MOST_PLACES = 3
_REFUSED = "公開版に公開しないものが含まれるため、作成を取りやめました。"
_HOW = (
    "公開する章の文や様式を直すか、「公開版の設定」で公開する範囲を見直してから、やり直してください。"
    "個人の値でなければ、「漏れがないか調べる」の画面で、非公開の値ではないと申し出ることもできます。"
)
_LOST = "公開版の本文の図が失われています。図を入れ直してください。"


class LeakError(DomainError):
    """A public file says something it may not; the message names the first places."""

    def __init__(self, sentences: Iterable[str], way_on: str = _HOW) -> None:
        self.sentences = list(sentences)
        said = "".join(self.sentences[:_MOST_SAID])
        more = len(self.sentences) - _MOST_SAID
        rest = f"ほかに{more}か所あります。" if more > 0 else ""
        super().__init__(f"{_REFUSED}{said}{rest}{way_on}")


@dataclass(frozen=True)
class PublicMaker:
    """Makes files of one public document; `internal` and `rows` say what may not be in them.

    `now` is the working copy of this moment: what was registered or hidden since the content was
    frozen may not be in it either. `summary` is the 概要版 for everybody that can be printed with
    it, read for the same values. `elsewhere` is a public document of the same plan: what somebody
    decided to show there is no secret here.
    """

    document: Document
    internal: Document
    rows: Mapping[str, Any]
    load_image: LoadImage
    date_style: DateStyle
    now: HiddenNow | None = None
    summary: Document | None = None
    elsewhere: Document | None = None

    @cached_property
    def finds(self) -> list[Find]:
        """Return every hidden value that the public document or the 概要版 says, whatever it weighs."""
        return [*self._own_finds, *self._summary_finds]

    @cached_property
    def _own_finds(self) -> list[Find]:
        return finds_in(self.document, self._finder, self._hidden)

    @cached_property
    def _summary_finds(self) -> list[Find]:
        """Return the finds of the 概要版 that no decision made public and the edition does not have."""
        known = {(find.value, find.place.fact) for find in self._own_finds}
        return [
            replace(find, place=replace(find.place, place=f"{SUMMARY}の{find.place.place}"))
            for find in self._said_by_summary
            if not _is_decided(find.value, self._meant_by_summary)
            and (find.value, find.place.fact) not in known
        ]

    @cached_property
    def _said_by_summary(self) -> list[Find]:
        return finds_in(self.summary, self._finder, self._hidden) if self.summary else []

    @cached_property
    def _meant_by_summary(self) -> MeantPublic:
        return MeantPublic(self.summary or self.document)

    @cached_property
    def refusing_finds(self) -> list[Find]:
        """Return the finds for which no edition is made.

        What was frozen before two people could release a find was approved by the rules of its
        day: there, only personal values refuse.
        """
        if not knows_claims(self.rows):
            return [find for find in self.finds if find.value.weight is Weight.PERSONAL]
        return refusing(self.finds, {(claim.value, claim.place) for claim in self._claims})

    @cached_property
    def released(self) -> list[FrozenClaim]:
        """Return the statements of two people by which finds of this very document do not refuse."""
        claims = self._claims
        refused = {find.key for find in self.refusing_finds}
        found = {find.key for find in self.finds} - refused if claims else set()
        return [claim for claim in claims if (claim.value, claim.place) in found]

    def page(self) -> str:
        """Return the checked HTML file; LeakError names what it may not say."""
        page = self._page()
        self._check(self._read_page(page))
        return page

    def workbook(self) -> bytes:
        """Return the checked Excel file; LeakError names what it may not say."""
        content = public_workbook(self.document, self.date_style)
        self._check(read_excel(content))
        return content

    def check_pdf(self, content: bytes, own_words: Collection[str] = ()) -> None:
        """Raise LeakError when a PDF says what it may not; it alone may say its `own_words`."""
        reading = read_pdf(content, with_pictures=bool(self.document.images))
        self._check(replace(reading, own_words=reading.own_words | set(own_words)))

    def check_summary_beside(self, content: bytes) -> None:
        """Raise LeakError when the PDF of `summary` holds what neither it nor the edition says."""
        if self.summary is None:
            return
        reading = read_pdf(content, with_pictures=True)
        texts = PublicTexts(self.summary)
        leaks = find_leaks(reading, texts, self._finder, self._hidden, strangers=False)
        told = {find.value for find in self._said_by_summary}
        sentences = [f"{SUMMARY}の{leak.sentence}" for leak in leaks if leak.value not in told]
        if sentences:
            raise LeakError(dict.fromkeys(sentences))

    def check_summary(self, content: bytes) -> None:
        """Raise LeakError when the PDF of a summary holds a hidden value or a picture's metadata.

        The summary is the document itself here.
        """
        self._check(read_pdf(content, with_pictures=True), strangers=False)

    def faults_of_page(self) -> list[str]:
        """Return in Japanese what the HTML file says besides its document: a look before an issue."""
        leaks = find_leaks(self._read_page(self._page()), self._texts, self._finder, self._hidden)
        return [leak.sentence for leak in leaks if not self._is_told(leak)]

    @cached_property
    def _texts(self) -> PublicTexts:
        return PublicTexts(self.document)

    @cached_property
    def _hidden(self) -> list[HiddenValue]:
        hidden = hidden_values(self.internal, self.rows, self.document)
        if self.now is not None:
            hidden = hidden_since(hidden, self.internal, self.rows, self.document, self.now)
        if self.elsewhere is None:
            return hidden
        meant = MeantPublic(self.elsewhere)
        return [value for value in hidden if not _is_decided(value, meant)]

    @cached_property
    def _claims(self) -> list[FrozenClaim]:
        """Return the statements that were frozen, and that nobody has taken back since."""
        claims = claims_in(self.rows)
        if self.now is None:
            return claims
        kept = {(claim.value, claim.place) for claim in claims_in(self.now.rows)}
        return [claim for claim in claims if (claim.value, claim.place) in kept]

    @cached_property
    def _places_hidden_since(self) -> list[str]:
        return places_hidden_since(self.document, self.rows, self.now) if self.now else []

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._hidden)

    @cached_property
    def _picture(self) -> LoadImage:
        return bare(self.load_image)

    def _page(self) -> str:
        try:
            return public_page(self.document, self._picture)
        except LookupError:
            raise DomainError(_LOST) from None

    def _read_page(self, page: str) -> FileReading:
        pictures = digests_of(self.document.images, self._picture)
        return read_html(page, style=style(), pictures=pictures)

    def _check(self, reading: FileReading, *, strangers: bool = True) -> None:
        leaks = find_leaks(reading, self._texts, self._finder, self._hidden, strangers=strangers)
        own = set(self._own_finds)
        places: dict[HiddenValue, list[str]] = {}
        for leak in leaks:
            if leak.value:
                places.setdefault(leak.value, []).append(leak.place)
        sentences = [
            *_with_places((find for find in self.refusing_finds if find in own), places),
            *(find.sentence for find in self.refusing_finds if find not in own),
            *(leak.sentence for leak in leaks if not self._is_told(leak)),
            *self._places_hidden_since,
        ]
        if sentences:
            raise LeakError(dict.fromkeys(sentences))

    def _is_told(self, leak: Leak) -> bool:
        """Tell whether the document itself says this value: its finds name the place better."""
        if leak.value is None:
            return False
        light = leak.value.weight is not Weight.PERSONAL and not knows_claims(self.rows)
        return light or leak.value in self._found_values

    @cached_property
    def _found_values(self) -> frozenset[HiddenValue]:
        return frozenset(find.value for find in self._own_finds)


def _is_decided(value: HiddenValue, meant: MeantPublic) -> bool:
    """Tell whether a value is shown by decision; the names of rows only tell, so they stay."""
    return value.weight is not Weight.NAME and meant.is_public(value)


def _with_places(
    finds: Iterable[Find], places: Mapping[HiddenValue, Collection[str]]
) -> Iterator[str]:
    """Yield the sentences of finds, each with the pages on which the file prints the value."""
    for find in finds:
        pages = [p for p in dict.fromkeys(places.get(find.value, ())) if p.endswith("ページ")]
        shown = "、".join(pages[:_MOST_PLACES])
        more = "など" if len(pages) > _MOST_PLACES else ""
        yield f"{find.place.place}（{shown}{more}）{find.told}" if pages else find.sentence
