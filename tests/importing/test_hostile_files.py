"""Files made to do harm are refused with a sentence, or read safely, in bounded time and memory."""

import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bcp_portal.importing import limits, refusal_texts, source_reader
from bcp_portal.importing.data_lines import data_lines
from bcp_portal.importing.heading import Head
from bcp_portal.importing.source_reader import UnreadableFileError, read_source
from tests.cases import cases
from tests.importing.desk import bytes_of, csv_of, workbook_of

GOOD = workbook_of(("名称", "所在地"), ("本庁舎", "中央"))
SECONDS = 60


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        read_source(path)
    return refused.value.message


def rezipped(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with some parts replaced or added, / written as __."""
    stored = BytesIO()
    new = {name.replace("__", "/"): part for name, part in parts.items()}
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stored, "w") as target:
        for name in old.namelist():
            if name not in new:
                target.writestr(name, old.read(name))
        for name, part in new.items():
            target.writestr(name, part, compress_type=zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = rezipped(GOOD, **{"xl__media__x.bin": b"\0" * (limits.MAX_UNPACKED_BYTES + 1)})
    started = time.monotonic()
    assert refusal(tmp_path, bomb) == refusal_texts.UNPACKS_TOO_LARGE
    assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize("padding", [b"", b"<!--" + b"x" * 50_000 + b"-->"])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, padding: bytes) -> None:
    secret = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    content = rezipped(GOOD, **{"xl__worksheets__sheet1.xml": padding + secret})
    assert refusal(tmp_path, content) == refusal_texts.FORBIDDEN_XML


def test_a_password_and_an_old_file_are_told_apart(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert refusal(tmp_path, locked) == refusal_texts.PROTECTED
    assert refusal(tmp_path, ole) == refusal_texts.OLD_EXCEL


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", refusal_texts.EMPTY),
        (b"   \n", refusal_texts.EMPTY),
        (b"%PDF-1.7\n1 0 obj", refusal_texts.NOT_A_TABLE),
        (b"<html><table></table></html>", refusal_texts.WEB_PAGE),
        (b"\x00\x01\x02binary", refusal_texts.NOT_A_TABLE),
        (b"\x81\xff\xfe,x", refusal_texts.UNKNOWN_ENCODING),
        (b"PK\x03\x04 not really", refusal_texts.BROKEN),
        (GOOD[: len(GOOD) // 2], refusal_texts.BROKEN),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refusal(tmp_path, content) == sentence


def test_a_word_document_and_a_binary_workbook_are_named(tmp_path: Path) -> None:
    stored = BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(tmp_path, stored.getvalue()) == refusal_texts.OTHER_DOCUMENT.format("Word")
    assert (
        refusal(tmp_path, rezipped(GOOD, **{"xl__workbook.bin": b"x"}))
        == refusal_texts.BINARY_EXCEL
    )


@pytest.mark.slow
def test_a_million_empty_rows_are_not_waited_for(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("表")
    sheet.append(("名称",))
    rows = b"".join(b'<row r="%d" ht="15"><c r="A%d"/></row>' % (n, n) for n in range(2, 1_000_000))
    with zipfile.ZipFile(BytesIO(bytes_of(workbook))) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    content = rezipped(
        GOOD, **{"xl__worksheets__sheet1.xml": xml.replace(b"</sheetData>", rows + b"</sheetData>")}
    )
    path = tmp_path / "file"
    path.write_bytes(content)
    started = time.monotonic()
    source = read_source(path)
    assert time.monotonic() - started < SECONDS
    assert len(source.sheets[0].lines) == 1
    assert "5,000行を超えて空行" in source.notes[0]


def test_merged_cells_over_the_whole_sheet_are_not_walked_through(tmp_path: Path) -> None:
    content = workbook_of(("名称", "所在地"), ("本庁舎", "中央"), (None, "西"), ("別館", "東"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    areas = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 15_000))
    xml = xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")
    path = tmp_path / "file"
    path.write_bytes(rezipped(content, **{"xl__worksheets__sheet1.xml": xml}))
    started = time.monotonic()
    [sheet] = read_source(path).sheets
    assert len(sheet.merged) == 14_999
    head = Head(1, {1: "名称", 2: "所在地"}, {})
    lines = list(data_lines(sheet, head, {1: "name", 2: "address"}))
    assert time.monotonic() - started < SECONDS
    assert [line.cells["name"] for line in lines] == ["本庁舎", "本庁舎", "別館"]


def test_macros_and_links_are_read_without_being_followed(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsm"
    path.write_bytes(rezipped(GOOD, **{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}))
    assert read_source(path).sheets[0].lines[1].cells == ("本庁舎", "中央")


def test_too_many_lines_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("a", "b")] * (limits.MAX_LINES + 1)
    assert refusal(tmp_path, csv_of(*lines)) == refusal_texts.TOO_MANY_LINES


def test_who_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.05)
    assert source_reader.limits.WALL_SECONDS == 0.05
    assert refusal(tmp_path, GOOD) == refusal_texts.NO_TIME


@pytest.mark.long_form
@settings(
    max_examples=cases(12, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 10**9))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(GOOD)
    for _ in range(chance.randint(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path / "file"
    path.write_bytes(bytes(content))
    try:
        assert read_source(path).sheets
    except UnreadableFileError as refused:
        assert refused.message.endswith("。")
