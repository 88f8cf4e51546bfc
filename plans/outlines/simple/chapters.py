"""Five chapters around the first 72 hours, with the fewest tables that make a plan."""

from plans.outlines.template import ChapterTemplate

ABOUT = ChapterTemplate(
    key="making",
    title="この計画について",
    sections=(
        ChapterTemplate(
            key="purpose",
            title="目的",
            body="""
大きな災害の後の72時間は、命を守る仕事が集中する。安否の確認、避難所の運営、住民への情報提供のどれにも、住民の情報と
通信が要る。この計画は、その72時間に{ICT部門}が何をどの順に行うかを、停電のなかでも開ける薄い冊子にまとめたもので
ある。

72時間より後の復旧、代替拠点の設置などは、この計画を使いながら順に書き足していく。
""",
            guidance="""
見本の文は一般的な内容です。{本団体}で過去に起きた災害や停電に触れると、読む人に伝わりやすくなります。初めの版では
短くてかまいません。
""",
        ),
        ChapterTemplate(
            key="scope",
            title="対象とする情報システム（様式1）",
            body="""
対象は次の表のとおりとする。表にない情報システムは、この計画が済んだ後に加える。

[[1|columns=name,hosting,owner_department,vendor,server_loss_alt]]
""",
            guidance="""
様式1に、止まると最も困るものから5つから10ほど登録します。住民情報、ネットワーク、電話やメール、ホームページを
忘れないでください。
""",
        ),
    ),
)

FIRST_HOURS = ChapterTemplate(
    key="action-plan",
    title="発災から72時間の行動",
    body="この章は、発災したときに最初に開く。迷ったら(1)に戻る。",
    guidance="""
発災のときに使う章です。長い説明は書かず、順番、担当、時刻、停電のときのやり方が一目で分かるようにしてください。
""",
    sections=(
        ChapterTemplate(
            key="policy",
            title="最初に守ること",
            body="""
＃自分と周りの人の安全を確かめる。危ない場所の機器には近づかない。
＃安否の連絡と参集は、指示を待たずに始める。
＃分かったことだけを早く報告する。分からないことは「不明」と伝える。
＃判断と行動を、時刻とともに紙に書く。
""",
            guidance="""
だれが読んでも同じように動ける、短い決まりにします。{本団体}の職員向けの災害の手引と食い違わないことを確かめて
ください。
""",
        ),
        ChapterTemplate(
            key="muster",
            title="参集",
            body="""
全庁の配備の基準に当てはまるときは、連絡を待たずに次の場所へ集まる。道路や建物が危険なときは、動ける範囲で待ち、
安否だけを知らせる。

[[8|columns=role_name,post,muster,place1,place1_room|structure=disaster]]
""",
            guidance="""
様式8の「参集」「参集場所」の欄から作られます。全庁の基準（震度、本部の設置など）の数字をここに書き足すと、夜間に
一人でも判断できます。
""",
        ),
        ChapterTemplate(
            key="actions.disaster",
            title="72時間の行動計画（様式10）",
            body="""
次の順に行動する。時刻は発災からの目安であり、前後してもよい。

[[10-72h]]

[[fig-actions-disaster]]
""",
            guidance="""
様式10に登録した手順のうち、72時間以内に始めるものが並びます。電源や通信がないときの方法を空けないでください。見本の
手順から始めて、{本団体}に合わせて直すのが早道です。
""",
        ),
        ChapterTemplate(
            key="damage-check",
            title="被害の確認（様式11）",
            body="""
最初に着いた職員は、次の項目を目で見て確かめ、責任者に知らせる。専門の知識は要らない。

[[11-1|columns=group,item,how,order]]
""",
            guidance="""
様式11に、区分ごとに1つか2つの確認項目を登録します。印刷した紙を、庁舎の入口など決めた場所に置いておきます。
""",
        ),
    ),
)

PEOPLE = ChapterTemplate(
    key="roles",
    title="体制と連絡先",
    sections=(
        ChapterTemplate(
            key="response-roles",
            title="体制（様式8）",
            body="""
災害のときの役割は次のとおりとする。一人が複数の役割を持つことがある。

[[fig-organisation-disaster]]

[[8|columns=role_name,post,duties,reports_to|structure=disaster]]

連絡が取れないときは、次の順に代わる。

[[c-6-disaster]]
""",
            guidance="""
様式8に、責任者、被害を調べる人、連絡と記録をする人の3つがあれば始められます。責任者には必ず代行者を決めてください。
""",
        ),
        ChapterTemplate(
            key="contacts",
            title="連絡先（様式9）",
            body="""
庁内の連絡先は次のとおりである。

[[b-8]]

事業者の連絡先は次のとおりである。

[[b-9]]

電話がつながらないときは、ほかの手段を試し、それでも通じなければ決めた場所に伝言を残す。
""",
            guidance="""
様式9に、職員と事業者の窓口を登録します。手段は2つ以上、代理の人も入れてください。個人の番号は、見てよい人が印刷
するときだけ紙に出ます。
""",
        ),
    ),
)

BACKUPS = ChapterTemplate(
    key="backups",
    title="データを守る備え（様式7）",
    body="""
失うと取り戻せないデータの写しは、次のとおり保管する。庁舎と同時に被災しない場所にあること、実際に読み戻せることを
年に1回確かめる。

[[7|columns=name,primary_site,backed_up,frequency_minutes,backup_site,restore_tested_on,offline_copy]]
""",
    guidance="""
様式7に、住民の情報など失ってはならないものから登録します。停電でも見られる写し（印刷した名簿、端末だけで開ける
データ）があるかどうかが、最初の72時間を分けます。
""",
)

UPKEEP = ChapterTemplate(
    key="upkeep",
    title="訓練と見直し",
    sections=(
        ChapterTemplate(
            key="training",
            title="訓練（様式12）",
            body="""
年に1回以上、次の訓練を行い、うまくいかなかった点をこの計画に書き戻す。

[[c-17]]
""",
            guidance="""
様式12に登録します。最初の年は、連絡先に実際に電話を掛ける訓練と、この冊子を読み合わせる訓練だけでも効果が
あります。
""",
        ),
        ChapterTemplate(
            key="review",
            title="見直し",
            body="""
人事異動の後、情報システムを入れ替えた後、訓練の後に、内容が今も正しいかを確かめる。少なくとも年に1回は全体を
見直し、直した日を記録する。
""",
            guidance="""
だれがいつ見直すかを、職名と月で書きます。人事異動の直後に連絡先を確かめることを、必ず決めてください。
""",
        ),
        ChapterTemplate(
            key="revision",
            title="承認と保管",
            body="""
この計画は、{ICT部門}の責任者が案を作り、ICTを担当する部の長又は副市町村長に当たる者の承認を受けて発効する。
承認した版は書き換えない。印刷したものと電子データを、庁舎の内と外に1つずつ置く。
""",
            guidance="""
承認する人の職名を{本団体}の実際の名前に直し、冊子を置く場所を具体的に書いてください。
""",
        ),
        ChapterTemplate(
            key="next-steps",
            title="次に整えること",
            body="""
この計画が発効した後、次の順に書き足す。

・建物、電源及び通信の弱い所を調べる（様式3から様式5まで）。
・事業者との取決めを確かめる（様式2）。
・優先する業務と情報システムを決める（様式15から様式17まで）。
・代替拠点に要るものを数え、足りないものを計画的に備える（様式18、様式6）。
""",
            guidance="""
次の年度に何を進めるかを選び、時期を書きます。章立ては後から変えられ、書いた文は引き継がれます。
""",
        ),
    ),
)

CHAPTERS = (ABOUT, FIRST_HOURS, PEOPLE, BACKUPS, UPKEEP)
