"""Tables filled for files that rename rows, and the comparison of what was shown with what is stored."""

from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.row_changes import NAMESAKE
from bcp_portal.importing.check_result import CheckedFile
from systems.models import Vendor
from tests.importing.desk import changes_of
from tests.rows import make_row

# Their rules ask for more than saving does, once their lines are changed.
FULL = {"8", "2-2"}


def filled(municipality: Municipality, code: str) -> list[Any]:
    """Fill a table with six rows that its rules accept."""
    spec = registry.spec(code)
    assert spec is not None
    first = spec.model.objects.count() + 1
    made = [make_row(spec, municipality, n, full=code in FULL) for n in range(first, 7)]
    if code == "2-1":
        Vendor.objects.update(kinds=["maintenance"])
    return made


def copied(page: Any, row: int) -> dict[str, Any]:
    names = ("kind", "hosting", "overview", "owner_department", "kinds", "employment")
    return {name: page.get(row, name) for name in names if name in page.columns}


def assert_shown_is_stored(checked: CheckedFile) -> None:
    """Compare each change of the check page with what an export would say now."""
    for write in checked.writes:
        entry = checked.plan.entries[write.place]
        sheet = write.forms.target.sheet
        row = sheet.spec.model.objects.get(uid=write.form.row.uid)
        for label, (_, new) in changes_of(entry).items():
            item = next(i for i in sheet.items if i.column.label == label)
            called = new.removesuffix(NAMESAKE)
            if item.model_field.many_to_many:
                assert names_of(row, item.name) == sorted(called.split("、")), (
                    entry.name,
                    label,
                    new,
                )
            elif item.model_field.many_to_one:
                assert str(getattr(row, item.name)) == called, (entry.name, label, new)
            elif item.name in ("name", "overview"):
                assert getattr(row, item.name) == new


def names_of(row: Any, name: str) -> list[str]:
    """Return what the rows are called that a column of several references names, sorted."""
    return sorted(str(each) for each in getattr(row, name).all())
