"""No command writes anything but text, into a terminal or a pipe, whatever it is about."""

import json
import os
import shutil
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from forked import Output, command
from hostile import HOSTILE, file_name, fill, odd_files
from loopback import Loopback
from wire import piped, read

from reader.compare import compare
from reader.library import Library
from reader.summary import summarize

TEXTS = list(HOSTILE.values())
SAYABLE = [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in TEXTS]
"""As an argument of a command can be."""
ODD = file_name("odd \x1b]0;x\x07\x9b2J [/b] \u202e")


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / ODD
    fill(folder)
    with Library.open(folder) as library:  # what commands import is there before they are forked
        reports = library.articles(library.ids()[:2])
    compare(reports)
    summarize(reports)
    return folder


@pytest.fixture
def hostile(_filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have a library of hostile texts; give the ids of its articles."""
    monkeypatch.setenv("READER_LIBRARY", str(shutil.copytree(_filled, tmp_path / ODD)))
    monkeypatch.setenv("TERM", "xterm-256color")
    return [row["id"] for row in json.loads(command("list", "--json").out)]


def told(*arguments: object, status: int | None = 0) -> Output:
    """Run a command into pipes and in a terminal; check every byte of both."""
    into = command(*arguments)
    there = command(*arguments, terminal=True)
    assert not piped(into.out), (arguments, piped(into.out)[:3])
    assert not piped(into.err), (arguments, piped(into.err)[:3])
    faults = read(there.out, columns=80, rows=24, screen=False).faults
    assert not faults, (arguments, faults[:3])
    assert b"unexpected" not in into.err, into.err
    assert into.out or into.err or there.out
    if status is not None:
        assert into.status == status, (arguments, into.err)
    return into


def test_articles_in_lists_and_by_themselves(hostile: list[str]) -> None:
    assert len(hostile) == len(TEXTS)
    assert b"00 title" in told("list").out
    told("list", "--json")
    for id_ in hostile:
        assert b"3 invisible characters taken out" in b" ".join(told("show", id_).out.split())
    for form in ("markdown", "html", "json"):
        told("show", hostile[0], "--format", form)


def test_searches_and_what_is_wrong_with_them(hostile: list[str]) -> None:
    for text in SAYABLE:
        told("list", text[:300], status=None)
        told("list", f"title:( {text[:60]} before:{text[:60]}", status=None)
    assert told("list", f"on:{SAYABLE[0]}", status=2).err


def test_summaries_stories_and_comparisons(hostile: list[str]) -> None:
    told("summarize", *hostile)
    told("summarize", *hostile, "--json")
    told("stories")
    told("stories", "--json")
    for form in ("text", "markdown", "html", "json"):
        told("compare", *hostile[:10], "--format", form)
        told("compare", *hostile[10:], "--format", form)


def test_ones_own_work(hostile: list[str]) -> None:
    words = [SAYABLE[at::4] for at in range(4)]  # each command takes as long as the disk
    for tag, note, quote, name in zip(*words, strict=False):
        told("tag", hostile[0], "--add", tag[:100], status=None)
        told("note", hostile[1], note[:300], status=None)
        told("note", hostile[1], "x", "--quote", quote[:300], status=None)
        told("mark", "read", name[:100], status=None)
    told("tag", hostile[0], *[f"+{text[:100]}" for text in SAYABLE if text.strip()], status=None)
    told("tag", hostile[0], "+plain", "--json")
    told("note", hostile[2], SAYABLE[0], "--json")
    told("mark", SAYABLE[0], hostile[0], status=2)
    told("remove", hostile[3], SAYABLE[1], status=None)
    told("remove", hostile[4], "--json")


def test_documents_that_are_exported_and_read_back(hostile: list[str], tmp_path: Path) -> None:
    for form in ("markdown", "csv", "jsonld", "html"):
        told("export", "--format", form)
    notes = tmp_path / f"{ODD}.jsonld"
    told("export", "--format", "jsonld", "--output", notes)
    told("annotations", "import", notes)
    told("annotations", "import", notes, "--json")
    notes.write_text(json.dumps({"@graph": [{"id": text, "type": text} for text in SAYABLE]}))
    told("annotations", "import", notes, status=None)
    told("export", "--format", "markdown", "--output", tmp_path / f"folder {ODD}")
    told("export", "--format", "html", "--output", tmp_path / "none" / ODD, status=1)
    names = [file.name for file in (tmp_path / f"folder {ODD}").iterdir()]
    assert len(names) == len(TEXTS)
    assert all(name.isprintable() for name in names)


def test_files_that_are_taken_in_and_those_that_cannot_be(
    hostile: list[str], tmp_path: Path
) -> None:
    folder = odd_files(tmp_path / "files")
    told("import", folder, status=1)
    told("import", folder, "--json", status=1)
    for file in sorted(folder.iterdir())[:30]:
        told("show", file, status=None)
    told("summarize", folder, status=None)
    told("compare", *sorted(folder.glob("*.md"))[:6], status=None)
    told("import", tmp_path / "no" / ODD, os.fsdecode(b"/no/\x9b2J\xff"), status=1)
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        "\n".join(json.dumps({"title": t, "published": t, "text": 7, t: t}) for t in TEXTS)
    )
    told("import", lines, status=1)


def test_what_looks_after_a_library(hostile: list[str], tmp_path: Path) -> None:
    told("doctor", status=None)
    told("doctor", "--repair", status=None)
    copy = tmp_path / f"{ODD}.backup"
    told("backup", copy, status=None)
    copy.write_bytes(b"\x1b]0;x\x07 no backup \x9b2J")
    told("restore", copy, status=1)
    told("--library", tmp_path / "none" / ODD / "x", "list", status=None)
    told("--config", tmp_path / ODD, "list", status=None)
    told(f"{SAYABLE[0]}", status=2)
    told("list", f"--{SAYABLE[1]}", status=2)
    told("list", "--limit", SAYABLE[2], status=2)


def test_feeds_and_what_their_servers_say(
    hostile: list[str], server: Loopback, tmp_path: Path
) -> None:
    text = " ".join(SAYABLE).replace("\ufffd", "")
    known = "".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ufffd" or c > "\uffff")
    numbered = "".join(f"&#{n};" for n in (27, 93, 48, 59, 120, 7, 155, 0x202E))
    entry = "".join(
        f"<{tag}>{escape(known[:500])} {numbered}</{tag}>"
        for tag in ("title", "description", "author", "category", "guid", "link")
    )
    feed = f"<rss version='2.0'><channel><title>{escape(known[:200])} {numbered}</title>"
    server.page("/feed", f"{feed}<item>{entry}</item></channel></rss>".encode())
    server.page("/broken", b"<rss><channel><title>\x1b]0;x\x07\x9b2J")
    server.redirect("/away", "/\x1b]0;x\x07\x9b2J")
    server.redirect("/wild", "javascript:\x1b[2J")
    server.page("/gone", b"\x1b[2J", 410)
    told("add", server.url("/feed"))
    assert told("list", "--json").out.count(b'"feed": "http') == 1
    for path in ("/broken", "/away", "/wild", "/gone", "/none\x1b]0;x\x07\x9b2J"):
        told("add", server.url(path), status=None)
    told("add", SAYABLE[0], SAYABLE[1], tmp_path / ODD, status=None)
    told("fetch", status=None)
    told("fetch", SAYABLE[0], status=None)
    told("feeds", status=None)
    told("feeds", "--json", status=None)
    told("feeds", server.url("/feed"), "--name", SAYABLE[5], "--tag", f"+{SAYABLE[5][:50]}")
    told("opml")
    told("feeds", SAYABLE[3], status=None)
    outlines = tmp_path / "feeds.opml"
    line = f"<outline text='{numbered[35:]}' xmlUrl='{server.url('/none')}'/>"
    outlines.write_text(f"<opml><body>{line}</body></opml>")
    told("add", outlines, status=None)
