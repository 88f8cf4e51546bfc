"""Says which role may do what, in one table that can be read on one screen."""

from collections.abc import Callable
from typing import TypeVar

from django.db import models

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., object])


class Role(models.TextChoices):
    VIEWER = "viewer", "閲覧者"
    CONTRIBUTOR = "contributor", "業務部門担当者"
    EDITOR = "editor", "編集者"
    CHECKER = "checker", "確認者"
    APPROVER = "approver", "承認者"
    HEAD = "head", "首長"
    CONTACT_STEWARD = "contact_steward", "連絡先管理者"
    AUDITOR = "auditor", "監査者"
    ADMIN = "admin", "団体管理者"


class Permission(models.TextChoices):
    READ_PLAN = "read_plan", "計画と様式を読む"
    CONTRIBUTE = "contribute", "自部署の業務（様式15）を答える"
    EDIT_ANNEX = "edit_annex", "様式を編集する"
    EDIT_CONTACTS = "edit_contacts", "連絡先（様式9・職員）を編集する"
    EDIT_CHAPTERS = "edit_chapters", "計画本文を編集する"
    VIEW_PERSONAL = "view_personal", "個人の電話番号等を表示する"
    PRINT = "print", "計画を印刷する"
    DRAFT_REVISION = "draft_revision", "改定を起案する"
    CHECK = "check", "改定を確認する"
    APPROVE = "approve", "改定を承認する"
    RESTORE_EDITION = "restore_edition", "作業中の内容を版に戻す"
    MANAGE_ROUTES = "manage_routes", "承認の経路を設定する"
    READ_AUDIT = "read_audit", "操作記録を読む"
    MANAGE_SETTINGS = "manage_settings", "様式の名称・項目・選択肢を設定する"
    MANAGE_MEMBERS = "manage_members", "利用者と役割を管理する"
    DISPOSE = "dispose", "保存年限を決め、過ぎた記録を廃棄する"
    TAKE_ARCHIVE = "take_archive", "団体の全てのデータを取り出す（個人の情報を含む）"


P = Permission
_READ = {P.READ_PLAN, P.PRINT}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(_READ),
    Role.CONTRIBUTOR: frozenset(_READ | {P.CONTRIBUTE}),
    Role.EDITOR: frozenset(
        _READ
        | {
            P.CONTRIBUTE,
            P.EDIT_ANNEX,
            P.EDIT_CONTACTS,
            P.EDIT_CHAPTERS,
            P.VIEW_PERSONAL,
            P.DRAFT_REVISION,
            P.RESTORE_EDITION,
        }
    ),
    Role.CHECKER: frozenset(_READ | {P.CHECK}),
    Role.APPROVER: frozenset(_READ | {P.VIEW_PERSONAL, P.APPROVE}),
    Role.HEAD: frozenset(_READ | {P.APPROVE}),
    Role.CONTACT_STEWARD: frozenset(_READ | {P.EDIT_CONTACTS, P.VIEW_PERSONAL}),
    Role.AUDITOR: frozenset(_READ | {P.READ_AUDIT}),
    Role.ADMIN: frozenset(
        _READ
        | {
            P.MANAGE_SETTINGS,
            P.MANAGE_MEMBERS,
            P.MANAGE_ROUTES,
            P.READ_AUDIT,
            P.TAKE_ARCHIVE,
            P.DISPOSE,
        }
    ),
}


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """Return the union of what the roles may do; an unknown role adds nothing."""
    known = [Role(role) for role in roles if role in Role.values]
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in known))


def requires(permission: Permission) -> Callable[[ViewFunction], ViewFunction]:
    """Declare what a function view asks for; TenantMiddleware enforces it."""

    def declare(view: ViewFunction) -> ViewFunction:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare
