"""Runs graphviz, the one outside program: text in, SVG out, nothing else read or written."""

import shutil
import subprocess

from bcp_portal.ui.errors import DomainError

PROGRAM = "dot"
PACKAGE = "graphviz"
SECONDS = 15


class GraphvizMissingError(DomainError):
    """The program that draws figures is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "図を描くプログラム（Graphviz の dot）がサーバにありません。"
            f"サーバの担当者に、パッケージ {PACKAGE} の導入を依頼してください。",
            status=500,
        )


class DrawingFailedError(DomainError):
    """Graphviz gave up, or took too long."""

    def __init__(self) -> None:
        super().__init__(
            "図を描けませんでした。行の数や線の数が多すぎるときは、行を減らすと描けることがあります。",
            status=500,
        )


def is_installed() -> bool:
    """Tell whether figures can be drawn on this machine."""
    return shutil.which(PROGRAM) is not None


def laid_out(source: str) -> str:
    """Return what dot makes of the source, as its own SVG.

    Raises GraphvizMissingError, or DrawingFailedError when dot fails or takes too long.
    """
    try:
        done = subprocess.run(  # noqa: S603  (no shell; the source holds user text only in labels)
            [PROGRAM, "-Tsvg"],
            input=source.encode(),
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except FileNotFoundError:
        raise GraphvizMissingError from None
    except (OSError, subprocess.SubprocessError):
        raise DrawingFailedError from None
    return done.stdout.decode()
