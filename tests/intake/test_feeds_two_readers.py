"""A feed is the same whichever of the two readers reads it: libxml2's, or the forgiving one.

Every well-formed document can be read by both. Were they to differ, a feed that is well formed
today and not tomorrow (a bare "&" in one title) would bring its entries again, or revise them.
"""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import InputError
from reader.intake import feed_tree
from reader.intake.entries import named_articles
from reader.intake.feeds import parse_feed
from reader.model import Feed

AT = "http://quay.example/sub/feed.xml"


def read(body: bytes) -> Feed | str:
    try:
        return parse_feed(body, {}, AT)
    except InputError as error:
        return error.reason


def read_forgivingly(body: bytes) -> Feed | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_tree, "_by_rules", lambda _text: None)
        return read(body)


def is_well_formed(body: bytes) -> bool:
    from reader.intake.feed_text import feed_text

    text = feed_text(body, {})
    return feed_tree._by_rules(feed_tree._without_doctype(text)[0]) is not None


def told(feed: Feed | str) -> object:
    """Return all that becomes of a feed: its head, and its articles with all their names."""
    if isinstance(feed, str):
        return feed
    from datetime import UTC, datetime

    now = datetime(2026, 1, 1, tzinfo=UTC)
    return feed.title, feed.link, feed.language, named_articles(feed, AT, "Quay", now=now)


def test_both_read_every_well_formed_file_the_same(shared: Path) -> None:
    files = [
        file
        for folder in ("feeds", "findings/feeds")
        for file in (shared / folder).rglob("*")
        if file.suffix in {".xml", ".rss", ".atom", ".rdf"}
    ]
    compared = 0
    for file in files:
        body = file.read_bytes()
        if is_well_formed(body):
            compared += 1
            assert told(read_forgivingly(body)) == told(read(body)), file.name
    assert compared > 1500


# Documents made at random

WORDS = st.text(st.sampled_from("abc ÄßжД水🙂 .,;:!?\r'\"&<>[](){}=/\\-–\u00a0\n\t#%"), max_size=30)
TAGS = ("p", "b", "i", "em", "div", "span", "ul", "li", "blockquote", "a")


@st.composite
def html(draw: st.DrawFn) -> str:
    """Return a piece of well-formed HTML."""
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        text = escape(draw(WORDS))
        tag = draw(st.sampled_from((*TAGS, "", "br")))
        if tag == "br":
            pieces.append(f"{text}<br/>")
        elif tag:
            href = f" href={quoteattr(draw(WORDS))}" if tag == "a" else ""
            pieces.append(f"<{tag}{href}>{text}</{tag}>")
        else:
            pieces.append(text)
    return "".join(pieces)


@st.composite
def held(draw: st.DrawFn) -> str:
    """Return what an element holds: text, escaped HTML, HTML in CDATA, with comments in it."""
    kind = draw(st.sampled_from(("text", "html", "cdata", "elements", "references")))
    if kind == "text":
        return escape(draw(WORDS))
    if kind == "html":
        return escape(draw(html()))
    if kind == "cdata":
        inside = draw(html()).replace("]]>", "]] >")
        return f"{escape(draw(WORDS))}<![CDATA[{inside}]]><!-- a < & comment -->"
    if kind == "elements":
        return draw(html())
    return "".join(f"&#{ord(sign)};" for sign in draw(WORDS)) + "<?x y?>"


@st.composite
def element(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    name = draw(st.sampled_from(names))
    attributes = draw(
        st.sampled_from(
            ("", " type='html'", " type='text'", " type='xhtml'", " xml:lang='de'",
             " xml:base='/b/'", " isPermaLink='false'", ' a="1 &amp; &lt;2"')
        )
    )  # fmt: skip
    return f"<{name}{attributes}>{draw(held())}</{name}>"


RSS = ("title", "link", "guid", "description", "content:encoded", "author", "dc:creator",
       "pubDate", "media:description", "itunes:summary", "category", "x:other")  # fmt: skip
ATOM = ("title", "id", "summary", "content", "published", "updated", "rights", "x:other")
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:x='urn:x' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'"
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    atom = draw(st.booleans())
    names, entry = (ATOM, "entry") if atom else (RSS, "item")
    entries = [
        f"<{entry}>{''.join(draw(st.lists(element(names), max_size=5)))}</{entry}>"
        for _ in range(draw(st.integers(0, 3)))
    ]
    head = draw(element(("title", "description"))) if draw(st.booleans()) else ""
    body = f"{head}\n{' '.join(entries)}"
    if atom:
        text = f"<feed xmlns='http://www.w3.org/2005/Atom' {SPACES}>{body}</feed>"
    else:
        text = f"<rss version='2.0' {SPACES}><channel>{body}</channel></rss>"
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}".encode()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_both_read_documents_made_at_random_the_same(body: bytes) -> None:
    if is_well_formed(body):
        assert told(read_forgivingly(body)) == told(read(body))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), st.sampled_from(("</channel>", "</feed>", "<!-- x -->", "")))
def test_an_ampersand_at_the_end_changes_nothing_before_it(body: bytes, at: str) -> None:
    """The document is no longer well formed; all of its entries stay as they were."""
    if not is_well_formed(body):
        return
    dirty = body.rstrip() + f" {at} & &nbsp;".encode()
    assert not is_well_formed(dirty)
    assert told(read(dirty)) == told(read(body))
