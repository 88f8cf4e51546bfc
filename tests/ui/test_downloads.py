"""Every name of a download is one that all file systems take, cut between letters."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp_portal.ui.downloads import download, download_name

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("令和8年度/第2版_20261130.pdf", "令和8年度／第2版_20261130.pdf"),
        ('a\\b:c*d?e"f<g>h|i.xlsx', "a＼b：c＊d？e”f＜g＞h｜i.xlsx"),
        ("一行目\n二行目.pdf", "一行目 二行目.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("計画. ", "計画"),
        ("../../etc/passwd", "_..／..／etc／passwd"),
        ("", "ファイル"),
        ("/", "／"),
        ("葛\U000e0100飾区～100%'.pdf", "葛\U000e0100飾区～100%'.pdf"),
    ],
)
def test_signs_that_file_systems_forbid_are_replaced(name: str, safe: str) -> None:
    assert download_name(name) == safe


@given(st.text(max_size=300))
def test_any_text_makes_a_name(text: str) -> None:
    name = download_name(f"{text}.pdf")
    assert len(name.encode()) <= 200
    assert name.endswith(".pdf")
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', name)
    assert download_name(name) == name
    response = download(b"", text, "application/pdf")
    assert response.headers["Content-Disposition"].startswith("attachment; filename")


def test_a_long_name_is_cut_between_letters_and_keeps_its_ending() -> None:
    name = download_name("葛\U000e0100" * 60 + ".pdf")
    assert name == "葛\U000e0100" * 27 + "….pdf"


def test_a_name_that_was_uploaded_keeps_what_windows_can_store() -> None:
    assert download_name("漢" * 251 + ".pdf", as_uploaded=True) == "漢" * 251 + ".pdf"
    assert len(download_name("漢" * 300 + ".pdf", as_uploaded=True)) == 255


def test_nothing_else_names_a_download() -> None:
    """No view writes the header, or forbids keeping the answer, itself."""
    pattern = re.compile(
        r"as_attachment|Content-Disposition|content_disposition_header|\bfilename=|FileResponse\(|no-store"
    )
    allowed = {"bcp_portal/ui/downloads.py", "bcp_portal/ui/security.py"}
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in ("bcp_portal", "systems", "plans", "drills")
        for path in (ROOT / room).rglob("*.py")
        if str(path.relative_to(ROOT)) not in allowed
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]
    assert found == []
