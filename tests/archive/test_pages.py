"""The administrator takes an archive out on a page, and an operator by command; the log tells."""

import errno
from pathlib import Path
from typing import IO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive import services
from bcp_portal.archive.comparing import differences
from bcp_portal.archive.loading import load_archive
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.archive.writing import ROWS
from bcp_portal.audit.models import Entry
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.troubles import DISK_FAULT
from plans.models import Decision
from tests.archive.making import VERSION_1, archive_of, fill, forget, members_of
from tests.conftest import ClientFactory, MemberFactory
from tests.jobs.by_hand import carry_out

pytestmark = pytest.mark.django_db
User = get_user_model()
LIST = "/139998/archive/"
Q = "理由: 四半期の控え"


@pytest.fixture
def administrator(client_for: ClientFactory) -> Client:
    return client_for(Role.ADMIN)


def the_job(municipality: Municipality) -> ArchiveJob:
    with scope(municipality=municipality):
        return ArchiveJob.objects.select_related("municipality").get()


def actions(municipality: Municipality) -> list[tuple[str, str]]:
    with scope(municipality=municipality):
        return list(Entry.objects.order_by("sequence").values_list("action", "note"))


@pytest.mark.django_db(transaction=True)
def test_an_archive_is_asked_for_made_and_taken(
    municipality: Municipality, administrator: Client, tmp_path: Path
) -> None:
    answer = administrator.post(LIST, {"reason": "四半期の控え"})
    job = the_job(municipality)
    assert answer.headers["Location"] == f"{LIST}{job.uid}/"
    page = administrator.get(f"{LIST}{job.uid}/").content.decode()
    assert "アーカイブができました" in page and job.sha256 in page
    taken = administrator.post(f"{LIST}{job.uid}/file/")
    path = tmp_path / "taken.zip"
    path.write_bytes(b"".join(taken.streaming_content))  # type: ignore[attr-defined]
    assert municipality.name.encode() in members_of(path)["manifest.json"]
    assert actions(municipality) == [
        ("アーカイブの作成", Q),
        ("アーカイブの取り出し", f"{Q}\nSHA-256 {job.sha256}"),
    ]
    assert "四半期の控え" in administrator.get(LIST).content.decode()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.progress"))


def test_a_reason_is_asked_for(municipality: Municipality, administrator: Client) -> None:
    answer = administrator.post(LIST, {"reason": " "})
    assert answer.status_code == 422
    assert "作る理由を入力してください" in answer.content.decode()
    with scope(municipality=municipality):
        assert not ArchiveJob.objects.exists()


def test_while_one_is_made_no_other_is_begun(
    municipality: Municipality, member: MemberFactory
) -> None:
    membership = member(Role.ADMIN)
    with scope(municipality=municipality):
        job = ArchiveJob.objects.create(municipality=municipality, reason="先", state="running")
        ProgressNote(job).write(ROWS, 3, 12)
        assert services.request_archive(membership=membership, reason="後") == job
    client = Client()
    client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
    part = client.get(f"{LIST}{job.uid}/progress/").content.decode()
    assert "内容の書き出しをしています" in part
    assert "3 / 12件" in part
    assert "hx-get" in part


def test_a_failure_is_written_into_the_job(
    municipality: Municipality, member: MemberFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise DomainError("ファイルが変わりました。")

    monkeypatch.setattr(services, "write_archive", fail)
    with scope(municipality=municipality):
        job = ArchiveJob.objects.create(municipality=municipality, reason="控え")
        carry_out(job)
        job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "ファイルが変わりました。")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "空き容量が足りません"),
        (errno.EIO, DISK_FAULT),
        (errno.EBADF, "途中で問題が起きました"),
    ],
)
def test_a_full_disk_is_said_and_nothing_is_left_on_it(
    municipality: Municipality,
    administrator: Client,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
) -> None:
    def fail(_municipality: object, target: IO[bytes], **_options: object) -> None:
        target.write(b"half of it")
        raise OSError(number, "no")

    monkeypatch.setattr(services, "write_archive", fail)
    with scope(municipality=municipality):
        job = ArchiveJob.objects.create(municipality=municipality, reason="控え")
        ProgressNote(job).write(ROWS, 3, 12)
        carry_out(job)
    assert sentence in administrator.get(f"{LIST}{job.uid}/").content.decode()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_save_load_and_compare_by_command(
    municipality: Municipality, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(municipality)
    out = tmp_path / "town.zip"
    call_command("save_archive", "139998", out=out)
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="すでにあります"):
        call_command("save_archive", "139998", out=out)
    with pytest.raises(CommandError, match="登録されていません"):
        call_command("save_archive", "279994", out=tmp_path / "none.zip")
    with pytest.raises(CommandError, match="すでにあります"):
        call_command("load_archive", out)
    forget(municipality)
    capsys.readouterr()

    call_command("load_archive", out)

    username, password = capsys.readouterr().out.split("団体管理者\t")[1].split("\n")[0].split("\t")
    user = User.objects.get(username=username)
    assert username == "kanri" and user.check_password(password) and user.password_is_initial
    again = tmp_path / "again.zip"
    call_command("save_archive", "139998", out=again)
    call_command("compare_archives", out, again)
    with pytest.raises(CommandError, match="違います"):
        call_command("compare_archives", VERSION_1, again)


def test_a_decision_stays_that_of_the_account_that_made_it(
    municipality: Municipality, tmp_path: Path
) -> None:
    administrator = fill(municipality)
    with scope(municipality=municipality):
        decision = Decision.objects.get()
    models.QuerySet(Decision).filter(pk=decision.pk).update(user_key=administrator.user_id)
    path = archive_of(municipality, tmp_path / "a.zip")
    assert b'"user_key": {"account": "kanri"}' in members_of(path)["data/plans.Decision.jsonl"]
    forget(municipality)
    for number in range(3):
        User.objects.create_user(username=f"decoy-{number}")
    loaded = load_archive(path)
    with scope(municipality=loaded):
        account = Membership.objects.get(user__username="kanri").user
        assert account.pk != administrator.user_id
        assert Decision.objects.get().user_key == account.pk
    assert differences(path, archive_of(loaded, tmp_path / "b.zip")) == []
