"""What phrases ask before a plan is submitted: none may stand as 〔…〕 in what is approved."""

from collections.abc import Iterator
from typing import Protocol

from bcp_portal.checks.findings import Finding, Where
from bcp_portal.checks.registry import Check, Moment
from plans.document.document import Document
from plans.phrases.placeholders import unset_placeholders

PHRASES = Where("語句を決める", "plan:phrases")
_NAMED = 5


class _Content(Protocol):
    @property
    def document(self) -> Document: ...


def unset_phrases(asked: _Content) -> Iterator[Finding]:
    """Yield once that a document still shows phrases in 〔 〕, with the first of them."""
    gaps = unset_placeholders(asked.document)
    if gaps:
        names = "、".join(f"「{gap.heading}」の〔{gap.label}〕" for gap in gaps[:_NAMED])
        more = f"ほか{len(gaps) - _NAMED}か所" if len(gaps) > _NAMED else ""
        yield Finding(
            f"まだ決まっていない語句があります：{names}{more}。決めてから提出してください。",
            (PHRASES,),
        )


UNSET = Check("phrases.unset", "決まっていない語句があります", unset_phrases, (Moment.SUBMIT,))
