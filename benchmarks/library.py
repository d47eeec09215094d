"""How fast the library answers, and how that grows with the number of articles.

    python benchmarks/library.py [ARTICLES]... [--folder DIR]

For each size a library is generated (or taken from DIR, where it was kept), copied, opened in a
fresh process and asked. Times are milliseconds, the best of several; "first" is the very first.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generate
from in_terminal import resident

from reader.library import Library, Query, parse_query
from reader.model import SortOrder

ORDERS: tuple[SortOrder, ...] = ("newest", "oldest", "source", "unread")
SEARCHES = {
    "a rare word": "rareword",
    "a common word": "commonword",
    "two words": "commonword rareword",
    "a phrase": '"of the"',
    "a beginning": "com*",
    "a word in an outlet": "source:post commonword",
    "a word, unread, of a month": "commonword is:unread on:2024-01",
    "a language that is not there": "lang:de",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where generated libraries are kept")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    with tempfile.TemporaryDirectory() as place:
        columns = [_of_size(number, given.folder, Path(place)) for number in given.articles]
    print(f"{'':44}" + "".join(f"{number:>12,}" for number in given.articles))
    for name in dict.fromkeys(name for column in columns for name in column):
        figures = (f"{column[name]:>12.2f}" if name in column else " " * 12 for column in columns)
        print(f"{name:44}" + "".join(figures))


def _of_size(number: int, kept: Path | None, place: Path) -> dict[str, float]:
    source = (kept or place) / f"library-{number}"
    figures = {}
    if not source.exists():
        figures["import, ms an article"] = generate.fill(source, number) * 1000 / number
    work = place / "work"
    shutil.copytree(source, work)
    done = subprocess.run(
        [sys.executable, __file__, "--measure", str(work)], capture_output=True, check=True
    )
    size = sum(path.stat().st_size for path in work.iterdir()) / 1e6
    shutil.rmtree(work)
    return {**figures, "on the disk, MB": size, **json.loads(done.stdout)}


def best(ask: Callable[[], Any], times: int = 7) -> float:
    """Return the shortest time of several, in ms."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begin)
    return min(taken) * 1000


def measure(folder: Path) -> dict[str, float]:
    """Return the figures of a library; it is changed."""
    figures: dict[str, float] = {}
    begin = time.perf_counter()
    library = Library.open(folder)
    figures["open"] = (time.perf_counter() - begin) * 1000
    figures["first list"] = best(library.find, 1)
    figures["first sources"] = best(library.sources, 1)
    figures |= _lists(library)
    figures["first search"] = best(lambda: library.find(parse_query("someword")), 1)
    figures |= _searches(library)
    figures["memory, MB"] = resident(os.getpid())
    for number in (1, 5000):
        figures |= _marks(library, number)
    begin = time.perf_counter()
    library.close()
    figures["close, folding the journal in"] = (time.perf_counter() - begin) * 1000
    return figures


def _lists(library: Library) -> dict[str, float]:
    figures = {}
    total = library.count()
    for order in ORDERS:
        middle = library.find(order=order, offset=total // 2, limit=1)[0].id
        figures[f"list, {order} first"] = best(lambda o=order: library.find(order=o))
        figures[f"list, {order} first, the last 100"] = best(
            lambda o=order: library.find(order=o, offset=total - 100)
        )
        figures[f"place in it, {order} first"] = best(
            lambda o=order, m=middle: library.place(m, Query(), order=o)
        )
    outlet = next(row for row in library.sources() if row.kind == "outlet")
    inside = Query().within(outlet)
    unread = inside & parse_query("is:unread")
    figures["list of an outlet"] = best(lambda: library.find(inside))
    figures["list of an outlet, unread"] = best(lambda: library.find(unread))
    figures["count of all"] = best(library.count)
    figures["count of the unread"] = best(lambda: library.count(parse_query("is:unread")))
    figures["all ids"] = best(library.ids, 3)
    figures["sources with counts"] = best(library.sources)
    newest = library.ids(limit=1)[0]
    figures["an article"] = best(lambda: library.article(newest))
    figures["has anything changed?"] = best(library.changes)
    return figures


def _searches(library: Library) -> dict[str, float]:
    figures = {}
    for name, text in SEARCHES.items():
        query = parse_query(text)
        figures[f"find {name}"] = best(lambda q=query: library.find(q))
        figures[f"count {name}"] = best(lambda q=query: library.count(q), 3)
    return figures


def _marks(library: Library, number: int) -> dict[str, float]:
    """Return how long marking so many (or all) keeps the caller, and until it is durable."""
    ids = library.ids(parse_query("is:unread"), limit=number)
    book, name = library.notebook, f"mark {number:,} read"
    figures = _changed(name, library, lambda: book.mark(ids, read=True))
    figures |= _changed(f"undo {number:,}", library, book.undo)
    book.mark(ids, read=True)
    figures[f"{name}: the list after it"] = _took(library.find)
    book.undo()
    book.flush()
    library.find()
    return figures


def _changed(name: str, library: Library, change: Callable[[], Any]) -> dict[str, float]:
    """Return how long a change takes: the caller (by the clock, and of the CPU), and the disk."""
    library.notebook.flush()
    library.find()  # what was changed before is mirrored
    begin, spent = time.perf_counter(), time.thread_time()
    change()
    acknowledged, spent = time.perf_counter(), time.thread_time() - spent
    library.notebook.flush()
    durable = time.perf_counter()
    return {
        f"{name}: interface": (acknowledged - begin) * 1000,
        f"{name}: interface, CPU": spent * 1000,
        f"{name}: durable": (durable - begin) * 1000,
    }


def _took(ask: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    ask()
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
