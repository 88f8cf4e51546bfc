"""A damaged, hostile or foreign archive is refused with its member named, and nothing is written."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive import package as packages
from bcp_portal.archive.loading import load_archive
from bcp_portal.ui.errors import DomainError
from tests.archive.making import VERSION_1, members_of, written

pytestmark = pytest.mark.django_db
User = get_user_model()
Members = dict[str, bytes]
PEOPLE = "data/accounts.Person.jsonl"
PLANS = "data/plans.Plan.jsonl"
ENTRIES = "data/audit.Entry.jsonl"
EDITIONS = "data/plans.Edition.jsonl"
SETTINGS = "data/plans.EditionSetting.jsonl"


def refused(path: Path) -> str:
    """Load an archive that has to be refused, and return the sentence that says why."""
    before = Municipality.objects.count(), User.objects.count()
    files = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    with pytest.raises(DomainError) as refusal:
        load_archive(path)
    assert (Municipality.objects.count(), User.objects.count()) == before
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [
        path for path in files if path.is_file()
    ]
    return refusal.value.message


def resealed(members: Members) -> Members:
    """Write the manifest anew, as somebody would who wants a change to pass."""
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = {
        path: hashlib.sha256(content).hexdigest()
        for path, content in members.items()
        if path != "manifest.json"
    }
    return members | {"manifest.json": json.dumps(manifest).encode()}


def with_row(members: Members, path: str, **values: object) -> Members:
    """Change the first row of a member."""
    first, _, rest = members[path].partition(b"\n")
    raw = json.loads(first) | values
    return members | {path: json.dumps(raw, ensure_ascii=False).encode() + b"\n" + rest}


def without_field(members: Members, path: str, name: str) -> Members:
    raw = json.loads(members[path].partition(b"\n")[0])
    del raw[name]
    rest = members[path].partition(b"\n")[2]
    return members | {path: json.dumps(raw).encode() + b"\n" + rest}


def without(members: Members, path: str) -> Members:
    return {name: content for name, content in members.items() if name != path}


def a_file(members: Members) -> str:
    return next(path for path in members if path.startswith("files/"))


def manifest_with(archive: Members, **values: object) -> Members:
    manifest = json.loads(archive["manifest.json"]) | values
    return archive | {"manifest.json": json.dumps(manifest).encode()}


DAMAGED: dict[str, tuple[Callable[[Members], Members], str]] = {
    "byte": (lambda m: m | {PEOPLE: m[PEOPLE].replace(b"k", b"K", 1)}, PEOPLE),
    "file content": (lambda m: m | {a_file(m): b"other"}, "files/"),
    "member gone": (lambda m: without(m, PLANS), PLANS),
    "no manifest": (lambda m: without(m, "manifest.json"), "manifest.json"),
    "manifest not JSON": (lambda m: m | {"manifest.json": b"{"}, "manifest.json"),
    "manifest a list": (lambda m: m | {"manifest.json": b"[]"}, "manifest.json"),
    "manifest part": (lambda m: manifest_with(m, municipality=3), "municipality"),
    "member hash": (lambda m: manifest_with(m, members={PLANS: "x"}), PLANS),
    "newer": (lambda m: manifest_with(m, format_version=99), "形式の版99"),
    "odd member": (lambda m: m | {"../../etc/passwd": b""}, "../../etc/passwd"),
    "unlisted member": (lambda m: m | {"files/" + "0" * 64: b""}, "files/000"),
}
RESEALED: dict[str, tuple[Callable[[Members], Members], str]] = {
    "not JSON": (lambda m: m | {PLANS: b"{\n"}, f"「{PLANS}」の1行目"),
    "not UTF-8": (lambda m: m | {PLANS: b"\xff\n"}, f"「{PLANS}」の1行目"),
    "deep": (lambda m: m | {PLANS: b"[" * 200_000}, f"「{PLANS}」の1行目"),
    "not an object": (lambda m: m | {PLANS: b"[]\n"}, f"「{PLANS}」の1行目"),
    "NUL": (lambda m: with_row(m, PLANS, title="a\0b"), f"「{PLANS}」の1行目"),
    "half a character": (
        lambda m: m | {PLANS: m[PLANS].replace(b'"title": "', b'"title": "\\ud800', 1)},
        f"「{PLANS}」の1行目",
    ),
    "unknown field": (lambda m: with_row(m, PLANS, mayor="x"), "項目「mayor」"),
    "lacking field": (lambda m: without_field(m, PLANS, "title"), "項目「title」"),
    "too long": (lambda m: with_row(m, PLANS, title="あ" * 121), "120文字"),
    "wrong kind": (lambda m: with_row(m, PLANS, title=3), "「title」は、文字ではありません"),
    "empty": (lambda m: with_row(m, PLANS, title=None), "「title」は、空にできません"),
    "no date": (lambda m: with_row(m, PEOPLE, left_on="2026-13-01"), "left_on"),
    "number": (lambda m: with_row(m, PEOPLE, version=2**31), "version"),
    "negative": (lambda m: with_row(m, PEOPLE, row_no=-1), "row_no"),
    "dangling": (lambda m: with_row(m, PEOPLE, department="nowhere"), "nowhere"),
    "twice": (lambda m: m | {PLANS: m[PLANS] * 2}, "2行目の識別子"),
    "fewer rows": (lambda m: m | {ENTRIES: m[ENTRIES].split(b"\n", 1)[1]}, ENTRIES),
    "table gone": (lambda m: without(m, SETTINGS), f"「{SETTINGS}」の行数が、目録と違います"),
    "unknown table": (lambda m: m | {"data/plans.Horoscope.jsonl": b""}, "Horoscope"),
    "unknown folder": (lambda m: m | {"kept/horoscopes.jsonl": b""}, "horoscopes"),
    "file gone": (lambda m: without(m, a_file(m)), "のファイル（"),
    "path": (
        lambda m: with_row(m, EDITIONS, pdf={"name": "../../x", "sha256": ""}),
        "使えないファイルの名前",
    ),
    "kept path": (
        lambda m: m | {"kept/edition-files.jsonl": b'{"name": "../x", "sha256": ""}\n'},
        "使えないファイルの名前",
    ),
    "other municipality": (
        lambda m: with_row(m, "data/accounts.Municipality.jsonl", code="279994"),
        "団体コードが違います",
    ),
    "log rewritten": (lambda m: with_row(m, ENTRIES, note="別の話"), "操作記録: 1番"),
    "edition rewritten": (lambda m: with_row(m, EDITIONS, reason="別の話"), "版: "),
    "unique": (
        lambda m: m | {SETTINGS: m[SETTINGS] * 2},
        SETTINGS,
    ),
}


@pytest.mark.parametrize(("damage", "named"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_named(damage: Callable[[Members], Members], named: str, tmp_path: Path) -> None:
    damaged = damage(members_of(VERSION_1))
    assert named in refused(written(tmp_path / "a.zip", damaged))


@pytest.mark.quick
@pytest.mark.parametrize(("change", "named"), RESEALED.values(), ids=RESEALED.keys())
def test_a_change_that_was_sealed_again_is_named(
    change: Callable[[Members], Members], named: str, tmp_path: Path
) -> None:
    members = resealed(change(members_of(VERSION_1)))
    if named == SETTINGS:
        manifest = json.loads(members["manifest.json"])
        members = manifest_with(members, rows=manifest["rows"] | {"plans.EditionSetting": 2})
    assert named in refused(written(tmp_path / "a.zip", members))


def test_every_prefix_of_an_archive_is_refused(tmp_path: Path) -> None:
    whole = VERSION_1.read_bytes()
    path = tmp_path / "cut.zip"
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert refused(path) in (packages.NOT_A_ZIP, packages.NO_MANIFEST)
    path.write_bytes(b"%PDF-1.7\n")
    assert refused(path) == packages.NOT_A_ZIP
    assert "nowhere.zip" in refused(tmp_path / "nowhere.zip")


def test_flipped_bytes_are_refused(tmp_path: Path) -> None:
    """Of a file that was damaged anywhere in its contents, nothing is loaded."""
    whole = bytearray(VERSION_1.read_bytes())
    path = tmp_path / "flipped.zip"
    for place in range(200, len(whole) // 2, len(whole) // 12):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        path.write_bytes(flipped)
        assert refused(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_BYTES", 1_000_000)
    members = members_of(VERSION_1) | {PLANS: b" " * 2_000_000}
    assert refused(written(tmp_path / "a.zip", members)) == packages.TOO_LARGE


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_LINE_BYTES", 200_000)
    members = resealed(members_of(VERSION_1) | {PLANS: b" " * 300_000})
    assert "長すぎる行" in refused(written(tmp_path / "a.zip", members))


def test_an_encrypted_or_doubled_member_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", members_of(VERSION_1))
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as package:
        package.writestr(PLANS, b"")
    assert PLANS in refused(path)


def test_a_municipality_that_is_here_is_never_written_over() -> None:
    Municipality.objects.create(code="139998", name="見本市", prefecture="東京都")
    assert "139998の団体はこの環境にすでにあります" in refused(VERSION_1)


def test_an_account_of_the_same_name_may_be_somebody_else() -> None:
    other = User.objects.create_user(username="kanri", password="secret-1", display_name="別の人")
    assert "「kanri」" in refused(VERSION_1)
    load_archive(VERSION_1, join_accounts=True)
    assert User.objects.get(username="kanri") == other
    other.refresh_from_db()
    assert other.check_password("secret-1") and other.display_name == "別の人"


def test_a_broken_log_can_be_loaded_knowingly(tmp_path: Path) -> None:
    members = resealed(with_row(members_of(VERSION_1), ENTRIES, note="別の話"))
    path = written(tmp_path / "a.zip", members)
    assert "操作記録: 1番" in refused(path)
    assert load_archive(path, accept_faults=True).code == "139998"
