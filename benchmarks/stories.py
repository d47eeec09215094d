"""How fast stories form, and how that grows with the number of articles.

    python benchmarks/stories.py [ARTICLES]... [--folder DIR]

The articles are generated: no text of others, the same each time. Their words occur as words do
(Zipf's law); an event has names and words of its own, and two to nine outlets report it within
three days, some with an agency's text; every second article is about something that no other one
is about. 480 come a day. Times are milliseconds an article; "one more" is a single article that
comes into a library of that size, on its own.
"""

import argparse
import heapq
import itertools
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import generate
from library import best

from reader.library import Library
from reader.model import Article

ALONE = 0.5
"""The share of the articles that are about something of their own."""
REPORTS = 5.5
"""How many reports an event has that more than one outlet reports, on average."""
SPREAD = 3 * 24 * 60 / generate.MINUTES
"""Within so many places of the stream an event is reported."""
SINGLY = 200
"""So many articles come one by one at the end."""
ORDERS = ("newest", "largest", "unread")


class Made(NamedTuple):
    """A generated article and the event that it is about."""

    article: Article
    event: int


class Report(NamedTuple):
    """A report that is still to be written."""

    place: float
    number: int
    event: int
    topic: list[str]
    agency: int
    """The number of the agency's text that it is a copy of; 0 where it is its own."""


def stream(number: int, *, words: int = 400, seed: int = 1) -> Iterator[Made]:
    """Yield generated articles in the order of their time, with their events."""
    chance = random.Random(seed)
    writer = generate.Writer(chance, words=words)
    waiting: list[Report] = []
    numbers = itertools.count(1)
    for index in range(number):
        while not waiting or waiting[0].place > index:
            for report in _event(chance, writer, index, numbers):
                heapq.heappush(waiting, report)
        report = heapq.heappop(waiting)
        shared = random.Random(report.agency) if report.agency else chance
        title = chance.sample(report.topic, k=8)
        said = writer.words(report.topic, shared)
        yield Made(writer.article(index, title, said), report.event)


def _event(
    chance: random.Random, writer: generate.Writer, index: int, numbers: Iterator[int]
) -> Iterator[Report]:
    """Yield the reports of a new event."""
    names = generate.vocabulary(6, chance)
    topic = names * 3 + chance.choices(writer.content, k=14) * 2
    event = next(numbers)
    alone = ALONE * REPORTS / (1 - ALONE + ALONE * REPORTS)
    reports = 1 if chance.random() < alone else chance.randint(2, 9)
    agency = event if chance.random() < 0.3 else 0
    for report in range(reports):
        later = 0.0 if report == 0 else chance.random() ** 2 * SPREAD
        copied = agency if chance.random() < 0.5 else 0
        yield Report(index + later, next(numbers), event, topic, copied)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps(measure(Path(place) / "library", given.measure)))
        return
    columns = [_of_size(number) for number in given.articles]
    print(f"{'':44}" + "".join(f"{number:>12,}" for number in given.articles))
    for name in columns[0]:
        print(f"{name:44}" + "".join(f"{column[name]:>12.2f}" for column in columns))


def _of_size(number: int) -> dict[str, float]:
    """Measure in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", str(number)], stdout=subprocess.PIPE, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(folder: Path, number: int) -> dict[str, float]:
    """Return the figures of a library of so many articles."""
    made = stream(number + SINGLY)
    events: dict[int, int] = {}
    figures: dict[str, float] = {}
    with Library.open(folder) as library:
        while len(events) < number:
            batch = list(itertools.islice(made, min(500, number - len(events))))
            library.add(each.article for each in batch)
            events |= {each.article.id: each.event for each in batch}
        taken, worked = _timed(library.stories.update)
        figures["all at once"] = taken / number
        figures["all at once, CPU"] = worked / number
        single = []
        for each in made:
            library.add([each.article])
            events[each.article.id] = each.event
            single.append(_timed(library.stories.update))
        figures["one more, median"] = statistics.median(taken for taken, _ in single)
        figures["one more, median, CPU"] = statistics.median(worked for _, worked in single)
        figures["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures |= _lists(library)
        figures["B-cubed F1"] = b_cubed(events, library.stories.members())
    return figures


def _lists(library: Library) -> dict[str, float]:
    stories = library.stories
    figures: dict[str, float] = {"stories": stories.count()}
    for order in ORDERS:
        figures[f"50 stories, {order} first"] = best(lambda o=order: stories.of(order=o, limit=50))
    middle = figures["stories"] // 2
    figures["50 stories from the middle"] = best(lambda: stories.of(offset=middle, limit=50))
    figures["count, and of the unread"] = best(stories.tally)
    return figures


def _timed(do: Callable[[], Any]) -> tuple[float, float]:
    """Return how long something takes and how much of it is work of this process, in ms."""
    begin, worked = time.perf_counter(), time.process_time()
    do()
    return (time.perf_counter() - begin) * 1000, (time.process_time() - worked) * 1000


def b_cubed(events: dict[int, int], members: dict[Any, int]) -> float:
    """Return how well the stories are the events, from 0 to 1 (Bagga and Baldwin, 1998)."""
    found = {article: members.get(article, article) for article in events}
    both = Counter((events[article], found[article]) for article in events)
    of_event, of_story = Counter(events.values()), Counter(found.values())
    precision = sum(n * n / of_story[story] for (_, story), n in both.items()) / len(events)
    recall = sum(n * n / of_event[event] for (event, _), n in both.items()) / len(events)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
