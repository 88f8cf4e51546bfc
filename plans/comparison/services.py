"""Writes the layout of the 新旧対照表, and makes its files."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.audit.edits import Edit, displayed, save_changes
from bcp_portal.audit.tampering import refuse_if
from plans.chapters.image_files import load_image
from plans.comparison.changes import Comparison
from plans.comparison.compared_pair import (
    Pair,
    comparison_setting,
    pair_of_options,
    plan_title,
    sheet_of,
)
from plans.comparison.comparison_print import comparison_part, description, running_text
from plans.comparison.excel import excel_file
from plans.comparison.layout import title_of
from plans.comparison.lines import lines_of
from plans.comparison.models import ComparisonSetting
from plans.comparison.word import word_file
from plans.printing.press import open_press
from plans.prints.products import Options, PrintOrder, Product

NAME = "新旧対照表"
TAKEN = f"{NAME}の出力"
PRODUCT_CODE = "comparison"
WORD, EXCEL = "docx", "xlsx"
WIDTHS_SHOWN, WIDTHS_HIDDEN = "1", "0"
SHOWN_LABELS: Mapping[object, str] = {True: "示す", False: "示さない"}
_WRITERS = {WORD: word_file, EXCEL: excel_file}


@transaction.atomic
def save_comparison_setting(
    *, municipality: Municipality, actor: User, values: Mapping[str, str | bool]
) -> ComparisonSetting:
    """Keep the layout of a municipality and write what changed into the operation log."""
    setting = comparison_setting()
    setting.municipality = municipality
    save_changes(
        municipality=municipality,
        actor=actor,
        action="新旧対照表の体裁の変更",
        edits=[Edit(setting, values, text=_shown)],
        target=setting,
    )
    return setting


def file_content(
    municipality: Municipality, pair: Pair, ending: str, comparison: Comparison
) -> bytes:
    """Return a comparison of the pair as a Word or Excel file; runs inside the municipality's scope."""
    sheet = sheet_of(municipality, pair, comparison)
    return _WRITERS[ending](lines_of(comparison), sheet, load_image)


def make_print(order: PrintOrder) -> bytes:
    """Return the table as PDF, for a print job."""
    pair = pair_of_options(order.municipality, order.options)
    refuse_if(order.municipality, order.municipality, pair.fault)
    widths = order.options.get("widths")
    comparison = pair.comparison(
        with_personal=order.with_personal,
        with_widths=None if widths is None else widths == WIDTHS_SHOWN,
    )
    sheet = sheet_of(order.municipality, pair, comparison)
    if order.with_personal:
        order.note_shown(pair.rows_shown(comparison))
    lines = lines_of(comparison)
    with open_press(settings.PRINT_CACHE_DIR) as press:
        return press.print_parts(
            (comparison_part(lines, sheet, load_image),),
            description(sheet),
            running=running_text(sheet),
            on_progress=order.on_progress,
        )


def file_title(municipality: Municipality, options: Options) -> str:
    """Return the name of the file without date and ending."""
    pair_of_options(municipality, options)
    return title_of(plan_title(municipality))


PRODUCT = Product(PRODUCT_CODE, NAME, file_title, make_print)


def _shown(setting: ComparisonSetting, name: str) -> str:
    return SHOWN_LABELS.get(getattr(setting, name)) or displayed(setting, name)
