"""The steps for other times and events as rows of 様式10 (after the notes to NISC 2.3.1 and 2.3.2).

By day people are at their desks, so nobody gathers; in a security incident neither safety calls nor the
inspection of the building are needed, and the CSIRT is told first; in an epidemic people stay apart.
"""

from dataclasses import dataclass

from plans.annexes.presets import Cells
from plans.annexes.presets.response_roles import (
    ALT_STAFF,
    CHIEF,
    INCIDENT,
    OWNER,
    SECRETARIAT,
    VENDOR,
    WORK_CHIEF,
    WORK_STAFF,
)
from plans.annexes.presets.response_steps import DISASTER_STEPS

SAFETY_CALL = "職員の安否を連絡する"
GATHER = "決められた場所に参集する"
INSPECTION = "参集した拠点の安全を点検する"
CONTAIN = "被害が広がるのを防ぐ"


@dataclass(frozen=True)
class Variant:
    """One action plan to begin with: its head, the scenario it needs, and its steps in order."""

    plan: Cells
    scenario: Cells
    steps: tuple[Cells, ...]


def _changed(of: str, **cells: str) -> Cells:
    """Return the step titled `of` in the plan for the night, with some cells of its own."""
    [step] = [step for step in DISASTER_STEPS if step["title"] == of]
    return {**step, **cells}


def _following(*without: str) -> tuple[Cells, ...]:
    """Return the steps of the plan for the night without some of them."""
    return tuple(step for step in DISASTER_STEPS if step["title"] not in without)


def _counted(*steps: Cells) -> tuple[Cells, ...]:
    return tuple({**step, "seq": str(number)} for number, step in enumerate(steps, start=1))


def _step(phase: str, title: str, body: str, roles: tuple[str, ...], *rest: str) -> Cells:
    start, finish, offline_way = rest
    return {
        "phase": phase,
        "title": title,
        "body": body,
        "roles": "、".join(roles),
        "start_at_minutes": start,
        "finish_by_minutes": finish,
        "offline_way": offline_way,
    }


_DAY_STEPS = _counted(
    _changed(
        SAFETY_CALL,
        title="来庁者と職員の身を守り、居場所を確かめる",
        body="揺れや浸水から身を守り、来庁者を安全な場所へ導く。"
        "落ち着いたら、出張や休みの者を含めて職員の居場所と無事をまとめる。",
        offline_way="声を掛け合って確かめ、紙の名簿に印を付ける。",
    ),
    _changed(
        GATHER,
        title="役割の場所に就く",
        body="動いている処理と窓口を区切りのよいところで止め、決められた役割の場所に就く。"
        "帰りの手段がない職員の休む場所と交代の組を、早めに決める。",
        finish_by_minutes="1時間",
        offline_way="掲示した役割の表で自分の場所を確かめる。",
    ),
    *_following(SAFETY_CALL, GATHER),
)

_INCIDENT_STEPS = _counted(
    _step(
        "初動",
        "異常の知らせを受け、CSIRTに伝える",
        "職員、監視、外部から届いた知らせの時刻と内容を書き留め、"
        "インシデント対応チーム（CSIRT）の窓口にすぐ伝える。電源は切らない。",
        (INCIDENT, SECRETARIAT),
        "即時",
        "1時間",
        "庁内のネットワークを使わず、電話か直接の訪問で伝える。",
    ),
    _changed(
        GATHER,
        title="指示を受けて参集する",
        body="復旧作業責任者の指示により、庁舎に集まるか、電話会議などで加わる。"
        "庁内のメールは読まれているおそれがあるため、連絡に使わない。",
        finish_by_minutes="3時間",
        offline_way="電話の連絡網で順に伝える。",
    ),
    *(step for step in _following(SAFETY_CALL, GATHER, INSPECTION, CONTAIN)[:3]),
    _changed(
        CONTAIN,
        body="感染した端末、怪しい通信先、乗っ取られた利用者を切り離し、記録と画面を残す。"
        "写しの媒体を切り離して守る。",
        decision="住民の情報が漏れるおそれがあるときは、調べ終わる前に通信を止める。",
        report_to_role=INCIDENT,
        offline_way="通信の線を抜き、機器に「使用禁止」の紙を貼る。",
    ),
    *(step for step in _following(SAFETY_CALL, GATHER, INSPECTION, CONTAIN)[3:]),
)

_EPIDEMIC_STEPS = _counted(
    _step(
        "初動",
        "流行の段階を確かめ、体制を切り替える",
        "感染症の全庁の計画に合わせて発動を決め、関係者に知らせる。"
        "急いで集まることはせず、連絡の手段を先に確かめる。",
        (CHIEF, OWNER),
        "即時",
        "24時間",
        "紙の通知を各課に配る。",
    ),
    _step(
        "初動",
        "出勤できる人数を確かめる",
        "職員と委託先について、毎朝、出勤できる者と遠隔で働ける者を数える。",
        (SECRETARIAT, VENDOR),
        "24時間",
        "48時間",
        "電話で聞き取り、紙の表にまとめる。",
    ),
    _step(
        "初動",
        "人を2つの組に分ける",
        "組ごとに部屋と機器を分け、片方の組が休んでも運用を続けられるようにする。",
        (WORK_CHIEF, WORK_STAFF, ALT_STAFF),
        "24時間",
        "48時間",
        "組の表を掲示し、引継ぎは書面で行う。",
    ),
    _step(
        "代替",
        "続ける作業と休む作業を決める",
        "出勤できる人数に応じて、優先する業務を支える作業だけを残す。",
        (OWNER, WORK_CHIEF),
        "48時間",
        "72時間",
        "紙の様式16と様式17を見て決める。",
    ),
    _step(
        "代替",
        "遠隔の運用に切り替える",
        "監視や問合せの受付を庁舎の外から行う。接続の数と回線の混み具合を見て、使う時間を分ける。",
        (WORK_STAFF, VENDOR),
        "72時間",
        "1週間",
        "遠隔でつながらない作業は、班を決めて庁舎で行う。",
    ),
    _step(
        "代替",
        "状況を報告し、支援を求める",
        "人数、止めている作業及び見込みを本部に伝え、足りない人の応援を求める。",
        (OWNER, SECRETARIAT),
        "72時間",
        "1か月",
        "決めた曜日に書面で報告する。",
    ),
    _step(
        "復旧",
        "通常の勤務に戻し、記録を整理する",
        "延ばした更新や点検を片付け、うまくいかなかったことを計画の見直しの材料にする。",
        (WORK_CHIEF, SECRETARIAT),
        "1か月",
        "2か月",
        "紙の記録を日付の順にまとめる。",
    ),
)

DAY = Variant(
    plan={
        "title": "大規模災害（平日昼間）の行動計画",
        "event": "大規模災害（地震・風水害等）",
        "time_band": "勤務時間内（平日昼間）",
        "alt_site": "共通",
    },
    scenario={},
    steps=_DAY_STEPS,
)
SECURITY = Variant(
    plan={
        "title": "情報セキュリティインシデントの行動計画",
        "event": "情報セキュリティインシデント（情報セキュリティ事象）",
        "time_band": "共通",
        "alt_site": "共通",
    },
    scenario={
        "name": "業務システムを止める攻撃",
        "event": "情報セキュリティインシデント（情報セキュリティ事象）",
        "kinds": "サイバー攻撃",
        "occurs_at": "日曜日 0時",
        "time_band": "勤務時間外",
        "scale": "不正なプログラムに感染し、認証と共有の文書が使えなくなる。",
        "threat_level": "レベル3（全部が停止するおそれ）",
    },
    steps=_INCIDENT_STEPS,
)
EPIDEMIC = Variant(
    plan={
        "title": "感染症流行時の行動計画",
        "event": "感染症",
        "time_band": "共通",
        "alt_site": "共通",
    },
    scenario={
        "name": "新しい感染症の流行",
        "event": "感染症",
        "kinds": "新型インフルエンザ等・健康危機（食中毒、感染症等）",
        "occurs_at": "月曜日に国内で最初の発症者",
        "time_band": "勤務時間内",
        "scale": "職員と委託先の4割が、2週間ずつ出勤できない時期が続く。",
        "threat_level": "レベル1（将来停止の可能性）",
    },
    steps=_EPIDEMIC_STEPS,
)
