"""Says what is wrong with an earlier edition among its neighbours; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bcp_portal.ui.eras import DateStyle, format_date
from plans.document.edition_number import EditionNumber


@dataclass(frozen=True)
class EarlierLine:
    """One earlier edition as far as its place among the others goes."""

    number: EditionNumber
    label: str
    revised_on: date
    effective_on: date | None = None


def problems_of(
    line: EarlierLine, others: Sequence[EarlierLine], today: date, style: DateStyle
) -> Iterator[tuple[str, str]]:
    """Yield (field, Japanese sentence) for numbers given twice and days out of order."""
    if line.number.major < 1:
        yield "number_major", "版の番号は1以上にしてください（初版は1）。"
    if line.revised_on > today:
        yield "revised_on", "今日より後の日は書けません。これまでに出した版の日を書いてください。"
    for other in others:
        if other.number == line.number:
            yield "number_major", f"同じ番号の版（{other.label}）が、すでに入力されています。"
        elif other.label == line.label:
            yield "label", f"「{other.label}」は、ほかの版の呼び方です。違う呼び方にしてください。"
        elif (other.number < line.number) != (other.revised_on <= line.revised_on) and (
            other.revised_on != line.revised_on
        ):
            place = "後" if other.number < line.number else "前"
            day = format_date(other.revised_on, style)
            yield "revised_on", f"{other.label}（{day}）より{place}の日になるはずです。"
