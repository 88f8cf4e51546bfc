"""Proposes for each piece of a Word file where in the plan it could go; pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bcp_portal.ui.text import match_key
from plans.document.document import REVISIONS_TITLE
from plans.text.live_blocks import LiveBlock, split_body
from plans.text.markup import elements_in, parse, walk
from plans.text.outline import Outline, OutlineNode
from plans.text.phrase_words import Words

_MADE_BY_PROGRAM = frozenset({REVISIONS_TITLE, "奥付", "目次"})
_ANNEX = re.compile(r"様式\s*[0-9０-９]+")
_BLANKS = re.compile(r"\s+")
SAME = "文・表・図は、今の本文と同じです。太字などの書き方と、リンク先は比べていません。"


class Action(StrEnum):
    """What happens with a piece."""

    REPLACE = "replace"
    APPEND = "append"
    NEW = "new"
    OMIT = "omit"


ACTION_LABELS = {
    Action.REPLACE: "本文を入れ替える",
    Action.APPEND: "本文の後ろに加える",
    Action.NEW: "新しい章・節にする",
    Action.OMIT: "取り込まない",
}


@dataclass(frozen=True)
class Suggestion:
    """What is proposed for one piece, for which chapter (its uid, or ""), and why."""

    action: Action
    target: str
    reason: str


def suggestions(
    pieces: Sequence[Mapping[str, Any]],
    outline: Outline,
    words: Words,
    revisions_title: str = REVISIONS_TITLE,
) -> list[Suggestion]:
    """Return one proposal a piece, in order; a chapter is proposed to one piece only.

    `revisions_title` is what the municipality calls its table of revisions.
    """
    made = _MADE_BY_PROGRAM | {revisions_title}
    proposed: list[Suggestion] = []
    nodes: list[OutlineNode | None] = []
    taken: set[int] = set()
    for number, piece in enumerate(pieces):
        above = parent_place(pieces, number, nodes)
        node = _node_of(piece, outline, above, taken)
        suggestion = _suggestion(piece, node, words, made)
        proposed.append(suggestion)
        nodes.append(node)
        if node is not None:
            taken.add(node.chapter.pk)
    return proposed


def parent_place(pieces: Sequence[Mapping[str, Any]], number: int, places: Sequence[Any]) -> Any:
    """Return where the piece went that the given one stands below in the file; None for none."""
    level = pieces[number]["level"]
    for before in range(number - 1, -1, -1):
        if 0 < pieces[before]["level"] < level:
            if places[before] is not None:
                return places[before]
            level = pieces[before]["level"]
    return None


def _node_of(
    piece: Mapping[str, Any], outline: Outline, above: OutlineNode | None, taken: set[int]
) -> OutlineNode | None:
    key = match_key(piece["title"])
    if not key or not piece["level"]:
        return None
    alike = [
        node
        for node in outline.walk()
        if match_key(node.chapter.title) == key and node.chapter.pk not in taken
    ]
    below = [node for node in alike if node.parent is above]
    return below[0] if below else alike[0] if len(alike) == 1 else None


def _suggestion(
    piece: Mapping[str, Any], node: OutlineNode | None, words: Words, made_titles: Collection[str]
) -> Suggestion:
    codes, text = live_codes(piece["html"]), said_by(piece["html"])
    if not piece["level"]:
        return Suggestion(Action.OMIT, "", "最初の見出しより前の部分（表紙など）です。")
    if node is None:
        made = piece["title"] in made_titles
        made_of_rows = _ANNEX.match(piece["title"]) or codes
        if made or (made_of_rows and not text and not _pictures(piece["html"])):
            return Suggestion(Action.OMIT, "", "登録した内容から、システムが作る部分です。")
        return Suggestion(Action.NEW, "", "同じ見出しの章・節がありません。")
    target, body = str(node.chapter.uid), node.chapter.body
    if not text and not codes and not _pictures(piece["html"]):
        return Suggestion(Action.OMIT, target, "見出しだけで、本文がありません。")
    shown = words.put_into(body)
    same_pictures = _pictures(body) == _pictures(piece["html"])
    if said_by(shown) == text and live_codes(shown) == codes and same_pictures:
        return Suggestion(Action.OMIT, target, SAME)
    if node.chapter.is_empty or set(live_codes(body)) <= set(codes):
        return Suggestion(Action.REPLACE, target, "同じ見出しの章・節があります。")
    return Suggestion(
        Action.APPEND, target, "今の本文に、登録した内容から作る表か図があるため、残します。"
    )


def live_codes(html: str) -> list[str]:
    """Return the codes of the tables and figures that a body names, in order."""
    return [part.code for part in split_body(html) if isinstance(part, LiveBlock)]


def _pictures(html: str) -> list[str]:
    elements = elements_in(parse(html))
    return [node.attributes.get("src", "") for node in elements if node.tag == "img"]


def said_by(html: str) -> str:
    """Return what a body says, with the numbers that its lists begin with."""
    said = (
        node if isinstance(node, str) else f"{node.attributes['start']}."
        for node in walk(parse(html))
        if isinstance(node, str) or "start" in node.attributes
    )
    return _BLANKS.sub("", "".join(said))
