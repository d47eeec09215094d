"""What is no article is refused in one sentence that says what to do; nothing of it is stored."""

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.intake import import_paths, read_paths
from reader.library import Library
from reader.model import Article, Failure

FIRST = "The river office of Orrin opened the new gates on Friday, two years later than planned."
SECOND = "Boats pass through them at any hour, and the old lock is to be filled with sand."
PAGE = f"<!DOCTYPE html><html><body><h1>Gates open</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"


def reason(tmp_path: Path, name: str, data: str | bytes) -> str:
    """Return why a file is refused, by its name and also by its content alone."""
    raw = data.encode() if isinstance(data, str) else data
    path = tmp_path / name
    path.write_bytes(raw)
    (found,) = read_paths([str(path)])
    assert isinstance(found, Failure), found
    (nameless,) = read_paths(["-"], stdin=io.BytesIO(raw))
    assert isinstance(nameless, Failure), nameless
    for each in (found, nameless):
        assert "\n" not in each.reason
        assert not each.reason.endswith(".")
    return found.reason


WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tolm.example/gates\r\n"
    f"Content-Length: 300\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
)
PLIST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>Name</key>'
    f"<string>{FIRST}</string></dict></plist>"
)
NITF = (
    '<?xml version="1.0"?><nitf><body><body.head><hedline><hl1>Gates open</hl1></hedline>'
    f"</body.head><body.content><p>{FIRST}</p></body.content></body></nitf>"
)
NEWSML = (
    '<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="x">'
    f"<contentSet><inlineXML><html><body><p>{FIRST}</p></body></html></inlineXML></contentSet>"
    "</newsItem>"
)
SRT = f"1\n00:00:01,000 --> 00:00:04,000\n{FIRST}\n\n2\n00:00:05,000 --> 00:00:08,000\n{SECOND}\n"
VTT = f"WEBVTT\n\n00:01.000 --> 00:04.000\n{FIRST}\n\n00:05.000 --> 00:08.000\n{SECOND}\n"
RIS = f"TY  - NEWS\nTI  - Gates open\nAU  - Holm, Ida\nAB  - {FIRST}\nER  - \n"
BIB = f"@article{{holm2025,\n  title = {{Gates open}},\n  abstract = {{{FIRST}}}\n}}\n"
ENCODED = base64.encodebytes(PAGE.encode() * 5).decode()
WIKI = (
    "{{Infobox river|name=Orrin}}\n'''Orrin''' is a river in [[Tolm (region)|Tolm]].\n"
    f"== Gates ==\n{FIRST}<ref>{{{{cite news|title=Gates}}}}</ref>\n[[Category:Rivers]]\n"
)


REFUSED: list[tuple[str, str | bytes, str]] = [
    ("page.warc", WARC, "WARC"),
    ("page.warc.gz", gzip.compress(WARC.encode(), mtime=0), "WARC"),
    ("names.plist", PLIST, "save the page as HTML"),
    ("names2.plist", b"bplist00" + b"\xd1\x01\x02_\x10\x0f" * 50, "save the page as HTML"),
    ("page.webarchive", b"bplist00\xd1WebMainResource" + b"\x01" * 50, "damaged web archive"),
    ("names.txt", json.dumps([FIRST, SECOND]), "form that is not known"),
    ("names", json.dumps({"a": FIRST}), "form that is not known"),
    ("half.json", json.dumps([{"a": FIRST}])[:-20], "not valid JSON"),
    ("report.xml", NITF, "NITF"),
    ("report2.xml", NEWSML, "NewsML"),
    ("talk.srt", SRT, "subtitles"),
    ("talk.vtt", VTT, "subtitles"),
    ("refs.ris", RIS, "RIS"),
    ("refs.bib", BIB, "BibTeX"),
    ("refs.nbib", f"PMID- 1\nOWN - NLM\nTI  - Gates\nAB  - {FIRST}\n", "PubMed"),
    ("page.rtf", r"{\rtf1\ansi Gates open\par}", "RTF"),
    ("paper.tex", f"\\documentclass{{article}}\n\\begin{{document}}\n{FIRST}\n", "LaTeX"),
    ("orrin.wiki", WIKI, "wikitext"),
    ("data.xml", f"<?xml version='1.0'?><orders><order>{FIRST}</order></orders>", "<orders>"),
    ("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "picture"),
    ("sitemap.xml", "<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>", "sitemap"),
    ("page.b64", ENCODED, "encoded"),
    ("answer.txt", f"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n{PAGE}", "headers"),
    ("one.vcf", "BEGIN:VCARD\nFN:Ida Holm\nEND:VCARD\n", "contacts"),
    ("dump.sql", "CREATE TABLE a (b TEXT);\nINSERT INTO a VALUES ('x');\n", "database"),
    (
        "mail.asc",
        "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----",
        "encrypted",
    ),
    ("rows.txt", "\n".join(f"{n};{n * 7};Orrin;ok" for n in range(9)), "table"),
    ("run.sh", "#!/bin/sh\necho gates\n", "script"),
    ("conf.ini", "[gates]\nopen = 1\nheight = 4\nname = Orrin\ncolour = blue\n", "settings"),
    ("book.mobi", b"x" * 60 + b"BOOKMOBI" + b"\0" * 300, "Kindle"),
    ("all.tar", b"gates.txt" + b"\0" * 248 + b"ustar\0" + b"00" + b"\0" * 300, "archive"),
    ("all.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 30, "archive"),
    ("film.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 60, "film"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "office"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_known_format_is_refused_by_its_content(
    tmp_path: Path, name: str, data: str | bytes, words: str
) -> None:
    assert words in reason(tmp_path, name, data)


def test_lists_of_feeds_and_addresses_are_offered_to_add(tmp_path: Path) -> None:
    opml = "<?xml version='1.0'?><opml version='2.0'><body/></opml>"
    assert "`reader add " in reason(tmp_path, "all.opml", opml)
    urls = 'https://tolm.example/feed river "~Tolm"\n"query:Unread:unread = \\"yes\\""\n'
    assert "newsboat" in reason(tmp_path, "urls", urls)
    plain = "# mine\nhttps://tolm.example/feed\nhttps://orrin.example/rss.xml\n"
    told = reason(tmp_path, "feeds.txt", plain)
    assert "2 addresses" in told
    assert "`reader add " in told
    assert "--full-text" in told
    assert "one address" in reason(
        tmp_path, "gates.url", "[InternetShortcut]\r\nURL=https://tolm.example/gates\r\n"
    )
    webloc = (
        '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key>'
        "<string>https://tolm.example/gates</string></dict></plist>"
    )
    assert "one address" in reason(tmp_path, "gates.webloc", webloc)


@pytest.mark.parametrize(
    "text",
    [
        f"Gates open\n\nNote: the office was late.\n\n{FIRST}\n\n{SECOND}\n",
        f"Q: Why so late?\nA: {FIRST}\nQ: And the lock?\nA: {SECOND}\nQ: When?\nA: In May.\n",
        f"{FIRST}\n\nhttps://tolm.example/gates\n",
        f"https://tolm.example/gates {FIRST}\n\n{SECOND}\n",
        f"Gates, locks, boats, sand\n\n{FIRST}\n{SECOND}\nRain, wind, snow, ice\nThat was all.\n",
        f"<3 from Orrin\n\n{FIRST}\n\n{SECOND}\n",
        f"@river_office said it first.\n\n{FIRST}\n",
        f"{'=' * 70}\nGATES OPEN\n{'=' * 70}\n\n{FIRST}\n\n{SECOND}\n",
        f"From the river, with love.\n\n{FIRST}\n\n{SECOND}\n",
        f"{{Editor's note}} {FIRST}\n\n{SECOND}\n",
        f"[Orrin, Friday] {FIRST}\n\n{SECOND}\n",
        f"10:15 The gates open, slowly.\n10:20 Boats, tugs, ferries.\n10:30 {FIRST}\n11:00 Done.\n",
    ],
)
def test_running_text_stays_an_article(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates.txt"
    path.write_text(text)
    (found,) = read_paths([str(path)])
    assert isinstance(found, Article), found
    assert found.text


def test_a_piece_of_a_page_is_read_as_a_page(tmp_path: Path) -> None:
    for name in ("piece.txt", "piece", "piece.md"):
        path = tmp_path / name
        path.write_text(
            PAGE if name.endswith(".md") else f"<div><p>{FIRST}</p><p>{SECOND}</p></div>"
        )
        (found,) = read_paths([str(path)])
        assert isinstance(found, Article), found
        assert "<" not in found.text
        assert found.text.startswith("The river office")


# Compressed files and archives


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_compressed_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gates.html.gz"
    path.write_bytes(gzip.compress(PAGE.encode()))
    (found,) = read_paths([str(path)])
    assert isinstance(found, Article)
    assert found.title == "Gates open"


def test_an_archive_is_read_like_a_folder(library: Library, tmp_path: Path) -> None:
    pocket = b"title,url,time_added,tags,status\nGates,https://tolm.example/g,1741120000,,unread\n"
    data = zipped({
        "part_000000.csv": pocket, "../../escape.html": PAGE.encode(), "a.png": b"\x89PNG",
        "annotations/part.json": b'{"x": 1}', "__MACOSX/a.html": PAGE.encode(),
    })  # fmt: skip
    (tmp_path / "pocket.zip").write_bytes(data)
    report = import_paths(library, [str(tmp_path / "pocket.zip")])
    assert len(report.added) == 1  # names that lead out of the archive are left alone
    assert report.failed == ()
    assert report.passed == {".png": 1, ".json": 1}
    assert sorted(path.name for path in tmp_path.parent.iterdir() if path.suffix) == []


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"a.html": data})])
def test_a_bomb_ends_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr("reader.intake.files.LARGE", 1_000_000)
    monkeypatch.setattr("reader.intake.importers.archives.MEMBER_LIMIT", 1_000_000)
    monkeypatch.setattr("reader.intake.importers.archives.Archive.read.__defaults__", (1_000_000,))
    path = tmp_path / "bomb.bin"
    path.write_bytes(pack(b"<p>a</p>" * 1_000_000))
    found = list(read_paths([str(path)]))
    assert all(isinstance(each, Failure) for each in found)
    assert any("unpacks to more" in each.reason for each in found if isinstance(each, Failure))


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    for name, data in (("deep.json", "[" * 200_000 + "]" * 200_000), ("deep.xml", "<a>" * 100_000)):
        assert reason(tmp_path, name, data)


# Folders


def test_what_a_folder_held_that_was_passed_over_is_counted(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    (folder / "gates_files").mkdir(parents=True)
    (folder / "gates.html").write_text(PAGE)
    (folder / "gates_files" / "frame.html").write_text(PAGE)
    (folder / "package.json").write_text(json.dumps({"name": "x", "version": "1"}))
    (folder / "gauge.csv").write_text("day,depth\n1,4\n2,5\n")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "scan.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "Makefile").write_text("all:\n\ttrue\n")
    (folder / ".hidden").write_text("x")
    report = import_paths(library, [str(folder)])
    assert (len(report.added), report.failed) == (1, ())
    assert report.passed == {".jpg": 2, ".json": 1, ".csv": 1, "": 1}


def test_exports_in_a_folder_are_recognised(library: Library, tmp_path: Path) -> None:
    wallabag = {"title": "Gates", "url": "https://tolm.example/g", "content": f"<p>{FIRST}</p>",
                "is_archived": 0, "is_starred": 0, "tags": []}  # fmt: skip
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "wallabag.json").write_text(json.dumps([wallabag]))
    (folder / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Tolm</title><item><title>Lock</title>"
        f"<link>https://tolm.example/lock</link><description>{SECOND}</description></item>"
        "</channel></rss>"
    )
    report = import_paths(library, [str(folder)])
    assert (len(report.added), dict(report.passed)) == (2, {})


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1>" + b"<a " * 200_000,
        b"<?xml version='1.0'?>" + b"<!-- --> " * 50_000,
        b'{"items":' * 50_000,
        b"---\ntitle: a\n---\nText. " + b"[[" * 100_000,
        b"From a@tolm.example Tue Mar  4 20:26:40 2025\nFrom: a\nTo: b\n" * 5_000,
        b"From: a\nMIME-Version: 1.0\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
        ),
    ],
    ids=["tags", "comments", "brackets", "links", "mails", "parts"],
)
@pytest.mark.timeout(60)
def test_what_is_made_to_take_long_does_not(data: bytes) -> None:
    assert list(read_paths(["-"], stdin=io.BytesIO(data)))
