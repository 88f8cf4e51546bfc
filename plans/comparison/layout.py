"""How one municipality lays its 新旧対照表 out: which side is the new one, what the columns are called."""

from dataclasses import dataclass

from plans.comparison.changes import Runs
from plans.comparison.line import Line

REMARK_TITLE = "備考"


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

    def sides(self, line: Line) -> tuple[Runs, Runs]:
        """Return both texts of a line in the order of the columns."""
        sides = (line.new, line.old)
        return sides if self.new_first else sides[::-1]


@dataclass(frozen=True)
class Sheet:
    """What stands above a 新旧対照表 on paper and in a file: whose, of what, which two, which day."""

    municipality: str
    plan: str
    new_label: str
    old_label: str
    date_text: str
    layout: Layout = Layout()

    @property
    def title(self) -> str:
        return f"{self.plan}　新旧対照表"

    @property
    def subtitle(self) -> str:
        """Return which two are compared, under the names of their columns."""
        pairs = [(self.layout.new_title, self.new_label), (self.layout.old_title, self.old_label)]
        ordered = pairs if self.layout.new_first else pairs[::-1]
        return "　".join(f"{title}：{label}" for title, label in ordered)


NOTE = "下線は変わった部分、（略）は同じ内容が続く部分です。番号・文字の幅・空白だけの違いは示していません。"
NOTHING_CHANGED = "内容に違いはありません。"
