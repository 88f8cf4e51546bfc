"""Pages on which a 団体管理者 enters the editions a plan had before this program."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.proven_files import proven_bytes
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.ui.downloads import download
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.errors import DomainError
from plans.chapters.plan_views import PlanView
from plans.edition_pages.earlier.forms import EarlierEditionForm
from plans.edition_pages.earlier.services import (
    is_settled,
    remove_earlier_edition,
    save_earlier_edition,
)
from plans.editions.file_proofs import earlier_faults
from plans.editions.models.earlier_edition import EarlierEdition

BROKEN = "これまでの版「{name}」のファイルが、失われたか書き換えられています。"
OVERTAKEN = (
    "あなたが開いた後に、この版の記載が変えられました。「版」の一覧で今の記載を確かめてから、"
    "もう一度保存してください。このまま保存すると、下の内容になります。"
)


class EarlierView(PlanView):
    """A page about an earlier edition."""

    permission = Permission.MANAGE_SETTINGS

    def edition(self, uid: UUID) -> EarlierEdition:
        return get_object_or_404(EarlierEdition.objects.select_related("municipality"), uid=uid)

    def form(self, data: Any = None, instance: EarlierEdition | None = None) -> EarlierEditionForm:
        return EarlierEditionForm(
            data,
            self.request.FILES if data is not None else None,
            instance=instance,
            style=DateStyle(self.request.municipality.date_style),
            settled=is_settled(),
        )

    def save(self, form: EarlierEditionForm, edition: EarlierEdition | None) -> HttpResponse:
        """Store a form, or show it again with what stands in the way; nothing typed is lost."""
        if not form.is_valid():
            return self.show(form, edition, status=422)
        try:
            saved = save_earlier_edition(
                municipality=self.request.municipality,
                actor=self.request.user,
                values=form.values(),
                edition=edition,
                expected_version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data.get("reason", ""),
                **form.file_order(),
            )
        except Conflict as conflict:
            form.add_error(None, OVERTAKEN)
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["version"] = conflict.current.version  # type: ignore[index]
            return self.show(form, edition, status=409)
        except DomainError as error:
            form.add_error(None, error.message)
            return self.show(form, edition, status=error.status)
        self.forget_draft()
        messages.success(self.request, f"これまでの版「{saved.shown_label}」を保存しました。")
        return redirect(self.url("editions:list"))

    def show(
        self, form: EarlierEditionForm, edition: EarlierEdition | None, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "edition": edition, "settled": is_settled()}
        return render(
            self.request, "plans/edition_pages/earlier_edition.html", context, status=status
        )


class EarlierEditionNewView(EarlierView):
    """Enter an earlier edition."""

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.show(self.form(), None)

    def post(self, request: MemberRequest) -> HttpResponse:
        return self.save(self.form(request.POST), None)


class EarlierEditionEditView(EarlierView):
    """Correct an earlier edition."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid)
        self.warn(edition, "".join(earlier_faults(edition)))
        return self.show(self.form(instance=edition), edition)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid)
        # The form writes what was typed into its instance; the page still names what is stored.
        return self.save(self.form(request.POST, instance=self.edition(uid)), edition)


class EarlierEditionRemoveView(EarlierView):
    """Take out one that was entered by mistake."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid)
        try:
            remove_earlier_edition(
                municipality=request.municipality, actor=request.user, edition=edition
            )
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"これまでの版「{edition.shown_label}」を取り除きました。")
        return redirect(self.url("editions:list"))


class EarlierEditionFileView(PlanView):
    """The file of an earlier edition; one with personal values for those who may see them."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition = get_object_or_404(EarlierEdition.objects.select_related("municipality"), uid=uid)
        if not edition.file:
            raise Http404
        if edition.with_personal and not request.membership.may(Permission.VIEW_PERSONAL):
            raise PermissionDenied
        refuse_if(request.municipality, edition, "".join(seal_faults_of([edition])))
        try:
            content = proven_bytes(edition.file, edition.file_sha256)
        except LookupError:
            refuse_if(request.municipality, edition, BROKEN.format(name=edition.shown_label))
        if edition.with_personal:
            # It cannot be known which present rows it shows, so the edition itself is noted.
            seen = SeenRow(edition._meta.label_lower, str(edition.uid), edition.shown_label)
            note_showing(request, [seen], way="これまでの版のファイル", target=edition)
        return download(content, edition.file_name, "application/octet-stream", as_uploaded=True)
