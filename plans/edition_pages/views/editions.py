"""Pages of the editions: all of them, one with who decided it, its text and its files."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.excel.export import record_export
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.prepared import CONTENT_TYPE
from bcp_portal.audit.models import Entry
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.ui.downloads import download
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.settings_pages import SettingsPage
from bcp_portal.ui.troubles import trouble_of
from plans.chapters.plan_views import PlanView
from plans.comparison.working_copy import WORKING
from plans.edition_pages.forms import EditionSettingForm
from plans.edition_pages.readings import note_reading
from plans.editions.edition_proof import edition_fault, record_fault
from plans.editions.edition_reader import book_of_edition, document_of, rows_shown_in
from plans.editions.file_names import edition_file_name
from plans.editions.file_proofs import earlier_faults
from plans.editions.file_warnings import edition_fault_of_files
from plans.editions.files import pdf_of
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition
from plans.editions.portal_address import no_qr_code
from plans.editions.queries import (
    HEAVY,
    edition_setting,
    editions_today,
    last_earlier_edition,
    standing_of,
)
from plans.issuing.comparables import edition_code
from plans.issuing.settings_services import save_edition_setting
from plans.revisions.side_effects import followers_of

logger = logging.getLogger(__name__)


class EditionView(PlanView):
    """A page about one edition; it never needs the working copy."""

    with_personal = False

    def edition(self, uid: UUID, *, heavy: bool = True) -> Edition:
        """Return an edition for a page, which warns when it is not what was issued."""
        edition = self._found(uid, heavy=heavy)
        self.warn(edition, edition_fault(edition) if heavy else record_fault(edition))
        return edition

    def issued(self, uid: UUID, *, heavy: bool = True) -> Edition:
        """Return an edition for a file or a change; DomainError when it is not what was issued."""
        edition = self._found(uid, heavy=heavy)
        fault = edition_fault(edition) if heavy else record_fault(edition)
        refuse_if(edition.municipality, edition, fault)
        return edition

    def _found(self, uid: UUID, *, heavy: bool) -> Edition:
        editions = Edition.objects.select_related("municipality", "previous")
        if not heavy:
            unread = [*HEAVY, *(f"previous__{name}" for name in HEAVY)]
            editions = editions.defer(*unread)
        return get_object_or_404(editions, uid=uid)

    @property
    def sees_personal(self) -> bool:
        return bool(self.request.membership.may(Permission.VIEW_PERSONAL))

    @property
    def style(self) -> DateStyle:
        return DateStyle(self.request.municipality.date_style)

    def note_showing(self, edition: Edition, what: str) -> Entry | None:
        """Record that this person was shown the personal values of a whole edition, read heavily."""
        way = f"{edition.label}の{what}"
        return note_showing(self.request, rows_shown_in(edition), way=way, target=edition)

    def note_reading(self, edition: Edition) -> None:
        """Remember that this person knows the edition, to show what changed after it.

        Where the database cannot be written, reading goes on.
        """
        person = self.request.user
        try:
            note_reading(municipality=edition.municipality, user=person, edition=edition)
        except DatabaseError as error:
            if trouble_of(error) is None:
                raise
            logger.warning("It could not be noted that somebody read an edition: %s", error)


class EditionListView(EditionView):
    """All editions, the latest first, with what each is today."""

    def get(self, request: MemberRequest) -> HttpResponse:
        editions = editions_today()
        may_set = request.membership.may(Permission.MANAGE_SETTINGS)
        for each in editions:
            each.edition.municipality = request.municipality
            self.warn(each.edition, record_fault(each.edition))
        earlier = list(EarlierEdition.objects.select_related("municipality"))
        for entered in earlier:
            self.warn(entered, "".join(earlier_faults(entered)))
        context = {
            "editions": editions,
            "date_style": self.style,
            "may_set": may_set,
            "no_qr_code": no_qr_code() if may_set else "",
            "earlier": earlier,
            "may_enter_earlier": may_set and not editions,
            "sees_personal": self.sees_personal,
        }
        return render(request, "plans/edition_pages/editions.html", context)


class EditionShowView(EditionView):
    """One edition: what it is, why, who decided it, and how to check that it is unchanged."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid, heavy=False)
        self.warn(edition, edition_fault_of_files(edition))
        context = {
            "edition": edition,
            "standing": standing_of(edition),
            "earlier": None if edition.previous else last_earlier_edition(),
            "deciders": [_decider(each, self.style) for each in edition.deciders],
            "date_style": self.style,
            "sees_personal": self.sees_personal,
            "followers": followers_of(edition),
            "code": edition_code(edition.uid),
            "previous_code": edition_code(edition.previous.uid) if edition.previous else "",
            "working": WORKING,
            "may_restore": request.membership.may(Permission.RESTORE_EDITION),
        }
        return render(request, "plans/edition_pages/edition.html", context)


class EditionReadView(EditionView):
    """The text of an edition from what was frozen, as every reader may see it."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid)
        self.note_reading(edition)
        noted = self.note_showing(edition, "本文") if self.with_personal else None
        context = {
            "edition": edition,
            "standing": standing_of(edition),
            "document": document_of(edition, with_personal=self.with_personal),
            "with_personal": self.with_personal,
            "noted": noted,
            "sees_personal": self.sees_personal,
        }
        return render(request, "plans/edition_pages/edition_read.html", context)


class PersonalReadView(EditionReadView):
    """The same text with personal values, for those who may; each showing is recorded."""

    permission = Permission.VIEW_PERSONAL
    with_personal = True


class EditionPdfView(EditionView):
    """The PDF made at the issue, unless somebody has touched it since."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition = self.issued(uid, heavy=self.with_personal)
        self.note_reading(edition)
        if self.with_personal:
            content = pdf_of(edition, with_personal=True)
            self.note_showing(edition, "PDF")
        else:
            content = pdf_of(edition, with_personal=False)
        suffix = "個人情報を含む" if self.with_personal else ""
        name = edition_file_name(edition, "pdf", suffix)
        return download(content, name, "application/pdf")


class PersonalPdfView(EditionPdfView):
    """The PDF with personal values, for those who may; each download is recorded."""

    permission = Permission.VIEW_PERSONAL
    with_personal = True


class ExcelView(EditionView):
    """The frozen tables as a workbook, made from the edition alone."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition = self.issued(uid)
        book = book_of_edition(edition, with_personal=self.with_personal)
        content = workbook_bytes(book)
        record_export(book, request)
        suffix = "個人情報を含む" if self.with_personal else ""
        name = edition_file_name(edition, "xlsx", suffix)
        return download(content, name, CONTENT_TYPE)


class PersonalExcelView(ExcelView):
    """The workbook with personal values, for those who may."""

    permission = Permission.VIEW_PERSONAL
    with_personal = True


class EditionSettingsView(SettingsPage[EditionSettingForm], PlanView):
    """How the next edition is numbered."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "plans/edition_pages/edition_settings.html"
    saved = "版の番号と印刷の仕方を保存しました。次に発行する版から使います。"

    def forms(self, data: Any = None) -> EditionSettingForm:
        return EditionSettingForm(data, instance=edition_setting())

    def save(self, form: EditionSettingForm) -> None:
        save_edition_setting(
            municipality=self.request.municipality,
            actor=self.request.user,
            values=form.cleaned_data,
        )

    def address_after(self) -> str:
        return self.url("editions:list")


def _decider(said: dict[str, Any], style: DateStyle) -> dict[str, Any]:
    """Return what was written down of one decision, its time as a time."""
    at = parse_datetime(str(said.get("at", "")))
    return {
        **said,
        "at": timezone.make_aware(at) if at and timezone.is_naive(at) else at,
        "notes": [text for text in _notes(said, style) if text],
    }


def _notes(said: dict[str, Any], style: DateStyle) -> Iterator[str]:
    """Yield what stands beside a decision, in words."""
    if said.get("on_behalf_of"):
        yield f"{said['on_behalf_of']}の代行"
    if said.get("absence"):
        yield f"代行の理由：{said['absence']}"
    if said.get("meeting_body"):
        met_on = parse_date(str(said.get("meeting_on") or ""))
        yield f"会議：{said['meeting_body']}（{format_date(met_on, style) if met_on else '日付の記録なし'}）"
    if said.get("small_office"):
        yield "少人数の特例による"
    yield str(said.get("circumstances") or "")
    yield str(said.get("comment") or "")
