"""The two ranked lists of the survey (chapter 9): deep dependencies, and many cases a year."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import made_table, view_row
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Column, Public, Table
from systems.arithmetic.selection import (
    DEPTH_THRESHOLD,
    YEARLY_CASES_THRESHOLD,
    is_deep,
    is_frequent,
    shown_depth,
)
from systems.derived_tables.printed_needs import printed
from systems.models import Business
from systems.queries.depths import business_depths

DEPTH_TITLE = f"依存関係が{DEPTH_THRESHOLD}階層以上の業務"
VOLUME_TITLE = f"年間処理件数が{YEARLY_CASES_THRESHOLD:,}件以上の業務"

NUMBER = Column("number", "No.", kind=Kind.INTEGER, width=6, public=Public.SHOW)
NAME = Column("name", "業務名", width=30, public=Public.SHOW)
DEPTH = Column("depth", "依存関係の階層数", kind=Kind.INTEGER, width=14, public=Public.SHOW)
SURVEYED = Column(
    "depth_reported", "階層数（調査の回答）", kind=Kind.INTEGER, width=14, public=Public.SHOW
)
CASES = Column("yearly_cases", "年間処理件数", kind=Kind.INTEGER, width=14, public=Public.SHOW)
ATTACHMENTS = Column("attachments", "添付書類数", kind=Kind.INTEGER, width=10, public=Public.SHOW)
SOURCES = {
    "number": "",
    "name": "15.name",
    "depth": "15.depends_on 15.depth_reported",
    "depth_reported": "15.depth_reported",
    "yearly_cases": "15.yearly_cases",
    "attachments": "15.attachments",
}


def deep_businesses(municipality: Municipality) -> Table:
    """Return the businesses of three levels and more, the deepest first (2 queries).

    The surveyed number counts until dependencies are entered; where both differ, both are shown.
    """
    depths = business_depths()
    found: list[tuple[Business, int]] = []
    for business in printed(Business):
        depth, reported = depths.by_business.get(business.pk), business.depth_reported
        shown = shown_depth(depth, reported, business.pk in depths.with_dependencies)
        if is_deep(depth, reported) and shown is not None:
            found.append((business, shown))
    found.sort(key=lambda pair: -pair[1])
    differ = any(business.depth_reported not in (None, shown) for business, shown in found)
    columns = (NUMBER, NAME, DEPTH, *((SURVEYED,) if differ else ()))
    rows = (
        view_row(
            business,
            {
                "number": number,
                "name": business.name,
                "depth": shown,
                "depth_reported": business.depth_reported,
            },
        )
        for number, (business, shown) in enumerate(found, start=1)
    )
    return made_table("rank-depth", DEPTH_TITLE, municipality, columns, rows)


def frequent_businesses(municipality: Municipality) -> Table:
    """Return the businesses of 2,000 cases a year and more, the most frequent first (1 query)."""
    found = [business for business in printed(Business) if is_frequent(business.yearly_cases)]
    found.sort(key=lambda business: -(business.yearly_cases or 0))
    rows = (
        view_row(
            business,
            {
                "number": number,
                "name": business.name,
                "yearly_cases": business.yearly_cases,
                "attachments": business.attachments,
            },
        )
        for number, business in enumerate(found, start=1)
    )
    columns = (NUMBER, NAME, CASES, ATTACHMENTS)
    return made_table("rank-volume", VOLUME_TITLE, municipality, columns, rows)


TABLES = (
    DerivedTable(
        code="rank-depth",
        title=DEPTH_TITLE,
        build=deep_businesses,
        purpose="ほかの業務に幾重にも頼る業務を、階層の深い順に並べます。",
        comes_from=SOURCES,
    ),
    DerivedTable(
        code="rank-volume",
        title=VOLUME_TITLE,
        build=frequent_businesses,
        purpose="処理の多い業務を、件数の多い順に並べます。",
        comes_from=SOURCES,
    ),
)
