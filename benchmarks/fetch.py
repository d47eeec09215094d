"""How long `reader fetch` takes: 200 feeds for the first time, and again when nothing changed.

A server in a process of its own serves the feeds on loopback with ETag and Last-Modified. newsboat
(Debian's package), where it is installed, does the same in the same run, as it is shipped and with
eight threads. The whole command is timed, start-up included, and the CPU time of all its processes;
with `--stories` the time in which the new articles find their stories is told beside it, which
newsboat does not do.

    python benchmarks/fetch.py [FEEDS [ENTRIES]] [--stories]
"""

import asyncio
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

FEEDS, ENTRIES = 200, 100
UNCHANGED_RUNS = 3
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


def words(chance: random.Random, count: int = 4000) -> list[str]:
    """Return invented words, the same for the same seed."""
    return [
        "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 4))
        )
        for _ in range(count)
    ]


def feed(number: int, entries: int, vocabulary: list[str]) -> bytes:
    """Return feed number n as RSS, its entries of about 200 words in four paragraphs."""
    chance = random.Random(number)
    items = []
    for entry in range(entries):
        title = " ".join(chance.choices(vocabulary, k=8)).capitalize()
        day, hour = 1 + (entry // 4) % 28, entry % 24
        paragraphs = "".join(
            f"<p>{' '.join(chance.choices(vocabulary, k=50)).capitalize()}, says"
            f" <a href='/n/{entry}'>a report</a>.</p>"
            for _ in range(4)
        )
        items.append(
            f"<item><title>{title}</title><link>http://feed{number}.example/{entry}</link>"
            f"<guid isPermaLink='false'>{number}-{entry}</guid>"
            f"<pubDate>Tue, {day:02} Jul 2025 {hour:02}:00:00 +0200</pubDate>"
            f"<description><![CDATA[{paragraphs}]]></description></item>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>Feed {number}</title><link>http://feed{number}.example/</link>"
        f"<language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def serve(feeds: int, entries: int) -> None:
    """Serve the feeds until the process is ended; prints its port."""
    vocabulary = words(random.Random(1))
    bodies = {f"/{n}": feed(n, entries, vocabulary) for n in range(feeds)}

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                body = bodies.get(head.split()[1])
                stamp = 'ETag: "1"\r\nLast-Modified: Mon, 03 Apr 2023 01:02:03 GMT\r\n'
                if body is None:
                    writer.write(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                elif "if-none-match" in head or "if-modified-since" in head:
                    writer.write(f"HTTP/1.1 304 Same\r\n{stamp}\r\n".encode())
                else:
                    about = (
                        f"{stamp}Content-Type: application/rss+xml\r\nContent-Length: {len(body)}"
                    )
                    writer.write(f"HTTP/1.1 200 OK\r\n{about}\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


class Took(NamedTuple):
    """What a command took, in seconds, its child processes included."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        """Return both as a column."""
        return f"{self.wall:10.2f} ({self.cpu:5.2f})"

    def of(self, other: "Took") -> str:
        """Return which share of another this is, as a column."""
        return f"{self.wall / other.wall:10.2f} ({self.cpu / other.cpu:5.2f})"


def used() -> float:
    """Return the seconds of CPU that this process's ended children have taken."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(command: list[str], environment: dict[str, str]) -> Took:
    """Return what a command takes; it must succeed."""
    before, begun = used(), time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return Took(time.perf_counter() - begun, used() - before)


def median(runs: list[Took]) -> Took:
    return sorted(runs)[len(runs) // 2]


FIRST = """
import resource, sys, time
from pathlib import Path
from reader.intake.fetch import FetchOptions, fetch
from reader.library import Library
with Library.open(Path(sys.argv[1])) as library:
    report = fetch(library, options=FetchOptions(stories=False))
    begun, before = time.perf_counter(), time.process_time()
    if sys.argv[2] == "stories":
        library.stories.update()
    print(len(report.added), time.perf_counter() - begun, time.process_time() - before)
"""


def of_reader(folder: Path, urls: list[str], *, stories: bool) -> tuple[Took, Took, Took]:
    """Return what the first load takes, its stories, and a fetch of what did not change.

    The last is the median of some runs of the command `reader fetch`.
    """
    program = str(Path(sys.executable).with_name("reader"))
    environment = {**os.environ, "READER_LIBRARY": str(folder / "library")}
    opml = folder / "feeds.opml"
    outlines = "".join(f"<outline text='{n}' xmlUrl='{url}'/>" for n, url in enumerate(urls))
    opml.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
    subprocess.run([program, "add", str(opml)], env=environment, check=True, capture_output=True)
    before, begun = used(), time.perf_counter()
    command = [sys.executable, "-c", FIRST, environment["READER_LIBRARY"]]
    done = subprocess.run(
        [*command, "stories" if stories else ""], check=True, capture_output=True, text=True
    )
    added, *numbers = done.stdout.split()
    of_stories = Took(*map(float, numbers))
    first = Took(time.perf_counter() - begun - of_stories.wall, used() - before - of_stories.cpu)
    assert int(added) > 0
    again = median([timed([program, "fetch"], environment) for _ in range(UNCHANGED_RUNS)])
    return first, of_stories, again


def of_newsboat(folder: Path, urls: list[str], threads: int | None) -> tuple[Took, Took]:
    """Return the same for newsboat."""
    folder.mkdir()
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text(f"reload-threads {threads}\n" if threads else "")
    command = [
        "newsboat", "-q", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"),
        "-C", str(folder / "config"), "-x", "reload",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder), "TERM": "xterm"}
    first = timed(command, environment)
    return first, median([timed(command, environment) for _ in range(UNCHANGED_RUNS)])


def main() -> None:
    numbers = [int(value) for value in sys.argv[1:] if value.isdigit()]
    feeds, entries = (*numbers[:2], *(FEEDS, ENTRIES)[len(numbers[:2]) :])
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(feeds), str(entries)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(feeds)]
        with tempfile.TemporaryDirectory() as place:
            compare(Path(place), urls, entries)
    finally:
        server.kill()
        server.wait()


def compare(folder: Path, urls: list[str], entries: int) -> None:
    """Print the times of both programs."""
    print(f"{len(urls)} feeds, {entries} entries each: seconds, and in brackets seconds of CPU")
    print(f"{'':24}{'first load':>18}{'unchanged':>18}")
    first, stories, again = of_reader(folder, urls, stories="--stories" in sys.argv)
    print(f"{'reader':24}{first}{again}", flush=True)
    if stories.wall > 0.01:
        print(f"{'  and its stories':24}{stories}")
    if shutil.which("newsboat") is None:
        print("newsboat is not installed: no comparison")
        return
    for threads in (None, 8):
        name = f"newsboat, {threads} threads" if threads else "newsboat as shipped"
        other = of_newsboat(folder / f"newsboat{threads}", urls, threads)
        print(f"{name:24}{other[0]}{other[1]}", flush=True)
        print(f"{'  reader takes of it':24}{first.of(other[0])}{again.of(other[1])}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
