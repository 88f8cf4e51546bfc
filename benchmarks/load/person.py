"""One person at work: reads, types, saves, asks for prints, and pauses in between as people do."""

import random
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from traceback import format_exc
from urllib.parse import urlsplit

from benchmarks.load.browser import (
    NO_ANSWER,
    Answer,
    Browser,
    Pairs,
    changed,
    form_of,
    pairs_of,
    uid_in,
)
from benchmarks.load.notes import FOREIGN, Notes
from benchmarks.load.saves import Save
from scripts.processes import Address

# Tables of different sizes that an editor fills, the heaviest among them.
TABLES = ("1", "3", "5", "17", "20", "departments", "c-11")
ADDED_TO = "departments"
CHAPTERS = "chapters"
MARK = re.compile(r"<p>負荷[甲乙]\d{3}-\d{4}</p>")
_UID = r"[0-9a-f-]{36}"
_ASK_AGAIN_SECONDS = 1.0
_MOST_ASKING = 20


@dataclass(frozen=True)
class Account:
    """Who signs in where; `sign` is the letter of the town in all marks of its people."""

    username: str
    password: str
    town: str
    sign: str
    other_town: str
    other_sign: str
    number: int
    is_editor: bool


@dataclass
class Person:
    """Works until the end; `pause` sleeps as long as a person thinks."""

    account: Account
    address: Address
    notes: Notes
    think_seconds: float
    ends_at: float
    browser: Browser = field(init=False)
    chance: random.Random = field(init=False)
    _typed: int = 0

    def __post_init__(self) -> None:
        account = self.account
        terminal = f"10.{ord(account.sign) % 250}.{account.number // 250}.{account.number % 250}"
        foreign = (f"/{account.other_town}/", f"負荷{account.other_sign}")
        self.browser = Browser(self.address, terminal, partial(self._hear, foreign=foreign))
        self.chance = random.Random(account.username)

    def work(self) -> None:
        """Sign in and do one thing after another; who cannot go on is a fault."""
        try:
            self.sign_in()
            while not self.is_over:
                [act] = self.chance.choices(*zip(*self._mix(), strict=True))
                act()
                self.pause()
        except Exception:
            self.notes.give_up(f"{self.account.username} could not go on: {format_exc()}")

    def sign_in(self) -> None:
        form = form_of(self.browser.get("sign-in page", "/sign-in/"), "//main//form")
        own = {"username": self.account.username, "password": self.account.password}
        self.browser.post("sign-in", "/sign-in/", changed(pairs_of(form), **own))
        self.home()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def pause(self, share: float = 1.0) -> None:
        seconds = self.chance.expovariate(1 / (share * self.think_seconds))
        time.sleep(max(0.0, min(seconds, self.ends_at - time.monotonic())))

    def _mix(self) -> list[tuple[Callable[[], None], float]]:
        reading: list[tuple[Callable[[], None], float]] = [
            (self.home, 12),
            (self.read_list, 26),
            (self.read_row, 14),
            (self.read_chapter, 10),
            (self.order_print, 1),
            (self.knock_elsewhere, 1),
        ]
        writing: list[tuple[Callable[[], None], float]] = [
            (self.save_form, 14),
            (self.save_grid, 10),
            (self.save_chapter, 10),
            (self.add_row, 2),
        ]
        return reading + writing if self.account.is_editor else reading

    def home(self) -> None:
        self.browser.get("home", self._at(""))

    def read_list(self) -> None:
        code = self.chance.choice(TABLES)
        self.browser.get("list", self._at(f"annex/{code}/"))

    def read_row(self) -> None:
        if row := self._a_row(self.chance.choice(TABLES)):
            self.pause(0.5)
            self.browser.get("row", row)

    def read_chapter(self) -> None:
        if chapter := self._a_chapter():
            self.pause(0.5)
            self.browser.get("chapter", chapter)

    def knock_elsewhere(self) -> None:
        """Try an address of the other town, as a link sent by a neighbour would."""
        self.browser.get(FOREIGN, f"/{self.account.other_town}/annex/1/")

    def save_form(self) -> None:
        """Change the note of a row; when somebody was faster, look at both and save again."""
        code = self.chance.choice(TABLES)
        row = self._a_row(code)
        if not row:
            return
        self.pause(0.3)
        page = self.browser.get("form", f"{row}edit/")
        for _ in range(2):
            page = self._fill_in(page, code, f"{row}edit/")
            if page.status != 409:
                return
            self.pause(0.5)

    def _fill_in(self, page: Answer, code: str, path: str) -> Answer:
        if not page.text:
            return page
        mark = self._mark()
        pairs = changed(pairs_of(form_of(page, "//form[@data-draft-key]")), note=mark)
        version = int(dict(pairs)["version"])
        return self._send("form save", path, pairs, {uid_in(path): (code, version + 1)}, mark)

    def add_row(self) -> None:
        path = self._at(f"annex/{ADDED_TO}/add/")
        form = form_of(self.browser.get("form", path), "//form[@data-draft-key]")
        mark = self._mark()
        pairs = changed(pairs_of(form), name=f"{mark}課", note=mark)
        self._send("form save", path, pairs, {"": (ADDED_TO, 1)}, mark)

    def save_grid(self) -> None:
        """Change notes of up to three lines; where somebody was faster, leave it."""
        code = self.chance.choice(TABLES)
        path = self._at(f"annex/{code}/grid/")
        answer = self.browser.get("grid", path)
        if not answer.text:
            return
        pairs = pairs_of(form_of(answer, "//form[@data-draft-key]"))
        rows = [value for name, value in pairs if name == "row"]
        touched = self.chance.sample(rows, min(len(rows), self.chance.randint(1, 3)))
        mark = self._mark()
        fields = dict(pairs)
        saves = {uid: (code, int(fields[f"{uid}-version"]) + 1) for uid in touched}
        pairs = changed(pairs, **{f"{uid}-note": f"{mark}" for uid in touched})
        # As our script does, what nobody touched is left out.
        lines = tuple(f"{value}-" for name, value in pairs if name in {"row", "new"})
        own = tuple(f"{uid}-" for uid in touched)
        kept = [each for each in pairs if not each[0].startswith(lines) or each[0].startswith(own)]
        if touched:
            self._send("grid save", path, kept, saves, mark)

    def save_chapter(self) -> None:
        """Add a paragraph to a chapter, in the place of the one that somebody added before."""
        chapter = self._a_chapter()
        if not chapter:
            return
        self.pause(0.5)
        page = self.browser.get("chapter form", f"{chapter}edit/")
        if not page.text:
            return
        mark = self._mark()
        pairs = pairs_of(form_of(page, "//form[@data-draft-key]"))
        fields = dict(pairs)
        body = f"{MARK.sub('', fields['body'])}<p>{mark}</p>"
        saves = {uid_in(chapter): (CHAPTERS, int(fields["version"]) + 1)}
        self._send("chapter save", f"{chapter}edit/", changed(pairs, body=body), saves, mark)

    def order_print(self) -> None:
        """Ask for the whole plan, and watch it for a while."""
        path = self._at("prints/")
        page = self.browser.get("print page", path)
        if not page.text:
            return
        answer = self.browser.post(
            "print asked", path, pairs_of(form_of(page, "//form[contains(@class, 'print-form')]"))
        )
        if answer.status != 302:
            return
        self.notes.prints.add(uid_in(answer.location))
        for _ in range(_MOST_ASKING):
            if self.is_over:
                return
            time.sleep(_ASK_AGAIN_SECONDS)
            self.browser.get("progress", f"{urlsplit(answer.location).path}progress/")

    def _send(
        self,
        kind: str,
        path: str,
        pairs: Pairs,
        saves: dict[str, tuple[str, int]],
        mark: str,
    ) -> Answer:
        """Let a draft be kept while typing, then save, and note what was accepted."""
        key = f"{dict(pairs)['draft_key']}#{secrets.token_hex(4)}"
        own = (self.account.username, key)
        typed = [[name, value] for name, value in pairs if name != "csrfmiddlewaretoken"]
        for share in (0.6, 0.4):
            self.pause(share)
            draft = {"key": key, "fields": typed}
            if self.browser.post_json("draft", self._at("annex/drafts/"), draft).status == 200:
                self.notes.drafts[own] = mark
        if self.is_over:
            return Answer(kind, path, NO_ANSWER, 0.0)
        answer = self.browser.post(kind, path, changed(pairs, draft_key=key))
        for uid, (code, version) in saves.items():
            if answer.status == 302:
                known = uid or uid_in(answer.location)
                who = self.account
                self.notes.save(Save(who.town, code, known, version, who.username, mark))
            elif answer.status == NO_ANSWER:
                self.notes.leave_open(uid)
        if answer.status in {302, NO_ANSWER}:
            self.notes.drafts.pop(own, None)
        return answer

    def _a_row(self, code: str) -> str:
        """Return the address of a row of a list, "" where it has none."""
        page = self.browser.get("list", self._at(f"annex/{code}/"))
        return self._any(rf"/annex/{code}/rows/{_UID}/", page)

    def _a_chapter(self) -> str:
        return self._any(
            rf"/plan/chapters/{_UID}/", self.browser.get("chapters", self._at("plan/"))
        )

    def _any(self, pattern: str, page: Answer) -> str:
        found = sorted(set(re.findall(rf'href="(/{self.account.town}{pattern})', page.text)))
        return str(self.chance.choice(found)) if found else ""

    def _mark(self) -> str:
        self._typed += 1
        return f"負荷{self.account.sign}{self.account.number:03}-{self._typed:04}"

    def _at(self, path: str) -> str:
        return f"/{self.account.town}/{path}"

    def _hear(self, answer: Answer, foreign: tuple[str, ...]) -> None:
        self.notes.hear(answer, foreign)
