"""Files that people have: saved pages, mails, feeds, books, documents, newsboat's cache."""

import io
import plistlib
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader.errors import InputError
from reader.intake import ImportOptions, import_paths, read_paths
from reader.intake.importers.base import Given
from reader.intake.reading import articles_in
from reader.intake.subscriptions import subscribe_opml
from reader.library import Library
from reader.model import Article, Failure

FIRST = "The river office of Orrin opened the new gates on Friday, two years later than planned."
SECOND = "Boats pass through them at any hour, and the old lock is to be filled with sand."
BODY = f"<h1>Gates open</h1><p>{FIRST} See <a href='/plan'>the plan</a>.</p><p>{SECOND}</p>"
URL = "https://tolm.example/gates"


def whole(data: str | bytes, name: str = "", tmp_path: Path | None = None) -> list[Any]:
    raw = data.encode() if isinstance(data, str) else data
    if tmp_path is None:
        return list(read_paths(["-"], stdin=io.BytesIO(raw)))
    (tmp_path / name).write_bytes(raw)
    return list(read_paths([str(tmp_path / name)]))


def one(data: str | bytes, name: str = "", tmp_path: Path | None = None) -> Article:
    (found,) = whole(data, name, tmp_path)
    assert isinstance(found, Article), found
    return found


# Saved pages

SAVE_PAGE = (
    f"<meta name='savepage-url' content='{URL}'>"
    "<meta name='savepage-date' content='Tue Mar 04 2025 21:33:10 GMT+0100 (x)'>"
)
SINGLE = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: {{0}}\n-->"


@pytest.mark.parametrize(
    ("comment", "day"),
    [
        (f"<!-- saved from url=(0026){URL} -->", None),
        (f"<!-- saved from url=(0029){URL}#top -->\n", None),
        (
            SINGLE.format("Tue Mar 04 2025 21:33:10 GMT+0100 (Central European Standard Time)"),
            datetime(2025, 3, 4, 20, 33, 10, tzinfo=UTC),
        ),
        (
            SINGLE.format("Sat Nov 01 2025 09:00:00 GMT-0330\n info: x"),
            datetime(2025, 11, 1, 12, 30, tzinfo=UTC),
        ),
    ],
)
@pytest.mark.parametrize("form", ["<!DOCTYPE html>\n{0}\n<html>", "<!DOCTYPE html> <html>{0}"])
def test_a_saved_page_knows_its_address_and_its_day(
    comment: str, day: datetime | None, form: str
) -> None:
    article = one(f"{form.format(comment)}<head><title>x</title></head><body>{BODY}</body></html>")
    assert (article.url, article.published) == (URL, day)
    assert article.source == "tolm.example"
    assert [link.url for link in article.links] == ["https://tolm.example/plan"]


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ("<html>", SAVE_PAGE),
        (f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20250304203310123">', ""),
        (f"<!-- Saved from {URL} at 2025-03-04T20:33:10Z using monolith v2.8.1 --><html>", ""),
    ],
)
def test_pages_that_other_programs_saved(html: str, head: str) -> None:
    article = one(f"<!DOCTYPE html>{html}<head>{head}</head><body>{BODY}</body></html>")
    assert (article.url, article.published) == (URL, datetime(2025, 3, 4, 20, 33, 10, tzinfo=UTC))


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_of_safaris(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    page = f"<html><body><nav>Home</nav>{BODY}<p>Größer als je, sagt das Amt.</p></body></html>"
    main = {"WebResourceData": page.encode("cp1252"), "WebResourceURL": URL,
            "WebResourceTextEncodingName": "windows-1252"}  # fmt: skip
    data = plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form)
    article = one(data, "gates.webarchive", tmp_path)
    assert (article.url, article.title) == (URL, "Gates open")
    assert "Größer" in article.text


def test_evernotes_notes_are_articles(library: Library, tmp_path: Path) -> None:
    note = (
        "<note><title>Gates &amp; locks</title><content><![CDATA[<?xml version='1.0'?>"
        "<!DOCTYPE en-note SYSTEM 'http://xml.evernote.example/enml2.dtd'>"
        f"<en-note><div>{FIRST}</div><div>{SECOND}</div><en-media type='image/png'/></en-note>]]>"
        "</content><created>20250304T202640Z</created><tag>river</tag><note-attributes>"
        f"<source-url>{URL}</source-url></note-attributes></note><note><title>Empty</title>"
        "<content/></note>"
    )
    (tmp_path / "notes.enex").write_text(
        "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE en-export SYSTEM 'http://x.example/e.dtd'>"
        f"<en-export export-date='20250305T000000Z'>{note}</en-export>"
    )
    report = import_paths(library, [str(tmp_path / "notes.enex")])
    (article,) = (library.article(id_) for id_ in report.added)
    assert (article.title, article.url, article.text) == ("Gates & locks", URL, PLAIN)
    assert article.added == datetime(2025, 3, 4, 20, 26, 40, tzinfo=UTC)
    assert library.notebook.marks(article.id).tags == ("river",)
    assert [each.input.rpartition(", ")[2] for each in report.failed] == ["note 2"]


def test_what_the_page_says_goes_before_the_day_it_was_saved() -> None:
    head = '<meta property="article:published_time" content="2025-03-01T08:00:00Z">'
    day = "Tue Mar 04 2025 21:33:10 GMT+0100"
    comment = f"<!-- Page saved with SingleFile\n url: {URL}\n saved date: {day} -->"
    article = one(f"<!DOCTYPE html><html>{comment}<head>{head}</head><body>{BODY}</body></html>")
    assert article.published == datetime(2025, 3, 1, 8, tzinfo=UTC)


def test_pictures_in_a_saved_page_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.intake.files.SIZE_LIMIT", 5_000)
    picture = f"<img src='data:image/png;base64,{'iVBORw0KGgo' * 2000}'>"
    page = f"<!DOCTYPE html><html><body>{picture}{BODY}</body></html>"
    assert one(page, "page.html", tmp_path).text.startswith("The river office")


MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: {URL}
Subject: =?utf-8?Q?Gates=20open=E2=80=A6?=
Date: Tue, 4 Mar 2025 20:26:40 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: {URL}

<html><head><meta charset=3D"utf-8"></head><body><nav>Home</nav>{BODY.replace("=", "=3D")}
<p>Le pont s=E2=80=99ouvre d=C3=A8s midi, dit Ida Holm, et les bateaux passent.</p></body></html>
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://tolm.example/a.png

{"iVBORw0KGgo" * 100}
------b--
"""


@pytest.mark.parametrize("name", ["gates.mhtml", "gates.mht", "gates"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_page_saved_as_one_file(tmp_path: Path, name: str, line: str) -> None:
    article = one(MHTML.replace("\n", line), name, tmp_path)
    assert (article.url, article.title) == (URL, "Gates open")
    assert article.published == datetime(2025, 3, 4, 19, 26, 40, tzinfo=UTC)
    assert "s’ouvre dès midi" in article.text
    assert "iVBOR" not in article.text
    assert "=3D" not in article.text


# Mails

PLAIN = f"{FIRST}\n\n{SECOND}"
MAIL = f"""Return-Path: <bounce@mail.example>
From: =?utf-8?q?Tolm_Mail_=C3=BCber_Orrin?= <news@tolm.example>
To: me@orrin.example
Subject: =?utf-8?q?Gates_open_=E2=80=93_at_last?=
Date: Tue, 4 Mar 2025 20:26:40 +0100
Message-ID: <1@tolm.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

{PLAIN}
--b1
Content-Type: text/html; charset=utf-8

<html><body><div style="display:none">Hidden preview words.</div><table><tr><td><img src="x.png">
{BODY}</td></tr></table></body></html>
--b1--
"""


@pytest.mark.parametrize("name", ["gates.eml", "gates"])
def test_a_newsletter_is_an_article_of_its_sender(tmp_path: Path, name: str) -> None:
    article = one(MAIL, name, tmp_path)
    assert article.title == "Gates open – at last"
    assert article.source == "Tolm Mail über Orrin"
    assert article.published == datetime(2025, 3, 4, 19, 26, 40, tzinfo=UTC)
    assert article.identity == "id:mail 1@tolm.example"
    assert FIRST in article.text
    assert "Hidden" not in article.text
    assert "multipart" not in article.text


def test_a_plain_mail_and_one_in_base64(tmp_path: Path) -> None:
    head = "From: Tolm <a@tolm.example>\nSubject: Gates\nDate: Tue, 4 Mar 2025 20:26:40 +0100\n"
    plain = one(f"{head}\n{PLAIN}\n-- \nIda Holm\nTolm Mail, Orrin\n", "a.eml", tmp_path)
    assert plain.text == PLAIN
    import base64

    body = base64.encodebytes("Größere Tore öffnen heute in Orrin, sagt das Amt.".encode("cp1252"))
    kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n"
    coded = f"{head}{kind}Content-Transfer-Encoding: base64\n\n{body.decode()}"
    assert one(coded).text == "Größere Tore öffnen heute in Orrin, sagt das Amt."


def test_a_mail_of_apples_has_its_length_before_it(tmp_path: Path) -> None:
    data = f"{len(MAIL.encode())}      \n{MAIL}<?xml version='1.0'?><plist><dict/></plist>\n"
    article = one(data, "12.emlx", tmp_path)
    assert article.title == "Gates open – at last"
    assert "plist" not in article.text


def test_a_mail_that_is_nested_deeply_keeps_its_end(tmp_path: Path) -> None:
    deep = f"{'<div>' * 400}{FIRST}{'</div>' * 400}<p>{SECOND}</p>"
    kind = "From: Tolm <a@tolm.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n"
    article = one(f"{kind}\n{deep}", "deep.eml", tmp_path)
    assert FIRST in article.text
    assert SECOND in article.text


def test_a_mail_without_a_text_is_refused(tmp_path: Path) -> None:
    data = "From: a@tolm.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nabc\n"
    (found,) = whole(data, "a.eml", tmp_path)
    assert isinstance(found, Failure)
    assert "without a text" in found.reason


def test_a_mailbox_is_an_article_for_each_mail(library: Library, tmp_path: Path) -> None:
    other = MAIL.replace("1@tolm", "2@tolm").replace("Gates_open", "Sand")
    quoted = other.replace(PLAIN, f"{PLAIN}\n\n>From the river office.")
    line = "From news@tolm.example Tue Mar  4 20:26:40 2025\n"
    (tmp_path / "news.mbox").write_text(f"{line}{MAIL}\n{line}{quoted}\n")
    report = import_paths(library, [str(tmp_path / "news.mbox")])
    titles = {library.article(id_).title for id_ in report.added}
    assert titles == {"Gates open – at last", "Sand – at last"}
    assert report.failed == ()


# Feeds

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Tolm Mail</title><link>https://tolm.example/</link>
<atom:link rel="self" href="https://tolm.example/feed.xml"/>
<item><title>Gates open</title><link>{URL}</link><guid isPermaLink="false">g1</guid>
<pubDate>Tue, 04 Mar 2025 20:26:40 +0100</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item>
<item><title>Sand</title><guid isPermaLink="false">g2</guid>
<description>{SECOND}</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tolm Mail</title><id>t</id>
<entry><id>g1</id><title>Gates open</title><link href="{URL}"/>
<updated>2025-03-04T19:26:40Z</updated>
<content type="text">{PLAIN}</content></entry></feed>"""
JSON_FEED = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "Tolm Mail", "items": [
{{"id": "g1", "url": "{URL}", "title": "Gates open", "date_published": "2025-03-04T19:26:40Z",
"content_html": "<p>{FIRST}</p><p>{SECOND}</p>"}}]}}"""


@pytest.mark.parametrize(
    ("name", "feed"),
    [("a.rss", RSS), ("a.xml", RSS), ("a.atom", ATOM), ("a.json", JSON_FEED), ("a", RSS)],
)
def test_a_feed_on_the_disk_is_an_article_for_each_entry(
    tmp_path: Path, name: str, feed: str
) -> None:
    article = whole(feed, name, tmp_path)[0]
    assert (article.title, article.url, article.source) == ("Gates open", URL, "Tolm Mail")
    assert article.text == PLAIN
    assert article.published == datetime(2025, 3, 4, 19, 26, 40, tzinfo=UTC)
    assert (article.feed, article.identity) == (None, f"url:{URL}")


def test_the_same_feed_file_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    first = import_paths(library, [str(tmp_path / "a.rss")])
    assert len(first.added) == 2
    again = import_paths(library, [str(tmp_path / "a.rss")])
    assert (again.added, again.changed) == ((), ())


# newsboat


def cache(path: Path) -> Path:
    """Make a cache of newsboat's with two articles, one of them read, and a deleted one."""
    with sqlite3.connect(path) as made:
        made.executescript(
            "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024)"
            " NOT NULL, title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,"
            " is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');"
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64)"
            " NOT NULL, title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url"
            " VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,"
            " content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url"
            " VARCHAR(1024), enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0,"
            " flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL"
            " DEFAULT '', content_mime_type VARCHAR(255) NOT NULL DEFAULT '');"
        )
        feed = "https://tolm.example/feed.xml"
        made.execute("INSERT INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
                     (feed, "https://tolm.example/", "Tolm Mail"))  # fmt: skip
        rows = [("g1", "Gates open", URL, 0, "s", 0), ("g2", "Sand", f"{URL}2", 1, "", 0),
                ("g3", "Gone", f"{URL}3", 1, "", 1)]  # fmt: skip
        for guid, title, url, unread, flags, deleted in rows:
            made.execute(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,"
                " flags, deleted) VALUES (?, ?, 'Ida Holm', ?, ?, 1741120000, ?, ?, ?, ?)",
                (guid, title, url, feed, f"<p>{FIRST}</p>", unread, flags, deleted),
            )
    return path


def test_newsboats_articles_are_those_of_the_feeds_that_are_subscribed_to(
    library: Library, tmp_path: Path
) -> None:
    urls = b'https://tolm.example/feed.xml river "~Mail of Tolm"\n"query:New:unread = \\"yes\\""\n'
    report = subscribe_opml(library, urls, "urls")
    (feed,) = library.feeds.all()
    assert (feed.key, feed.name, feed.tags) == (
        "https://tolm.example/feed.xml", "Mail of Tolm", ("river",),
    )  # fmt: skip
    assert [each.new for each in report.feeds] == [True]
    done = import_paths(library, [str(cache(tmp_path / "cache.db"))])
    assert (len(done.added), done.failed) == (2, ())
    gates, sand = sorted((library.article(id_) for id_ in done.added), key=lambda a: a.title)
    assert gates.identity == "entry:https://tolm.example/feed.xml\tg1"
    assert (gates.feed, gates.author, gates.text) == (feed.key, "Ida Holm", FIRST)
    assert gates.published == datetime(2025, 3, 4, 20, 26, 40, tzinfo=UTC)
    marks = [library.notebook.marks(each.id) for each in (gates, sand)]
    assert [(each.read, each.tags) for each in marks] == [(True, ("flag s",)), (False, ())]


def test_other_databases_are_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as made:
        made.execute("CREATE TABLE notes (id INTEGER, body TEXT)")
    (found,) = read_paths([str(tmp_path / "other.db")])
    assert isinstance(found, Failure)
    assert "another program" in found.reason
    data = (tmp_path / "other.db").read_bytes()
    (tmp_path / "broken.db").write_bytes(data[:100] + b"\xff" * 5000)
    (broken,) = read_paths([str(tmp_path / "broken.db")])
    assert isinstance(broken, Failure)
    assert "damaged" in broken.reason
    (piped,) = whole(data)
    assert isinstance(piped, Failure)
    assert "path" in piped.reason


# Obsidian

CLIP = f"""---
title: "Gates open"
source: "{URL}"
author:
  - "[[Ida Holm]]"
published: 2025-03-04
created: 2025-03-05
tags:
  - "clippings"
---
{FIRST} It is ==a long day== for [[Orrin]] and [[people/Ida Holm|Ida]]. ^first

> [!note] A note
> Text of it, by the office.

![[photo.png]]

%%mine%%

```sh
[[ -f gates ]] && x==y
```
"""


def test_a_clip_of_obsidians_is_read_without_its_signs(tmp_path: Path) -> None:
    article = one(CLIP, "Gates open.md", tmp_path)
    assert (article.url, article.source, article.author) == (URL, "tolm.example", "Ida Holm")
    assert article.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert "It is a long day for Orrin and Ida." in article.text
    for sign in ("![", "[!note]", "^first", "%%", "mine", "photo.png"):
        assert sign not in article.text
    assert "[[ -f gates ]] && x==y" in article.text


# Books and documents

CONTAINER = """<?xml version="1.0"?><container version="1.0"
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>b1</dc:identifier>
<dc:title>The Gates of Orrin</dc:title><dc:creator>Ida Holm</dc:creator>
<dc:language>en-GB</dc:language>
<dc:date>2025-03-04</dc:date></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one%20.xhtml" media-type="application/xhtml+xml"/>
<item id="c3" href="../../../etc/passwd" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c3"/></spine>
</package>"""


def zipped(files: dict[str, str], stored: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        if stored:
            archive.writestr("mimetype", stored, zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def page(title: str, text: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>x</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
    )


def test_a_book_is_an_article_for_each_of_its_parts(tmp_path: Path) -> None:
    book = {
        "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": PACKAGE,
        "OEBPS/nav.xhtml": page("Contents", "1 One 2 Two"),
        "OEBPS/text/one .xhtml": page("One", FIRST), "OEBPS/text/two.xhtml": page("Two", SECOND),
    }  # fmt: skip
    found = whole(zipped(book, "application/epub+zip"), "orrin.epub", tmp_path)
    assert [(each.title, each.text) for each in found] == [("One", FIRST), ("Two", SECOND)]
    assert {(each.source, each.author, each.language) for each in found} == {
        ("The Gates of Orrin", "Ida Holm", "en")
    }
    assert len({each.id for each in found}) == 2


def test_a_book_that_is_locked_damaged_or_of_pictures_is_refused(tmp_path: Path) -> None:
    book = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": PACKAGE}
    locked = {**book, "META-INF/rights.xml": "<rights/>"}
    for files, words in ((locked, "protection"), (book, "without running text"),
                         ({"META-INF/container.xml": "<a/>"}, "contents")):  # fmt: skip
        (found,) = whole(zipped(files, "application/epub+zip"), "orrin.epub", tmp_path)
        assert isinstance(found, Failure)
        assert words in found.reason


WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Gates open'
    "</w:t></w:r></w:p>"
    f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p><w:p><w:r><w:t>{SECOND}</w:t></w:r></w:p>"
    "</w:body></w:document>"
)
STYLES = (
    '<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
    '2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    "</w:style></w:styles>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{OFFICE}/{{0}}" Target="{{1}}"/></Relationships>'
)
CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://x.example/cp" xmlns:dc='
    '"http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:creator>Ida Holm</dc:creator><dcterms:created>2025-03-04T10:00:00Z</dcterms:created>"
    "</cp:coreProperties>"
)


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"/>'
)


def word() -> bytes:
    return zipped({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format("officeDocument", "word/document.xml"),
        "word/document.xml": WORD, "word/styles.xml": STYLES, "docProps/core.xml": CORE,
        "word/_rels/document.xml.rels": RELATIONS.format("styles", "styles.xml"),
    })  # fmt: skip


def test_a_word_document_is_an_article(tmp_path: Path) -> None:
    pytest.importorskip("mammoth")
    article = one(word(), "gates.docx", tmp_path)
    assert (article.title, article.author) == ("Gates open", "Ida Holm")
    assert article.text == PLAIN
    assert article.published == datetime(2025, 3, 4, 10, tzinfo=UTC)


PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]"
FONT = "/Resources << /Font << /F1 3 0 R >> >>"


def pdf(*pages: list[str], info: str = "") -> bytes:
    """Return a PDF of pages with these lines."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        text = (
            "BT /F1 12 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        )
        objects += [
            f"<< {PAGE} {FONT} /Contents {5 + 2 * n} 0 R >>",
            f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        ]
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    return out + f"{end}startxref\n{start}\n%%EOF".encode()


def test_a_pdf_is_an_article_without_its_running_heads(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    first = ["The river office opened the new gates on", "Friday, two years later than plan-",
             "ned, and boats pass through them at any hour."]  # fmt: skip
    second = ["The old lock is to be filled with sand, which", "comes from the quay at Tolm."]
    third = ["Nobody asked the fishers, who need it in winter,", "when the river is low."]
    pages = [[f"Tolm Mail, page {n}", *rows] for n, rows in enumerate((first, second, third), 1)]
    about = "/Title (Gates open) /Author (Ida Holm) /CreationDate (D:20250304100000Z)"
    data = pdf(*pages, info=about)
    article = one(data, "gates.pdf", tmp_path)
    assert (article.title, article.author) == ("Gates open", "Ida Holm")
    assert "later than planned, and boats" in article.text
    assert "page 2" not in article.text
    assert article.published == datetime(2025, 3, 4, tzinfo=UTC)


def test_a_pdf_of_pictures_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    for data, words in ((pdf([]), "without text"), (b"%PDF-1.7\nnothing of it", "damaged")):
        (found,) = whole(data, "gates.pdf", tmp_path)
        assert isinstance(found, Failure)
        assert words in found.reason


@pytest.mark.parametrize("data", [word(), pdf(["x"])], ids=["word", "pdf"])
def test_without_the_extra_the_sentence_says_what_to_install(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.intake.importers.documents.find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"reader-tui\[documents\]"):
        list(articles_in(Given(data, "gates", ImportOptions())))


def test_a_document_that_takes_too_long_ends_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.intake.apart.SECONDS", 0.001)
    (tmp_path / "gates.pdf").write_bytes(pdf(["x"]))
    (tmp_path / "gates.txt").write_text(PLAIN)
    found = list(read_paths([str(tmp_path / "gates.pdf"), str(tmp_path / "gates.txt")]))
    assert [type(each) for each in found] == [Failure, Article]
    assert found[0].input == str(tmp_path / "gates.pdf")
    assert "seconds" in found[0].reason
