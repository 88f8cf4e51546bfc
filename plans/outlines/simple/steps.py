"""The way from an empty municipality to a printed first plan, step by step."""

from plans.outlines.template import GuideStep

STEPS = (
    GuideStep(
        title="準備：部署、建物、備える災害",
        text=(
            "ほかの表から選べるように、部署、本庁舎などの建物、備える災害を登録します。"
            "建物と災害は、名前などの必須の欄だけを1行ずつ書けば足ります。"
        ),
        tables=("departments", "3", "14-1"),
    ),
    GuideStep(
        title="情報システムを書き出す（様式1）",
        text="止まると最も困るものから5つから10ほど登録します。細かな欄は後から埋められます。",
        tables=("1",),
    ),
    GuideStep(
        title="データの写しを確かめる（様式7）",
        text="失ってはならないデータについて、写しがどこにあり、読み戻せるかを書きます。",
        tables=("7",),
    ),
    GuideStep(
        title="だれが何をするかを決める（様式8）",
        text="見本の役割から始め、充てる職と代行者を決めます。",
        tables=("8",),
        preset="roles",
    ),
    GuideStep(
        title="連絡先を集める（様式9）",
        text="職員と事業者の窓口を、手段を2つ以上、代理の人とともに登録します。",
        tables=("9",),
    ),
    GuideStep(
        title="72時間の行動を決める（様式10）",
        text="見本の13の手順から始め、順番、時刻、停電のときの方法を直します。",
        tables=("10-1", "10-2"),
        preset="steps",
    ),
    GuideStep(
        title="被害の確認項目を決める（様式11）",
        text="最初に着いた人が目で見て分かる項目だけにします。",
        tables=("11-1",),
        preset="checks",
    ),
    GuideStep(
        title="最初の訓練を決める（様式12）",
        text="連絡訓練と、冊子の読み合わせの2つを今年度に行うと決めます。",
        tables=("12",),
    ),
    GuideStep(
        title="文を読んで直す",
        text="見本の文が入っています。承認する人、置き場所、見直す月を実際の名前に直します。",
        chapters=("purpose", "muster", "review", "revision"),
    ),
    GuideStep(
        title="表紙と奥付を整える",
        text="担当部署、所在地、代表の電話番号を確かめます。",
        page="plan:settings",
    ),
    GuideStep(
        title="印刷する",
        text=(
            "全体を画面で読み、印刷して、庁舎の内と外に置きます。空欄が残っていても案として印刷できます。"
            "計画として定めるには、「改定」で起案し、確認と承認を受けます。"
        ),
        page="prints:list",
    ),
)
