"""Pages for reading on the telephone: what changed since the last time, and files to keep."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.downloads import download
from bcp_portal.ui.errors import DomainError
from plans.bookshelf.handset_file import handset_file
from plans.edition_pages.readings import changed_parts, last_read, reading_of
from plans.edition_pages.views.editions import EditionView
from plans.editions.edition_proof import edition_fault
from plans.editions.file_names import edition_file_name
from plans.editions.file_warnings import edition_fault_of_files
from plans.editions.models.edition import Edition
from plans.editions.queries import edition_in_force
from plans.issuing.comparables import edition_code

NONE_IN_FORCE = "施行中の版がまだないため、端末に入れる計画はありません。"


class ReaderView(EditionView):
    """The edition in force for somebody with a telephone."""

    def get(self, request: MemberRequest) -> HttpResponse:
        edition = edition_in_force()
        if edition:
            self.warn(edition, edition_fault(edition))
            names = ("masked_pdf", "pdf") if self.sees_personal else ("masked_pdf",)
            self.warn(edition, edition_fault_of_files(edition, names))
        context = {
            "edition": edition,
            "date_style": self.style,
            "sees_personal": self.sees_personal,
            **(self._since(edition) if edition else {}),
        }
        return render(request, "plans/bookshelf/reader.html", context)

    def _since(self, edition: Edition) -> dict[str, object]:
        before = last_read(reading_of(self.request.user), edition)
        if before is None:
            return {}
        return {
            "before": before,
            "changes": changed_parts(self.request.municipality, before.edition, edition),
            "old_code": edition_code(before.edition.uid),
            "new_code": edition_code(edition.uid),
        }


class HandsetView(EditionView):
    """The edition in force as one HTML file."""

    def get(self, request: MemberRequest) -> FileResponse:
        in_force = edition_in_force()
        if in_force is None:
            raise DomainError(NONE_IN_FORCE, status=404)
        edition = self.issued(in_force.uid)
        page = handset_file(edition, request.membership, with_personal=self.with_personal)
        if self.with_personal:
            self.note_showing(edition, "端末に入れるHTMLファイル")
        self.note_reading(edition)
        suffix = "個人情報を含む" if self.with_personal else ""
        name = edition_file_name(edition, "html", suffix)
        return download(page.encode(), name, "text/html; charset=utf-8")


class PersonalHandsetView(HandsetView):
    """The same file with personal values, for those who may; each download is recorded."""

    permission = Permission.VIEW_PERSONAL
    with_personal = True
