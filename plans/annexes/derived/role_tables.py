"""The roles of each structure as the plans print them: 表1.4-1, 1.4-2, 2.1-1 (B-2…B-4) and C-5.

Three plans head the same rows in three ways, so the same view is declared under three sets of heads.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    active_rows,
    source_sheet,
)
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Public, Table
from plans.annexes.models.organisation import Authority, ResponseRole

OUTSIDE_TEAMS = ("vendor", "other")
"""Teams that stand beside the ICT department: vendors, and 「その他」 for other departments."""


def holder_text(role: ResponseRole) -> str:
    """Return department and name of the person, or the post while nobody is named."""
    person = role.person
    if person is None:
        return role.post
    department = str(person.department) if person.department_id else ""
    return "\n".join(part for part in (department, f"{role.post} {person.name}".strip()) if part)


def _columns(name_label: str, holder_label: str) -> tuple[SourceColumn | TextColumn, ...]:
    return (
        SourceColumn("role_name", 18, name_label),
        TextColumn(
            "holder",
            holder_label,
            holder_text,
            18,
            of="person post people.department",
            personal=True,
        ),
        SourceColumn("duties", 40, "役割の概要"),
    )


def _role_table(
    code: str,
    title: str,
    structure: str,
    *,
    names: str = "担当者",
    holders: str = "所属・氏名",
    teams: Callable[[str], bool] = lambda team: True,
) -> DerivedTable:
    view = View(code, title, "8", _columns(names, holders))

    def roles(sheet: Sheet) -> list[ResponseRole]:
        found = _roles(sheet, structure).select_related("person__department")
        return [role for role in found if teams(role.team)]

    return view.declared(roles)


def _roles(sheet: Sheet, structure: str) -> Any:
    return active_rows(sheet).filter(structure=structure)


def role_and_post(role: ResponseRole) -> str:
    """Return the role and in parentheses the post that fills it: 「電算機管理者（情報システム課長）」."""
    return f"{role.role_name}（{role.post}）" if role.post else role.role_name


def duties_and_clause(role: ResponseRole) -> str:
    """Return what the role does, and below it the clause that says so."""
    return "\n".join(part for part in (role.duties, role.authority_ref) if part)


@dataclass(frozen=True)
class Heads:
    """What one published plan writes above role, duties and place in the headquarters."""

    role: str
    duties: str
    headquarters: str


KASHIWAZAKI = Heads("名称", "役割又は権限の概要", "災害対策本部")
KATSUSHIKA = Heads("組織", "役割の概要", "災害対策本部との関係")


def _posts_table(
    code: str, title: str, structure: str, heads: Heads, *, headquarters: bool = True
) -> DerivedTable:
    place = (SourceColumn("hq_post", 16, heads.headquarters),) if headquarters else ()
    view = View(
        code,
        title,
        "8",
        (
            TextColumn(
                "role",
                heads.role,
                role_and_post,
                24,
                of="role_name post",
                public=Public.SHOW,
            ),
            TextColumn(
                "duties",
                heads.duties,
                duties_and_clause,
                46,
                of="duties authority_ref",
                public=Public.SHOW,
            ),
            *place,
        ),
    )

    purpose = "様式8の役割を、充てる職、役割の概要、災害対策本部での位置付けとともに並べます。"
    return view.declared(partial(_roles, structure=structure), purpose)


def _duties_and_authorities(
    authorities: Iterable[Authority],
) -> Callable[[ResponseRole], str]:
    sentences: dict[int, list[str]] = {}
    for authority in authorities:
        sentence = authority.content or f"{authority}を行う。"
        sentences.setdefault(authority.role_id, []).append(sentence)
    return lambda role: "\n".join([role.duties, *sentences.get(role.pk, [])])


def everyday_roles(municipality: Municipality) -> Table:
    """C-5: the roles of 平常時, what they do and what they may approve."""
    sheet = source_sheet("8", municipality)
    authorities = active_rows(source_sheet("c-5", municipality))
    view = _everyday_view(_duties_and_authorities(authorities))
    return view.table(sheet, _roles(sheet, "normal"))


def _everyday_view(content: Callable[[ResponseRole], str]) -> View:
    return View(
        "c-5-list",
        "平常時の運用体制",
        "8",
        (
            TextColumn(
                "role",
                "権限者等",
                role_and_post,
                26,
                of="role_name post",
                public=Public.SHOW,
            ),
            TextColumn(
                "content",
                "役割内容",
                content,
                60,
                of="duties c-5.content c-5.subject c-5.action",
                public=Public.SHOW,
            ),
        ),
    )


def _inside(team: str) -> bool:
    return team not in OUTSIDE_TEAMS


def _outside(team: str) -> bool:
    return team in OUTSIDE_TEAMS


TABLES: Collection[DerivedTable] = (
    _role_table("b-2", "運用継続計画の推進体制", "normal", teams=_inside),
    _role_table(
        "b-3",
        "関連部局及び委託先等",
        "normal",
        names="区分",
        holders="部署・氏名",
        teams=_outside,
    ),
    _role_table("b-4", "危機的事象発生時の運用継続体制", "disaster"),
    _role_table("b-4-security", "情報セキュリティ事象発生時の体制", "security"),
    _role_table("b-4-infection", "感染症流行時の体制", "infection"),
    _posts_table("8-members", "構成員の役割又は権限", "disaster", KASHIWAZAKI),
    _posts_table("8-normal", "平常時の役割", "normal", KATSUSHIKA),
    _posts_table("8-disaster", "災害時の役割", "disaster", KATSUSHIKA, headquarters=False),
    _posts_table(
        "8-security",
        "情報セキュリティ事象発生時の役割",
        "security",
        KATSUSHIKA,
        headquarters=False,
    ),
    _posts_table("8-infection", "感染症流行時の役割", "infection", KATSUSHIKA, headquarters=False),
    DerivedTable(
        "c-5-list",
        "平常時の運用体制",
        everyday_roles,
        comes_from=_everyday_view(_duties_and_authorities(())).comes_from,
    ),
)
