"""How one municipality lays its 新旧対照表 out: which side is the new one, what the columns are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from plans.comparison.changes import Comparison, GridRow, Picture, Runs
from plans.comparison.line import ComparisonLine

REMARK_TITLE = "備考"
MISSING_PICTURE = "（図を表示できません）"
LoadImage = Callable[[str], bytes]
"""Takes the SHA-256 of a picture and returns the file; raises LookupError when there is none."""
Side = TypeVar("Side")


def no_image(sha256: str) -> bytes:
    """Find no picture, for a table that has none."""
    raise LookupError(sha256)


@dataclass(frozen=True)
class Layout:
    """The heads of both columns, and which comes first."""

    new_title: str = "改正後"
    old_title: str = "改正前"
    new_first: bool = True

    @property
    def titles(self) -> tuple[str, str]:
        """Return the heads in the order of the columns."""
        titles = (self.new_title, self.old_title)
        return titles if self.new_first else titles[::-1]

    def sides(self, line: ComparisonLine) -> tuple[Runs, Runs]:
        """Return both texts of a line in the order of the columns."""
        return self.ordered(line.new, line.old)

    def cells(self, line: ComparisonLine) -> tuple[GridRow, GridRow]:
        """Return both rows of a typed table in the order of the columns."""
        return self.ordered(line.cells_new, line.cells_old)

    def pictures(self, line: ComparisonLine) -> tuple[Picture | None, Picture | None]:
        """Return both pictures in the order of the columns."""
        return self.ordered(line.picture_new, line.picture_old)

    def ordered(self, new: Side, old: Side) -> tuple[Side, Side]:
        """Return what belongs to either side in the order of the columns."""
        return (new, old) if self.new_first else (old, new)


@dataclass(frozen=True)
class ComparisonHead:
    """What stands above a 新旧対照表 on paper and in a file: whose, of what, which two, which day."""

    municipality: str
    plan: str
    new_label: str
    old_label: str
    date_text: str
    layout: Layout = Layout()
    note: str = ""

    @property
    def title(self) -> str:
        return title_of(self.plan)

    @property
    def subtitle(self) -> str:
        """Return which two are compared, under the names of their columns."""
        pairs = [(self.layout.new_title, self.new_label), (self.layout.old_title, self.old_label)]
        ordered = pairs if self.layout.new_first else pairs[::-1]
        return "　".join(f"{title}：{label}" for title, label in ordered)


def title_of(plan: str) -> str:
    """Return what a 新旧対照表 of a plan is called."""
    return f"{plan}　新旧対照表"


MARKS = "下線は変わった部分、（略）は同じ内容が続く部分です。番号・空白だけの違いは示していません。"
NOTHING_CHANGED = "内容に違いはありません。"
NO_WORDS_CHANGED = "文と図と、計画の外へのリンク先に違いはありません。"
_FORMS = "書き方（太字など、段落・箇条書き・表の形、計画の中のリンクや用語の印の有無）"
_MOST_NAMED = 10
_WIDTHS_SHOWN = "文字の幅（全角・半角）だけの違いも示しています。"
_NO_WIDTHS = "文字の幅（全角・半角）だけの違いはありません。"


def note_of(comparison: Comparison) -> str:
    """Return the sentences above the table: what is marked, and what is not shown, with its number."""
    hidden = comparison.hidden_widths
    widths = _WIDTHS_SHOWN if comparison.with_widths else hidden_text(hidden) or _NO_WIDTHS
    forms = forms_text(comparison.otherwise_written)
    if not comparison.is_empty:
        return f"{MARKS}{widths}{forms}"
    left_out = f"{hidden_text(hidden)}{forms}"
    nothing = NO_WORDS_CHANGED if forms else NOTHING_CHANGED
    return f"{nothing}ただし、{left_out}" if left_out else nothing


def forms_text(headings: Sequence[str]) -> str:
    """Return where the same words are written in another form; nothing if nowhere."""
    if not headings:
        return ""
    named = "、".join(f"「{heading}」" for heading in headings[:_MOST_NAMED])
    more = f"など{len(headings)}か所" if len(headings) > _MOST_NAMED else ""
    return f"{named}{more}では、{_FORMS}だけの違いもあります。"


def hidden_text(count: int) -> str:
    """Return how many differences of width are not shown; nothing if there are none."""
    if not count:
        return ""
    return f"文字の幅（全角・半角）だけの違いが{count}か所ありますが、示していません。"
