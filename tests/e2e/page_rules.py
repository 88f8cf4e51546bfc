"""What every page must keep: axe finds nothing, one h1, a title of its own, visible focus, no sideways scroll."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser import AXE_PATH, AXE_TAGS
from tests.cases import cases

DESK, PHONE, SMALL_PHONE = (1280, 900), (390, 844), (320, 568)

# Style sheets are not fetched a second time for the one rule that would read them.
RUN_AXE = """tags => axe.run(document, {runOnly: tags, preload: false, resultTypes: ["violations"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.map(({target}) => `axe ${id}: ${target}`)))"""

FRAME = """() => {
  const problems = [];
  const count = (selector) => document.querySelectorAll(selector).length;
  if (document.documentElement.lang !== "ja") problems.push("lang is not ja");
  if (count("h1") !== 1) problems.push(`${count("h1")} h1`);
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  if (twice.length) problems.push(`ids used twice: ${twice.slice(0, 5)}`);
  for (const link of document.querySelectorAll("a[href^='#']")) {
    if (!ids.includes(link.hash.slice(1))) problems.push(`${link.hash} leads nowhere`);
  }
  return problems;
}"""

# After a key was pressed, an element that takes the focus shows it as it would to the keyboard.
FOCUS = """() => {
  const seen = new Set();
  const dim = [];
  const tabbable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  for (const each of document.querySelectorAll(tabbable)) {
    const kind = `${each.tagName}.${each.className}`;
    if (seen.has(kind) || !each.checkVisibility({visibilityProperty: true})) continue;
    each.focus({preventScroll: true});
    if (document.activeElement !== each) continue;
    seen.add(kind);
    const shown = each.closest(".ts-wrapper") ?? each;  // a select with a search box in it
    const {outlineStyle, outlineWidth} = getComputedStyle(shown);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) dim.push(`no focus on ${kind} ${each.id}`);
  }
  document.activeElement.blur();
  return dim;
}"""

FITS = "width => innerWidth === width && document.documentElement?.scrollWidth <= width"


def expect_no_sideways_scroll(page: Page) -> None:
    """Wait until nothing is wider than the window; an old page is no worse, so wait for the new one first."""
    assert page.viewport_size is not None
    page.wait_for_function(FITS, arg=page.viewport_size["width"])


@dataclass
class Inspector:
    """Looks at page after page in one tab and collects what breaks a rule."""

    page: Page
    found: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    looked_at: int = 0
    axe_on_phones: int = cases(3, 1)
    """Of how many pages one is given to axe at the width of a phone too."""

    def __post_init__(self) -> None:
        self.page.add_init_script(path=AXE_PATH)
        # A colour half-way between two states is nobody's choice.
        self.page.emulate_media(reduced_motion="reduce")

    def open(self, address: str, status: int = 200) -> None:
        """Open an address and look at it."""
        response = self.page.goto(address)
        if response is None or response.status != status:
            self._note([f"answered {response and response.status}"])
        self.look()

    def look(self) -> None:
        """Look at the page as it stands, on a desk, a phone and a small phone.

        Axe sees every page on a desk, and on a phone one in three: on all in `make rehearse`.
        """
        self.looked_at += 1
        self._resize(DESK)
        self._note(self.page.evaluate(FRAME))
        self._note(self._title())
        self.page.keyboard.press("Tab")
        self._note(self.page.evaluate(FOCUS))
        self._note(self.page.evaluate(RUN_AXE, AXE_TAGS))
        self._note(self._overflow(DESK))
        self._resize(PHONE)
        if self.looked_at % self.axe_on_phones == 0:
            self._note(self.page.evaluate(RUN_AXE, AXE_TAGS))
        self._note(self._overflow(PHONE))
        self._resize(SMALL_PHONE)
        self._note(self._overflow(SMALL_PHONE))

    def _title(self) -> list[str]:
        title = self.page.title()
        other = self.titles.setdefault(title, self.page.url)
        return [] if title and other == self.page.url else [f"title 「{title}」 also on {other}"]

    def _overflow(self, size: tuple[int, int]) -> list[str]:
        width: Any = self.page.evaluate("() => document.documentElement.scrollWidth")
        return [] if width <= size[0] else [f"scrolls sideways: {width} px"]

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def _note(self, problems: list[str]) -> None:
        viewport = self.page.viewport_size
        width = viewport["width"] if viewport else 0
        self.found += [f"{self.page.url} at {width}: {problem}" for problem in problems]
