"""A picture in a public text becomes public: it is counted, named, and said not to be read."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from bcp_portal.accounts.rows import Confidentiality
from plans.document.document import Cover, Document, Section, TextBlock
from plans.document.public_choices import PublicChoices
from plans.document.redaction import redact
from plans.public_edition.overview import chapter_lines
from plans.public_edition.public_counts import PICTURES_UNREAD, PublicCounts, counts_of
from plans.revisions import sheet
from plans.revisions.public_outlook import HEAD_KEY, frozen_outlook

PICTURE = f'<p>文</p><img src="image:{"a" * 64}" alt="%s">'
NAME = "1 目的「庁舎の写真」"


def section(number: str, title: str, words: str, confidentiality: str) -> Section:
    blocks = (TextBlock(PICTURE % words),)
    return Section(f"a-{number}", 1, number, title, blocks, (), confidentiality)


def counted() -> tuple[Document, Document, PublicCounts]:
    shown = section("1", "目的", "庁舎の写真", Confidentiality.PUBLIC.value)
    hidden = section("2", "体制", "サーバ室の写真", Confidentiality.INTERNAL.value)
    document = Document(Cover("市", "計画", "", ""), chapters=(shown, hidden))
    public = redact(document, PublicChoices())
    return document, public, counts_of(document, public)


def page_of(kept: dict[str, Any] | None) -> str:
    revision = SimpleNamespace(is_editable=False, state="checking")
    context = {"outlook": frozen_outlook({HEAD_KEY: kept}, None), "revision": revision}
    return render_to_string("plans/revisions/_public.html", {**context, "municipality": None})


def sheet_of(kept: dict[str, Any] | None) -> tuple[str, str]:
    page: Any = SimpleNamespace(head={HEAD_KEY: kept}, released=[])
    return sheet._public_said(page.head), sheet._check_said(page)


def test_public_pictures_are_counted_and_named_where_it_is_decided() -> None:
    document, public, counts = counted()
    said, checked = sheet_of(counts.to_json())
    assert "本文の画像 1件（2件中）" in said and said.endswith(f"　{NAME}")
    assert "図 0件（0件中）" in said and checked.endswith(PICTURES_UNREAD)
    page = page_of(counts.to_json())
    assert "<dt>公開する本文の画像</dt><dd>1件（2件中）</dd>" in page
    assert NAME in page and PICTURES_UNREAD in page and "サーバ室" not in page + said
    assert [str(line.pictures) for line in chapter_lines(document, public)] == ["1／1", "0／1"]


def test_where_none_is_public_nothing_is_said_of_reading_them() -> None:
    document = Document(Cover("市", "計画", "", ""))
    counts = replace(counts_of(document, document), empty=False)
    assert "本文の画像 0件" in sheet_of(counts.to_json())[0]
    assert PICTURES_UNREAD not in page_of(counts.to_json())


def test_a_submission_that_did_not_count_them_says_no_number() -> None:
    _, _, counts = counted()
    kept = counts.to_json()
    del kept["pictures"], kept["picture_names"]
    said, checked = sheet_of(kept)
    assert "本文の画像" not in said and "図 0件" in said
    assert PICTURES_UNREAD in checked and PICTURES_UNREAD in page_of(kept)
    assert sheet_of(None) == ("この改定から公開版を作りません。", "")
    assert sheet._public_said({}) == ""
