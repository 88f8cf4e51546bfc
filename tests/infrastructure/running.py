"""Starts one of our programs in a test as a person would, and asks the site it serves."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from django.conf import settings

SECONDS_TO_READY = 300
SECONDS_TO_END = 60


@dataclass
class Program:
    """A running program, and what it has said so far."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        return "".join(self.lines)


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a person who has set nothing but where the data goes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BCP_")}
    return kept | {
        "BCP_DATA_DIR": str(folder / "data"),
        "BCP_STATIC_ROOT": str(folder / "static"),
        "PYTHONUTF8": "1",
    }


def command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"scripts.{module}", *arguments]


def run(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(module, *arguments),
        cwd=settings.BASE_DIR,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_END,
        check=False,
    )


@contextmanager
def started(folder: Path, ready: str, module: str, *arguments: str) -> Iterator[Program]:
    """Yield the program once it has said `ready`; end it if the test did not."""
    process = subprocess.Popen(
        command(module, *arguments),
        cwd=settings.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    program = Program(process)
    said_ready = threading.Event()

    def listen() -> None:
        for line in process.stdout or []:
            program.lines.append(line)
            if ready in line:
                said_ready.set()
        said_ready.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert said_ready.wait(SECONDS_TO_READY), program.output
        assert ready in program.output, program.output
        yield program
    finally:
        process.terminate()
        process.wait(SECONDS_TO_END)
        listener.join()


def get(port: int, path: str, headers: dict[str, str]) -> tuple[HTTPResponse, str]:
    """Return the answer and its body."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read().decode("utf-8", errors="replace")


def nobody_listens(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex(("127.0.0.1", port)) != 0
