"""Editions that a release of before the rooms of plans froze keep their hashes, byte by byte.

before-rooms.jsonl holds two editions of a small town, one a line, as they were stored. It is never
written anew: whoever changes the canonical JSON or what the chain covers loses every edition there is.
"""

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bcp_portal.accounts.models import Municipality
from plans.document.canonical import canonical_json, content_sha256, sha256_of
from plans.document.document import Document
from plans.editions.chain import GENESIS, chain_hash
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from tests.plans.editions.making import PERSON, PHONE

FROZEN = Path(__file__).parent / "before-rooms.jsonl"
CONTENTS = (
    "fe8d8e13c5fa79c611dcde6fff4f6e40609cda3601b7d1abcd931e8b29dfd586",
    "43666c7e97f96eda50ddfcb1b587e649f9bb52ce86db74e16adc8e8dd58f11c8",
)
LINKS = (
    "3b8c192cda120e765afc3f00e7fc014d0e0f1482e64e6c5c1ae0b0ff1d6355a8",
    "ead5d6d0dd4627cc49d210135adbd487393dc5d4d8d00d6b6ab2f114af3f29f4",
)
READ = {
    "effective_on": date.fromisoformat,
    "revised_on": date.fromisoformat,
    "issued_at": datetime.fromisoformat,
    "uid": UUID,
    "revision_uid": UUID,
}
ALTERED: dict[str, Any] = {
    "uid": UUID(int=1),
    "sequence": 7,
    "number_major": 7,
    "number_minor": 7,
    "number_part": 7,
    "label": "第7版",
    "kind": "part",
    "kind_label": "一部改定",
    "reason": "別の理由",
    "coverage": {"whole": False},
    "coverage_label": "第7章",
    "revision_uid": UUID(int=2),
    "submitted_sha256": "7" * 64,
    "content_sha256": "7" * 64,
    "public_sha256": "7" * 64,
    "previous_hash": "7" * 64,
    "deciders": [{"name": "別の人"}],
    "drafter": {"name": "別の人"},
    "document_number": "防災第77号",
    "effective_on": date(2027, 7, 7),
    "issued_at": datetime(2027, 7, 7, tzinfo=UTC),
    "revised_on": date(2027, 7, 7),
    "pdf_sha256": "7" * 64,
    "masked_pdf_sha256": "7" * 64,
    "public_pdf_sha256": "7" * 64,
    "log_sequence": 77,
    "log_digest": "7" * 64,
    "short_code": "ZZZZ7777",
}
# These are proven by their own hashes, are the hash, or follow from the order of the editions.
PROVEN_ELSEWHERE = {
    *("document", "public_document", "rows", "pdf", "masked_pdf", "public_pdf"),
    *("id", "municipality", "previous", "chain_hash"),
}


def editions() -> list[Edition]:
    """Return the frozen editions as they were loaded, without a database."""
    town = Municipality(code="279994", name="隣町", prefecture="大阪府")
    rows = map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines())
    return [
        Edition(
            municipality=town,
            **{name: READ.get(name, lambda value: value)(value) for name, value in row.items()},
        )
        for row in rows
    ]


def test_canonical_json_is_sorted_close_and_as_typed() -> None:
    data = {"b": ["𠮷野家", "é", 1.5, None, True], "a": {"ん": "\n\u2028", "い": '"<&\\'}, "A": 0}
    assert canonical_json(data) == (
        '{"A":0,"a":{"い":"\\"<&\\\\","ん":"\\n\u2028"},"b":["𠮷野家","é",1.5,null,true]}'.encode()
    )
    assert sha256_of(data) == hashlib.sha256(canonical_json(data)).hexdigest()
    assert content_sha256([1], {}) == hashlib.sha256(b'{"document":[1],"rows":{}}').hexdigest()


@pytest.mark.parametrize("place", [0, 1])
def test_a_frozen_edition_has_the_hashes_it_was_issued_with(place: int) -> None:
    edition = editions()[place]
    assert content_sha256(edition.document, edition.rows) == CONTENTS[place]
    assert edition.content_sha256 == CONTENTS[place]
    assert sha256_of(edition.public_document) == edition.public_sha256
    assert chain_hash(edition) == edition.chain_hash == LINKS[place]
    assert edition.previous_hash == (GENESIS, *LINKS)[place]


@pytest.mark.parametrize("name", ALTERED)
def test_whatever_an_edition_says_is_in_its_link(name: str) -> None:
    edition = editions()[1]
    assert getattr(edition, name) != ALTERED[name]
    setattr(edition, name, ALTERED[name])
    assert chain_hash(edition) != LINKS[1]


def test_each_field_of_an_edition_is_in_its_link_or_proven_elsewhere() -> None:
    names = {field.name for field in Edition._meta.concrete_fields}
    assert names == ALTERED.keys() | PROVEN_ELSEWHERE
    other = editions()[1]
    other.municipality.code = "139998"
    assert chain_hash(other) != LINKS[1]


def test_an_edition_of_the_first_release_noted_neither_a_day_of_revision_nor_the_log() -> None:
    edition = editions()[0]
    edition.revised_on, edition.log_sequence, edition.log_digest = None, 0, ""
    edition.issued_at = datetime(2026, 4, 1, 9, tzinfo=UTC)
    said = {
        "coverage": edition.coverage,
        "coverage_label": edition.coverage_label,
        "content_sha256": CONTENTS[0],
        "deciders": edition.deciders,
        "document_number": "",
        "drafter": {"name": "起案 次郎", "post": "主任"},
        "effective_on": "2026-04-01",
        "issued_at": "2026-04-01T09:00:00+00:00",
        "kind": "major",
        "kind_label": edition.kind_label,
        "label": "初版",
        "masked_pdf_sha256": edition.masked_pdf_sha256,
        "municipality": "279994",
        "number_major": 1,
        "number_minor": 0,
        "number_part": 0,
        "pdf_sha256": edition.pdf_sha256,
        "previous_hash": "0" * 64,
        "public_pdf_sha256": edition.public_pdf_sha256,
        "public_sha256": edition.public_sha256,
        "reason": "初めて定めた。",
        "revision": str(edition.revision_uid),
        "sequence": 1,
        "short_code": edition.short_code,
        "submitted_sha256": edition.submitted_sha256,
        "uid": str(edition.uid),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert chain_hash(edition) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("place", [0, 1])
def test_a_frozen_document_still_reads_and_hides_its_numbers(place: int) -> None:
    edition = editions()[place]
    frozen = FrozenCopy(edition.document, edition.rows)
    assert [each.heading for each in frozen.full.sections()] == ["1 目的", "2 体制"]
    assert [annex.number for annex in frozen.full.annexes] == [3, 9]
    again = json.loads(canonical_json(frozen.full.to_json()))
    assert kept(edition.document, again) == edition.document
    assert PHONE in said(frozen.full) and PERSON in said(frozen.full)
    assert PHONE not in said(frozen.masked) and PERSON not in said(frozen.masked)
    assert {field.name for field in fields(Document)} >= edition.document.keys()


def said(document: Document) -> str:
    return canonical_json(document.to_json()).decode()


def kept(old: Any, new: Any) -> Any:
    """Return of new JSON what the old names: a release may add fields, and loses none."""
    if isinstance(old, dict):
        return {name: kept(value, new[name]) for name, value in old.items()}
    if isinstance(old, list):
        assert len(old) == len(new)
        return [kept(a, b) for a, b in zip(old, new, strict=True)]
    return new
