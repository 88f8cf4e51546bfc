"""The texts of outlines as they stand in a plan, and whether a chapter still says just that; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from plans.outlines.template import (
    ChapterTemplate,
    OutlineTemplate,
    body_html,
    filled,
    guidance_text,
)
from plans.text.cleaning import clean_body, is_empty_body
from plans.text.inline_marks import TERM_ATTRIBUTE, without_terms
from plans.text.markup import parse, serialise


class Written(Protocol):
    """What a chapter says, and whose sample it came from."""

    key: str
    title: str
    body: str
    guidance: str


@dataclass(frozen=True)
class Sample:
    """The text of one template for one municipality."""

    title: str
    body: str
    guidance: str

    def values(self) -> dict[str, str]:
        return asdict(self)


def sample_of(template: ChapterTemplate, names: Mapping[str, str]) -> Sample:
    """Return what a new chapter says; `names` are what {団体名} and the like stand for."""
    return Sample(
        title=filled(template.title, names),
        body=clean_body(body_html(filled(template.body, names))),
        guidance=guidance_text(filled(template.guidance, names)),
    )


class Samples:
    """The samples of several outlines, by the key that their templates share."""

    def __init__(self, outlines: Iterable[OutlineTemplate], names: Mapping[str, str]) -> None:
        self._by_key: dict[str, list[Sample]] = defaultdict(list)
        for outline in outlines:
            for template in outline.walk():
                if template.key:
                    self._by_key[template.key].append(sample_of(template, names))

    def is_own(self, chapter: Written, field: str) -> bool:
        """Tell whether a person wrote this field: it is neither blank nor a sample's.

        A sample whose words were marked for the glossary is a sample still; one into which a
        phrase was put is not.
        """
        text = _unmarked(getattr(chapter, field))
        if not text or (field == "body" and is_empty_body(text)):
            return False
        samples = self._by_key.get(chapter.key, [])
        return all(getattr(sample, field) != text for sample in samples)

    def has_own_words(self, chapter: Written) -> bool:
        """Tell whether anything would be lost without the chapter."""
        return any(self.is_own(chapter, field) for field in ("title", "body", "guidance"))

    def renewed(self, chapter: Written, sample: Sample) -> dict[str, str]:
        """Return the fields that change when the chapter follows another sample."""
        return {
            field: text
            for field, text in sample.values().items()
            if _unmarked(getattr(chapter, field)) != text and not self.is_own(chapter, field)
        }


def _unmarked(text: str) -> str:
    """Return a text without the marks of the glossary; what they mark stays."""
    return serialise(without_terms(parse(text))) if TERM_ATTRIBUTE in text else text
