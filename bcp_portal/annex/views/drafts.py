"""Where the browser keeps and fetches what a person has typed and not yet saved."""

import json

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.drafts import drop_draft, find_draft, keep_draft
from bcp_portal.annex.personal_drafts import PersonalDraft
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.showing import note_showing
from bcp_portal.ui.errors import DomainError


class DraftView(View):
    """GET the person's own draft of a form, POST its latest state, DELETE to throw it away."""

    permission = Permission.READ_PLAN

    def get(self, request: MemberRequest) -> HttpResponse:
        draft = find_draft(user=request.user, key=request.GET.get("key", ""))
        if draft is None:
            return JsonResponse({"fields": None})
        saved_at = timezone.localtime(draft.saved_at)
        personal = PersonalDraft(draft, Presentation.load(request.municipality))
        fields = draft.payload["fields"]
        if request.membership.may(Permission.VIEW_PERSONAL):
            note_showing(request, personal.rows(), way="入力途中の内容")
        else:
            fields = personal.without_values()
        return _private({"fields": fields, "saved_at": f"{saved_at:%m月%d日 %H:%M}"})

    def post(self, request: MemberRequest) -> HttpResponse:
        body = _json(request)
        keep_draft(
            municipality=request.municipality,
            user=request.user,
            key=str(body.get("key", "")),
            fields=body.get("fields"),
        )
        return _private({"kept": True})

    def delete(self, request: MemberRequest) -> HttpResponse:
        drop_draft(user=request.user, key=request.GET.get("key", ""))
        return _private({"kept": False})


def _json(request: MemberRequest) -> dict:
    try:
        body = json.loads(request.body)
    except (ValueError, UnicodeDecodeError) as error:
        raise DomainError("入力途中の内容を読み取れませんでした。", status=400) from error
    if not isinstance(body, dict):
        raise DomainError("入力途中の内容を読み取れませんでした。", status=400)
    return body


def _private(data: dict) -> HttpResponse:
    response = JsonResponse(data)
    response["Cache-Control"] = "no-store"
    return response
