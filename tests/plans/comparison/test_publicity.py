"""What becomes public stands in the comparison, in words written here by hand."""

from dataclasses import replace

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.table import Public
from plans.comparison.document_comparison import PUBLIC_TITLE, compare
from plans.comparison.lines import lines_of
from plans.comparison.publicity import LABELS
from plans.document.document import Document
from plans.document.public_choices import PublicChoices
from plans.document.revision_kind import RevisionKind
from plans.revisions.kind_proposal import PUBLIC_CHANGES, propose_kind
from tests.plans.comparison.documents import COLUMNS, annex, document, row, section, table

HIDDEN = document(
    section("chapter-a", "目的", "<p>市民の手続を止めない。</p>"),
    annex(table(row("a", "住民記録"), row("b", "税務"), row("c", "職員ポータル"))),
)


def published() -> Document:
    rows = (
        replace(row("a", "住民記録"), confidentiality="public"),
        replace(row("b", "税務"), confidentiality="public"),
        replace(row("c", "職員ポータル"), confidentiality="partial"),
    )
    columns = (replace(COLUMNS[0], public=Public.SHOW), COLUMNS[1], *COLUMNS[2:])
    return document(
        section("chapter-a", "目的", "<p>市民の手続を止めない。</p>", confidentiality="public"),
        annex(table(*rows, columns=columns)),
    )


def said(old: Document, new: Document, *choices: PublicChoices) -> list[tuple[str, str]]:
    pair = (choices[0], choices[1]) if choices else (PublicChoices(), PublicChoices())
    parts = [part for part in compare(old, new, pair).parts if part.kind == "public"]
    return [(text.old_text, text.new_text) for part in parts for text in part.texts]


def test_what_becomes_public_is_listed_by_kind() -> None:
    assert said(HIDDEN, published()) == [
        ("章・節「1 目的」：非公開", "章・節「1 目的」：公開"),
        (
            "表「重要情報システム一覧」の項目「システム名」：載せない",
            "表「重要情報システム一覧」の項目「システム名」：公開する",
        ),
        (
            "表「重要情報システム一覧」の行「住民記録（1行目）」「税務（2行目）」：非公開",
            "表「重要情報システム一覧」の行「住民記録（1行目）」「税務（2行目）」：公開",
        ),
        (
            "表「重要情報システム一覧」の行「職員ポータル（3行目）」：非公開",
            "表「重要情報システム一覧」の行「職員ポータル（3行目）」：一部非公開",
        ),
    ]
    lines = lines_of(compare(HIDDEN, published()))
    heading = next(line for line in lines if line.new and line.new[0].text == PUBLIC_TITLE)
    marked = lines[lines.index(heading) + 1]
    assert [run.text for run in marked.new if run.changed] == ["公開"]


def test_what_is_no_longer_public_is_listed_too_and_what_stays_is_not() -> None:
    assert said(published(), HIDDEN)[0] == ("章・節「1 目的」：公開", "章・節「1 目的」：非公開")
    assert said(published(), published()) == said(HIDDEN, HIDDEN) == []


def test_a_new_row_that_is_public_is_listed_as_becoming_so() -> None:
    before = document(annex(table(row("a", "住民記録"))))
    new = replace(row("b", "税務"), confidentiality="public")
    after = document(annex(table(row("a", "住民記録"), new)))
    assert said(before, after) == [
        (
            "表「重要情報システム一覧」の行「税務（2行目）」：非公開",
            "表「重要情報システム一覧」の行「税務（2行目）」：公開",
        )
    ]


def test_the_words_are_those_of_the_settings() -> None:
    assert dict(Confidentiality.choices) == LABELS


def test_many_rows_are_counted() -> None:
    rows = [row(str(number), f"{number}号") for number in range(13)]
    public = [replace(each, confidentiality="public") for each in rows]
    ((_, now),) = said(document(annex(table(*rows))), document(annex(table(*public))))
    assert now.endswith("「9号（10行目）」ほか3件：公開")


def test_the_choices_are_compared_and_make_a_revision_of_their_own() -> None:
    more = PublicChoices(colophon=frozenset({"発行", "担当", "電話"}), revision_reasons=True)
    assert said(HIDDEN, HIDDEN, PublicChoices(), more) == [
        ("公開版の奥付に載せるもの：発行、担当", "公開版の奥付に載せるもの：発行、担当、電話"),
        ("改定履歴の内容：載せない", "改定履歴の内容：公開する"),
    ]
    proposal = propose_kind(compare(HIDDEN, HIDDEN, (PublicChoices(), more)))
    assert (proposal.kind, proposal.reasons) == (RevisionKind.MINOR, (PUBLIC_CHANGES,))
