"""Backed up while people work, everything killed, restored on a bare machine: all of it is there."""

import os
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from bcp_portal.backup import passphrase
from bcp_portal.backup.loading import read_through
from bcp_portal.backup.passphrase import NOT_OURS, TOO_SHORT
from tests.archive.making import fill
from tests.backup.places import PASSPHRASE, a_bare_place, passphrase_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines]


def backed_up(folder: Path, out: Path, words: str = PASSPHRASE) -> tuple[str, str]:
    """Back up as an operator does; return what is said, and what is complained of."""
    said, complaints = StringIO(), StringIO()
    call_command(
        "backup",
        out=out,
        passphrase_file=passphrase_file(folder, words),
        stdout=said,
        stderr=complaints,
    )
    return said.getvalue(), complaints.getvalue()


@contextmanager
def somebody_works(municipality: Municipality) -> Iterator[None]:
    """Let another process write without pause, and kill it at the end at an arbitrary moment."""
    connections.close_all()
    worker = os.fork()
    if worker == 0:
        try:
            with scope(municipality=municipality):
                while True:
                    record(municipality=municipality, actor=None, action="変更", note="作業中")
                    time.sleep(0.01)  # SQLite lets those who wait come to their turn
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


def entries() -> int:
    with scopes_disabled():
        return int(Entry.objects.count())


def files_below(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.slow
def test_backed_up_under_load_killed_and_restored_elsewhere(
    municipality: Municipality, here: Path, tmp_path: Path
) -> None:
    fill(municipality)
    (here / "print-cache").mkdir()
    (here / "print-cache" / "part.pdf").write_bytes(b"made again when wanted")
    backup = tmp_path / "night.bcpbackup"
    before = entries()
    with somebody_works(municipality):
        while entries() == before:
            time.sleep(0.01)
        said, _ = backed_up(here, backup)
        noted = entries()
        while entries() == noted:  # no writer was blocked, and later writes are not in it
            time.sleep(0.01)

    contents = read_through(backup, PASSPHRASE)
    in_it = contents.end["tables"]["audit_entry"]
    assert before < in_it < entries()
    assert (
        f"{municipality.code} 操作記録の末尾 {contents.end['log_ends'][municipality.code]}" in said
    )
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(here.glob("backup-*"))
    files = files_below(here / "files")
    assert len(files) == contents.end["files"] > 3
    with a_bare_place(tmp_path / "elsewhere") as place:
        done = place.restore(backup)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "全てのファイルのSHA-256は、元と同じです。" in done.stdout
        assert (
            f"{municipality.name}（{municipality.code}）: 操作記録と版に改ざんはありません。"
            in done.stdout
        )
        assert files_below(place.folder / "files") == files
        assert not (place.folder / "print-cache").exists()
        every = [path for path in place.folder.rglob("*") if path.name != "workers"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in every} == {0o600, 0o700}
        # The secrets are back, and the portal is the one it was.
        assert (place.folder / "secret_key").read_text() == settings.SECRET_KEY
        kept = place.folder / "restored-settings"
        assert (kept / "secret_key").read_text() == settings.SECRET_KEY
        assert f'BCP_DATA_DIR="{os.environ["BCP_DATA_DIR"]}"' in (kept / "bcp.env").read_text()
        assert f"{in_it}件の操作記録に改ざんはありません" in place.run("verify_audit").stdout

        again = place.restore(backup)
        assert again.returncode == 1
        assert "空ではないため、復元しませんでした" in again.stderr


def test_what_cannot_be_restored_leaves_no_trace(
    municipality: Municipality, here: Path, tmp_path: Path
) -> None:
    (here / "files").mkdir()
    (here / "files" / "paper.pdf").write_bytes(b"%PDF-")
    backup = tmp_path / "whole.bcpbackup"
    backed_up(here, backup)
    with a_bare_place(tmp_path / "elsewhere") as place:
        done = place.restore(backup, "something quite different")
        assert (done.returncode, "パスフレーズが違います" in done.stderr) == (1, True), done.stderr
        assert "Traceback" not in done.stderr
        assert not files_below(place.folder / "files")

        other = place.folder / "files" / "others.pdf"
        other.parent.mkdir()
        other.write_bytes(b"somebody's")
        done = place.restore(backup)
        assert f"ファイルの保管場所（{other.parent}）が空ではない" in done.stderr
        assert files_below(place.folder / "files") == {"others.pdf": b"somebody's"}


def test_a_file_that_is_gone_is_said(
    municipality: Municipality, here: Path, tmp_path: Path
) -> None:
    from plans.chapters.models.image import ChapterImage

    with scope(municipality=municipality):
        ChapterImage.objects.create(
            municipality=municipality,
            sha256="0" * 64,
            mime="image/png",
            width=1,
            height=1,
            file="chapters/gone.png",
        )
    connections.close_all()  # as in a command that has just started
    _, complaints = backed_up(here, tmp_path / "b")
    assert "データベースにあり、保管場所にないファイル: chapters/gone.png" in complaints
    assert read_through(tmp_path / "b", PASSPHRASE).end["lost_files"] == ["chapters/gone.png"]


def test_a_backup_is_refused_in_a_sentence(db: None, here: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("somebody's")
    for out, words, sentence in (
        (tmp_path / "b", "too short", TOO_SHORT),
        (tmp_path / "b", settings.SECRET_KEY, NOT_OURS),
        (there, PASSPHRASE, "すでにあります"),
        (tmp_path / "none" / "b", PASSPHRASE, "に書き出せません"),
    ):
        with pytest.raises(CommandError, match=sentence[:20]):
            backed_up(here, out, words)
    assert there.read_text() == "somebody's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "here.passphrase", "there"]


def test_without_terminal_and_file_a_passphrase_is_asked_for_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "_TERMINAL", tmp_path / "none")
    with pytest.raises(CommandError, match="--passphrase-file"):
        call_command("restore", tmp_path / "b")


def test_a_folder_is_given_a_name_and_the_file_can_be_checked(
    municipality: Municipality, here: Path, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    backed_up(here, tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.match("bcp-2*-*.bcpbackup")
    said = StringIO()
    call_command(
        "restore", backup, check_only=True, passphrase_file=passphrase_file(here), stdout=said
    )
    assert "最後まで読めました" in said.getvalue()
    cut = tmp_path / "cut"
    cut.write_bytes(backup.read_bytes()[:-1])
    with pytest.raises(CommandError, match="途中で切れているか"):
        call_command("restore", cut, check_only=True, passphrase_file=passphrase_file(here))
    assert connection.vendor in read_through(backup, PASSPHRASE).begin["engine"]
