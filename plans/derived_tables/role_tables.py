"""The roles of each structure as the plans print them: 表1.4-1, 1.4-2, 2.1-1 (B-2…B-4) and C-5."""

from collections.abc import Callable, Collection, Iterable

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.spec import DerivedTable
from bcp_portal.annex.table import Public, Table
from plans.derived_tables.view import Made, Shown, View, active_rows, source_sheet
from plans.models import Authority, ResponseRole

OUTSIDE_TEAMS = ("vendor", "other")
"""Teams that stand beside the ICT department: vendors, and 「その他」 for other departments."""


def holder_text(role: ResponseRole) -> str:
    """Return department and name of the person, or the post while nobody is named."""
    person = role.person
    if person is None:
        return role.post
    department = str(person.department) if person.department_id else ""
    return "\n".join(part for part in (department, f"{role.post} {person.name}".strip()) if part)


def _columns(name_label: str, holder_label: str) -> tuple[Shown | Made, ...]:
    return (
        Shown("role_name", 18, name_label),
        Made("holder", holder_label, holder_text, 18, personal=True),
        Shown("duties", 40, "役割の概要"),
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
    view = View(code, title, _columns(names, holders))

    def build(municipality: Municipality) -> Table:
        sheet = source_sheet("8", municipality)
        roles = active_rows(sheet).filter(structure=structure).select_related("person__department")
        return view.table(sheet, [role for role in roles if teams(role.team)])

    return DerivedTable(code, title, build)


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
    view = View(
        "c-5-list",
        "平常時の運用体制",
        (
            Shown("role_name", 20, "権限者等"),
            Shown("post", 16),
            Made(
                "content",
                "役割内容",
                _duties_and_authorities(authorities),
                46,
                public=Public.SHOW,
            ),
        ),
    )
    return view.table(sheet, active_rows(sheet).filter(structure="normal"))


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
    DerivedTable("c-5-list", "平常時の運用体制", everyday_roles),
)
