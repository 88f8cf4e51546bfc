"""The pages for engineers stay short, name every room, and name files that are where they say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = sorted((ROOT / "docs" / "rooms").glob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
MOST_LINES = 30
MOST_LINES_OF_A_PARAGRAPH = 5
LONGEST_LINE = 130
# What joins the rooms to one Django app, and is none.
NO_ROOMS = {"migrations", "management", "templatetags"}
FOLDER = re.compile(r"`([\w/]+)/?`")
FILE = re.compile(r"`([\w./-]+\.(?:py|js|html|css|zip))`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph and point; no headings, tables or indented text."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        is_text = line and not line.startswith(("#", "|", "    "))
        if lines and (not is_text or re.match(r"- |\d+\. ", line)):
            yield lines
            lines = []
        if is_text:
            lines.append(line)


def rooms() -> set[str]:
    """Return every room of bcp_portal and plans as a page names it: bcp_portal/ui, plans/text."""
    return {
        f"{house}/{path.parent.name}"
        for house in ("bcp_portal", "plans")
        for path in (ROOT / house).glob("*/__init__.py")
        if path.parent.name not in NO_ROOMS
    }


def folders_of(page: Path) -> set[Path]:
    """Return where a page looks for files: folders it names, and those of files it names in full."""
    text = read(page)
    headed = [ROOT / name for name in FOLDER.findall(text.splitlines()[0])]
    named = {base / name for name in FOLDER.findall(text) for base in (ROOT, *headed)}
    named |= {(ROOT / name).parent for name in FILE.findall(text) if "/" in name}
    return {each for each in {ROOT, *headed, *named} if each.is_dir()}


def test_paragraphs_are_told_apart() -> None:
    text = "# Head\none\ntwo\n- three\n  four\n- five\n\n| a |\n    code\nsix"
    assert [len(each) for each in paragraphs(text)] == [2, 2, 1, 1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_of_a_room_is_short_and_its_files_exist(page: Path) -> None:
    text = read(page)
    lines = text.splitlines()
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > LONGEST_LINE] == []
    assert [each for each in paragraphs(text) if len(each) > MOST_LINES_OF_A_PARAGRAPH] == []
    folders = folders_of(page)
    missing = {
        name for name in FILE.findall(text) if not any((each / name).is_file() for each in folders)
    }
    assert sorted(missing) == []


def test_no_paragraph_of_the_architecture_is_long() -> None:
    text = read(ARCHITECTURE)
    assert [each for each in paragraphs(text) if len(each) > MOST_LINES_OF_A_PARAGRAPH] == []
    long = [line for each in paragraphs(text) for line in each if len(line) > LONGEST_LINE + 20]
    assert long == []


def test_the_screen_of_rooms_names_every_room() -> None:
    screen = (
        read(ARCHITECTURE).partition("\n## The rooms\n")[2].partition("\nImports go one way")[0]
    )
    of_the_portal, _, of_plans = screen.partition("\n    plans/")
    said = {f"bcp_portal/{name}" for name in re.findall(r"\b(\w+)/", of_the_portal)}
    said |= {f"plans/{name}" for name in re.findall(r"\b(\w+)/", of_plans)}
    assert len(rooms()) > 30
    assert sorted(rooms() - said) == []


def test_every_room_has_a_page_and_every_page_is_led_to() -> None:
    headed = {name for page in PAGES for name in FOLDER.findall(read(page).splitlines()[0])}
    assert sorted(rooms() - headed) == []
    assert sorted(name for name in headed if not (ROOT / name).is_dir()) == []
    led_to = {(ARCHITECTURE.parent / name).resolve() for name in LINK.findall(read(ARCHITECTURE))}
    assert sorted(page.name for page in (*PAGES, *DECISIONS) if page not in led_to) == []


def test_every_link_between_these_pages_leads_somewhere() -> None:
    pages = [*PAGES, *DECISIONS, *(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    lost = {
        (page.name, name)
        for page in pages
        for name in LINK.findall(read(page))
        if not (page.parent / name).exists()
    }
    assert sorted(lost) == []


def test_a_decision_says_context_decision_and_consequences() -> None:
    for page in DECISIONS:
        text = read(page)
        for part in ("Context: ", "Decision: ", "Consequences: "):
            assert text.count(f"\n{part}") == 1, f"{page.name}: {part}"
