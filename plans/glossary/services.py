"""Sets the marks of the glossary into chapters, and reads where they are missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from plans.annexes.models.glossary import GlossaryTerm
from plans.annexes.rules.glossary_order import alphabet_key, gojuon_key, is_alphabetic
from plans.chapters.models.chapter import Chapter
from plans.chapters.plan_services import save_chapter_changes
from plans.glossary.marks import Word, WordFinder, WordUse, uses_of_words
from plans.text.outline import Outline, OutlineNode


@dataclass(frozen=True)
class ChosenMark:
    """One proposal a person accepted: the word, and the chapter as it stood on the page."""

    term_uid: str
    chapter_uid: str
    chapter_version: int


def printed_order(terms: Sequence[GlossaryTerm]) -> list[GlossaryTerm]:
    """Return terms as the glossary prints them: アルファベット順, then 五十音順."""
    letters = [term for term in terms if is_alphabetic(term.term)]
    others = [term for term in terms if not is_alphabetic(term.term)]
    letters.sort(key=lambda term: (alphabet_key(term.term, term.sort_key), term.term))
    others.sort(key=lambda term: (gojuon_key(term.reading, term.sort_key), term.term))
    return letters + others


def explained_words() -> list[Word]:
    """Return the words the glossary explains now, in printed order."""
    terms = GlossaryTerm.objects.filter(row_status=RowStatus.ACTIVE)
    return [Word(str(term.uid), term.term) for term in printed_order(list(terms))]


def word_uses(outline: Outline) -> tuple[list[WordUse], list[tuple[OutlineNode, str]]]:
    """Return the uses of every explained word, and the marks whose word is no longer explained."""
    uses, strangers = uses_of_words(list(outline.walk()), explained_words())
    return list(uses.values()), strangers


@transaction.atomic
def set_marks(*, actor: User | None, chosen: Sequence[ChosenMark]) -> tuple[int, list[Chapter]]:
    """Mark the first use of each chosen word in its chapter.

    Return how many marks were set, and the chapters that somebody changed meanwhile: those stay
    as they are.
    """
    finder = WordFinder(explained_words())
    wanted: dict[str, list[ChosenMark]] = {}
    for mark in chosen:
        wanted.setdefault(mark.chapter_uid, []).append(mark)
    chapters = Chapter.objects.select_for_update().filter(uid__in=wanted)
    count, stale = 0, []
    for chapter in chapters:
        marks = wanted[str(chapter.uid)]
        if any(mark.chapter_version != chapter.version for mark in marks):
            stale.append(chapter)
            continue
        count += _mark_chapter(chapter, actor, finder, {mark.term_uid for mark in marks})
    return count, stale


def _mark_chapter(chapter: Chapter, actor: User | None, finder: WordFinder, uids: set[str]) -> int:
    found = {occurrence.uid for occurrence in finder.occurrences(chapter.body)} & uids
    values = {"body": finder.mark_first(chapter.body, found)}
    save_chapter_changes(chapter=chapter, actor=actor, action="用語の印", values=values)
    return len(found)
