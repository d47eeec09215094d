"""Hostile texts; a library and a folder that are full of them."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.library import Library
from reader.model import Annotation, Article, Block, FeedState, Subscription, article_id

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)

# Each ends in a word that must be seen: what comes after a sequence is text again.
HOSTILE = {
    "esc": "\x1bc reset \x1b(0 charset \x1b7\x1b8 \x1bN last",
    "osc-0": "\x1b]0;stolen title\x07 \x1b]2;stolen\x1b\\ \x1b]1337;x=y\x07 last",
    "osc-8": "\x1b]8;;https://evil.example/\x1b\\press\x1b]8;;\x1b\\ last",
    "osc-52": "\x1b]52;c;cm0gLXJmIH4=\x07 \x1b]52;p;?\x07 last",
    "osc-open": "\x1b]0;never ended and last",
    "csi": "\x1b[2J\x1b[777;777H\x1b[6n\x1b[8;1;1t\x1b[?1049l\x1b[5;8;31m\x1b[21t last",
    "dcs": '\x1bP$q"p\x1b\\ \x1b_apc\x1b\\ \x1b^pm\x1b\\ \x1bXsos\x1b\\ last',
    "c1": "\x9b2J \x9d0;t\x9c \x90q\x9c \x84\x85\x8e\x98\x9e\x9f last",
    "c0": "a\x00b\x07c\x08\x08d\x0be\x0cf\x0eg\x0fh\x7fi\x11\x13\x18\x1a last",
    "lines": "one\u2028two\u2029three\x85four\rfive\r\nsix last",
    "bidi": "\u202eexe.txt\u202c \u2066a\u2069 \u200e\u200f\u061c \u202ab\u202bc\u202d last",
    "hidden": "z\u200be\u2060r\ufeffo \u00ad\U000e0041\U000e007f\ufff9\ufdd0\U0010ffff last",
    "markup": "[/foo] [b]bold[/] [@click=app.quit]quit[/] [AP] [$error] [b last",
    "brackets": "\\[b\\] \\ [[[ ]]] {{ }} %s %(x)s $x ${y} <b>x</b> &amp; &#27;[31m last",
    "tower": "tower" + "\u0301\u0337\u0489" * 40 + " last",
    "surrogate": "lone \ud800 \udfff last",
    "wide": "漢字かな交じり文" * 20 + " 👩\u200d👩\u200d👧 🇫🇷 ﷽ last",
    "long": "w" * 3000 + " last",
    "rtl": "שלום עולם مرحبا بالعالم last",
    "joined": "a\u200db c\u200cd e\ufe0f f\U000e0100 👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 last",
    "leads": "-e --help ~root $(id) `id` ;id |id ../../x CON last",
}


def fill(folder: Path) -> None:
    """Make a library in which each of these stands in every field, past the hygiene of intake."""
    reports = [_report(number, text) for number, text in enumerate(HOSTILE.values())]
    with Library.open(folder) as library:
        library.add(
            replace(report, text=report.text.replace("rained", "blew")) for report in reports
        )
        library.add(reports)
        _subscribe(library)
        for number, (report, text) in enumerate(zip(reports, HOSTILE.values(), strict=True)):
            library.notebook.tag([report.id], add=[text[:100]])
            library.notebook.annotate(
                Annotation(number + 1, report.id, "note", NOW, NOW, f"Note {number}: {text[:100]}")
            )


def _subscribe(library: Library) -> None:
    """Have feeds and saved searches with such names, past the hygiene of intake too."""
    feeds = [
        Subscription(
            key=f"http://127.0.0.1:9/{number}",
            address=f"http://127.0.0.1:9/{number}/{text[:200]}",
            name=f"{number:02} feed {text[:80]}" if number % 2 else "",
            title=f"{number:02} feed {text[:80]}",
            link=f"https://example.org/{text[:100]}",
            tags=(text[:40],),
            muted=True,
        )
        for number, text in enumerate(HOSTILE.values())
    ]
    library.feeds.put(feeds, "Subscribed")
    library.feeds.keep(
        FeedState(feed.key, checked=NOW, failures=2, reason=f"it is {feed.title}") for feed in feeds
    )
    searches = {
        number + 1: {"name": f"{number:02} search {text[:40]}", "query": "rain"}
        for number, text in enumerate(HOSTILE.values())
    }
    library.notebook.put("searches", searches, "Saved")


def _report(number: int, text: str) -> Article:
    identity = f"title:hostile\t{number}"
    body = (
        f"Body {number} begins {text}. It rained all of Friday in the valley of the Ardle.\n\n"
        f"Ana Brix said: “{text}, and {number + 10} people were hurt in the rain.” She left.\n\n"
        f"The ferry at Ardle stood still for {number + 2} hours on Monday {text}."
    )
    blocks, at = [], 0
    for part in body.split("\n\n"):
        blocks.append(Block(at, at + len(part)))
        at += len(part) + 2
    return Article(
        id=article_id(identity),
        identity=identity,
        source=f"{number} {text[:80]}",
        title=f"{number:02} title {text[:400]}",
        text=body,
        added=NOW,
        author=text[:80],
        url=f"https://example.org/{text}",
        language="en",
        published=NOW - timedelta(hours=number),
        blocks=tuple(blocks),
        leftovers=(f"Left over {text}", "That is all."),
        stripped=3,
    )


def file_name(text: str) -> str:
    """Return as much of a text as a file can be called."""
    name = text.replace("/", "").replace("\x00", "")[:60]
    return name.encode("utf-8", "replace").decode()


def odd_files(folder: Path) -> Path:
    """Make a folder of files whose names and contents are these texts; some are no articles."""
    folder.mkdir()
    for number, text in enumerate(HOSTILE.values()):
        name = file_name(text)
        (folder / f"{name}{number}.md").write_text(
            f"# File {number} {text}\n\n{text}", encoding="utf-8", errors="replace"
        )
        (folder / f"broken {name}{number}.jsonl").write_bytes(f'{{"{name}":'.encode())
    raw = os.fsencode(folder) + b"/broken \x9b2J\x9d0;raw\x9c\xff.jsonl"
    Path(os.fsdecode(raw)).write_bytes(b'{"\x9b2J')
    return folder
