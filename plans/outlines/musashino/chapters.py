"""All eight chapters: short, general, and complete without typing; the tables fill themselves."""

from plans.outlines.template import ChapterTemplate

_GENERAL = """
そのまま公開できる一般的な文です。{本団体}に合わない言葉だけを直してください。{more}
"""


def _guidance(more: str) -> str:
    return _GENERAL.replace("{more}", more)


AIM = ChapterTemplate(
    key="purpose",
    title="計画の目的",
    body="""
{団体名}の仕事は、情報システムと通信がなければ続けられない。災害、サイバー攻撃などの非災害の事態、感染症の流行の
いずれが起きても、住民にとって先に必要な業務を選び、その業務を支える情報システムを早く戻せるように、取組の方針を
ICT業務継続計画（以下「本計画」という。）に定める。
""",
    guidance=_guidance("目的は3、4行に収めると、1枚の概要として読みやすくなります。"),
)

POSITION = ChapterTemplate(
    key="structure",
    title="ICT業務継続計画の位置づけ",
    body="""
本計画は、全庁の防災と情報セキュリティに関する計画を、情報システムの面から支える下位の計画である。上位の計画と関連
する計画は、次のとおりである。

[[fig-documents]]

[[c-4-related]]
""",
    guidance=_guidance("表と図は様式20から作られます。公開しない文書は公開区分で外してください。"),
)

SYSTEM = ChapterTemplate(
    key="document-hierarchy",
    title="計画の体系",
    body="本計画は、役割の違う3つの文書からなる。",
    guidance=_guidance("文書の名前が違うときは、見出しを{本団体}の名前に直します。"),
    sections=(
        ChapterTemplate(
            key="documents.plan",
            title="ICT業務継続計画書",
            body="備えの考え方、体制、優先するもの及び維持の方針を定める。",
            guidance=_guidance("この計画書そのものの役割を1文で書きます。"),
        ),
        ChapterTemplate(
            key="documents.actions",
            title="行動手順書",
            body="脅威が現れてから、許される時間の内に復旧するまでの手順を定める。手引や点検票を添える。",
            guidance=_guidance("様式10、様式11、様式19と、事象別のマニュアルがこれに当たります。"),
        ),
        ChapterTemplate(
            key="documents.upkeep",
            title="運用手順書",
            body="優先する情報システムの見直し、訓練、点検など、計画を良くし続ける手順を定める。",
            guidance=_guidance("様式6、様式12、様式13と、その進め方がこれに当たります。"),
        ),
    ),
)

THREATS = ChapterTemplate(
    key="threats",
    title="想定脅威",
    body="次の3つの脅威を想定する。",
    guidance=_guidance("3つのほかに備えるものがあれば、節を足してください。"),
    sections=(
        ChapterTemplate(
            key="threats.disaster",
            title="災害",
            body="地震や風水害などにより、庁舎、電力、通信及び人が同時に影響を受ける事態",
            guidance=_guidance("地域防災計画の想定の名前を添えることもできます。"),
        ),
        ChapterTemplate(
            key="threats.security",
            title="非災害（セキュリティインシデント）",
            body="サイバー攻撃、機器や通信の障害などにより、情報システムが使えない事態",
            guidance=_guidance("公開する文なので、具体的な弱点は書きません。"),
        ),
        ChapterTemplate(
            key="threats.infection",
            title="感染症",
            body="感染症の流行により、情報システムを動かす職員や事業者が足りなくなる事態",
            guidance=_guidance("全庁の感染症の行動計画がある場合は、その名前を添えます。"),
        ),
    ),
)

ORGANISATION = ChapterTemplate(
    key="response-organisation",
    title="脅威発生時の体制",
    body="""
平常時は{ICT部門}を中心に取り組む。脅威が現れたときは、脅威の種類に応じて次の体制をとる。

災害が起きたときの体制

[[fig-organisation-disaster|columns=role_name]]

[[8|columns=role_name,duties|structure=disaster]]

セキュリティインシデントが起きたときの体制

[[fig-organisation-security|columns=role_name]]

[[8|columns=role_name,duties|structure=security]]

感染症が流行したときの体制

[[fig-organisation-infection|columns=role_name]]

[[8|columns=role_name,duties|structure=infection]]
""",
    guidance=_guidance(
        "表と図は様式8から作られます。職名や氏名は公開する版に出さないようにしています。"
    ),
)

PRIORITIES = ChapterTemplate(
    key="priority-section",
    title="優先業務と優先システム",
    body="対象とする情報システムは、次の順に選んだ。",
    guidance=_guidance("選んだ順序と基準を示す章です。"),
    sections=(
        ChapterTemplate(
            key="priority-businesses",
            title="優先業務の選定",
            body="""
全ての課に、業務が止まってもよい時間を尋ね、聞き取りで確かめた。災害のときは1週間以内に、それ以外のときは次の
始業までに再開しなければならない業務を、優先業務とした。

[[c-20|columns=business,disaster,normal,case]]
""",
            guidance=_guidance("表は様式15の調査の回答から、基準に当たる業務を選んで作られます。"),
        ),
        ChapterTemplate(
            key="recovery-targets",
            title="優先システムの選定",
            body="""
優先業務に欠かせない情報システムについて、代わりの手段の有無、その手段で続けられる時間及び非常時に使える電力を
考え合わせて優先システムを選び、復旧の順位を付けた。

[[b-15|columns=name,rto,priority]]
""",
            guidance=_guidance("表は様式17から、急ぐ順に作られます。"),
        ),
    ),
)

RESPONSE = ChapterTemplate(
    key="action-plan",
    title="ICT業務継続体制の確立",
    body="""
脅威が現れたときの行動は、初動対応と、その後のICT業務継続対応の2つの段階に分かれる。

[[fig-actions-disaster|columns=title]]
""",
    guidance=_guidance(
        "図は、様式10にある大規模災害の先頭の行動計画から、担当と時期を除いて描かれます。"
    ),
    sections=(
        ChapterTemplate(
            key="actions.disaster",
            title="初動対応手順",
            body="""
人の安全を確かめ、情報システムの状況をつかむ。優先システムを動かし続けられないおそれがあると判断したときは、
ICT業務継続の体制をとる。おそれがないときは、日ごろの障害と同じ手順で直す。
""",
            guidance=_guidance(
                "詳しい手順は様式10に書き、概要版には判断の分かれ目だけを書きます。"
            ),
        ),
        ChapterTemplate(
            key="actions.recovery",
            title="ICT業務継続対応手順",
            body="""
体制をとり、被害を詳しく調べ、代わりの手段で業務を支えながら、優先システムを目標の時間内に復旧する。復旧の後は
通常の運用に戻し、記録を整理する。
""",
            guidance=_guidance("代替拠点を使うかどうかなど、公開してよい範囲で書き足せます。"),
        ),
    ),
)

UPKEEP = ChapterTemplate(
    key="upkeep",
    title="運用管理規定",
    body="""
計画が形だけのものにならないように、{ICT部門}を中心に、毎年度の訓練、点検及び見直しを行い、結果を次の計画に生かす。
今年度の訓練は次のとおりである。

[[c-17]]
""",
    guidance=_guidance("訓練の表は様式12から作られます。"),
)

CHAPTERS = (AIM, POSITION, SYSTEM, THREATS, ORGANISATION, PRIORITIES, RESPONSE, UPKEEP)
