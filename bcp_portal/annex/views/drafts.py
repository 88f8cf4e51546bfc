"""Where the browser keeps and fetches what a person has typed and not yet saved."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.drafts import drafts_of, drop_draft, keep_draft
from bcp_portal.annex.models import Draft
from bcp_portal.annex.personal_drafts import PersonalDraft
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.sent_json import posted_object


class DraftView(View):
    """GET the person's own drafts of a form, POST its latest state, DELETE to throw it away."""

    permission = Permission.READ_PLAN

    def get(self, request: MemberRequest) -> HttpResponse:
        found = drafts_of(user=request.user, key=request.GET.get("key", ""))
        presentation = Presentation.load(request.municipality)
        shown = [_shown(request, draft, presentation) for draft in found]
        return JsonResponse({"drafts": shown})

    def post(self, request: MemberRequest) -> HttpResponse:
        body = _json(request)
        keep_draft(
            municipality=request.municipality,
            user=request.user,
            key=_text(body.get("key")),
            fields=body.get("fields"),
        )
        return JsonResponse({"kept": True})

    def delete(self, request: MemberRequest) -> HttpResponse:
        drop_draft(user=request.user, key=request.GET.get("key", ""))
        return JsonResponse({"kept": False})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _json(request: MemberRequest) -> dict[str, Any]:
    try:
        return posted_object(request)
    except ValueError as error:
        raise DomainError("入力途中の内容を読み取れませんでした。", status=400) from error


def _shown(request: MemberRequest, draft: Draft, presentation: Presentation) -> dict[str, Any]:
    """Return a draft as its author may see it now; stored personal values in it are noted."""
    personal = PersonalDraft(draft, presentation)
    fields = draft.payload["fields"]
    if request.membership.may(Permission.VIEW_PERSONAL):
        note_showing(request, personal.rows(), way="入力途中の内容")
    else:
        fields = personal.without_values()
    saved_at = timezone.localtime(draft.saved_at)
    return {"key": draft.key, "fields": fields, "saved_at": f"{saved_at:%m月%d日 %H:%M}"}
