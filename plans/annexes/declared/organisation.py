"""Declares 様式8 with its deputies, and who may approve what (C-5)."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, RequiredWhen, col, derived
from bcp_portal.annex.table import Public
from plans.annexes.models.organisation import Authority, ResponseRole, RoleDeputy
from plans.annexes.rules.command_chain import loop_through
from plans.annexes.rules.deputies import RULES as DEPUTY_RULES
from plans.annexes.rules.muster_places import same_place_twice

ANNEX = Annex(
    number=8,
    title="緊急時対応体制",
    steps=(6, 15),
    purpose="緊急時にだれが指揮し、だれが動き、不在のときだれが代わるかを決めておきます。",
)


def superior_in_same_structure(row: ResponseRole) -> Iterator[Problem]:
    """A line of command stays within one structure."""
    superior = row.reports_to
    if superior is not None and superior.structure != row.structure:
        yield Problem(
            "reports_to",
            f"上位の役割「{superior}」は別の体制の役割です。同じ体制から選んでください。",
        )


def subordinates_in_same_structure(row: ResponseRole) -> Iterator[Problem]:
    """A role that others report to cannot move to another structure alone."""
    if row.pk is None:
        return
    left = row.subordinates.exclude(structure=row.structure).order_by("row_no", "pk").first()
    if left is not None:
        yield Problem(
            "structure",
            f"「{left.role_name}」がこの役割を上位としているため、体制の区分を変えられません。"
            "先に「上位の役割」を直してください。",
        )


def no_loop_of_command(row: ResponseRole) -> Iterator[Problem]:
    """Nobody is, through however many others, their own superior."""
    if row.pk is None or row.reports_to_id is None:
        return
    known = ResponseRole.objects.filter(structure=row.structure)
    names = dict(known.values_list("pk", "role_name")) | {row.pk: row.role_name}
    superiors = dict(known.values_list("pk", "reports_to_id")) | {row.pk: row.reports_to_id}
    loop = loop_through(superiors, row.pk)
    if loop:
        path = "→".join(names[pk] for pk in loop)
        yield Problem(
            "reports_to", f"上位の役割が一巡しています（{path}）。上位の役割を選び直してください。"
        )


def _gathers(row: ResponseRole) -> bool:
    return row.muster not in ("", "none")


_BECAUSE_GATHERING = "「参集区分」が「参集不要」でないときは"


def deputies_text(rows: Sequence[ResponseRole]) -> Mapping[int, CellValue]:
    """Return the line of deputies of each role by their posts: names are personal."""
    lines: dict[int, list[str]] = {row.pk: [] for row in rows}
    deputies = RoleDeputy.objects.filter(role__in=rows).select_related("person")
    for deputy in deputies.order_by("order", "pk"):
        post = deputy.post or (deputy.person.post if deputy.person else "")
        lines[deputy.role_id].append(f"{deputy.order} {post or '職の記載なし'}")
    return {pk: "\n".join(line) for pk, line in lines.items()}


ROLES = AnnexSpec(
    code="8",
    number=8,
    title="緊急時対応体制",
    model=ResponseRole,
    columns=(
        col("structure", 7, public=Public.SHOW),
        col("role_name", 12, public=Public.SHOW, also_called=("役割", "役職")),
        col("post", 10, need=Need.APPROVAL, public=Public.SHOW),
        col("person", 10, need=Need.APPROVAL, personal=True),
        col("duties", 22, public=Public.SHOW),
        col("authority_ref", 9, in_list=False, public=Public.SHOW),
        col("hq_post", 7, in_list=False, public=Public.SHOW),
        col("team", 8, need=Need.APPROVAL, public=Public.SHOW),
        col("reports_to", 9, inferred=True),
        derived("deputies", "代行順位", Kind.LONG_TEXT, deputies_text, 12),
        col("deputy_condition", 8, need=Need.APPROVAL, in_list=False),
        col("muster", 7, need=Need.APPROVAL),
        col("place1", 9, group="参集場所", need=Need.CONDITION, in_list=False),
        col("place1_room", 7, group="参集場所", in_list=False),
        col("place2", 9, group="参集場所", need=Need.CONDITION, in_list=False),
        col("place2_room", 7, group="参集場所", in_list=False),
    ),
    natural_key=("structure", "role_name"),
    rules=(
        superior_in_same_structure,
        subordinates_in_same_structure,
        no_loop_of_command,
        RequiredWhen("place1", _gathers, _BECAUSE_GATHERING),
        RequiredWhen("place2", _gathers, _BECAUSE_GATHERING),
        same_place_twice,
    ),
    landscape=True,
)

DEPUTIES = AnnexSpec(
    code="8-deputies",
    number=8,
    title="代行順位",
    model=RoleDeputy,
    parent="role",
    columns=(
        col("role", 14),
        col("order", 5),
        col("post", 18, public=Public.SHOW),
        col("person", 12, personal=True),
    ),
    natural_key=("role", "order"),
    rules=DEPUTY_RULES,
    purpose="責任者と連絡が取れないときに、上から順に代わる人を決めます。",
)

AUTHORITIES = AnnexSpec(
    code="c-5",
    title="権限者の役割",
    model=Authority,
    columns=(
        col("role", 14, public=Public.SHOW),
        col("subject", 12, public=Public.SHOW),
        col("action", 7, public=Public.SHOW),
        col("content", 24, public=Public.SHOW),
        col("basis", 12, in_list=False, public=Public.SHOW),
    ),
    natural_key=("role", "subject", "action"),
    purpose="計画や訓練計画などを、どの役割が確認し承認するかを決めます。",
)

TABLES = (ROLES, DEPUTIES, AUTHORITIES)
