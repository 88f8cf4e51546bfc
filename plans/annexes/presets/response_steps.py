"""The thirteen steps after a large disaster at night (after NISC 表2.3-1) as rows of 様式10.

The rows name neither their plan nor a scenario: whoever loads them adds the columns `plan` and
`scenario`. The roles are those of `response_roles`. Times are our proposal, to be adapted.
"""

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

_INITIAL, _SUBSTITUTE, _RECOVERY = "初動", "代替", "復旧"
_STAFF = (CHIEF, OWNER, INCIDENT, WORK_CHIEF, SECRETARIAT, WORK_STAFF, ALT_STAFF)

DISASTER_PLAN: Cells = {
    "title": "大規模災害（夜間・休日）の行動計画",
    "event": "大規模災害（地震・風水害等）",
    "time_band": "勤務時間外（夜間・休日）",
    "alt_site": "共通",
}


def _step(
    phase: str, title: str, body: str, roles: tuple[str, ...], times: tuple[str, str], **more: str
) -> Cells:
    start, finish = times
    return {
        "phase": phase,
        "title": title,
        "body": body,
        "roles": "、".join(roles),
        "start_at_minutes": start,
        "finish_by_minutes": finish,
        **more,
    }


_STEPS = (
    _step(
        _INITIAL,
        "職員の安否を連絡する",
        "自分と家族の身を守り、落ち着いたら安否と何時ごろ参集できるかを知らせる。",
        _STAFF,
        ("即時", "1時間"),
        report_to_role=SECRETARIAT,
        annexes="様式9",
        offline_way="電話もメールも通じないときは、災害用伝言サービスに残すか、参集したときに口頭で伝える。",
    ),
    _step(
        _INITIAL,
        "決められた場所に参集する",
        "テレビやラジオ、ウェブで震度を確かめ、基準に当たれば連絡を待たずに参集場所へ向かう。"
        "飲み水と食べ物を持ち、けがをしにくい服装で移動する。",
        _STAFF,
        ("即時", "6時間"),
        annexes="様式8",
        offline_way="携行カードに書かれた参集基準と参集場所に従う。",
    ),
    _step(
        _INITIAL,
        "参集した拠点の安全を点検する",
        "建物の管理者とともに、壁や柱のひび、天井の落下、水漏れ、電気の状況を見て回る。"
        "ほかの部署が管理する建物については、その担当に状況を聞く。",
        (WORK_STAFF, OWNER),
        ("1時間", "6時間"),
        decision="安全が確かめられないときは建物に入らず、最高責任者に連絡して代替拠点へ移る。",
        report_to_role=CHIEF,
        annexes="様式3、様式11",
        offline_way="懐中電灯と紙のチェックシートを使い、結果は口頭で伝える。",
    ),
    _step(
        _INITIAL,
        "集まった人数を確かめる",
        "参集場所ごとにだれが着いたかを名簿に付け、足りない役割は代行者で埋める。",
        (WORK_CHIEF, OWNER, SECRETARIAT),
        ("2時間", "6時間"),
        report_to_role=OWNER,
        annexes="様式8、様式9",
        offline_way="紙の名簿に到着した時刻を書き込む。",
    ),
    _step(
        _INITIAL,
        "情報を伝え合う手段を確保する",
        "使える電話、端末、掲示の場所を確かめて関係者に知らせる。"
        "委託先などに、こちらの連絡先と急ぎの依頼を伝える。",
        (WORK_CHIEF, WORK_STAFF),
        ("2時間", "6時間"),
        report_to_role=SECRETARIAT,
        annexes="様式5、様式9",
        offline_way="掲示板に紙を貼り、決めた時刻に伝令を出して情報を交換する。",
    ),
    _step(
        _INITIAL,
        "被害の状況を調べる",
        "調べる場所の順番を決めて担当者に割り振り、簡易版、詳細版の順にチェックシートで調べる。"
        "事務局は届いた結果を時刻とともに書き留める。",
        (WORK_CHIEF, WORK_STAFF, SECRETARIAT),
        ("3時間", "24時間"),
        report_to_role=CHIEF,
        annexes="様式11、様式14、様式19",
        offline_way="印刷したチェックシートに記入し、事務局へ手渡す。",
    ),
    _step(
        _INITIAL,
        "被害が広がるのを防ぐ",
        "機器の転倒や水濡れを防ぎ、傷みそうな台帳やバックアップの媒体を安全な部屋へ移す。",
        (WORK_STAFF,),
        ("3時間", "24時間"),
        decision="余震や浸水で人が危ないときは、作業をやめて退避する。",
        report_to_role=WORK_CHIEF,
        annexes="様式7、様式18",
        offline_way="覆いと固定の用具、台車を使い、人の手で行う。",
    ),
    _step(
        _SUBSTITUTE,
        "復旧方針を決める",
        "被害の状況から、住民の命と暮らしに関わる業務を先にして、"
        "どのシステムをどこでどの程度まで復旧するかの案を作り、本部と話し合って決める。",
        (CHIEF, OWNER, WORK_CHIEF),
        ("6時間", "24時間"),
        decision="目標復旧時間に間に合う見込みがあるかどうかで、復旧の場所と方式を選ぶ。",
        report_to_text="災害対策本部",
        annexes="様式16、様式17、様式18",
        offline_way="紙の様式17と被害の記録を並べ、対面で決める。",
    ),
    _step(
        _SUBSTITUTE,
        "復旧を指示する",
        "代替拠点で復旧するときは代替拠点の担当者に切り替えを、"
        "被災拠点で復旧するときは現地の担当者に作業を指示する。"
        "後の場合、代替拠点の担当者は待機させるか、応援に呼ぶ。",
        (WORK_CHIEF,),
        ("6時間", "24時間"),
        decision="被災拠点では目標復旧時間に間に合わないと見たときは、代替拠点に切り替える。",
        report_to_role=OWNER,
        annexes="様式17",
        offline_way="書面で指示し、受けた人が署名して写しを残す。",
    ),
    _step(
        _RECOVERY,
        "情報システムを復旧する",
        "復旧の順番に沿って作業し、必要なときは委託先の助けを求める。"
        "進み具合は決めた時刻ごとに伝え、事務局が記録して問合せに答える。",
        (WORK_STAFF, ALT_STAFF, VENDOR, WORK_CHIEF, SECRETARIAT),
        ("12時間", "72時間"),
        report_to_role=OWNER,
        annexes="様式1、様式2、様式7、様式17",
        offline_way="印刷した手順書を使い、済んだ作業に印を付ける。",
    ),
    _step(
        _RECOVERY,
        "状況を報告し、支援を求める",
        "被害、方針、復旧の見込み、各部局への頼みごとを本部に伝え、足りない人や物の支援を求める。"
        "復旧が終わるまで続け、見込みが変わるたびに関係部局へ知らせる。",
        (OWNER, SECRETARIAT, CHIEF),
        ("6時間", "72時間"),
        parallel="はい",
        report_to_text="災害対策本部",
        annexes="様式16、様式17",
        offline_way="決めた時刻に本部へ出向き、報告の写しを掲示板に貼る。",
    ),
    _step(
        _RECOVERY,
        "復旧したことを知らせる",
        "動作を確かめてから本部に復旧を報告し、使い方の変わる点と頼みごとを各部局に伝える。"
        "代替拠点で動かしているときは、元の環境へ戻す計画を立て始める。",
        (CHIEF, SECRETARIAT),
        ("24時間", "72時間"),
        report_to_text="災害対策本部",
        annexes="様式16、様式17",
        offline_way="各部局の連絡員に書面を配る。",
    ),
    _step(
        _RECOVERY,
        "記録を整理する",
        "作業中の記録をなくさないように集め、時刻の順に並べる。"
        "困ったことや工夫したことを書き足し、計画を見直す材料にする。",
        _STAFF,
        ("24時間", "1週間"),
        report_to_role=SECRETARIAT,
        annexes="様式6、様式13",
        offline_way="紙の記録は封筒に入れ、日付と担当を書いて一か所に保管する。",
    ),
)

DISASTER_STEPS: tuple[Cells, ...] = tuple(
    {"seq": str(number), **step} for number, step in enumerate(_STEPS, start=1)
)
