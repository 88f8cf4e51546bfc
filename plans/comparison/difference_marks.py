"""Marks what differs between two versions of a sentence, and nothing else of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bcp_portal.spelling.widths import FoldedText
from plans.comparison.alignment import aligned
from plans.comparison.changes import Run, Runs
from plans.comparison.text_equality import is_same, widths_are_counted
from plans.comparison.tokens import Token, tokens_of

Fixed = Mapping[tuple[int, int], str]
"""Spans of a text that count as one piece, with the key by which they are the same."""

# Fewer kanji in common at one end are chance: 市民会館 and 中央公民館 share 館 only.
_LEAST_AFFIX = 2
# Shorter kana between marks carry no meaning of their own.
_LEAST_KANA = 3


@dataclass(frozen=True)
class _Text:
    folded: FoldedText
    tokens: tuple[Token, ...]
    letters: tuple[str, ...]

    @property
    def edges(self) -> frozenset[int]:
        return frozenset({0} | {token.end for token in self.tokens})

    def script_at(self, index: int) -> str:
        """Return the script of the token around an index that is no edge."""
        return next(token.script for token in self.tokens if token.start < index < token.end)


_Gap = tuple[int, int, int, int]
"""What differs: from, to in the folded old text, from, to in the folded new one."""


def mark(
    old: str, new: str, *, fixed_old: Fixed | None = None, fixed_new: Fixed | None = None
) -> tuple[Runs, Runs]:
    """Return both texts as runs; joined they are the texts again.

    Swapping the texts swaps the runs. Texts that are the same (see `text_equality`) have no mark.
    """
    if not old or not new or is_same(old, new):
        changed = not is_same(old, new)
        return plain(old, changed=changed), plain(new, changed=changed)
    a, b = _read(old, fixed_old), _read(new, fixed_new)
    gaps = _without_lone_particles(a, b, [_trimmed(a, b, gap) for gap in _gaps(a, b)])
    return (
        _runs(a.folded, [gap[:2] for gap in gaps]),
        _runs(b.folded, [gap[2:] for gap in gaps]),
    )


def plain(text: str, *, changed: bool = False) -> Runs:
    """Return a text as one run, an empty text as none."""
    return (Run(text, changed),) if text else ()


def _read(text: str, fixed: Fixed | None) -> _Text:
    folded = FoldedText.of(text)
    exact = widths_are_counted()
    letters = tuple(folded.letters() if exact else folded.text)
    return _Text(folded, tuple(tokens_of(folded, fixed, exact=exact)), letters)


def _gaps(a: _Text, b: _Text) -> Iterator[_Gap]:
    weights = {token.key: token.weight for token in (*a.tokens, *b.tokens)}
    pairs = aligned(
        [token.key for token in a.tokens], [token.key for token in b.tokens], weights.__getitem__
    )
    at_old = at_new = 0
    for i, j in pairs:
        before_old, before_new = a.tokens[i].start, b.tokens[j].start
        if (at_old, at_new) != (before_old, before_new):
            yield at_old, before_old, at_new, before_new
        at_old, at_new = a.tokens[i].end, b.tokens[j].end
    if at_old < len(a.folded.text) or at_new < len(b.folded.text):
        yield at_old, len(a.folded.text), at_new, len(b.folded.text)


def _trimmed(a: _Text, b: _Text, gap: _Gap) -> _Gap:
    """Leave out what both sides share at their ends, if it is a good part of the longer one."""
    old_start, old_end, new_start, new_end = gap
    old, new = a.letters[old_start:old_end], b.letters[new_start:new_end]
    if not old or not new:
        return gap
    shorter, longer = sorted((len(old), len(new)))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    while head and not _may_cut(a, b, old_start + head, new_start + head, head):
        head -= 1
    left = shorter - head
    tail = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    while tail and not _may_cut(a, b, old_end - tail, new_end - tail, tail):
        tail -= 1
    if head + tail < shorter and 2 * (head + tail) < longer:
        return gap
    return old_start + head, old_end - tail, new_start + head, new_end - tail


def _may_cut(a: _Text, b: _Text, at_old: int, at_new: int, shared: int) -> bool:
    """Tell whether what is shared may end here: never within a number, a Latin or katakana word."""
    if shared < _LEAST_AFFIX:
        return False
    inside = [text for text, at in ((a, at_old), (b, at_new)) if at not in text.edges]
    scripts = {text.script_at(at_old if text is a else at_new) for text in inside}
    if scripts <= {"kanji"}:
        return True
    # する and するものとする: kana may be cut where one side has come to its end.
    return scripts == {"hiragana"} and len(inside) == 1


def _without_lone_particles(a: _Text, b: _Text, gaps: list[_Gap]) -> list[_Gap]:
    """Mark the whole, but for the signs at its ends, when only particles are left unmarked."""
    if not gaps or _says_something(a, [gap[:2] for gap in gaps]):
        return gaps
    head, tail = _shared_signs(a, b)
    whole = (head, len(a.folded.text) - tail, head, len(b.folded.text) - tail)
    return [whole]


def _says_something(text: _Text, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a word is left outside the spans."""
    at = 0
    for start, end in [*spans, (len(text.folded.text), 0)]:
        for token in text.tokens:
            begin, stop = max(token.start, at), min(token.end, start)
            least = _LEAST_KANA if token.script == "hiragana" else 1
            if token.script != "sign" and stop - begin >= least:
                return True
        at = end
    return False


def _shared_signs(a: _Text, b: _Text) -> tuple[int, int]:
    """Return how many signs both texts begin and end with."""
    pairs = list(zip(a.tokens, b.tokens, strict=False))
    ends = list(zip(reversed(a.tokens), reversed(b.tokens), strict=False))
    return _leading_signs(pairs), _leading_signs(ends)


def _leading_signs(pairs: list[tuple[Token, Token]]) -> int:
    count = 0
    for one, other in pairs:
        if one.script != "sign" or one.key != other.key:
            break
        count += 1
    return count


def _runs(folded: FoldedText, spans: list[tuple[int, int]]) -> Runs:
    """Return the original text as runs, changed within the spans of the folded text."""
    found: list[Run] = []
    at = 0
    for start, end in [span for span in spans if span[0] < span[1]]:
        found += _run(folded, at, start, changed=False)
        found += _marked(folded, start, end)
        at = end
    return joined_runs([*found, *_run(folded, at, len(folded.text), changed=False)])


def _run(folded: FoldedText, start: int, end: int, *, changed: bool) -> Runs:
    stop = len(folded.original) if end == len(folded.text) else folded.start(end)
    return plain(folded.original[folded.start(start) : stop], changed=changed)


def _marked(folded: FoldedText, start: int, end: int) -> Runs:
    """Return one changed run; blanks behind it are not part of the change."""
    text = "".join(run.text for run in _run(folded, start, end, changed=True))
    word = text.rstrip()
    return (*plain(word, changed=True), *plain(text[len(word) :]))


def joined_runs(runs: list[Run]) -> Runs:
    """Return the runs with neighbours of one kind made one."""
    result: list[Run] = []
    for run in runs:
        if result and result[-1].changed == run.changed:
            result[-1] = Run(result[-1].text + run.text, run.changed)
        else:
            result.append(run)
    return tuple(result)
