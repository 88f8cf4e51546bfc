"""A program that does what the file it is given says, as a parser might with a stranger's file."""

import json
import os
import sys
import time
from pathlib import Path

from bcp_portal.sandbox.confinement import confine


def main(path: Path) -> None:
    confine(cpu_seconds=1, memory_bytes=400 * 1024 * 1024)
    match path.read_text():
        case "tell the environment":
            say(json.dumps(sorted(os.environ)))
        case "answer and sleep":
            say(json.dumps("begun"))
            time.sleep(60)
        case "stop within a line":
            say('["half a')
        case "die":
            sys.exit(3)
        case "run in circles":
            while True:
                pass
        case "want memory":
            say(len(bytearray(600 * 1024**2)))
        case "write a file":
            path.with_name("written").write_text("harm")


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
