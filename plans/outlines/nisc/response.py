"""Chapter 2: what is needed while it happens, which is why it stands so early."""

from plans.outlines.template import ChapterTemplate

BASICS = ChapterTemplate(
    key="muster-section",
    title="危機的事象発生時の基本方針",
    sections=(
        ChapterTemplate(
            key="target-events",
            title="対象事象",
            body="""
次の3つを対象とし、どれに当たるか分からない間は最も重いものとして動き始める。

＃大規模災害（地震、風水害など）
＃情報セキュリティインシデント（不正プログラムの感染、サイバー攻撃など）
＃感染症の流行
""",
            guidance="""
地域の事情に応じて、火山や雪害などを加えます。加えたときは、様式14の想定と様式10の行動計画にも同じ事象を登録
してください。
""",
        ),
        ChapterTemplate(
            key="response-roles",
            title="参集要員",
            body="""
危機的事象が起きたときに役割を持つ者は、次のとおりである。

[[b-4]]
""",
            guidance="""
様式8に、体制の区分を「災害時」として登録した役割が並びます。一人の職員に役割が重なりすぎていないかを確かめて
ください。
""",
        ),
        ChapterTemplate(
            key="muster",
            title="参集基準",
            body="""
参集とは、決められた場所に行くことのほか、電話会議やウェブ会議に加わることを含む。基準は次のとおりである。

[[c-7-list]]

{{area}}で{{quake}}の地震があったときは、連絡を待たずに集まる。それより小さい場合や災害以外の場合は、
{{role_chief}}が計画の発動を決め、{{role_work_chief}}が参集する者を指示する。感染症の流行では、集まること自体を避ける方法を先に考える。
""",
            guidance="""
「参集ルール」の表に登録します。自動で集まる基準と、指示を受けて集まる基準を分け、だれが指示するかを必ず入れて
ください。震度と地域は「差し込み語句」で決め、表の基準と同じにします。
""",
        ),
        ChapterTemplate(
            key="muster.places",
            title="参集場所",
            body="""
参集する場所は次のとおりとする。{{role_work_chief}}から別の指示があったときは、それに従う。

[[b-5-list]]

どの場所も危険なとき、又は{{hq}}との連絡が取りにくいときは、{{role_work_chief}}が別の場所を選ぶ。責任者の役割を持つ者は、
参集の基準、場所及び連絡先を記した携行カード（別表2）を身に付ける。
""",
            guidance="""
「参集要員及び参集場所」の表に登録します。第2順位は第1順位と別の建物にしてください。
""",
        ),
    ),
)

ORGANISATION = ChapterTemplate(
    key="roles",
    title="危機的事象発生時の対応体制",
    sections=(
        ChapterTemplate(
            key="response-organisation",
            title="対応体制・指揮命令系統図",
            body="""
指揮と報告の筋道は、次の上下の関係による。異常に気付いた者は、まず{{report_to}}に知らせる。

[[fig-organisation-disaster]]

[[8|columns=role_name,post,team,reports_to,hq_post|structure=disaster]]

いつもの連絡手段が使えないことを前提に、電話、メール、掲示など2つ以上の手段を決めておく。責任者と連絡が取れない
ときは、次の順位で代わる。

[[c-6-disaster]]
""",
            guidance="""
図は様式8から自動で描かれます。「上位の役割」をたどって一人の責任者に行き着くことを確かめてください。
""",
        ),
        ChapterTemplate(
            key="contacts",
            title="関係部局・関係企業連絡先一覧",
            body="""
関係する部局の連絡先は、次のとおりである。

[[b-8]]

委託先などの企業の連絡先は、次のとおりである。

[[b-9]]
""",
            guidance="""
連絡先は様式9に登録します。個人の番号は、見てよい人が印刷するときだけ紙に出ます。人事異動の後に必ず確かめて
ください。
""",
        ),
    ),
)

PROCEDURES = ChapterTemplate(
    key="actions",
    title="危機的事象発生時における対応手順",
    sections=(
        ChapterTemplate(
            key="action-flow",
            title="全体フロー",
            body="""
対応は、初動、代替、復旧の段階に分けて進める。事象ごとの流れは次のとおりである。

[[fig-actions-disaster]]

[[10-2|columns=plan,seq,phase,title,report_to_role]]

情報セキュリティインシデントでは、安否の連絡と拠点の点検を省き、インシデント対応チームへの連絡を加える。感染症では、
業務継続計画の流れに合わせる。
""",
            guidance="""
様式10の手順から作られます。大規模災害、情報セキュリティインシデント、感染症のそれぞれについて行動計画を登録して
ください。図は、大規模災害の先頭の行動計画から自動で描かれます。ほかの行動計画の図も本文に入れられます。
""",
        ),
        ChapterTemplate(
            key="actions.disaster",
            title="対応手順",
            body="""
夜間・休日に大規模災害が起きたときの手順は次のとおりである。

[[b-10-off-hours]]

平日の昼間に大規模災害が起きたときの手順は次のとおりである。

[[b-10-working-hours]]

情報セキュリティインシデントのときの手順は次のとおりである。

[[b-10-incident]]

感染症が流行したときの手順は次のとおりである。

[[b-10-epidemic]]
""",
            guidance="""
大規模災害については、夜間・休日と平日の昼間の両方の手順を様式10に登録します。「参照文書」には、その場で開く
手引や一覧を様式20から選んでください。
""",
        ),
    ),
)

CHAPTERS = (
    ChapterTemplate(
        key="action-plan",
        title="危機的事象発生時の対応計画",
        sections=(BASICS, ORGANISATION, PROCEDURES),
    ),
)
