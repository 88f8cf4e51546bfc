"""Says when the quarterly check, the yearly review and the open findings of 様式13 are due."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from bcp_portal.accounts.due_items import DueItem
from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.ui.eras import DateStyle, fiscal_year, format_fiscal_year
from bcp_portal.ui.text import shortened
from plans.annexes.due.calendar import last_day_of_fiscal_year, one_year_after, quarter_of
from plans.annexes.models.reviews import ReviewRecord
from plans.chapters.models.plan import Plan

SOON_DAYS = 92
RECORD_CODE = "13-2"


def reviews_due(municipality: Municipality, today: date) -> Iterator[DueItem]:
    """Yield the checks of 様式13 that are due within a quarter, and findings still open."""
    records = list(ReviewRecord.objects.exclude(row_status=RowStatus.RETIRED))
    url = reverse("annex:list", args=[municipality.code, RECORD_CODE])
    # Before there is a plan, none is due to be checked; what was found somewhere is still to be mended.
    if Plan.objects.exists():
        yield from _quarterly(municipality, records, today, url)
        yield from _annual(municipality, records, today, url)
    for record in records:
        if record.due_on and not record.closed_on:
            finding = shortened(record.finding) or "内容未記入"
            yield DueItem(record.due_on, f"点検の指摘への措置：{finding}", url)


def _quarterly(
    municipality: Municipality, records: Sequence[ReviewRecord], today: date, url: str
) -> Iterator[DueItem]:
    """The quarter just ended stays overdue until it is recorded; the running one is announced."""
    done = {
        (record.period_fiscal_year, record.period_quarter)
        for record in records
        if record.cycle == "quarterly"
    }
    running = quarter_of(today)
    for quarter in (running.previous, running):
        if (quarter.fiscal_year, str(quarter.number)) in done:
            continue
        if quarter == running or done:  # before the first record nothing was owed
            year = format_fiscal_year(quarter.fiscal_year, DateStyle(municipality.date_style))
            yield DueItem(quarter.last_day, f"{year} 第{quarter.number}四半期の点検（様式13）", url)


def _annual(
    municipality: Municipality, records: Sequence[ReviewRecord], today: date, url: str
) -> Iterator[DueItem]:
    done = [record.done_on for record in records if record.cycle == "annual"]
    due_on = one_year_after(max(done)) if done else last_day_of_fiscal_year(fiscal_year(today))
    if not done or (due_on - today).days <= SOON_DAYS:
        yield DueItem(due_on, "計画全体の見直し（年1回以上・様式13）", url)
