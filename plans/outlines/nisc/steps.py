"""The way from an empty municipality to a printed plan after the NISC appendix, step by step."""

from plans.outlines.template import GuideStep

STEPS = (
    GuideStep(
        title="準備：部署、建物、外部事業者、想定する事象",
        text=(
            "ほかの表から選べるように、部署、庁舎などの建物、委託先を登録し、"
            "大規模災害、情報セキュリティインシデント、感染症の想定を1件ずつ書きます。"
        ),
        tables=("departments", "3", "2-1", "14-1"),
    ),
    GuideStep(
        title="適用する情報システムを決める（1.3節）",
        text="情報を伝え合うもの（メール、ネットワーク、認証など）から始めてもかまいません。",
        tables=("1",),
    ),
    GuideStep(
        title="体制を決める（1.4節、2.1節、2.2節）",
        text="平常時と発生時の役割を見本から始め、充てる職と代行者を決めます。",
        tables=("8", "8-deputies"),
        preset="roles",
    ),
    GuideStep(
        title="参集の基準と場所、連絡先を決める（2.1節、2.2節）",
        text="自動で集まる基準、集まる場所の第1順位と第2順位、部局と委託先の連絡先を登録します。",
        tables=("c-7", "b-5", "9"),
    ),
    GuideStep(
        title="夜間・休日の対応手順を決める（2.3節）",
        text="見本の13の手順から始め、担当、時刻、電源や通信がないときの方法を直します。",
        tables=("10-1", "10-2"),
        preset="steps",
    ),
    GuideStep(
        title="平日昼間の対応手順を決める（2.3節）",
        text="参集の代わりに、来庁者の避難と役割の場所に就くことから始めます。",
        tables=("10-1",),
        preset="steps-day",
    ),
    GuideStep(
        title="情報セキュリティインシデントの対応手順を決める（2.3節）",
        text="安否の連絡と拠点の点検を除き、CSIRTへの連絡を先頭に置いた見本から始めます。",
        tables=("10-1",),
        preset="steps-security",
    ),
    GuideStep(
        title="感染症の対応手順を決める（2.3節）",
        text="集まることを避け、全庁の計画に合わせる見本から始めます。",
        tables=("10-1",),
        preset="steps-epidemic",
    ),
    GuideStep(
        title="業務から復旧の優先度を求める（5.3節、別表1）",
        text="優先する業務の目標、代わりの手段、支える情報システムを調べ、目標復旧時間を決めます。",
        tables=("15", "15-systems", "16", "17"),
    ),
    GuideStep(
        title="被害を想定し、今の備えを評価する（3.1節、5.2節）",
        text="8つの対象の被害を事象ごとに書き、構成要素ごとに今のレベルとリスクを登録します。",
        tables=("14-3", "b-16-now"),
    ),
    GuideStep(
        title="対策を段階に分ける（3.2節）",
        text="何年度に何を行い、どこまで到達するかをステップに分け、対策と予算を登録します。",
        tables=("b-16-steps", "6-1"),
    ),
    GuideStep(
        title="教育訓練と見直しを決める（4章）",
        text="今年度の訓練と、年に1回確かめる14の問いから始める点検項目を登録します。",
        tables=("12", "13-1"),
        preset="questions",
    ),
    GuideStep(
        title="文を読んで直す",
        text="見本の文が入っています。趣旨、方針、参集の決まりを自団体に合わせて直します。",
        chapters=("purpose", "policy", "muster", "review.after-event"),
    ),
    GuideStep(
        title="表紙と奥付を整える",
        text="担当部署、所在地、代表の電話番号を確かめます。",
        page="plan:settings",
    ),
    GuideStep(
        title="印刷する",
        text="全体を画面で読み、印刷して、庁舎の内と外に置きます。",
        page="prints:list",
    ),
)
