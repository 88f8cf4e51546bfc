"""Puts the pieces of a Word file where a person said, through the services of chapters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import User
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.services import add_chapter, save_chapter
from plans.phrases.queries import load_words
from plans.text.cleaning import CleaningError
from plans.text.live_blocks import LiveBlock, split_body
from plans.text.markup import serialise
from plans.text.outline import Outline
from plans.text.phrase_words import Words
from plans.word.inward.mark_recovery import count_marks, with_known_marks
from plans.word.inward.suggestions import ACTION_LABELS, Action, parent_place
from plans.word.models.word_import import WordImport

CHANGED = (
    "「{chapter}」は、この画面を開いた後に、書き換えられました。何も取り込んでいません。"
    "今の本文を確かめてから、もう一度取り込んでください。"
)
_GONE = "選んだ章・節が、取り除かれたか見つかりません。何も取り込んでいません。選び直してください。"
_TWICE = "「{chapter}」の本文を入れ替える章・節が2つ以上あります。2つ目からは「本文の後ろに加える」を選んでください。"
_DONE = (
    "このWordファイルは、もう取り込みました。もう一度取り込むときは、ファイルを選び直してください。"
)
_NOTHING = "取り込む章・節がありません。1つ以上に「取り込まない」以外を選んでください。"
_NO_TARGET = "「{piece}」を入れる章・節を選んでください。"


@dataclass(frozen=True)
class PiecePlacement:
    """What a person decided for one piece; `target` is a chapter's uid, "" as in the file."""

    action: Action
    target: str = ""


@transaction.atomic
def place(
    *,
    brought: WordImport,
    plan: Plan,
    actor: User,
    placements: Sequence[PiecePlacement],
    versions: Mapping[str, int],
) -> Counter[Action]:
    """Carry out all decisions or none, and return how many of each there were.

    `versions` are those of the chapters that the person saw. DomainError (Japanese) when a chapter
    changed since, is gone, or would be replaced twice.
    """
    fresh = WordImport.objects.select_for_update().get(pk=brought.pk)
    if fresh.placed_at:
        raise DomainError(_DONE, status=409)
    if all(placement.action is Action.OMIT for placement in placements):
        raise DomainError(_NOTHING)
    placer = _Placer(plan, actor, fresh.pieces, versions)
    for number, placement in enumerate(placements):
        placer.place(number, placement)
    fresh.placed_at = timezone.now()
    fresh.save(update_fields=["placed_at"])
    counts = Counter(placement.action for placement in placements)
    said = "、".join(f"{ACTION_LABELS[action]} {counts[action]}件" for action in Action)
    record(
        municipality=plan.municipality,
        actor=actor,
        action="Wordファイルの取り込み",
        target=fresh,
        note=f"{fresh.file_name}（{said}）",
    )
    return counts


class _Placer:
    def __init__(
        self,
        plan: Plan,
        actor: User,
        pieces: Sequence[Mapping[str, Any]],
        versions: Mapping[str, int],
    ) -> None:
        self.plan = plan
        self.actor = actor
        self.pieces = pieces
        self.versions = dict(versions)
        outline = Outline(Chapter.objects.filter(plan=plan), plan.numbering_style)
        self.living = {str(node.chapter.uid): node.chapter for node in outline.walk()}
        self.places: list[Chapter | None] = []
        self.replaced: set[str] = set()

    def place(self, number: int, placement: PiecePlacement) -> None:
        piece = self.pieces[number]
        if placement.action is Action.OMIT:
            # What stands below it may still go below the chapter it would have gone to.
            self.places.append(self.living.get(placement.target))
        elif placement.action is Action.NEW:
            self.places.append(self._add(number, piece, placement))
        else:
            self.places.append(self._write(piece, placement))

    def _add(self, number: int, piece: Mapping[str, Any], placement: PiecePlacement) -> Chapter:
        parent = (
            self._chapter(placement.target)
            if placement.target
            else parent_place(self.pieces, number, self.places)
        )
        chapter = add_chapter(plan=self.plan, actor=self.actor, parent=parent, title=piece["title"])
        self.versions[str(chapter.uid)] = chapter.version
        return self._save(chapter, piece["html"]) if piece["html"] else chapter

    def _write(self, piece: Mapping[str, Any], placement: PiecePlacement) -> Chapter:
        if not placement.target:
            raise DomainError(_NO_TARGET.format(piece=piece["title"]))
        chapter = self._chapter(placement.target)
        if placement.action is Action.APPEND:
            return self._save(chapter, chapter.body + piece["html"])
        if placement.target in self.replaced:
            raise DomainError(_TWICE.format(chapter=chapter))
        self.replaced.add(placement.target)
        return self._save(chapter, self._with_what_was_known(piece["html"], chapter.body))

    def _with_what_was_known(self, html: str, before: str) -> str:
        """Return new text with the tables and marks it had; the file may show or mask people."""
        if not count_marks(before):
            return with_known_blocks(html, before)
        marked = [with_known_marks(html, before, words) for words in self._words]
        return with_known_blocks(max(marked, key=count_marks), before)

    @cached_property
    def _words(self) -> list[Words]:
        municipality = self.plan.municipality
        return [load_words(municipality, include_personal=said) for said in (True, False)]

    def _chapter(self, uid: str) -> Chapter:
        chapter: Chapter | None = self.living.get(uid)
        if chapter is None:
            raise DomainError(_GONE, status=409)
        return chapter

    def _save(self, chapter: Chapter, body: str) -> Chapter:
        uid = str(chapter.uid)
        try:
            saved = save_chapter(
                chapter=chapter,
                actor=self.actor,
                title=chapter.title,
                body=body,
                guidance=chapter.guidance,
                expected_version=self.versions.get(uid, -1),
            )
        except Conflict:
            raise DomainError(CHANGED.format(chapter=chapter), status=409) from None
        except CleaningError as error:
            raise DomainError(f"「{chapter}」を保存できません。{error}") from None
        self.versions[uid] = saved.version
        self.living[uid] = saved
        return saved


def with_known_blocks(html: str, before: str) -> str:
    """Return new text whose tables keep the columns and rows they had in the text before.

    A Word file knows which table stood at a place, not which part of it was chosen.
    """
    known = [part for part in split_body(before) if isinstance(part, LiveBlock)]
    written: list[str] = []
    for part in split_body(html):
        if isinstance(part, LiveBlock):
            same = next((block for block in known if block.code == part.code), part)
            if same in known:
                known.remove(same)
            written.append(serialise([same.to_element()]))
        else:
            written.append(part)
    return "".join(written)
