"""Chapters 2 and 3: how things stand, and what may go wrong, event by event."""

from plans.outlines.template import ChapterTemplate

_TABLE = """
原因となる出来事ごとに、情報システムに及ぶ影響を次の表に示す。

[[c-13-{code}|columns=cause,risk]]
"""

_GUIDANCE = """
リスクは「事象別リスク」の表に、様式14の想定ごとに登録します。原因（停電、断水、通信の断絶、立入りの禁止、参集が
できないなど）を1行に1つ書いてください。別の想定と同じ内容のときは、その想定を選ぶだけで済みます。
"""


def _risks(key: str, title: str, code: str, lead: str) -> ChapterTemplate:
    body = f"{lead}\n{_TABLE.format(code=code)}"
    return ChapterTemplate(key=key, title=title, body=body, guidance=_GUIDANCE)


PRESENT = ChapterTemplate(
    key="present-state",
    title="情報システム環境の現状とリスク",
    sections=(
        ChapterTemplate(
            key="systems",
            title="情報システムに係るインフラ環境の現状",
            body="""
情報システムを動かす機器と回線が、どこにあり、だれが管理しているかは、次の表のとおりである。

[[1|columns=name,hosting,location,vendor,seismic_fixed]]

庁舎の外で動く情報システムは、庁舎が被災しても動き続けることが期待できる。その代わり、回線、認証及び端末が
そろわなければ使えない。庁舎の中に残る機器は、電源、空調及び建物の安全に左右される。機器を置く部屋と電源の
状況は、様式4と様式5に示す。
""",
            guidance="""
庁舎、データセンター、クラウドのどこで何が動いているかが分かるように書きます。表は様式1から作られます。
機器の場所など公開しないほうがよい項目は、表の項目から外してください。
""",
        ),
        ChapterTemplate(
            key="terminals",
            title="情報システムに係る利用環境（端末環境）の現状",
            body="""
職員が使う端末について、次の3点を確かめている。

・いつもの端末が使えないとき、別の端末で同じ仕事ができるか。
・庁舎に入れないとき、代わりの施設や自宅から使えるか。使えない情報システムはどれか。
・住民の情報を扱う領域、内部の事務の領域及びインターネットの領域のうち、一つが止まったときに何が残るか。

予備の端末とプリンタの数は様式18に、端末だけで使えるデータの写しの有無は様式7に示す。
""",
            guidance="""
端末の種類、仮想化の有無、庁外からの利用の可否を、{本団体}の事実で書きます。住民の情報を扱う環境を庁外から
使えないなど、災害のときに効いてくる制限を必ず書いてください。
""",
        ),
        ChapterTemplate(
            key="damage",
            title="現状におけるリスク",
            body="""
今の環境のまま想定した事象が起きると、情報システムに何が起こるかを、事象ごとに整理する。
""",
            guidance="""
この節の初めには、何を根拠に想定したか（地域防災計画、公的機関の公表資料など）を1、2文で書きます。
""",
            sections=(
                _risks(
                    "damage.earthquake",
                    "地震の場合",
                    "earthquake",
                    "揺れは、電力、水、回線、建物及び人を同時に奪うことがある。",
                ),
                _risks(
                    "damage.storm-flood",
                    "風水害の場合",
                    "storm-flood",
                    "風水害は数日前から備えられる一方、水が引くまで近づけない場所が出る。",
                ),
                _risks(
                    "damage.security",
                    "情報セキュリティ事象の場合",
                    "security",
                    "建物と人は無事でも、データの内容を信用できなくなることがある。",
                ),
            ),
        ),
    ),
)

OTHER_THREATS = ChapterTemplate(
    key="other-threats",
    title="その他の脅威への対応",
    sections=(
        ChapterTemplate(
            key="other-threats.importance",
            title="その他の脅威への対応の重要性",
            body="""
想定した事象だけが起こるとは限らない。火山の噴火、爆発事故、テロ、感染症の流行など、めったに起きない事態でも、
情報システムから見れば「物が使えない」「人が来られない」のどちらかに行き着くことが多い。そこで本計画は、個々の
事態を細かく予測するのではなく、行き着く先への備えが足りているかを確かめる。
""",
            guidance="""
地震、風水害、情報セキュリティのほかに何を検討したかと、その理由を書きます。全庁の危機管理の指針がある場合は、
その分類に合わせてください。
""",
        ),
        ChapterTemplate(
            key="other-threats.risks",
            title="想定される脅威とリスク",
            body="""
全庁の危機管理の定めに挙げられた事態を、次の3つに分けて検討した。
""",
            guidance="""
全庁の指針が別の分け方をしているときは、下の項の見出しをそれに合わせて直します。項を足すこともできます。
""",
            sections=(
                _risks(
                    "damage.nature",
                    "甚大な自然災害（異常気象・火山噴火等）の場合",
                    "nature",
                    "広い範囲で交通と電力が長く止まり、応援が届きにくい。",
                ),
                _risks(
                    "damage.accident",
                    "大規模事故（爆発・危険物事故等）、武力攻撃事態、緊急対処事態（テロ等）の場合",
                    "accident",
                    "庁舎やその周りが立入りを禁じられ、解除の時期を見通せないことがある。",
                ),
                _risks(
                    "damage.infection",
                    "新型インフルエンザ等、健康危機（食中毒、感染症等）の場合",
                    "infection",
                    "設備は無事なまま、動ける人が減り続ける。",
                ),
            ),
        ),
        ChapterTemplate(
            key="improvement-plan",
            title="対処方針",
            body="""
検討の結果、情報システムが止まる道筋は、設備や回線が失われる場合と、動かす人が欠ける場合の2つにまとめられた。
どちらも地震と風水害への備えを組み合わせれば対応できる。したがって事象ごとのマニュアルは、共通の手順を部品と
して用い、事象に固有のことだけを書き足して作る。

備えが足りないと分かったことは、次の表のとおり年度を決めて進める。

[[6-1|columns=target,risk,measure,fiscal_years,progress]]
""",
            guidance="""
検討した結果をどう備えにつなげるかを書きます。足りない備えは様式6-1に登録してください。公開する版では、弱点が
読み取れる項目を表から外すことも考えます。
""",
        ),
    ),
)

CHAPTERS = (PRESENT, OTHER_THREATS)
