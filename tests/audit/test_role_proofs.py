"""A role that was given in the database, and not by the program, is told by the proof and on the page."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Department, Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.audit.role_proofs import role_faults
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.verification import verify
from bcp_portal.members.services import add_member, change_member
from tests.conftest import ClientFactory, MemberFactory


@pytest.fixture
def sato(municipality: Municipality, member: MemberFactory) -> Membership:
    admin = member(Role.ADMIN)
    with scope(municipality=municipality):
        added = add_member(
            municipality=municipality,
            actor=admin.user,
            username="sato",
            initial_password="kaki-no-tane-4",
            roles=[Role.EDITOR.value],
            department=None,
            name="佐藤 花子",
        )
        return change_member(
            membership=added,
            actor=admin.user,
            display_name="佐藤 花子",
            roles=[Role.EDITOR.value, Role.VIEWER.value],
            department=None,
            person=added.person,
        )


def give_behind(member: Membership, roles: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update accounts_membership set roles = %s where id = %s", [roles, member.pk]
        )


def test_a_role_given_behind_the_program_is_found(
    municipality: Municipality, sato: Membership, client_for: ClientFactory
) -> None:
    client: Client = client_for(Role.ADMIN)
    page = f"/{municipality.code}/people/"
    assert verify(municipality).faults == []
    assert "操作記録に残らない方法" not in client.get(page).content.decode()
    give_behind(sato, '["editor", "viewer", "approver"]')
    [fault] = verify(municipality).faults
    assert (
        "佐藤 花子の役割は" in fault.sentence and "「閲覧者、編集者、承認者」です" in fault.sentence
    )
    assert fault.sentence in client.get(page).content.decode()


def test_whose_roles_nothing_vouches_for_is_counted(
    municipality: Municipality, sato: Membership, member: MemberFactory, capsys: Any
) -> None:
    """The administrator of this town was made without the program, 佐藤 was not."""
    said = "役割の記録が操作記録にない利用者が{}人います。その役割は確かめられません。"
    call_command("verify_audit")
    assert said.format(1) in capsys.readouterr().out
    member(Role.APPROVER)
    call_command("verify_audit")
    assert said.format(2) in capsys.readouterr().out


def test_members_of_whom_the_log_does_not_tell_are_left_alone(
    municipality: Municipality, sato: Membership, member: MemberFactory
) -> None:
    """As after an archive was loaded: the key in an old entry is now that of somebody else."""
    other = member(Role.APPROVER)
    with scope(municipality=municipality):
        record(
            municipality=municipality,
            actor=None,
            action="利用者の変更",
            target=Department(pk=other.pk, name="佐藤 花子"),
            changes=[Change("roles", "役割", "", "編集者")],
        )
        old = Entry.objects.order_by("sequence").last()
        assert old is not None
        old.target_type, old.target_uid = "accounts.membership", str(other.pk)
        with patch("bcp_portal.audit.role_proofs.Entry.objects") as entries:
            entries.filter().order_by().only().iterator.return_value = [old]
            assert list(role_faults()) == []
            old.target_label = str(other)
            assert len(list(role_faults())) == 1
    assert verify(municipality).faults == []
