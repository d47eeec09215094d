"""Runs benchmarks: `make bench`, or `make bench ARGS="library kill"` for some of them.

Each is a script of its own in this folder that prints its figures; it can be run by itself, with
other sizes. To add one, add a line to `BENCHMARKS`.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent

# name: the script and its arguments, and what it measures
BENCHMARKS: dict[str, tuple[str, str]] = {
    "summaries": (
        "summaries.py",
        "an article, a story of five reports, sumy's methods beside them",
    ),
    "compare": ("compare.py", "stories of two to twenty reports against each other"),
    "library": ("library.py 1000 10000 100000", "lists, searches and marks in libraries that grow"),
    "stories": ("stories.py", "how stories form and are listed in libraries that grow"),
    "beside": ("beside.py", "how soon readers on one library see each other's changes"),
    "kill": ("kill.py --kills 1000", "two writers killed at any moment: nothing may be lost"),
    "restore": ("restore.py", "restores killed at any moment: all of it or nothing"),
    "start": ("start.py", "time to a usable list in a terminal, beside a bare Textual app"),
    "tui": ("tui.py", "first paint, and the CPU of each key in list, article and search"),
    "newsboat": ("newsboat.py", "start, search and memory beside newsboat, on the same articles"),
    "fetch": ("fetch.py", "200 feeds for the first time, and again when nothing changed"),
}


def machine() -> str:
    """Return what the figures were measured on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {system}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = "\n".join(f"  {name:10} {what}" for name, (_, what) in BENCHMARKS.items())
    parser.epilog = f"the benchmarks:\n{names}"
    parser.add_argument("name", nargs="*", help="which of them (all unless told)")
    given = parser.parse_args()
    unknown = [name for name in given.name if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; expected one of {', '.join(BENCHMARKS)}")
    print(f"{machine()}\n")
    failed = [name for name in given.name or BENCHMARKS if not _run(name)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def _run(name: str) -> bool:
    command, what = BENCHMARKS[name]
    script, *arguments = command.split()
    print(f"== {name}: {what}", flush=True)
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, str(HERE / script), *arguments], check=False)
    print(f"   ({time.perf_counter() - begin:.0f} s)\n", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
