"""Chapters 6 and 7: manuals, review, approval and training; the glossary."""

from plans.outlines.template import ChapterTemplate

UPKEEP = ChapterTemplate(
    key="upkeep",
    title="計画の運用",
    sections=(
        ChapterTemplate(
            key="document-list",
            title="本計画を踏まえたマニュアルの整備",
            body="""
本計画の下に、本計画が取り上げた事象ごとのマニュアルを置く。

[[c-12-list]]

マニュアルに沿って動くときに手元で使う資料は、種類ごとに次のとおり用意する。

[[c-12-kinds|columns=kind,name,overview]]
""",
            guidance="""
マニュアルは「マニュアル」の表に、使う資料は「マニュアルの資料」の表に登録します。全部がそろっていなくても、
予定しているものを載せておくと、足りないものが分かります。
""",
        ),
        ChapterTemplate(
            key="review",
            title="本計画及びマニュアルの見直し",
            body="""
本計画とマニュアルは、年に1回以上、内容が今の環境に合っているかを点検する。情報システムの導入や更新、訓練の
結果、他の文書の改訂など、内容を古くする出来事があったときは、その都度点検する。点検の時期と内容は次の表の
とおりである。

[[c-16|columns=cycle,trigger,content]]
""",
            guidance="""
点検する項目は様式13-1に、行った点検は様式13-2に登録します。だれが点検し、だれが結果を確かめるかも書いて
ください。
""",
        ),
        ChapterTemplate(
            key="revision",
            title="承認ルール",
            body="""
本計画の改訂は、情報システムを統括する者が承認する。承認した版の番号、年月日及び内容は、本計画の初めにある
改訂の一覧に書き加える。

マニュアルの作成と改訂は、{ICT部門}の長が承認する。承認した日と主な変更点は、それぞれのマニュアルに記す。

だれが何を承認するかは、次の表のとおりである。

[[c-5|columns=role,subject,action,basis]]
""",
            guidance="""
承認する人を、計画とマニュアルに分けて決めます。表は「権限者の役割」に登録してください。承認された版は書き換え
ません。
""",
        ),
        ChapterTemplate(
            key="training",
            title="訓練",
            body="""
計画が実際に働くことを確かめるため、次の訓練を定期に行う。

[[c-17]]

訓練で見つかった課題は30日以内にまとめ、計画やマニュアルの改訂、又は様式6の対策につなげる。
""",
            guidance="""
訓練は様式12に登録します。机上の訓練、連絡と安否確認の訓練、復旧の訓練の3つを毎年行うと、計画の主な部分を
ひととおり試せます。
""",
        ),
    ),
)

TERMS = ChapterTemplate(
    key="terms",
    title="用語集",
    body="""
本文で（※）を付けた言葉の意味を、アルファベットで始まるものと、それ以外のものに分けて示す。

〈アルファベット順〉

[[c-11-alphabet]]

〈五十音順〉

[[c-11-gojuon]]
""",
    guidance="""
用語と読みは「用語集」の表に登録します。並び順は読みから自動で決まります。職員や住民が初めて読んで分からない
言葉を選んでください。
""",
)

CHAPTERS = (UPKEEP, TERMS)
