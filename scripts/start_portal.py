"""Starts the portal on this machine: database, sample municipality, web server, background worker.

Run by `make run`. Whatever prevents it is one sentence, Japanese first, and exit status 1.
"""

import argparse
import errno
import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command

from scripts.processes import (
    WEB,
    WORKER,
    Address,
    ServiceEnded,
    Services,
    run_until,
    stop_request,
    wait_until_healthy,
)

STATIC_STAMP = ".collected"


class CannotStart(Exception):
    """The reason, as a Japanese and an English sentence."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese}\n{english}")


def main(arguments: list[str]) -> int:
    try:
        address = read_address(arguments)
        claim(address)
        prepare()
        serve(address)
    except CannotStart as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n中止しました / Interrupted", file=sys.stderr)
        return 130
    return 0


def read_address(arguments: list[str]) -> Address:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    options = parser.parse_args(arguments)
    if not (options.port.isascii() and options.port.isdigit() and 0 < int(options.port) < 65536):
        raise CannotStart(
            f"PORT は 1 から 65535 までの数で指定してください（指定されたもの: {options.port}）。",
            f"PORT must be a number from 1 to 65535, not {options.port!r}.",
        )
    return Address(options.host, int(options.port))


def claim(address: Address) -> None:
    """Raise CannotStart unless the web server will be able to listen at the address."""
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise port_refused(address, error) from error


def port_refused(address: Address, error: OSError) -> CannotStart:
    host, port = address
    if error.errno == errno.EADDRINUSE:
        return CannotStart(
            f"ポート {port} はほかのプログラムが使っています。"
            f"別のポートで起動してください: make run PORT={port + 1 if port < 65535 else 8000}",
            f"Port {port} is in use by another program: choose another one as shown above.",
        )
    if error.errno == errno.EACCES:
        return CannotStart(
            f"ポート {port} を開く権限がありません。1024 以上を指定してください: make run PORT=8000",
            f"There is no permission to open port {port}: choose 1024 or above.",
        )
    return CannotStart(
        f"アドレス {host}:{port} を開けません（{error.strerror}）。",
        f"The address {host}:{port} cannot be opened ({error.strerror}).",
    )


def prepare() -> None:
    """Bring database, static files and sample data to where the site can start; cheap if they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcp_portal.settings")
    with explained("設定を読み込めません", "The settings could not be read"):
        django.setup()
    with explained("データのフォルダーを作れません", "The folder of data could not be made"):
        Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    require_writable(Path(settings.DATA_DIR))
    with explained("データベースを準備できません", "The database could not be prepared"):
        call_command("migrate", interactive=False, verbosity=0)
    with explained("画面の部品を準備できません", "The static files could not be collected"):
        collect_static_files()
    with explained("見本の団体を読み込めません", "The sample municipality could not be loaded"):
        load_sample_once()


def require_writable(folder: Path) -> None:
    """Raise CannotStart for files of the data folder that another account owns, as after a start as root."""
    for path in (folder, *sorted(folder.glob("*")), *sorted(folder.glob("log/*"))):
        if not os.access(path, os.W_OK):
            raise not_writable(path)


def not_writable(path: Path | str) -> CannotStart:
    return CannotStart(
        f"「{path}」に書き込めません。フォルダーの権限を確かめてください。",
        f"{path} is not writable: check the permissions of the folder.",
    )


@contextmanager
def explained(japanese: str, english: str) -> Iterator[None]:
    """Turn every error into a sentence; BCP_TRACEBACK=1 shows a developer where."""
    try:
        yield
    except PermissionError as error:
        raise not_writable(error.filename) from error
    except Exception as error:
        if os.environ.get("BCP_TRACEBACK"):
            raise
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        raise CannotStart(f"{japanese}（{detail}）。", f"{english} ({detail}).") from error


def collect_static_files() -> None:
    """Collect, hash and compress the static files if any of them changed since the last start."""
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    digest = digest_of_static_files()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest, encoding="ascii")


def digest_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_sample_once() -> None:
    from bcp_portal.accounts.models import Municipality

    if not Municipality.objects.exists():
        print("見本の団体を読み込みます / Loading the sample municipality", flush=True)
        call_command("load_sample", verbosity=0)


def serve(address: Address) -> None:
    """Run web server and worker until Ctrl-C; raise CannotStart if one does not stay alive."""
    logs = Path(settings.DATA_DIR) / "log"
    with explained("記録を書けません", "The log could not be written"):
        logs.mkdir(parents=True, exist_ok=True)
    host = f"[{address.host}]" if ":" in address.host else address.host
    services = Services({**os.environ, "BCP_BIND": f"{host}:{address.port}"}, logs)
    with stop_request() as asked:
        try:
            services.start("web", WEB)
            services.start("worker", WORKER, is_helper=True)
            accounts = demo_accounts()  # checks their passwords while the processes start
            wait_until_healthy(services, address, {"Host": "localhost"})
            print_welcome(f"http://{host}:{address.port}/", logs, accounts)
            run_until(asked, services)
        except (ServiceEnded, TimeoutError) as error:
            raise CannotStart(
                f"起動に失敗したか、動作中に止まりました（{error}）。記録: {logs}",
                f"A process did not start, or ended ({error}). See the logs in {logs}.",
            ) from error
        finally:
            services.stop()
    print("\n停止しました / Stopped")


def demo_accounts() -> str:
    """Return one line an account, or nothing where the sample municipality is not loaded."""
    lines = StringIO()
    try:
        call_command("demo_accounts", stdout=lines)
    except CommandError:
        return ""
    return lines.getvalue()


def print_welcome(url: str, logs: Path, accounts: str) -> None:
    print(
        f"""
BCP Portal が動いています / BCP Portal is running

  アドレス / Address   {url}
  データ   / Data      {settings.DATA_DIR}
  記録     / Logs      {logs}
"""
    )
    if accounts:
        print("お試し用の利用者（役割・利用者ID・パスワード・氏名・団体） / Demo accounts\n")
        print(accounts)
    print("止めるには Ctrl-C を押します / Press Ctrl-C to stop", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
