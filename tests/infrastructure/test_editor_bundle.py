"""The chapter editor that is served was built from the sources that are committed beside it."""

import hashlib
from pathlib import Path

EDITOR = Path(__file__).parents[2] / "tools" / "editor"
BUILD = "Build the editor: in tools/editor, `npm ci && npm run build`, and commit what it writes."


def test_the_bundle_is_made_of_the_committed_sources() -> None:
    lines = (EDITOR / "built.sha256").read_text(encoding="utf-8").splitlines()
    built = {name: sum_ for sum_, name in (line.split("  ", 1) for line in lines)}
    sources = {f"src/{file.name}" for file in (EDITOR / "src").iterdir()}
    assert {name for name in built if name.startswith("src/")} == sources, BUILD
    now = {name: hashlib.sha256((EDITOR / name).read_bytes()).hexdigest() for name in built}
    assert [name for name in built if now[name] != built[name]] == [], BUILD
