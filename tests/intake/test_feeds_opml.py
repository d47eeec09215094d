"""OPML files as other programs write them: cut, in other encodings, with odd folders, escapes."""

import pytest

from reader.intake.opml import Outline, opml_file, read_opml
from reader.intake.subscriptions import subscribe_opml
from reader.library import Library
from reader.model import Failure


def opml(body: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<opml version="2.0"><head/><body>{body}</body></opml>'


def feed(name: str, address: str = "", more: str = "") -> str:
    told = address or f"http://{name.lower()}.example/rss"
    return f'<outline type="rss" text="{name}" xmlUrl="{told}"{more}/>'


def first(text: str) -> Outline:
    return read_opml(text.encode(), "mine.opml")[0]


@pytest.mark.parametrize(
    "end",
    [
        '<outline text="Weir" xmlUrl="http://weir.exam',
        '<outline text="Weir" xmlUrl="http://weir.example/rss"',
        '<outline text="We',
        "<outl",
        "<",
        "",
        '</outline><outline text="Folder',
        "<!-- not yet",
        "</outline></bo",
    ],
)
def test_of_a_file_cut_in_the_middle_what_is_whole_is_taken_and_the_cut_is_told(end: str) -> None:
    text = opml(f'<outline text="Rivers">{feed("Lock")}{feed("Sluice")}{end}')
    data = text.removesuffix("</body></opml>").encode()
    found = opml_file(data, "mine.opml")
    assert [(each.title, each.tags) for each in found.feeds] == [
        ("Lock", ("Rivers",)), ("Sluice", ("Rivers",)),
    ]  # fmt: skip
    (failure,) = found.failed
    assert failure.input == "mine.opml"
    assert "ends in the middle" in failure.reason
    assert "(2 feeds)" in failure.reason


@pytest.mark.parametrize(
    ("folder", "tag"),
    [
        ("Tides, Local", "Tides Local"),
        ("Tides,Local", "Tides Local"),
        ("  Tides ,  Local , ", "Tides Local"),
        ("Ebb &amp;amp; flow", "Ebb & flow"),
        ("Ebb &amp; flow", "Ebb & flow"),
        ("Ebb & flow", "Ebb & flow"),
        ("Caf&eacute;s", "Cafés"),
        ("Caf&amp;eacute;s", "Cafés"),
        ("Ann&amp;#39;s", "Ann's"),
        ("a < b", "a < b"),
        ("R&D", "R&D"),
        ("Wehre\nund   Schleusen", "Wehre und Schleusen"),
    ],
)
def test_folders_and_titles_are_plain_words(folder: str, tag: str) -> None:
    found = first(opml(f'<outline text="{folder}">{feed("Lock")}</outline>'))
    assert found.tags == (tag,)
    title = first(opml(f'<outline text="{folder}" xmlUrl="http://a.example/"/>')).title
    assert title.replace(",", " ").split() == tag.split()


@pytest.mark.parametrize("folder", [",", " , ,", "", "&#8203;"])
def test_a_folder_without_a_name_is_no_tag(folder: str) -> None:
    assert first(opml(f'<outline text="{folder}">{feed("Lock")}</outline>')).tags == ()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://a.example/?kind=tide&form=rss", "http://a.example/?kind=tide&form=rss"),
        ("http://a.example/?x=1&amp;y=2", "http://a.example/?x=1&y=2"),
        ("http://a.example/?x=1&amp;amp;y=2", "http://a.example/?x=1&y=2"),
        ("http://a.example/?a=1&copy=2&section=3", "http://a.example/?a=1&copy=2&section=3"),
        ("http://a.example/?q=%C3%A4&lt=2", "http://a.example/?q=%C3%A4&lt=2"),
        (" http://a.example/x \n", "http://a.example/x"),
        ("http://a.example/f?q=a'b", "http://a.example/f?q=a'b"),
    ],
)
def test_an_address_is_never_changed_into_another(written: str, address: str) -> None:
    assert [each.address for each in read_opml(opml(feed("Lock", written)).encode(), "x")] == [
        address
    ]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("latin-1", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
        ("latin-1", ""),
        ("latin-1", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("cp1252", '<?xml version="1.0" encoding="windows-1252"?>'),
        ("utf-8", ""),
        ("utf-8", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
        ("utf-8-sig", "\n"),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>'),
        ("utf-16-le", '<?xml version="1.0" encoding="utf-16"?>'),
    ],
)
def test_letters_come_right_whatever_the_file_says_of_its_encoding(
    encoding: str, head: str
) -> None:
    text = opml(
        f'<outline text="Flüsse">{feed("Café", "http://cafe.example/")}</outline>', head=head
    )
    found = read_opml(text.encode(encoding), "mine.opml")
    assert [(each.title, each.tags) for each in found] == [("Café", ("Flüsse",))]


def test_nested_folders_are_tags_the_outermost_first() -> None:
    inner = f'<outline title="C" text="c"><outline text="D">{feed("Lock")}</outline></outline>'
    text = f'<outline text="A" type="rss"><outline text="B" xmlUrl="">{inner}</outline></outline>'
    found = opml_file(opml(text).encode(), "x")
    assert [each.tags for each in found.feeds] == [("A", "B", "c", "D")]
    assert found.failed == ()


def test_a_feed_without_an_address_is_told_and_other_outlines_are_not() -> None:
    text = opml(
        '<outline type="rss" text="Weir"/><outline text="Gate" xmlUrl=" "/>'
        '<outline text="A note"/><outline text="Empty folder" type="folder"/>'
        '<outline type="link" text="Page" url="http://a.example/page"/>'
        '<outline type="rss" text="Lock" url="http://lock.example/rss"/>'
        '<outline type="rss" htmlUrl="http://site.example/" text="Site"/>'
    )
    found = opml_file(text.encode(), "mine.opml")
    assert [each.address for each in found.feeds] == ["http://lock.example/rss"]
    assert found.failed == tuple(
        Failure("mine.opml", f"“{name}” in it has no address") for name in ("Weir", "Gate", "Site")
    )


def test_a_feed_that_comes_twice_is_one_with_the_tags_and_words_of_both() -> None:
    twice = (
        f'<outline text="A">{feed("Lock").replace("Lock", "", 1)}</outline>'
        f'<outline text="B">{feed("Lock", more=" htmlUrl=&quot;x&quot;")}</outline>'
    ).replace("&quot;", '"')
    twice = twice.replace("http://lock.example/rss", "http://lock.example/rss")
    (found,) = read_opml(opml(twice).encode(), "x")
    assert (found.title, found.tags, found.link) == ("Lock", ("A", "B"), "x")


def test_addresses_that_differ_in_how_they_are_written_are_one_subscription(
    library: Library,
) -> None:
    text = opml(
        f'<outline text="A">{feed("Lock", "http://Lock.example:80/rss")}</outline>'
        f'<outline text="B">{feed("Lock", "feed://lock.example/rss#top")}</outline>'
    )
    report = subscribe_opml(library, text.encode(), "mine.opml")
    assert [(each.key, each.tags) for each in library.feeds.all()] == [
        ("http://lock.example/rss", ("A", "B"))
    ]
    assert report.failed == ()


def test_what_is_wrong_keeps_nothing_else_from_being_subscribed(library: Library) -> None:
    bad = feed("Local", "file:///etc/x.xml") + feed("Run", "exec:~/bin/x") + feed("None", " ")
    text = opml(f"{feed('Lock')}{bad}{feed('Sluice')}").removesuffix("></body></opml>")
    report = subscribe_opml(library, text.encode(), "mine.opml")
    assert {each.shown for each in library.feeds.all()} == {"Lock"}
    assert [failure.input for failure in report.failed] == [
        "mine.opml", "mine.opml", "file:///etc/x.xml", "exec:~/bin/x",
    ]  # fmt: skip
