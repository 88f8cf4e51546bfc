"""Declares when people gather (C-7), where (B-5) and how many can be counted on (C-8)."""

from collections.abc import Iterator, Mapping, Sequence

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import AnnexSpec, Need, Problem, RequiredWhen, col, derived
from bcp_portal.annex.table import Public
from plans.annexes.models.muster import (
    MEASURED_CONDITIONS,
    MUSTER_GROUP,
    MusterEstimate,
    MusterPlace,
    MusterRule,
)
from plans.annexes.rules.muster_arithmetic import muster_rate
from plans.annexes.rules.muster_places import same_place_twice
from systems.rules.row import chosen


def expected_within_needed(row: MusterEstimate) -> Iterator[Problem]:
    """No more people are expected than are needed."""
    if row.expected is None or row.needed is None or row.expected <= row.needed:
        return
    yield Problem(
        "expected",
        f"{MUSTER_GROUP.label(row.group)}の想定参集人数（{row.expected}人）が"
        f"必要人数（{row.needed}人）を超えています。",
    )


def rates(rows: Sequence[MusterEstimate]) -> Mapping[int, CellValue]:
    """Return the derived rate of each row."""
    return {row.pk: muster_rate(row.expected, row.needed) for row in rows}


RULES = AnnexSpec(
    code="c-7",
    title="参集ルール",
    model=MusterRule,
    columns=(
        col("event_detail", 12, public=Public.SHOW),
        col("condition_kind", 10, public=Public.SHOW),
        col("threshold", 12, need=Need.CONDITION, public=Public.SHOW),
        col("with_headquarters", 8, need=Need.APPROVAL, public=Public.SHOW),
        col("trigger", 9, public=Public.SHOW),
        col("who", 8, public=Public.SHOW),
        col("ratio", 5, need=Need.CONDITION, public=Public.SHOW),
        col("roles", 12, need=Need.CONDITION, inferred=True, in_list=False),
        col("decider", 10, need=Need.CONDITION, public=Public.SHOW),
        col("mode", 8, need=Need.APPROVAL, in_list=False, public=Public.SHOW),
        col("authority", 12, need=Need.APPROVAL, in_list=False, public=Public.SHOW),
    ),
    natural_key=("event_detail", "condition_kind", "threshold", "who"),
    rules=(
        RequiredWhen(
            "threshold",
            chosen("condition_kind", *MEASURED_CONDITIONS),
            "「条件の種類」が震度・台風の規模・浸水・警報のときは",
        ),
        RequiredWhen("ratio", chosen("who", "part"), "「参集者」が「一部」のときは"),
        RequiredWhen("roles", chosen("who", "roles"), "「参集者」が「役割指定」のときは"),
        RequiredWhen(
            "decider",
            chosen("trigger", "instructed"),
            "「参集の方法」が「指示により参集」のときは",
        ),
    ),
    landscape=True,
    purpose="どのような事象のときに、だれが、どのように集まるかを決めます。",
)

PLACES = AnnexSpec(
    code="b-5",
    title="参集要員及び参集場所",
    model=MusterPlace,
    columns=(
        col("role", 16),
        col("system", 12),
        col("place1", 12, group="第1順位"),
        col("place1_room", 10, group="第1順位"),
        col("place2", 12, group="第2順位"),
        col("place2_room", 10, group="第2順位"),
        col("online", 6),
        col("online_means", 12, need=Need.CONDITION),
    ),
    natural_key=("role", "system"),
    rules=(
        same_place_twice,
        RequiredWhen(
            "online_means", lambda row: row.online is True, "「オンライン参集」が「はい」のときは"
        ),
    ),
    landscape=True,
    purpose="役割ごとに、最初に向かう場所と、そこが使えないときの場所を決めます。",
)

ESTIMATES = AnnexSpec(
    code="c-8",
    title="ICT部門関係者の参集可能状況",
    model=MusterEstimate,
    columns=(
        col("group", 14, public=Public.SHOW),
        col("needed", 9, public=Public.SHOW),
        col("near", 9, need=Need.APPROVAL, public=Public.SHOW),
        derived("rate", "想定参集率", Kind.PERCENT, rates, 9, public=Public.SHOW),
        col("expected", 9, public=Public.SHOW),
        col("window_minutes", 9, public=Public.SHOW),
    ),
    natural_key=("group",),
    rules=(expected_within_needed,),
    purpose="勤務時間外の災害でも、決めた時間内に何人集まれるかを見積もります。",
)

TABLES = (RULES, PLACES, ESTIMATES)
