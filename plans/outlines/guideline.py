"""Where the ministries' guideline tells how to work out each chapter: notes to the author, unprinted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans.outlines.template import ChapterTemplate

SECTIONS: Mapping[str, str] = {
    "purpose": "2.1 基本方針の決定",
    "policy": "2.1 基本方針の決定",
    "scope": "2.1 基本方針の決定",
    "everyday-roles": "2.2 策定・運用体制の構築",
    "target-events": "2.8.2 危機的事象発生時における対応計画",
    "response-roles": "2.8.2 危機的事象発生時における対応計画",
    "muster": "2.8.2 危機的事象発生時における対応計画",
    "muster.places": "2.8.2 危機的事象発生時における対応計画",
    "response-organisation": "2.8.1 危機的事象発生時の体制構築",
    "contacts": "2.8.1 危機的事象発生時の体制構築",
    "action-flow": "2.8.2 危機的事象発生時における対応計画",
    "actions.disaster": "2.8.2 危機的事象発生時における対応計画",
    "measure-levels": "2.7.1 現状の対策の確認及びリスクの評価",
    "improvement-plan": "2.7.2 事前対策計画の策定とその実施",
    "training": "2.9.1 教育訓練の計画とその実施",
    "review.triggers": "2.9.2 維持改善の計画とその実施",
    "review.after-event": "2.9.2 維持改善の計画とその実施",
    "review": "2.9.2 維持改善の計画とその実施",
    "scenarios": "2.3 危機的事象の特定",
    "damage": "2.4 被害想定",
    "recovery-targets": "2.5 情報システムの復旧優先度の設定",
    "systems": "2.6.1 情報システムを支える構成要素の明確化",
    "component-levels": "2.6.2 情報システムを支える構成要素ごとの目標対策レベルの設定",
}
"""The section of the guideline by the key of the chapter."""


def with_references(chapters: Iterable[ChapterTemplate]) -> tuple[ChapterTemplate, ...]:
    """Return the chapters with the section to read added to the guidance of each."""
    return tuple(_with_reference(chapter) for chapter in chapters)


def _with_reference(chapter: ChapterTemplate) -> ChapterTemplate:
    section = SECTIONS.get(chapter.key)
    note = f"\n\nガイドラインの参照先：「{section}」" if section else ""
    return replace(
        chapter,
        guidance=chapter.guidance.rstrip() + note,
        sections=with_references(chapter.sections),
    )
