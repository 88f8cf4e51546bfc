"""Chapters 3 and 4: what is done beforehand, and how the plan is practised and kept."""

from plans.outlines.template import ChapterTemplate

MEASURES = ChapterTemplate(
    key="measures",
    title="事前対策計画",
    sections=(
        ChapterTemplate(
            key="measure-levels",
            title="情報システムを支える構成要素ごとの現状対策レベルとリスク",
            body="""
情報システムと構成要素ごとに、今の対策のレベル、目標とするレベル（5.4.2項）、その差及び差から生じるリスクを示す。

大規模災害に対する評価は、次のとおりである。

[[b-16-now-disaster]]

情報セキュリティインシデントに対する評価は、次のとおりである。

[[b-16-now-security]]

感染症に対する評価は、次のとおりである。

[[b-16-now-infection]]
""",
            guidance="""
「現状対策レベルとリスク」の表に、情報システム、事象、構成要素ごとに登録します。レベルは5.4.2項の表と照らして決め、根拠のない見込みで高く
付けないでください。
""",
        ),
        ChapterTemplate(
            key="improvement-plan",
            title="事前対策の実施計画",
            body="""
情報システムの継続性を高める方針は次のとおりである。効果だけでなく、対策の後にも残るリスクを明らかにする。

[[b-16-policy]]

それぞれのステップで実施する内容、到達するレベル、予算及び実施する部署は次のとおりである。

[[b-16-details]]
""",
            guidance="""
「事前対策のステップ」に、効果と残存リスクを必ず書きます。一度に目標に届かない場合は、年度を分けて段階ごとに登録し、
様式6-1の対策に、それを含むステップを選んでください。予算を公開しないときは、その項目を表から外します。
""",
        ),
    ),
)

REVIEW = ChapterTemplate(
    key="review-section",
    title="維持改善計画",
    sections=(
        ChapterTemplate(
            key="review.triggers",
            title="計画の実施に伴う維持改善",
            body="""
次の出来事があったときは、本計画を見直す。

[[b-12-triggers]]

対策が終わったときは現状のレベルを書き換え、対応の手順に影響がないかを確かめる。訓練で見つかった課題のうち、すぐに
直せないものは事前対策計画に移す。情報システムを新しく作るときは、調達の仕様書に必要な対策を書き込む。
""",
            guidance="""
様式13-1に、点検の時期を「随時」とし、きっかけを選んで登録した項目が並びます。
""",
        ),
        ChapterTemplate(
            key="review.after-event",
            title="危機的事象の発生に伴う維持改善",
            body="""
想定した事象や、それとよく似た事態に遭ったときは、収まった後、{{blank}}日以内に{{role_secretariat}}が次の点を報告にまとめ、本計画を改める。

＃何が、なぜ起きたか。
＃役割を持つ者と、その他の職員の動きは適切だったか。
＃目標とした時間とレベルに対して、実際はどうだったか。手順は役に立ったか。
＃差が出た原因は何か。次に向けて何を変えるか。

これまでの報告は次のとおりである。

[[b-12-reports|columns=event_name,occurred_at,converged_on,cause,gap_cause,improvements,plan_revised]]

そのときの情報システムの復旧は、目標に対して次のとおりであった。

[[b-12-systems|columns=report,system,target,actual_rto_minutes,rto_gap,rlo_shown,effectiveness]]
""",
            guidance="""
「記入が必要」の印を消し、報告をまとめる期限の日数を書きます。時間がたつと記録も記憶も失われるので、収まった日から60日以内を
目安にしてください。報告は「事象の収束後の報告」と「情報システムごとの復旧の実績」の表に登録すると、ここに並びます。
""",
        ),
        ChapterTemplate(
            key="review",
            title="定期的な見直しによる維持改善",
            body="""
毎年{{month_review}}に次の事項を確かめ、日付と担当者を記録する。直す必要があるものは、期限を決めて直す。

[[b-12-items]]
""",
            guidance="""
様式13-1に、点検の時期を「年次」として登録した項目が並びます。確かめる時期は「差し込み語句」で決めます。人事異動と予算要求の間になるように
決めると続けやすくなります。
""",
        ),
    ),
)

UPKEEP = ChapterTemplate(
    key="upkeep",
    title="教育訓練計画・維持改善計画",
    sections=(
        ChapterTemplate(
            key="training",
            title="教育訓練計画",
            body="""
{{role_chief}}と{{role_owner}}は、毎年{{month_training}}に教育訓練の計画を作り、計画どおりに行われているかを監督する。訓練ごとに目標を
定め、結果を評価して4.2節の見直しに使う。委託先などの関係者にも参加を求める。

[[b-11]]
""",
            guidance="""
様式12に登録した訓練と、「年間計画表の行事」に登録した行事から作られます。着任した職員への教育も1行として登録
してください。計画を作る月は「差し込み語句」で決めます。
""",
        ),
        REVIEW,
    ),
)

CHAPTERS = (MEASURES, UPKEEP)
