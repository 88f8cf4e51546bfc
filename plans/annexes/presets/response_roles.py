"""Roles to begin with (after NISC 表1.4-1 and 表2.1-1) as rows of 様式8."""

from plans.annexes.presets import Cells

_EVERYDAY, _DISASTER = "平常時（運用推進）", "災害時"

CHIEF = "最高責任者"
OWNER = "運用継続責任者"
INCIDENT = "インシデント対応担当者"
WORK_CHIEF = "復旧作業責任者"
SECRETARIAT = "事務局"
WORK_STAFF = "復旧作業担当者（被災拠点）"
ALT_STAFF = "復旧作業担当者（代替拠点）"
VENDOR = "委託先"


def _role(structure: str, name: str, team: str, superior: str, *duties: str) -> Cells:
    return {
        "structure": structure,
        "role_name": name,
        "team": team,
        "reports_to": superior,
        "duties": "\n".join(duties),
    }


DISASTER_ROLES: tuple[Cells, ...] = (
    _role(
        _DISASTER,
        CHIEF,
        "責任者",
        "",
        "災害対策本部の一員として、情報システムの状況を本部に伝える。",
        "この計画を発動するかどうかを決め、復旧方針を本部と話し合って定める。",
    ),
    _role(
        _DISASTER,
        OWNER,
        "責任者",
        CHIEF,
        "発動の後にとるべき方針を検討し、最高責任者に示す。",
        "本部と各部局に、被害の状況と復旧の見込みを知らせる。",
    ),
    _role(
        _DISASTER,
        INCIDENT,
        "CSIRT・インシデント対応チーム",
        OWNER,
        "異常の知らせを受け付け、監視と分析を行う。",
        "被害が広がらないように止め、原因を調べて同じことが起きない手立てを講じる。",
        "庁内と関係する組織に情報を伝える。",
    ),
    _role(
        _DISASTER,
        WORK_CHIEF,
        "責任者",
        OWNER,
        "どのシステムをどこでどこまで復旧するかを検討し、担当者に作業を指示する。",
        "利用する部署に復旧が終わったことを知らせる。",
        "情報セキュリティの担当と連絡を取り合う。",
    ),
    _role(
        _DISASTER,
        SECRETARIAT,
        "事務局",
        OWNER,
        "被害と復旧の状況を集めて記録し、関係者に配る。",
        "問合せに答え、運用継続責任者を助ける。",
    ),
    _role(
        _DISASTER,
        WORK_STAFF,
        "インフラチーム",
        WORK_CHIEF,
        "被災した拠点の機器とシステムの状態を調べ、事務局に伝える。",
        "機器の覆いや固定などで被害が広がるのを防ぎ、必要な物を持ち出す。",
    ),
    _role(
        _DISASTER,
        ALT_STAFF,
        "インフラチーム",
        WORK_CHIEF,
        "代替拠点で回線とシステムを切り替える。",
        "代替拠点で作業する事業者に指示を出す。",
    ),
    _role(
        _DISASTER,
        VENDOR,
        "外部事業者",
        WORK_CHIEF,
        "契約や取り決め、担当者の指示に沿って作業する。",
        "作業の結果と見込みを担当者に伝え、担当者を助ける。",
    ),
)

EVERYDAY_ROLES: tuple[Cells, ...] = (
    _role(
        _EVERYDAY,
        CHIEF,
        "責任者",
        "",
        "計画を作り、使い続けることの全体をまとめ、結果に責任を持つ。",
    ),
    _role(
        _EVERYDAY,
        OWNER,
        "責任者",
        f"{CHIEF}（平常時）",
        "受け持つ情報システムについて、計画作りと見直しをまとめる。",
    ),
    _role(
        _EVERYDAY,
        "運用継続担当者",
        "事務局",
        f"{OWNER}（平常時）",
        "受け持つ情報システムについて、調査や検討を行い、案を作る。",
    ),
)
