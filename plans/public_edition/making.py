"""Makes the public files of an edition, and hands out none that does not pass the leak check."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.document import Document
from plans.public_edition.excel_reader import read_excel
from plans.public_edition.hidden_values import HiddenValue, hidden_values
from plans.public_edition.html_reader import read_html
from plans.public_edition.leak_check import Leak, find_leaks
from plans.public_edition.page import public_page, style
from plans.public_edition.pdf_reader import read_pdf
from plans.public_edition.pieces import FileReading
from plans.public_edition.public_texts import PublicTexts
from plans.public_edition.workbook import public_workbook

LoadImage = Callable[[str], bytes]
_MOST_SAID = 5
_REFUSED = "公開版に公開しないものが含まれるため、作成を取りやめました。"
_HOW = "公開する章の文や様式を直すか、「公開版の設定」で公開する範囲を見直してから、やり直してください。"


class LeakError(DomainError):
    """A public file says something it may not; the message names the first places."""

    def __init__(self, leaks: Iterable[Leak]) -> None:
        self.leaks = list(leaks)
        said = "".join(leak.sentence for leak in self.leaks[:_MOST_SAID])
        more = len(self.leaks) - _MOST_SAID
        rest = f"ほかに{more}か所あります。" if more > 0 else ""
        super().__init__(f"{_REFUSED}{said}{rest}{_HOW}")


@dataclass(frozen=True)
class PublicMaker:
    """Makes files of one public document; `internal` and `rows` say what may not be in them."""

    document: Document
    internal: Document
    rows: Mapping[str, Any]
    load_image: LoadImage
    date_style: DateStyle

    @cached_property
    def _texts(self) -> PublicTexts:
        return PublicTexts(self.document)

    @cached_property
    def _hidden(self) -> list[HiddenValue]:
        return hidden_values(self.internal, self.rows, self._texts)

    def page(self) -> str:
        """Return the checked HTML file; LeakError names what it may not say."""
        try:
            page = public_page(self.document, self.load_image)
        except LookupError:
            raise DomainError(
                "公開版の本文の図が失われています。図を入れ直してください。"
            ) from None
        self._check(read_html(page, style=style(), pictures=frozenset(self.document.images)))
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

    def leaks_of_page(self) -> list[Leak]:
        """Return what the HTML file says that it may not: a quick look before an issue."""
        page = public_page(self.document, self.load_image)
        reading = read_html(page, style=style(), pictures=frozenset(self.document.images))
        return find_leaks(reading, self._texts, self._hidden)

    def _check(self, reading: FileReading) -> None:
        leaks = find_leaks(reading, self._texts, self._hidden)
        if leaks:
            raise LeakError(leaks)
