"""Who may do what, written here a second time on purpose."""

import pytest

from bcp_portal.accounts.permissions import (
    ROLE_PERMISSIONS,
    Permission,
    Role,
    permissions_of,
    requires,
)

P = Permission
EXPECTED = {
    Role.VIEWER: "read_plan print",
    Role.CONTRIBUTOR: "read_plan print contribute",
    Role.EDITOR: (
        "read_plan print contribute edit_annex edit_contacts edit_chapters view_personal"
        " draft_revision restore_edition"
    ),
    Role.CHECKER: "read_plan print check",
    Role.APPROVER: "read_plan print view_personal approve",
    Role.HEAD: "read_plan print approve",
    Role.CONTACT_STEWARD: "read_plan print edit_contacts view_personal",
    Role.AUDITOR: "read_plan print read_audit",
    Role.ADMIN: (
        "read_plan print read_audit manage_settings manage_members manage_routes dispose take_archive"
    ),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_exactly_this(role: Role) -> None:
    assert {permission.value for permission in ROLE_PERMISSIONS[role]} == set(
        EXPECTED[role].split()
    )


def test_the_auditor_changes_nothing_and_the_administrator_writes_no_plan() -> None:
    writing = {P.CONTRIBUTE, P.EDIT_ANNEX, P.EDIT_CONTACTS, P.EDIT_CHAPTERS}
    assert not ROLE_PERMISSIONS[Role.AUDITOR] & (writing | {P.MANAGE_MEMBERS, P.MANAGE_SETTINGS})
    assert not ROLE_PERMISSIONS[Role.ADMIN] & (writing | {P.VIEW_PERSONAL})


def test_no_single_role_both_drafts_and_decides() -> None:
    for permissions in ROLE_PERMISSIONS.values():
        assert not (P.DRAFT_REVISION in permissions and permissions & {P.CHECK, P.APPROVE})


def test_several_roles_add_up_and_an_unknown_one_adds_nothing() -> None:
    both = permissions_of([Role.AUDITOR, Role.CONTACT_STEWARD])
    assert both == ROLE_PERMISSIONS[Role.AUDITOR] | ROLE_PERMISSIONS[Role.CONTACT_STEWARD]
    assert permissions_of(["emperor"]) == permissions_of([]) == frozenset()


def test_requires_marks_the_view() -> None:
    @requires(P.PRINT)
    def view() -> None:
        """Do nothing."""

    assert view.permission is P.PRINT
