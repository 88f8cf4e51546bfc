"""Sets the phrases of the sample's plan, puts some into its text, and marks its glossary."""

from bcp_portal.accounts.models import Municipality, User
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.chapters.services import save_chapter
from plans.glossary.services import ChosenMark, set_marks, word_uses
from plans.phrases.services import set_placeholder
from plans.text.inline_marks import PlaceholderUse
from plans.text.markup import serialise
from plans.text.phrase_keys import SHIPPED

VALUES = {
    "org": "みほん市",
    "org_dept_a": "総務部 情報政策課",
    "bcp_date": "令和6年3月",
    "role_chief": "最高情報セキュリティ責任者",
    "role_owner": "ICT部門責任者",
    "role_secretariat": "情報政策課の計画事務局",
    "role_vendor": "みほん情報サービス株式会社",
    "report_to": "防災課",
    "hq": "災害対策本部",
    "quake": "震度6弱以上",
    "month_training": "4月",
    "month_review": "4月から5月まで",
}
"""What a user finds set; the phrases left out show how an unset one looks in the list."""


PLACES = {
    "structure": "org",
    "response-organisation": "hq",
    "security-committee": "role_chief",
    "training": "role_owner",
    "revision": "role_owner",
}
"""Chapters by key whose text names a phrase: what the text says is what the phrase says."""


def load_words_of_sample(municipality: Municipality, actor: User) -> None:
    """Give the new plan of the sample its phrases and marks, as its people would."""
    for phrase in SHIPPED:
        if phrase.key in VALUES:
            set_placeholder(
                municipality=municipality,
                actor=actor,
                phrase=phrase,
                system=None,
                typed=VALUES[phrase.key],
                expected_version=0,
            )
    for key, phrase_key in PLACES.items():
        _put_phrase(Chapter.objects.get(key=key), actor, phrase_key)
    _mark_first_uses(actor)


def _put_phrase(chapter: Chapter, actor: User, phrase_key: str) -> None:
    mark = serialise([PlaceholderUse(phrase_key).to_element()])
    save_chapter(
        chapter=chapter,
        actor=actor,
        title=chapter.title,
        body=chapter.body.replace(VALUES[phrase_key], mark),
        guidance=chapter.guidance,
        expected_version=chapter.version,
    )


def _mark_first_uses(actor: User) -> None:
    uses, _strangers = word_uses(load_outline(Plan.objects.first()))
    firsts = [(use.word, use.first[0].chapter) for use in uses if use.is_unmarked]
    chosen = [ChosenMark(word.uid, str(c.uid), c.version) for word, c in firsts]
    set_marks(actor=actor, chosen=chosen)
