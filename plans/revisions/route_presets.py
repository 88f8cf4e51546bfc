"""The routes that published plans print, as data to start from; people are chosen later."""

from collections.abc import Mapping
from dataclasses import dataclass

from bcp_portal.accounts.permissions import Role
from plans.document.revision_kind import RevisionKind
from plans.revisions.route import Route, RouteStep, Seat, StepAction

K = RevisionKind


@dataclass(frozen=True)
class RoutePreset:
    """The routes of every kind, after one plan."""

    code: str
    label: str
    description: str
    routes: Mapping[RevisionKind, Route]


def _check(post: str) -> RouteStep:
    seat = Seat(role=Role.CHECKER.value, post_label=post)
    return RouteStep(f"{post}の確認", StepAction.CHECK, (seat,), days=7)


def _approve(post: str, role: Role = Role.APPROVER) -> RouteStep:
    seat = Seat(role=role.value, post_label=post)
    return RouteStep(f"{post}の承認", StepAction.APPROVE, (seat,), days=7)


def _meeting(body: str, chair: str) -> RouteStep:
    seat = Seat(role=Role.HEAD.value, post_label=chair)
    return RouteStep(f"{body}の決定", StepAction.APPROVE, (seat,), days=30, meeting_body=body)


def _report(post: str, role: Role) -> RouteStep:
    seat = Seat(role=role.value, post_label=post)
    return RouteStep(f"{post}への報告", StepAction.REPORT, (seat,), days=14)


_KSW_CHECK = _check("ネットワーク管理者")
_KSW_CHIEF = _approve("ICT部門責任者")
_KSW_FULL = Route((_KSW_CHECK, _KSW_CHIEF, _meeting("本部会", "本部長")))
_KSW_CHIEF_ONLY = Route((_KSW_CHIEF,))
KASHIWAZAKI = RoutePreset(
    "ksw",
    "柏崎市の計画にならう経路",
    "策定と重要な改定は、ICT部門責任者の承認の後に本部会（会議）で決めます。軽微な改定はICT部門責任者までです。",
    {
        K.ENACTMENT: _KSW_FULL,
        K.MAJOR: _KSW_FULL,
        K.MINOR: Route((_KSW_CHECK, _KSW_CHIEF)),
        K.ANNEX: Route((_check("ICT部門"), _KSW_CHIEF)),
        K.DRILL: _KSW_CHIEF_ONLY,
        K.MANUAL: _KSW_CHIEF_ONLY,
        K.CONTACTS: _KSW_CHIEF_ONLY,
    },
)

_KTS_MANAGER = _approve("電算機管理者")
_KTS_FULL = Route(
    (
        _check("情報セキュリティ管理者"),
        _KTS_MANAGER,
        _approve("情報システム統括責任者"),
        _report("最高情報システム統括責任者", Role.HEAD),
    )
)
_KTS_MANAGER_ONLY = Route((_KTS_MANAGER,))
KATSUSHIKA = RoutePreset(
    "kts",
    "葛飾区の計画にならう経路",
    "電算機管理者と情報システム統括責任者が順に承認し、最高情報システム統括責任者に報告します。",
    {
        K.ENACTMENT: _KTS_FULL,
        K.MAJOR: _KTS_FULL,
        K.MINOR: Route((_check("情報セキュリティ管理者"), _approve("情報システム統括責任者"))),
        K.ANNEX: Route((_check("情報システム担当係長"), _KTS_MANAGER)),
        K.DRILL: _KTS_MANAGER_ONLY,
        K.MANUAL: _KTS_MANAGER_ONLY,
        K.CONTACTS: _KTS_MANAGER_ONLY,
    },
)

_NISC_LEADER = _approve("責任者")
_NISC_HEAD = _approve("最高責任者", Role.HEAD)
_NISC_FULL = Route((_check("担当課長"), _NISC_LEADER, _NISC_HEAD))
_NISC_LEADER_ONLY = Route((_NISC_LEADER,))
NISC = RoutePreset(
    "nisc",
    "政府機関等ガイドラインにならう経路",
    "責任者が承認し、最高責任者が決めます。訓練計画も両者が承認します。",
    {
        K.ENACTMENT: _NISC_FULL,
        K.MAJOR: _NISC_FULL,
        K.MINOR: Route((_check("担当課長"), _NISC_LEADER)),
        K.ANNEX: Route((_check("担当課長"), _NISC_LEADER)),
        K.DRILL: Route((_NISC_LEADER, _NISC_HEAD)),
        K.MANUAL: _NISC_LEADER_ONLY,
        K.CONTACTS: _NISC_LEADER_ONLY,
    },
)

PRESETS: dict[str, RoutePreset] = {each.code: each for each in (KASHIWAZAKI, KATSUSHIKA, NISC)}
