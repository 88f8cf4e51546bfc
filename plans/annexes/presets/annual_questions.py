"""The fourteen questions of the yearly review (after NISC 表4.2-2) as rows of 様式13-1."""

from plans.annexes.presets import Cells

_WHEN = "毎年4月から5月にかけて関係者で確かめ、確かめた日と人を点検記録に残す。"


def _question(group: str, item: str, targets: str, viewpoints: str) -> Cells:
    return {
        "item": item,
        "group": group,
        "targets": targets,
        "cycle": "年次",
        "viewpoints": viewpoints,
        "viewpoint_text": _WHEN,
    }


_MEASURES, _RESPONSE = "事前対策計画", "危機的事象発生時対応計画"
_TRAINING, _ANALYSIS = "教育訓練計画", "根拠とした分析・検討"

ANNUAL_QUESTIONS: tuple[Cells, ...] = (
    _question(_MEASURES, "予定した事前対策は、計画どおりに済んでいるか", "様式6", "実効性"),
    _question(
        _MEASURES,
        "済んだ対策に合わせて、現状のレベルや計画の記載を書き換えたか",
        "様式6、様式7、様式17",
        "最新性、正確性",
    ),
    _question(
        _MEASURES,
        "翌年度の予算で求める対策を選び、時期の決まっていない対策の予算も話し合ったか",
        "様式6",
        "実効性",
    ),
    _question(
        _MEASURES, "訓練で分かったことを、対策の内容や順番に生かしたか", "様式6、様式12", "実効性"
    ),
    _question(
        _MEASURES,
        "業務部門と全庁の業務継続計画の担当を交え、両方の計画が食い違わないことを確かめたか",
        "計画書本文、様式15、様式16",
        "整合性",
    ),
    _question(
        _RESPONSE, "連絡先と担当者は、今の人と番号になっているか", "様式8、様式9", "最新性、正確性"
    ),
    _question(
        _RESPONSE, "終わった対策によって変わる手順を、行動計画に反映したか", "様式10", "整合性"
    ),
    _question(
        _RESPONSE,
        "訓練や研修の結果から、緊急時の動き方を直したか",
        "様式10、様式11、様式19",
        "実効性",
    ),
    _question(_TRAINING, "年度の初めに決めた訓練を、すべて行ったか", "様式12", "実効性"),
    _question(
        _TRAINING, "訓練の結果をもとに、次の訓練の内容や対象を見直したか", "様式12", "実効性"
    ),
    _question(
        _ANALYSIS,
        "計画の対象に加えるべき情報システムがないか話し合ったか",
        "計画書本文、様式1",
        "整合性",
    ),
    _question(
        _ANALYSIS,
        "災害の想定や制度、住民からの期待が変わり、計画を改める必要が生じていないか",
        "計画書本文、様式14",
        "最新性",
    ),
    _question(
        _ANALYSIS,
        "新しく加わった情報システムに、優先度、対策、緊急時の手順、訓練を定めたか",
        "様式1、様式6、様式10、様式12、様式17",
        "整合性",
    ),
    _question(
        _ANALYSIS, "新しい技術やサービスを踏まえ、目指す対策のレベルを見直したか", "様式6", "最新性"
    ),
)
