"""Makes the line by which a table is found: by number, name, and what their columns are called."""

from collections.abc import Iterator

from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Sheet
from bcp_portal.search.lines import Line, LineAddress, filled, numbers_of


def table_line(sheet: Sheet) -> Line:
    """Return the line of a table as its municipality calls it and its columns."""
    annex = registry.annex(sheet.spec.number) if sheet.spec.number else None
    whole = sheet.presentation.annex_title(annex.number) if annex else ""
    said = filled(
        (
            ("様式の名称", whole),
            ("内容", sheet.spec.purpose),
            ("項目", "、".join(item.column.label for item in sheet.items)),
        )
    )
    address = LineAddress("annex:list", (sheet.spec.code,))
    numbers = numbers_of(*_numbers(sheet))
    return Line(sheet.heading, address, said, also=(sheet.title,), numbers=numbers)


def _numbers(sheet: Sheet) -> Iterator[str]:
    """Yield what exactly means the table: 様式6-1, and 様式6 as the whole of which it is a part."""
    code, number = sheet.spec.code, sheet.spec.number
    if number is None:
        return
    for each in {code, str(number)}:
        yield each
        yield f"様式{each}"
