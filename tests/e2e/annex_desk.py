"""A browser on the annexes of one municipality: opens pages by name and pastes as Excel does."""

import re
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Locator, Page, Response, expect

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet

SAVE_GRID = "変更した行を保存する"
HTML_OF_EXCEL = "<table><tr><td>cells</td></tr></table>"
COPY = """([text, html]) => {
  const parts = {"text/plain": new Blob([text], {type: "text/plain"})};
  if (html) parts["text/html"] = new Blob([html], {type: "text/html"});
  return navigator.clipboard.write([new ClipboardItem(parts)]);
}"""


@dataclass
class Desk:
    """One person's tab on the pages of a municipality's annexes."""

    page: Page
    origin: str
    municipality: Municipality

    def address(self, name: str, *arguments: Any) -> str:
        return self.origin + reverse(f"annex:{name}", args=[self.municipality.code, *arguments])

    def open(self, name: str, *arguments: Any, query: str = "") -> Response:
        """Open a page of an annex and return the answer."""
        response = self.page.goto(self.address(name, *arguments) + query)
        assert response is not None
        return response

    def expect_heading(self, text: str) -> None:
        """Wait until the page of this heading has come."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def cell(self, line: int, label: str) -> Locator:
        """Return one input of the grid, found as a screen reader names it."""
        return self.page.get_by_label(f"{line}行目 {label}", exact=True)

    def paste(self, into: Locator, text: str, html: str = "") -> None:
        """Put the text on the clipboard, as Excel (or Word) does, and press Ctrl+V."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate(COPY, [text, html])
        into.focus()
        self.page.keyboard.press("Control+V")

    def paste_block(self, into: Locator, rows: list[list[str]]) -> None:
        """Paste cells as Excel puts them on the clipboard."""
        lines = ["\t".join(as_excel_quotes(text) for text in cells) for cells in rows]
        self.paste(into, "\r\n".join(lines) + "\r\n", HTML_OF_EXCEL)

    def save_grid(self) -> None:
        self.page.get_by_role("button", name=SAVE_GRID).click()

    def save(self) -> None:
        self.page.get_by_role("button", name="保存する").click()

    def expect_success(self, sentence: str) -> None:
        expect(self.page.locator("#page-messages .notice-success")).to_have_text(
            re.compile(re.escape(sentence))
        )

    def tab_to(self, target: Locator, presses: int = 150) -> None:
        """Press the tabulator until the target has the focus."""
        for _ in range(presses):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()


def as_excel_quotes(text: str) -> str:
    """Return a cell as Excel writes it to the clipboard."""
    if "\t" in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def add_row(municipality: Municipality, code: str, **values: Any) -> Any:
    """Save a row of an annex through the service that every page uses."""
    spec = registry.spec(code)
    assert spec is not None
    with scope(municipality=municipality):
        row = spec.model(**values)
        return save_row(sheet=Sheet.of(spec, municipality), actor=None, row=row, expected_version=0)
