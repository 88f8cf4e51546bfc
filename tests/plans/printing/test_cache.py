"""The store of rendered parts: private, whole or absent, bounded."""

import os
from pathlib import Path

from plans.printing.cache import PartCache, content_key


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/*"))


def test_content_comes_back_and_unknown_keys_are_none(tmp_path: Path) -> None:
    cache = PartCache(tmp_path / "cache")
    cache.put(content_key("a"), b"pages")
    assert cache.get(content_key("a")) == b"pages"
    assert cache.get(content_key("b")) is None


def test_keys_tell_apart_how_text_is_divided() -> None:
    assert content_key("ab", "c") != content_key("a", "bc")
    assert content_key("ab", "c") == content_key("ab", "c")


def test_only_the_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    PartCache(folder).put(content_key("a"), b"personal data")
    (path,) = files(folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_damaged_file_counts_as_absent(tmp_path: Path) -> None:
    cache = PartCache(tmp_path / "cache")
    cache.put(content_key("a"), b"pages of a part")
    (path,) = files(tmp_path / "cache")
    path.write_bytes(path.read_bytes()[:-3])
    assert cache.get(content_key("a")) is None


def test_what_was_not_used_longest_goes_first(tmp_path: Path) -> None:
    cache = PartCache(tmp_path / "cache", limit_bytes=3 * 4096 + 100)
    for age, name in ((300, "old"), (200, "used again"), (100, "new")):
        key = content_key(name)
        cache.put(key, b"x" * 100)
        path = tmp_path / "cache" / key[:2] / key
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
    cache.trim()
    assert len(files(tmp_path / "cache")) == 3
    cache.get(content_key("used again"))
    cache.get(content_key("old"))
    cache.put(content_key("newest"), b"x" * 100)
    cache.trim()
    kept = [name for name in ("old", "used again", "new", "newest") if cache.get(content_key(name))]
    assert "new" not in kept
    assert "newest" in kept
