"""Chooses a font for each character that needs one, and refuses what no font can print.

Pango chooses a font by the base character alone; for a name variant (異体字) that this font does
not know it draws the default shape without a word. The fonts' own tables (cmap format 14) tell
which of them knows the variant, and only such runs are marked with another font.
"""

import re
from functools import cache
from html import escape

from plans.printing.faces import GOTHIC, LAST_RESORT, MINCHO, NAMES, find_face, font_face

SPAN_CLASS = {NAMES: "mj", LAST_RESORT: "nt"}
_SELECTORS = "\ufe00-\ufe0d\U000e0100-\U000e01ef"
# U+FE0E and U+FE0F ask for text or picture style; a plan is always text.
_STYLE_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_CLUSTER = re.compile(f"(.)([{_SELECTORS}]?)", re.DOTALL)
_IDEOGRAPH = re.compile("[々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LAYOUT_CHARACTERS = frozenset("\n\t \xa0")

Cluster = tuple[str, str]


class UnprintableError(Exception):
    """No font knows the character or the variant of it."""

    def __init__(self, base: str, selector: str = "") -> None:
        self.cluster = base + selector
        self.code = " ".join(f"U+{ord(character):04X}" for character in self.cluster)
        super().__init__(f"「{self.cluster}」（{self.code}）")


def set_text(text: str, family: str = GOTHIC) -> str:
    """Return the text as HTML, marking runs that the family cannot print.

    Raises UnprintableError for the first character or variant that no font has.
    """
    if _characters(family).issuperset(text):
        return escape(text, quote=False)
    return "".join(
        escape(run, quote=False)
        if chosen == family
        else f'<span class="{SPAN_CLASS[chosen]}">{escape(run, quote=False)}</span>'
        for chosen, run in runs(text, family)
    )


def runs(text: str, family: str = GOTHIC) -> list[tuple[str, str]]:
    """Return the text cut into (font family, run); raises UnprintableError as above."""
    clusters = _CLUSTER.findall(_STYLE_SELECTORS.sub("", text))
    families = [_family_of(cluster, family) for cluster in clusters]
    pieces: list[tuple[str, str]] = []
    position = 0
    for start, end, chosen in _marked_runs(clusters, families, family):
        pieces.append((family, _joined(clusters[position:start])))
        pieces.append((chosen, _joined(clusters[start:end])))
        position = end
    pieces.append((family, _joined(clusters[position:])))
    return [(chosen, run) for chosen, run in pieces if run]


def unprintable_in(text: str) -> str:
    """Return the first character, with its variant, that some family of ours cannot print, or ""."""
    if _printed_everywhere().issuperset(text):
        return ""
    for cluster in _CLUSTER.findall(_STYLE_SELECTORS.sub("", text)):
        for family in (GOTHIC, MINCHO):
            try:
                _family_of(cluster, family)
            except UnprintableError as error:
                return _as_typed(text, error.cluster)
    return ""


def _as_typed(text: str, cluster: str) -> str:
    """Return the cluster with the style selectors that stood within it."""
    found = re.search("[\ufe0e\ufe0f]*".join(map(re.escape, cluster)), text)
    return found.group() if found else cluster


@cache
def _printed_everywhere() -> frozenset[str]:
    """Return every character that a gothic and a mincho text can print, if need be by another."""
    substitutes = _characters(NAMES) | _characters(LAST_RESORT)
    return substitutes | (_characters(GOTHIC) & _characters(MINCHO))


@cache
def _characters(family: str) -> frozenset[str]:
    """Return every character the family prints by itself."""
    return frozenset(map(chr, font_face(find_face(family)).unicodes)) | _LAYOUT_CHARACTERS


@cache
def _variants(family: str, selector: str) -> frozenset[str]:
    face = font_face(find_face(family))
    return frozenset(map(chr, face.variation_unicodes(ord(selector))))


def _knows(family: str, cluster: Cluster) -> bool:
    base, selector = cluster
    if base not in _characters(family):
        return False
    return not selector or base in _variants(family, selector)


def _family_of(cluster: Cluster, family: str) -> str:
    for candidate in (family, NAMES, LAST_RESORT):
        if _knows(candidate, cluster):
            return candidate
    raise UnprintableError(*cluster)


def _marked_runs(
    clusters: list[Cluster], families: list[str], family: str
) -> list[tuple[int, int, str]]:
    """Return (start, end, family) of each run to be marked, in order.

    A run is widened over the ideographs around it, so that a name stands in one typeface.
    """
    marked: list[tuple[int, int, str]] = []
    end_of_last = 0
    for index, chosen in enumerate(families):
        if chosen == family or index < end_of_last:
            continue
        start, end = _widened(clusters, index, end_of_last)
        whole = _one_family(clusters[start:end], families[start:end], family)
        marked.append((start, end, whole) if whole else (index, index + 1, chosen))
        end_of_last = marked[-1][1]
    return marked


def _one_family(clusters: list[Cluster], families: list[str], family: str) -> str | None:
    """Return a family, other than the usual one, that knows all of the clusters."""
    candidates = dict.fromkeys((*(f for f in families if f != family), NAMES, LAST_RESORT))
    for candidate in candidates:
        if all(_knows(candidate, cluster) for cluster in clusters):
            return candidate
    return None


def _widened(clusters: list[Cluster], index: int, floor: int) -> tuple[int, int]:
    start, end = index, index + 1
    if not _IDEOGRAPH.match(clusters[index][0]):
        return start, end
    while start > floor and _IDEOGRAPH.match(clusters[start - 1][0]):
        start -= 1
    while end < len(clusters) and _IDEOGRAPH.match(clusters[end][0]):
        end += 1
    return start, end


def _joined(clusters: list[Cluster]) -> str:
    return "".join(base + selector for base, selector in clusters)
