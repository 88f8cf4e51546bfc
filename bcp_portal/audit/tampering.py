"""Reports what seems to have been altered outside the program: to the reader immediately, and once a day to the log."""

import logging

from django.db import models
from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import log_uid, record
from bcp_portal.ui.errors import DomainError

logger = logging.getLogger(__name__)

FOUND = "改ざんの疑い"
WARNING = (
    "{fault}この画面の内容は使わず、システムの担当者に連絡してください。"
    "担当者は、操作記録と版の検証（verify_audit、verify_editions）で、書き換えられた所を確かめます。"
)
REFUSED = "{fault}このためファイルを渡せません。システムの担当者に連絡してください。"


def show_warning(request: MemberRequest, target: models.Model, fault: str) -> None:
    """Show a fault above the page that answers a request, and note it in the log; "" is nothing."""
    if fault:
        note_fault(request.municipality, target, fault)
        add_warning(request, fault)


def add_warning(request: MemberRequest, fault: str) -> None:
    """Show a fault that is in the log already above the page that answers a request."""
    shown = getattr(request, "proof_warnings", [])
    request.proof_warnings = list(dict.fromkeys([*shown, WARNING.format(fault=fault)]))


def refuse_if(municipality: Municipality, target: models.Model, fault: str) -> None:
    """Raise DomainError 409 (Japanese) about a fault, "" for none, and note it in the log."""
    if fault:
        note_fault(municipality, target, fault)
        raise DomainError(REFUSED.format(fault=fault), status=409)


def note_fault(municipality: Municipality, target: models.Model, fault: str) -> None:
    """Write one entry about a fault of a record, unless one of today says so already."""
    uid = log_uid(target)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = Entry.objects.filter(
        action=FOUND, target_type=target._meta.label_lower, target_uid=uid, at__gte=midnight
    )
    if told.exists():
        return
    logger.error("%s %s is not what was stored.", target._meta.label_lower, uid)
    record(municipality=municipality, actor=None, action=FOUND, target=target, note=fault)
