"""Other names of a column stand beside it, so that a new label does not lose them."""

from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.models import ColumnSetting
from bcp_portal.annex.sheet import COMMON_COLUMNS, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.importing.targets import ImportTarget
from tests.conftest import MemberFactory


@pytest.fixture
def spec() -> AnnexSpec:
    found = registry.spec("1")
    assert found is not None
    return found


def names_of(
    spec: AnnexSpec, municipality: Municipality, member: MemberFactory
) -> tuple[str, set[str]]:
    """Return the label of a column of the table, and the other names by which a file may call it."""
    target = ImportTarget(Sheet.of(spec, municipality), member(Role.EDITOR))
    wanted = next(column for column in target.wanted if column.name == "name")
    return wanted.label, set(wanted.aliases)


def test_a_renamed_column_is_known_by_what_it_was_called(
    spec: AnnexSpec, in_scope: Municipality, member: MemberFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    ColumnSetting.objects.create(
        municipality=in_scope, code=spec.code, column="name", label="業務システムの呼び名"
    )
    label, others = names_of(spec, in_scope, member)
    assert label == "業務システムの呼び名"
    assert {"システム名称", "システム名", "業務システム名"} <= others
    field: Any = spec.model._meta.get_field("name")
    monkeypatch.setattr(field, "verbose_name", "システムの新しい名称")
    assert {"システムの新しい名称", "システム名"} <= names_of(spec, in_scope, member)[1]


def test_other_names_say_nothing_twice() -> None:
    declared = [column for spec in registry.specs() for column in spec.columns]
    named = [column for column in (*declared, *COMMON_COLUMNS) if column.also_called]
    assert len(named) > 80
    for column in named:
        assert len(set(column.also_called)) == len(column.also_called), column.name
        assert column.label not in column.also_called
