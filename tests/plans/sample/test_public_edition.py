"""The sample plan, opened to the public as far as it goes, passes the leak check in every form."""

from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.annex.table import Public, Table
from bcp_portal.ui.eras import DateStyle
from plans.chapters.image_files import load_image
from plans.document.coverage import WHOLE
from plans.document.document import Document
from plans.document.public_choices import choices_in
from plans.document.redaction import redact
from plans.editions.snapshot import Snapshot
from plans.models import Chapter
from plans.printing.options import PrintOptions
from plans.printing.press import open_press
from plans.public_edition.hidden_value_collection import hidden_values
from plans.public_edition.public_files import LeakError, PublicMaker
from tests.cases import cases
from tests.findings.sample_spellings import looked_for, missed
from tests.plans.editions.making import take_snapshot

CONTACTS = 9


def test_the_open_sample_is_published_without_a_leak(town: Municipality) -> None:
    open_everything(town)
    snapshot = take_snapshot(town, WHOLE)
    maker = check_all_files(snapshot, snapshot.masked)
    # A person looked at what is found in the untouched sample: names, and nothing to refuse.
    assert maker.refusing_finds == []
    assert len({find.value for find in maker.finds}) < 60
    # With every column shown, a text of 様式2 says what 様式9 has in a column for people.
    with pytest.raises(LeakError, match="様式9の「緊急連絡先一覧」の47行目"):
        check_all_files(snapshot, with_all_columns(snapshot.masked))


@pytest.mark.long_form
def test_the_sample_as_it_comes_is_published_without_a_leak(town: Municipality) -> None:
    """Its chapters are public and its 様式 hidden: no word of a text may be taken for a value."""
    snapshot = take_snapshot(town, WHOLE)
    assert check_all_files(snapshot, snapshot.masked).refusing_finds == []
    # A new plan begins so: chapters public, annexes hidden.
    Chapter.objects.update(confidentiality=Confidentiality.PUBLIC)
    snapshot = take_snapshot(town, WHOLE)
    maker = a_maker(snapshot, snapshot.masked)
    assert maker.refusing_finds == []
    assert len({find.value for find in maker.finds}) < 60
    maker.page()
    # One in so many of its values, in every spelling; the page of the check names what is too short.
    hidden = hidden_values(snapshot.document, snapshot.rows, maker.document)
    assert list(missed(looked_for(hidden, step=cases(60, 1)))) == []


def open_everything(municipality: Municipality) -> None:
    """Make every chapter, annex and row public, but for the contacts."""
    public = Confidentiality.PUBLIC
    Chapter.objects.update(confidentiality=public)
    for annex in registry.annexes():
        if annex.number != CONTACTS:
            AnnexSetting.objects.update_or_create(
                municipality=municipality,
                code=str(annex.number),
                defaults={"confidentiality": public},
            )
    for spec in registry.specs():
        if spec.number != CONTACTS:
            spec.model.objects.update(confidentiality=public)


def a_maker(snapshot: Snapshot, masked: Document) -> PublicMaker:
    document = redact(masked, choices_in(snapshot.rows))
    return PublicMaker(document, snapshot.document, snapshot.rows, load_image, DateStyle.WAREKI)


def check_all_files(snapshot: Snapshot, masked: Document) -> PublicMaker:
    maker = a_maker(snapshot, masked)
    document = maker.document
    with open_press(django_settings.PRINT_CACHE_DIR) as press:
        maker.check_pdf(
            press.print_plan(document, load_image=load_image, options=PrintOptions(tagged=True))
        )
    maker.page()
    maker.workbook()
    return maker


def with_all_columns(document: Document) -> Document:
    annexes = (replace(part, tables=tuple(map(_opened, part.tables))) for part in document.annexes)
    return replace(document, annexes=tuple(annexes))


def _opened(table: Table) -> Table:
    columns = (replace(column, public=Public.SHOW) for column in table.columns)
    return replace(table, columns=tuple(columns))
