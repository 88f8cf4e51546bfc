"""Carries out the steps of the Dockerfile in a clean Debian root, where no container engine runs.

    python -m scripts.try_image_steps [--keep]

As root, with debootstrap installed. The base image becomes a minimal Debian 12; COPY takes the
files that .dockerignore lets through; RUN, ENV, WORKDIR and USER mean what they mean to a
container engine. At the end the image's own command is started as the image's own user, on SQLite
without HTTPS, and its health check must succeed. What stays untried is the engine itself: layers,
read-only root, networks and volumes of docker-compose.yml.
"""

import argparse
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts.processes import BASE_DIR

MIRROR = "http://deb.debian.org/debian"
SECONDS_TO_START = 30
# A machine behind a proxy with a certificate of its own hands that on to what is built on it.
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "http_proxy", "https_proxy", "no_proxy")


@dataclass
class Image:
    """The state a container engine keeps between two instructions."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "root"
    command: list[str] = field(default_factory=list)
    health_check: list[str] = field(default_factory=list)

    def chroot(self, command: list[str], extra: dict[str, str] | None = None) -> list[str]:
        """Return the command as the present user in the present folder of the root."""
        variables = [
            f"{name}={value}" for name, value in (self.environment | (extra or {})).items()
        ]
        home = "/root" if self.user == "root" else "/var/lib/bcp"
        script = f"cd {shlex.quote(self.folder)} && exec {shlex.join(command)}"
        inside = ["env", "-i", f"HOME={home}", *variables, "sh", "-c", script]
        return ["chroot", f"--userspec={self.user}", str(self.root), *inside]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the root where it was built")
    keep = parser.parse_args().keep
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("This needs root and debootstrap: apt-get install debootstrap", file=sys.stderr)
        return 1
    root = Path(tempfile.mkdtemp(prefix="bcp-image-"))
    try:
        bootstrap(root)
        image = Image(root, certificates(root))
        for name, argument in instructions((BASE_DIR / "Dockerfile").read_text(encoding="utf-8")):
            carry_out(image, name, argument)
        try_command(image)
    except subprocess.CalledProcessError as error:
        print(f"This step failed with status {error.returncode}.", file=sys.stderr)
        return 1
    finally:
        if keep:
            print(f"The root stays at {root}")
        else:
            shutil.rmtree(root)
    print("Every step of the Dockerfile ran, and the site became healthy.")
    return 0


def bootstrap(root: Path) -> None:
    """Make what debian:bookworm-slim is: a minimal system and three package sources."""
    root.chmod(0o755)
    subprocess.run(
        ["debootstrap", "--variant=minbase", "bookworm", str(root), MIRROR],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    sources = [f"deb {MIRROR} {suite} main" for suite in ("bookworm", "bookworm-updates")]
    sources.append(f"deb {MIRROR}-security bookworm-security main")
    (root / "etc/apt/sources.list").write_text("\n".join(sources) + "\n", encoding="ascii")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    devices = {"null": (1, 3), "zero": (1, 5), "random": (1, 8), "urandom": (1, 9)}
    for name, (major, minor) in devices.items():
        if not (root / "dev" / name).exists():
            os.mknod(root / "dev" / name, 0o020666, os.makedev(major, minor))


def certificates(root: Path) -> dict[str, str]:
    """Copy the certificates this machine trusts, and return the variables that name them."""
    named = {name: os.environ[name] for name in CERTIFICATE_VARIABLES if os.environ.get(name)}
    for name, value in named.items():
        if Path(value).is_file():
            # Not at the same path: installing ca-certificates would overwrite it.
            place(Path(value), root / "etc/certificates-of-the-host" / name)
            named[name] = f"/etc/certificates-of-the-host/{name}"
    return named


def instructions(dockerfile: str) -> Iterator[tuple[str, str]]:
    """Yield (name, argument), with continued lines joined and comments left out."""
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    for line in joined.splitlines():
        if line.strip():
            name, argument = line.split(maxsplit=1)
            yield name, argument.strip()


def carry_out(image: Image, name: str, argument: str) -> None:
    """Do what one instruction says; raise on one that this program does not know."""
    print(f"-- {name} {argument}", flush=True)
    if name == "RUN":
        subprocess.run(image.chroot(["sh", "-c", argument]), check=True, stdin=subprocess.DEVNULL)
    elif name == "ENV":
        image.environment |= dict(word.split("=", 1) for word in shlex.split(argument))
    elif name == "COPY":
        copy(image, argument.split())
    elif name == "WORKDIR":
        image.folder = argument
        (image.root / argument.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        image.user = argument
    elif name in {"CMD", "HEALTHCHECK"}:
        words = json.loads(argument[argument.index("[") :])
        if name == "CMD":
            image.command = words
        else:
            image.health_check = words
    elif name not in {"FROM", "EXPOSE"}:
        raise ValueError(f"The Dockerfile says {name}, which this program does not know.")


def copy(image: Image, words: list[str]) -> None:
    *sources, target = words
    folder = image.root / str(Path(image.folder) / target).lstrip("/")
    if sources == ["."]:
        for path in build_context():
            place(BASE_DIR / path, folder / path)
        return
    for source in sources:
        as_file = len(sources) == 1 and not target.endswith("/")
        place(BASE_DIR / source, folder if as_file else folder / Path(source).name)


def place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def build_context() -> list[str]:
    """Return the files of the project that .dockerignore lets through, as a build would send them."""
    lines = (BASE_DIR / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    found = []
    for folder, folders, files in os.walk(BASE_DIR):
        inside = Path(folder).relative_to(BASE_DIR)
        folders[:] = [name for name in folders if not is_ignored(str(inside / name), patterns)]
        found += [path for name in files if not is_ignored(path := str(inside / name), patterns)]
    return found


def is_ignored(path: str, patterns: list[str]) -> bool:
    """Match a path or any folder above it, as .dockerignore does for the patterns we use."""
    parts = Path(path).parts
    for pattern in patterns:
        if pattern.startswith("**/"):
            if any(fnmatch.fnmatch(part, pattern[3:]) for part in parts):
                return True
        elif path == pattern or path.startswith(f"{pattern}/"):
            return True
    return False


def try_command(image: Image) -> None:
    """Migrate, start the command as the image's user, and wait for its health check."""
    extra = {"BCP_BIND": "127.0.0.1:8123"}
    migrate = image.chroot(["python", "manage.py", "migrate", "--noinput", "-v", "0"], extra)
    subprocess.run(migrate, check=True)
    with running(image.chroot(image.command, extra)):
        deadline = time.monotonic() + SECONDS_TO_START
        while subprocess.run(image.chroot(image.health_check, extra), check=False).returncode:
            if time.monotonic() > deadline:
                raise TimeoutError("The image's command did not become healthy.")
            time.sleep(1)


@contextmanager
def running(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
