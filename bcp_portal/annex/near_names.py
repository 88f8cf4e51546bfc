"""Finds registered names near to one that nobody bears: in another spelling, within it, or like it; pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from bcp_portal.spelling.letters import readable

_KINDS_OF_COMPANY = re.compile(
    r"\((?:株|有|同|資|名|一社|一財|公社|公財|社福|医|学|独|特非)\)|(?:株式|有限|合同|合資|合名)会社"
    r"|(?:一般|公益)(?:社団|財団)法人|社会福祉法人|医療法人|学校法人|独立行政法人"
    r"|特定非営利活動法人|npo法人"
)
SAME = "書き方だけが違う{}が登録されています。同じものなら、その名称で書いてください。"
NEAR = "近い名称に{}があります。同じものなら、その名称で書いてください。ほかのものなら、先に登録してください。"
NONE = "先に登録してください。"
_MOST_TOLD = 3
_SHORTEST_PART = 2
_LIKE_ENOUGH = 0.6
# To compare a name letter by letter with more takes longer than a person waits for a line.
_MOST_COMPARED = 2_000


@lru_cache(maxsize=4_000)
def spelling_key(name: str) -> str:
    """Return the same text for two spellings of one name, whatever kind of company it says."""
    folded = readable(name)
    return _KINDS_OF_COMPANY.sub("", folded) or folded


class NearNames:
    """Names of one table, each with what a person writes to mean its row."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are pairs of a name, or another name, and the one to write."""
        self._names = list(names)
        self._said: dict[str, str] = {}

    def advice(self, text: str) -> str:
        """Say in Japanese what to do about a name that is not registered."""
        if text not in self._said:
            self._said[text] = self._advice(spelling_key(text))
        return self._said[text]

    def _advice(self, key: str) -> str:
        same = [write for each, write in self._by_key if each == key]
        if same:
            return SAME.format(_quoted(same))
        near = self._within(key) or self._like(key)
        return NEAR.format(_quoted(near)) if near else NONE

    @cached_property
    def _by_key(self) -> list[tuple[str, str]]:
        return [(spelling_key(name), write) for name, write in self._names]

    def _within(self, key: str) -> list[str]:
        """Return the names that the text holds, or that hold it, the longest first."""
        found = [
            (each, write)
            for each, write in self._by_key
            if min(len(each), len(key)) >= _SHORTEST_PART and (each in key or key in each)
        ]
        return [write for _, write in sorted(found, key=lambda pair: -len(pair[0]))]

    def _like(self, key: str) -> list[str]:
        if len(self._by_key) > _MOST_COMPARED:
            return []
        rated = [
            (SequenceMatcher(None, key, each, autojunk=False).ratio(), write)
            for each, write in self._by_key
        ]
        best = sorted((pair for pair in rated if pair[0] >= _LIKE_ENOUGH), key=lambda p: -p[0])
        return [write for _, write in best]


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"「{name}」" for name in list(dict.fromkeys(names))[:_MOST_TOLD])
