"""Makes the pictures of the guide for staff anew: the browser test takes them, this makes them small.

Run it when pages have changed: `.venv/bin/python -m scripts.refresh_help_pictures`, look at the
pictures in static/help, commit them.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from scripts.processes import BASE_DIR, in_virtual_environment

FOLDER = BASE_DIR / "static" / "help"
TEST = "tests/e2e/test_help_pictures.py"
MOST_WIDTH = 1000
COLOURS = 96


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bcp-help-") as folder:
        command = ["python", "-m", "pytest", "--nomigrations", "-n0", TEST]
        environment = {**os.environ, "SCREENSHOT_DIR": folder, "BCP_MANY_CASES": "1"}
        done = subprocess.run(
            in_virtual_environment(command), cwd=BASE_DIR, env=environment, check=False
        )
        taken = sorted((Path(folder) / "help").glob("*.png"))
        if done.returncode or not taken:
            print("The pictures were left as they are.", file=sys.stderr)
            return 1
        replace_pictures(taken, FOLDER)
    return 0


def replace_pictures(taken: list[Path], folder: Path) -> None:
    """Store these pictures small, and remove those that are no longer taken."""
    folder.mkdir(exist_ok=True)
    for path in taken:
        store(path, folder / f"{path.stem}.webp")
    names = {path.stem for path in taken}
    for old in folder.glob("*.webp"):
        if old.stem not in names:
            old.unlink()
    total = sum(path.stat().st_size for path in folder.glob("*.webp"))
    print(f"{len(taken)} pictures, {total / 1_000_000:.2f} MB, in {folder}")


def store(source: Path, target: Path) -> None:
    """Write one picture, at most MOST_WIDTH wide and with few colours, without loss after that."""
    with Image.open(source) as picture:
        small = picture.convert("RGB")
        if small.width > MOST_WIDTH:
            height = round(small.height * MOST_WIDTH / small.width)
            small = small.resize((MOST_WIDTH, height), Image.Resampling.LANCZOS)
        few = small.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
        few.save(target, "WEBP", lossless=True, quality=100, method=6)


if __name__ == "__main__":
    sys.exit(main())
