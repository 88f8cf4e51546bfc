"""Chapters 4 and 5: who does what in three kinds of time, who comes, and what is done."""

from plans.outlines.template import ChapterTemplate

_ROLES_GUIDANCE = """
役割は様式8に、体制の区分（平常時、災害時、情報セキュリティ事象発生時）ごとに登録します。人の名前ではなく職で
決め、「上位の役割」を入れると指揮の筋道が一本になっているかを確かめられます。
"""

ROLES = ChapterTemplate(
    key="roles",
    title="計画の運用体制と役割",
    body="""
体制は、平常時、災害時及び情報セキュリティ事象発生時の3つを定めておく。災害と情報セキュリティ事象が重なったときは
2つの体制を同時に動かし、両方に役割を持つ職員は、上位の役割を務めて残りを代行者に譲る。
""",
    guidance="""
3つの体制の使い分けと、重なったときの決まりを書きます。職員が少なく兼務が避けられない場合は、どちらを優先する
かを必ず決めてください。
""",
    sections=(
        ChapterTemplate(
            key="everyday-roles",
            title="平常時の体制と役割",
            body="""
平常時には、計画の点検、訓練、対策の実施及び改訂を次の体制で進める。

[[fig-organisation-normal]]

[[8-normal]]

計画、マニュアル及び訓練を承認する者は、6(3)に定める。
""",
            guidance=_ROLES_GUIDANCE,
        ),
        ChapterTemplate(
            key="response-roles",
            title="災害時（地震・風水害等）の体制と役割",
            body="""
災害対策本部が置かれたときは、次の体制に移る。{ICT部門}の指揮者は、本部に情報システムの状況を報告し、
本部の決定を各チームに伝える。

[[fig-organisation-disaster]]

[[8-disaster]]
""",
            guidance=_ROLES_GUIDANCE,
        ),
        ChapterTemplate(
            key="security-roles",
            title="情報セキュリティ事象発生時の体制と役割",
            body="""
情報セキュリティ事象が起きたときは、インシデント対応チームを定めた規程に従い、次の体制で初動と復旧に当たる。

[[fig-organisation-security]]

[[8-security]]

影響が小さく{ICT部門}の中で収まるものは通常の障害として扱い、住民や全庁の業務に及ぶおそれが出た時点でこの体制に
切り替える。
""",
            guidance=_ROLES_GUIDANCE,
        ),
    ),
)


_MUSTER_GUIDANCE = """
参集の基準は「参集ルール」の表に、事象ごとに登録します。夜間に一人でも当てはまるかどうかが分かる基準（震度、
警報、本部の設置など）にし、全庁の計画の基準と食い違わないことを確かめてください。
"""

# The published plan prints chart and deputies here, behind the last of its three rules.
_CHART_AND_DEPUTIES = """
ここまでの決まりによる参集の流れを、次の図にまとめる。

[[fig-muster]]

どの事象でも、指揮する者と連絡が取れないときは、次の順位で代わる。代わった者は、判断した内容と時刻を書き残す。

[[c-6-disaster]]
"""


def _muster(
    key: str, title: str, text: str, code: str, *, more: str = "", guidance: str = ""
) -> ChapterTemplate:
    return ChapterTemplate(
        key=key,
        title=title,
        body=f"{text}\n\n[[c-7-{code}|columns=condition,who,way,authority]]\n{more}",
        guidance=_MUSTER_GUIDANCE.rstrip() + guidance,
    )


MUSTER = ChapterTemplate(
    key="muster",
    title="参集ルール",
    body="""
庁舎の外から情報システムの状態を確かめられるときは、まず離れた場所で確認し、行かなければできない作業がある場合に
参集する。道路や建物の安全が確かめられないときは動かない。

事象と条件ごとに、だれがどのように参集するかは、次のとおりである。
""",
    guidance="""
離れた場所から何を確かめられるか（監視の通知、持ち帰りの端末など）と、それでも参集が要る作業を書きます。
""",
    sections=(
        _muster(
            "muster.earthquake",
            "地震の場合",
            "揺れの大きさが基準に達したときは、連絡を待たずに次のとおり参集する。",
            "earthquake",
        ),
        _muster(
            "muster.storm-flood",
            "風水害の場合",
            "水位や警報の段階と災害対策本部の設置に応じて、次のとおり参集する。",
            "storm-flood",
        ),
        _muster(
            "muster.security",
            "情報セキュリティ事象の場合",
            "止まった範囲と広がる速さを見て、次のとおり参集する。小さな不具合では参集しない。",
            "security",
            more=_CHART_AND_DEPUTIES,
            guidance="代行の順位は様式8に登録してください。",
        ),
        ChapterTemplate(
            key="muster.other",
            title="その他の脅威の場合",
            body="""
上の3つに当てはまらない事態では、被害の内容が最も近いものの基準を使う。判断が付かないときは、指揮する者が
参集の要否を決める。あらかじめ決めた基準は、次のとおりである。

[[c-7-other|columns=event,condition,who,way,authority]]
""",
            guidance="""
感染症の流行など、集まらないほうがよい事態の扱い（自宅からの対応、交代の組み方）も書いておきます。
""",
        ),
    ),
)

RESPONSE = ChapterTemplate(
    key="action-plan",
    title="緊急時対応・復旧計画",
    sections=(
        ChapterTemplate(
            key="muster-section",
            title="参集ルール等",
            sections=(
                MUSTER,
                ChapterTemplate(
                    key="vendors",
                    title="運用・保守事業者への復旧協力依頼",
                    body="""
原因の見当を付けるところまでは、職員と常駐の事業者が行う。機器の交換やプログラムの修正が要ると分かったら、
保守の事業者に状況、求める作業及び期限を伝えて依頼する。連絡が付かない間に職員だけで進める作業は、あらかじめ
マニュアルに書いておく。事業者ごとの取決めは、次の表のとおりである。

[[2-2|columns=vendor,name,agreement,muster_rule,arrival_minutes]]
""",
                    guidance="""
どの時点で、だれが、どの事業者に頼むのかを書きます。夜間の窓口と担当者の代理は様式9に、災害時の取決めは
様式2-2に登録してください。
""",
                ),
            ),
        ),
        ChapterTemplate(
            key="actions",
            title="行動計画",
            body="""
行動の骨組みを次のア、イに示す。細かな手順は事象ごとのマニュアルによる。
""",
            guidance="""
ここには短い前置きだけを書きます。ア、イの流れの図は、事象ごとに様式10の先頭の行動計画から自動で描かれます。
""",
            sections=(
                ChapterTemplate(
                    key="actions.disaster",
                    title="地震・風水害の場合",
                    body="""
安否の確認、参集、被害の調査、報告、復旧の順に動く。本部への最初の報告は、分かっていることだけで早く出す。

[[fig-actions-disaster]]

[[b-10-disaster|columns=plan,seq,content,roles]]
""",
                    guidance="""
行動は様式10に、危機的事象を「大規模災害」として登録します。夜間・休日と勤務時間内の両方を用意し、停電のときの
やり方を必ず入れてください。
""",
                ),
                ChapterTemplate(
                    key="actions.security",
                    title="情報セキュリティ事象の場合",
                    body="""
検知、切離し、影響の判定、報告と公表、復旧、再発の防止の順に動く。庁内の対応チームが受け持つ仕事は、チームを
置いた規程に定めるとおりとする。

[[fig-actions-security]]

[[b-10-security|columns=plan,seq,content,roles]]
""",
                    guidance="""
行動は様式10に、危機的事象を「情報セキュリティインシデント」として登録します。証拠を残すために電源を切らないなど、
災害のときと違う点を書いてください。
""",
                ),
            ),
        ),
    ),
)

CHAPTERS = (ROLES, RESPONSE)
