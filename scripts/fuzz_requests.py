"""Sends requests at random to every URL of a portal made for it, and names those it fails at.

    python -m scripts.fuzz_requests --requests 10000 --seed 7

The same seed makes the same requests. No portal that runs is touched.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile

from scripts.processes import BASE_DIR, in_virtual_environment

REHEARSAL = "tests/rehearsals/test_odd_requests.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    command = ["python", "-m", "pytest", "-n0", "--nomigrations", REHEARSAL]
    with tempfile.TemporaryDirectory(prefix="bcp-fuzz-") as folder:
        environment = os.environ | {
            "BCP_DATA_DIR": folder,
            "BCP_SECRET_KEY": secrets.token_urlsafe(50),
            "BCP_FUZZ_REQUESTS": str(options.requests),
            "BCP_FUZZ_SEED": str(options.seed),
            "PYTHONUTF8": "1",
        }
        return subprocess.run(
            in_virtual_environment(command), cwd=BASE_DIR, env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
