"""Prints the distribution list: who has a copy, of which edition, with room for signs by hand."""

from django.conf import settings
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.ui.eras import DateStyle, format_date
from plans.bookshelf.register import Shelved, copies
from plans.editions.models.edition import Edition
from plans.editions.queries import edition_in_force
from plans.printing.annex_parts import table_flows
from plans.printing.book import Description
from plans.printing.flows import BookPart
from plans.printing.geometry import LANDSCAPE
from plans.printing.press import open_press
from plans.printing.prose import line
from plans.printing.stamps import RunningText
from plans.prints.products import Options, PrintOrder, Product

DISTRIBUTION = "distribution-list"
TITLE = "計画の配布先一覧"
_COLUMNS = (
    Column("place", "保管場所", width=26),
    Column("holder", "保管する人", width=18),
    Column("medium", "媒体", width=12),
    Column("personal", "個人の情報", width=9),
    Column("edition", "置いてある版", width=12),
    Column("state", "状態", width=11),
    Column("placed_on", "置いた日", Kind.DATE, width=13),
    Column("confirmed_on", "確認した日", Kind.DATE, width=13),
    Column("old_removed_on", "旧版を除いた日", Kind.DATE, width=13),
    Column("check", "確認の印", width=10),
    Column("note", "備考", width=14),
)


def distribution_table(shelved: list[Shelved], in_force: Edition | None, style: DateStyle) -> Table:
    """Return the register as a table; the column for signs is left empty."""
    rows = tuple(TableRow(str(each.copy.uid), _cells(each)) for each in shelved)
    today = format_date(timezone.localdate(), style)
    subtitle = f"{today}現在　施行中の版：{in_force.label if in_force else 'なし'}　{len(rows)}件"
    return Table("copies", TITLE, _COLUMNS, rows, subtitle=subtitle, date_style=style)


def _cells(each: Shelved) -> dict[str, str]:
    copy = each.copy
    return {
        "place": copy.place,
        "holder": copy.holder,
        "medium": str(copy.get_medium_display()),
        "personal": "含む" if copy.with_personal else "伏せる",
        "edition": copy.edition.label if copy.edition else "",
        "state": each.state[1],
        "placed_on": copy.placed_on.isoformat() if copy.placed_on else "",
        "confirmed_on": copy.confirmed_on.isoformat() if copy.confirmed_on else "",
        "old_removed_on": copy.old_removed_on.isoformat() if copy.old_removed_on else "",
        "note": copy.note,
    }


def make_print(order: PrintOrder) -> bytes:
    """Return the list as PDF, for a print job."""
    municipality = order.municipality
    in_force = edition_in_force()
    table = distribution_table(copies(), in_force, DateStyle(municipality.date_style))
    heading = f"<h1>{line(TITLE, TITLE)}</h1>"
    part = BookPart(DISTRIBUTION, TITLE, TITLE, table_flows(table, TITLE, heading, LANDSCAPE))
    running = RunningText(municipality.name, TITLE, "", draft=False)
    with open_press(settings.PRINT_CACHE_DIR) as press:
        return press.print_parts(
            (part,),
            Description(f"{municipality.name}　{TITLE}", municipality.name, "ja"),
            running=running,
            on_progress=order.on_progress,
        )


def file_title(municipality: Municipality, options: Options) -> str:
    """Return the name of the file without date and ending."""
    return f"{municipality.name}_{TITLE}"


PRODUCT = Product(DISTRIBUTION, TITLE, file_title, make_print)
