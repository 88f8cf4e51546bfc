"""What two people released is said to have been found, wherever the leak check is spoken of."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from plans.document.claims import CLAIMS_KEY, FrozenClaim, check_said
from plans.document.document import Cover, Document
from plans.public_edition.public_counts import counts_of
from plans.public_edition.public_files import PublicMaker
from plans.revisions import sheet
from plans.revisions.public_outlook import HEAD_KEY, Outlook, frozen_outlook

CLAIM = FrozenClaim("v", "p", "様式9", "「1 目的」の本文", "代表番号", "甲", "乙", "2027-04-01")
DOCUMENT = Document(Cover("市", "計画", "", ""))
COUNTS = replace(counts_of(DOCUMENT, DOCUMENT), empty=False)
FOUND = "1件見つかり、どれも2人が「非公開の値ではない」としました"


def head(*claims: FrozenClaim) -> dict[str, Any]:
    return {HEAD_KEY: COUNTS.to_json(), CLAIMS_KEY: [each.to_json() for each in claims]}


def test_the_page_of_a_revision_counts_what_was_released() -> None:
    for claims, said in (((CLAIM,), FOUND), ((), "見つかったものはありません")):
        outlook = frozen_outlook(head(*claims), None)
        revision = SimpleNamespace(is_editable=False, state="checking")
        context = {"outlook": outlook, "revision": revision, "municipality": None}
        page = render_to_string("plans/revisions/_public.html", context)
        assert said in page


def test_the_approval_sheet_says_the_same() -> None:
    for claims in ((CLAIM,), ()):
        page: Any = SimpleNamespace(head=head(*claims), released=list(claims))
        assert sheet._check_said(page) == f"{check_said(len(claims))}。"


def test_a_statement_about_a_text_that_is_gone_releases_nothing() -> None:
    rows = {CLAIMS_KEY: [CLAIM.to_json()]}
    maker = PublicMaker(DOCUMENT, DOCUMENT, rows, lambda _: b"", None)  # type: ignore[arg-type]
    assert maker.released == []
    assert Outlook(COUNTS, released_count=len(maker.released)).check_said == check_said(0)


def test_an_issued_revision_is_not_said_to_become_an_edition() -> None:
    for state, coming in (("checking", True), ("issued", False)):
        revision = SimpleNamespace(is_editable=False, state=state)
        context = {"outlook": frozen_outlook(head(), None), "revision": revision}
        page = render_to_string("plans/revisions/_public.html", context)
        assert ("この改定が版になると" in page) is coming
