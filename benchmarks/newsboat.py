"""Start, search and memory beside newsboat, on the same articles in one run.

    python benchmarks/newsboat.py [--articles 100000] [--folder DIR]

newsboat (Debian's package) gets its cache written directly, in its own schema, each outlet a feed;
it is measured with the cache as newsboat leaves it and after SQLite's ANALYZE, which newsboat does
not do by itself. Both programs run in a pty: from the start to the list one can use (newsboat: its
feeds; reader: sources and articles), from the last key to the results of a search (in titles and
texts; the first search of the process and a second one), and the memory after each, that of worker
processes included (PSS: what several processes share is counted once). Medians of several runs,
alternating; with the cache as newsboat leaves it, one run.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import generate
from in_terminal import InTerminal, compiled
from start import reader_of

from reader.library import Library, parse_query

ROUNDS = 5
WORDS = ("rareword", "commonword")
SCHEMA = """
CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
  title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
  is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
  title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
  feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
  unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
  enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52),
  deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE google_replay (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  guid VARCHAR(64) NOT NULL, state INTEGER NOT NULL, ts INTEGER NOT NULL);
CREATE TABLE metadata (db_schema_version_major INTEGER NOT NULL,
  db_schema_version_minor INTEGER NOT NULL);
INSERT INTO metadata VALUES (2, 11);
CREATE INDEX idx_rssurl ON rss_feed(rssurl);
CREATE INDEX idx_guid ON rss_item(guid);
CREATE INDEX idx_feedurl ON rss_item(feedurl);
CREATE INDEX idx_lastmodified ON rss_feed(lastmodified);
CREATE INDEX idx_deleted ON rss_item(deleted);
"""


def fill_newsboat(folder: Path, number: int) -> None:
    """Write newsboat's cache and list of feeds with the generated articles."""
    folder.mkdir(parents=True)
    feeds: dict[str, str] = {}
    with sqlite3.connect(folder / "cache.db") as database:
        database.executescript(SCHEMA)
        for article in generate.articles(number):
            feed = feeds.setdefault(article.source, f"http://127.0.0.1:9/{len(feeds)}")
            content = "".join(f"<p>{part}</p>" for part in article.text.split("\n\n"))
            database.execute(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,"
                " enclosure_url, enclosure_type, flags)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', '')",
                (
                    article.url, article.title, article.author, article.url, feed,
                    int(article.when.timestamp()), content,
                ),
            )  # fmt: skip
        for name, url in feeds.items():
            database.execute(
                "INSERT INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)", (url, url, name)
            )
    (folder / "urls").write_text("\n".join(feeds.values()) + "\n")
    (folder / "config").write_text("")


def analysed(folder: Path) -> Path:
    """Return a copy of newsboat's folder whose cache was ANALYZEd."""
    copy = folder.with_name(f"{folder.name}-analysed")
    if not copy.exists():
        shutil.copytree(folder, copy)
        with sqlite3.connect(copy / "cache.db") as database:
            database.execute("ANALYZE")
    return copy


Figures = dict[str, float]


def of_newsboat(folder: Path, found: dict[str, int]) -> Figures:
    """Return the figures of one run of newsboat."""
    command = ["newsboat", "-q", "-u", str(folder / "urls"), "-c", str(folder / "cache.db")]
    with InTerminal([*command, "-C", str(folder / "config")], {"HOME": str(folder)}) as terminal:
        figures = {"start to the list, s": terminal.until(r"Your feeds[^$]*/\d+\)")}
        for word, number in found.items():
            terminal.rest(0.5)
            terminal.send("/")
            terminal.until("Search for")
            terminal.rest(0.2)
            terminal.send(f"{word}\r")
            taken = terminal.until(rf"Search result[^$]*{number}")
            figures[f"search {word} ({number:,}), s"] = taken
            figures[f"memory after it ({word}), MB"] = sum(terminal.memory())
            terminal.send("q")
    return figures


def of_reader(folder: Path, home: Path, found: dict[str, int]) -> Figures:
    """Return the figures of one run of reader."""
    command, environment, title = reader_of(folder)
    with Library.open(folder) as library:  # a row that a search brings to another place
        rows = {word: library.find(parse_query(word), limit=3)[-1].title[:20] for word in found}
    state = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    with InTerminal(command, {**environment, **state}) as terminal:
        figures = {"start to the list, s": terminal.until(title)}
        for word, number in found.items():
            terminal.rest(1)
            terminal.send("/")
            terminal.rest(1)
            terminal.send(word)
            taken = terminal.until(rows[word])
            figures[f"search {word} ({number:,}), s"] = taken
            own, beside = terminal.memory()
            figures[f"memory after it ({word}), MB"] = own + beside
            figures[f"  of it worker processes ({word}), MB"] = beside
            terminal.send("\x1b[27u")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where what is generated is kept")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="so many runs of each")
    given = parser.parse_args()
    if shutil.which("newsboat") is None:
        print("newsboat is not installed: no comparison")
        return
    compiled()
    with tempfile.TemporaryDirectory() as place:
        compare((given.folder or Path(place)).absolute(), Path(place), given.articles, given.rounds)


def compare(folder: Path, place: Path, number: int, rounds: int) -> None:
    """Run all of them in turn and print the table."""
    library, cache = folder / f"library-{number}", folder / f"newsboat-{number}"
    if not library.exists():
        generate.fill(library, number)
    if not cache.exists():
        fill_newsboat(cache, number)
    with Library.open(library) as opened:
        found = {word: opened.count(parse_query(word)) for word in WORDS}
    runs: dict[str, Callable[[], Figures]] = {
        "reader": lambda: of_reader(library, place, found),
        "newsboat, ANALYZEd": lambda: of_newsboat(analysed(cache), found),
    }
    taken = {name: [run() for run in [runs[name]]] for name in runs}
    for _ in range(rounds - 1):
        for name, run in runs.items():
            taken[name].append(run())
    taken["as it leaves it"] = [of_newsboat(cache, found)]
    print(conditions(number))
    table(taken)
    shares(taken, found)


def conditions(number: int) -> str:
    """Return what was measured, with which versions, on what."""
    told = subprocess.run(["newsboat", "--version"], capture_output=True, text=True, check=False)
    versions = {
        "newsboat": told.stdout.split()[1],
        "Python": platform.python_version(),
        "Textual": version("textual"),
        "SQLite": sqlite3.sqlite_version,
    }
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {number:,} articles; {named};"
        f" {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}\n"
    )


def shares(taken: dict[str, list[Figures]], found: dict[str, int]) -> None:
    """Print what was asked for: reader's figures as shares of newsboat's, its cache ANALYZEd."""
    first = next(iter(found))
    asked = {
        "start to the list, s": 1.0,
        f"search {first} ({found[first]:,}), s": 0.2,
        f"memory after it ({first}), MB": 1.2,
    }
    print("\nof newsboat's, its cache ANALYZEd:")
    for name in taken["reader"][0]:
        ours, theirs = (
            [run[name] for run in taken[program] if name in run]
            for program in ("reader", "newsboat, ANALYZEd")
        )
        if theirs:
            share = statistics.median(ours) / statistics.median(theirs)
            most = f"  (at most {asked[name]:.1f} is wanted)" if name in asked else ""
            print(f"  {name:40}{share:6.2f}{most}")


def table(taken: dict[str, list[Figures]]) -> None:
    """Print the medians, a column per program."""
    names = dict.fromkeys(name for runs in taken.values() for run in runs for name in run)
    print(f"{'':42}" + "".join(f"{program:>20}" for program in taken))
    for name in names:
        line = f"{name:42}"
        for runs in taken.values():
            values = [run[name] for run in runs if name in run]
            line += f"{statistics.median(values):20.2f}" if values else " " * 20
        print(line)


if __name__ == "__main__":
    main()
