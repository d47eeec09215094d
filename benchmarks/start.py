"""How long `reader` takes to a usable list, in a terminal, beside a bare Textual app.

    python benchmarks/start.py [ARTICLES]... [--folder DIR]

The installed program is started in a pty on libraries of so many articles (10 and 100,000 unless
told), alternating with an app that paints one word, and timed until the newest article's title is
written. The median and the best of several runs are told.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import generate
from in_terminal import InTerminal, compiled

from reader.library import Library

ROUNDS = 7
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("painted")
Bare().run()
"""


def reader_of(folder: Path) -> tuple[list[str], dict[str, str], str]:
    """Return the command, its environment, and how the title of the newest article begins."""
    with Library.open(folder) as library:
        title = library.find(limit=1)[0].title
    program = str(Path(sys.executable).with_name("reader"))
    return [program], {"READER_LIBRARY": str(folder)}, title[:20]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="*", default=[10, 100_000])
    parser.add_argument("--folder", type=Path, help="where generated libraries are kept")
    given = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory() as place:
        home = {"HOME": place, "XDG_CONFIG_HOME": place, "XDG_STATE_HOME": place}
        runs = {"a bare Textual app": ([sys.executable, "-c", BARE], {}, "painted")}
        for number in given.articles:
            folder = (given.folder or Path(place)) / f"library-{number}"
            if not folder.exists():
                generate.fill(folder, number)
            runs[f"reader, {number:,} articles"] = reader_of(folder)
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(ROUNDS):
            for name, (command, environment, wanted) in runs.items():
                with InTerminal(command, {**home, **environment}) as terminal:
                    taken[name].append(terminal.until(wanted))
    bare = statistics.median(taken["a bare Textual app"])
    print(f"{'':32}{'median, s':>12}{'best, s':>12}{'× bare':>12}")
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"{name:32}{median:12.2f}{min(seconds):12.2f}{median / bare:12.2f}")


if __name__ == "__main__":
    main()
