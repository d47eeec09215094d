"""The doctor finds each damage, says it in a sentence, mends it from what is true, keeps a copy."""

import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB

from reader.annotate.selectors import selector_for
from reader.errors import DamagedError, LibraryError, NotFoundError
from reader.library import Library, parse_query, snapshot
from reader.library.salvage import rescue
from reader.model import Annotation, Article, Subscription

Make = Callable[..., Article]
NOW = datetime(2024, 5, 1, tzinfo=UTC)
FEED = "https://example.org/feed"


@pytest.fixture
def worked(ten: Library, make: Make) -> Library:
    """Return a library of ten articles with their stories, marks, notes and a feed."""
    ten.stories.update()
    ten.feeds.put([Subscription(FEED, FEED, tags=("harbours",), added=NOW)], "added")
    ten.notebook.mark([make(1).id, make(2).id], read=True, starred=True)
    ten.notebook.tag([make(1).id], add=["sea"])
    text = make(3).text
    selector = selector_for(text, text.index("closed"), text.index("closed") + 6)
    ten.notebook.annotate(Annotation(7, make(3).id, "note", NOW, NOW, "Why?", selector))
    ten.notebook.flush()
    assert ten.check(thorough=True) == []
    return ten


@pytest.fixture
def wrong(worked: Library) -> Iterator[sqlite3.Connection]:
    """Return a way to do damage to the archive."""
    with closing(sqlite3.connect(worked.folder / "archive.sqlite3")) as connection, connection:
        yield connection


def mended(library: Library, *sentences: str) -> None:
    """Check that exactly this is said to be wrong, and that it is mended and a copy kept."""
    found = library.check(thorough=True)
    assert len(found) == len(sentences), found
    for fault, sentence in zip(sorted(found), sorted(sentences), strict=True):
        assert sentence in fault
    repaired = library.repair()
    assert repaired.wrong == []
    assert zipfile.ZipFile(repaired.kept).testzip() is None
    assert library.check(thorough=True) == []


def run(connection: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement)
    connection.commit()


def test_articles_that_are_missing_in_the_index_are_found_again(
    worked: Library, wrong: sqlite3.Connection
) -> None:
    run(wrong, "INSERT INTO search (search) VALUES ('delete-all')")
    assert worked.count(parse_query("harbour")) == 0
    mended(worked, "index lacks 10 articles")
    assert worked.count(parse_query("harbour")) == 10


def test_articles_that_the_index_has_too_many_go(
    worked: Library, wrong: sqlite3.Connection
) -> None:
    run(wrong, "INSERT INTO search (rowid, title, body) VALUES (5, 'en_harbour', 'en_harbour')")
    mended(worked, "lacks 0 articles and has 1 too many")
    assert worked.count(parse_query("harbour")) == 10


def test_an_index_with_other_words_is_made_again(
    worked: Library, wrong: sqlite3.Connection
) -> None:
    n = wrong.execute("SELECT n FROM articles LIMIT 1").fetchone()[0]
    run(wrong, f"INSERT INTO search (rowid, title) VALUES ({n}, 'en_balloon')")
    mended(worked, "other words than the articles")
    assert worked.count(parse_query("balloon")) == 0


def test_a_mirror_that_differs_is_made_again_from_the_notebook(
    worked: Library, wrong: sqlite3.Connection, make: Make
) -> None:
    run(
        wrong,
        "UPDATE articles SET starred = 1 - starred, position = 3",
        "DELETE FROM article_tags",
        "UPDATE articles SET noted = 0",
        "UPDATE articles SET tags = NULL",
    )
    mended(worked, "otherwise than the notebook")
    assert worked.count(parse_query("is:starred")) == 2
    assert worked.notebook.marks(make(1).id).tags == ("sea",)
    assert worked.count(parse_query("is:noted")) == 1


def test_wrong_counts_are_counted_again(worked: Library, wrong: sqlite3.Connection) -> None:
    before = worked.sources()
    run(wrong, "UPDATE sources SET unread = 70", "UPDATE totals SET articles = 70")
    assert worked.sources() != before
    mended(worked, "counts of outlets", "counts of starred", "counts of noted")
    assert worked.sources() == before


def test_a_note_whose_words_stand_elsewhere_is_anchored_again(worked: Library, make: Make) -> None:
    (note,) = worked.notebook.annotations()
    assert note.selector is not None
    moved = replace(note.selector, start=note.selector.start - 4, end=note.selector.end - 4)
    worked.notebook.annotate(replace(note, selector=moved))
    mended(worked, "1 note does not stand at its words")
    assert worked.notebook.annotations() == [note]


def test_a_note_that_lost_its_place_gets_it_back_where_the_words_are_there(worked: Library) -> None:
    (note,) = worked.notebook.annotations()
    worked.notebook.annotate(replace(note, orphaned=True))
    mended(worked, "1 note does not stand at its words")
    assert worked.notebook.annotations() == [note]


def test_a_note_on_words_that_are_no_more_and_one_on_an_absent_article_are_left_alone(
    worked: Library, make: Make
) -> None:
    worked.add([make(3, text="Another text altogether.")])
    worked.notebook.anchored([Annotation(8, make(99).id, "note", NOW, NOW, "Kept.")])
    (_, orphan) = sorted(worked.notebook.annotations(), key=lambda note: -note.id)
    assert orphan.orphaned
    assert worked.check(thorough=True) == []
    worked.repair()
    assert {note.id for note in worked.notebook.annotations()} == {7, 8}


def test_places_among_the_stories_of_articles_that_are_gone_go(
    worked: Library, wrong: sqlite3.Connection
) -> None:
    run(wrong, "UPDATE story_items SET article = 5 WHERE article = (SELECT min(id) FROM articles)")
    mended(worked, "1 place among the stories is of", "1 article has no place among the stories")
    assert worked.stories.update() == 1, "the article waits for its place again"


def test_titles_and_outlets_of_lists_come_from_the_texts(
    worked: Library, wrong: sqlite3.Connection, make: Make
) -> None:
    run(
        wrong,
        f"UPDATE articles SET title = 'X' WHERE id = {make(4).id}",
        "DELETE FROM sources WHERE name = 'Outlet 2'",
    )
    found = " ".join(worked.check(thorough=True))
    assert "3 articles have no outlet" in found or "cannot be read" in found
    worked.repair()
    assert worked.check(thorough=True) == []
    assert worked.row(make(4).id).title == make(4).title
    assert worked.row(make(2).id).source.startswith("unknown outlet")


def test_tags_of_feeds_are_mirrored_again(worked: Library, wrong: sqlite3.Connection) -> None:
    run(wrong, "DELETE FROM feed_tags")
    mended(worked, "tags of feeds are otherwise than in the notebook")


def test_entries_that_another_program_has_spoilt_are_put_aside_and_not_deleted(
    worked: Library, make: Make
) -> None:
    folder = worked.folder
    worked.close()
    with TinyDB(folder / "notebook.json") as plain:
        plain.table("annotations").update({"created": "long ago"}, doc_ids=[7])
        plain.table("articles").update({"position": "here"}, doc_ids=[make(1).id])
        number = plain.table("subscriptions").all()[0].doc_id
        plain.table("subscriptions").update({"key": None, "added": 7}, doc_ids=[number])
    with Library.open(folder) as library:
        assert library.find()[0].title, "reading goes on"
        assert library.notebook.annotations() == []
        mended(library, "3 entries of the notebook cannot be understood")
    with TinyDB(folder / "notebook.json") as plain:
        kept = {d["table"]: d["document"] for d in plain.table("unclear").all()}
    assert kept["annotations"]["body"] == "Why?"
    assert kept["articles"]["tags"] == ["sea"]


# The archive's file


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("TRIGGER total_changed", "lacks trigger total_changed."),
        ("INDEX by_unread", "lacks index by_unread."),
        ("TABLE languages", "lacks table languages."),
        ("TABLE meta", "a part of it is missing. reader doctor --repair"),
        ("TABLE story_terms", "lacks "),
    ],
)
def test_a_part_that_an_archive_lacks_is_found_and_made_again(
    worked: Library, part: str, said: str
) -> None:
    folder = worked.folder
    worked.close()
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as connection, connection:
        connection.execute(f"DROP {part}")
    try:
        with Library.open(folder) as library:
            (found,) = library.check(thorough=True)
            assert library.upkeep.broken()
    except DamagedError as error:
        found = str(error)
    assert said in found
    saved = rescue(folder)
    assert (saved.articles, saved.unreadable) == (10, 0)
    with Library.open(folder) as library:
        assert library.repair().wrong == []
        assert library.count(parse_query("is:read")) == 2


def pages(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA page_size").fetchone()[0])


@pytest.fixture
def closed(folder: Path, make: Make) -> Path:
    """Return the archive of a closed library of 300 articles, with marks."""
    with Library.open(folder) as library:
        library.add(make(n, text=f"Text {n}. " + f"harbour{n} " * 60) for n in range(300))
        library.notebook.mark([make(n).id for n in range(0, 300, 7)], read=True)
        library.notebook.tag([make(14).id], add=["sea"])
    return folder / "archive.sqlite3"


def damage(path: Path, table: str) -> None:
    """Overwrite a leaf page of a table with what makes no sense."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno",
            (table,),
        ).fetchall()
    size = pages(path)
    data = bytearray(path.read_bytes())
    begin = (rows[len(rows) // 2][0] - 1) * size
    data[begin : begin + size] = b"\xa5" * size
    path.write_bytes(data)


def _has_dbstat() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("SELECT 1 FROM dbstat LIMIT 1")
        except sqlite3.OperationalError:
            return False
        return True


needs_dbstat = pytest.mark.skipif(not _has_dbstat(), reason="this SQLite does not tell its pages")


@needs_dbstat
@pytest.mark.parametrize("table", ["articles", "revisions", "search_data", "sources"])
def test_an_archive_with_a_broken_page_is_made_again_from_what_can_be_read(
    closed: Path, folder: Path, make: Make, table: str
) -> None:
    damage(closed, table)
    damaged = closed.read_bytes()
    with Library.open(folder) as library:
        assert "damaged" in " ".join(library.check(thorough=True))
        assert library.upkeep.broken()
    saved = rescue(folder)
    assert (saved.aside / "archive.sqlite3").read_bytes() == damaged
    lost = 300 - saved.articles
    assert lost == 0 if table in {"search_data", "sources"} else 0 < lost < 150
    with Library.open(folder) as library:
        assert library.repair().wrong == []
        assert library.count() == saved.articles
        library.add(make(n, text=f"Text {n}. " + f"harbour{n} " * 60) for n in range(300))
        assert library.count(parse_query("is:read")) == len(range(0, 300, 7)), "marks had waited"
        assert library.notebook.marks(make(14).id).tags == ("sea",)
        assert library.check(thorough=True) == []


def test_a_text_that_cannot_be_read_is_put_aside_and_the_one_before_it_shown(
    closed: Path, folder: Path, make: Make
) -> None:
    with Library.open(folder) as library:
        library.add([make(1, text="A newer text.")])
    with closing(sqlite3.connect(closed)) as connection, connection:
        connection.execute(
            "UPDATE revisions SET body = x'00' WHERE revision = 2 OR article = ?", (make(2).id,)
        )
    with Library.open(folder) as library:
        with pytest.raises(DamagedError, match="is damaged; reader doctor"):
            library.article(make(1).id)
        assert library.check(thorough=True) == ["2 texts cannot be read."]
    saved = rescue(folder)
    assert (saved.articles, saved.unreadable) == (299, 1)
    with Library.open(folder) as library:
        assert library.repair().wrong == []
        assert library.article(make(1).id).text.startswith("Text 1.")


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
def test_an_archive_that_is_no_database_is_put_aside_and_begun_anew(
    closed: Path, folder: Path, make: Make, content: bytes
) -> None:
    closed.write_bytes(content)
    if content:
        with pytest.raises(DamagedError, match="it is no SQLite file"):
            Library.open(folder)
        saved = rescue(folder)
        assert (saved.aside / "archive.sqlite3").read_bytes() == content
        assert saved.articles == 0
    with Library.open(folder) as library:
        library.add([make(14)])
        assert library.notebook.marks(make(14).id).tags == ("sea",)
        assert library.check(thorough=True) == []


def test_an_archive_that_is_gone_is_said_and_the_marks_wait_for_its_articles(
    closed: Path, folder: Path, make: Make
) -> None:
    closed.unlink()
    with Library.open(folder) as library:
        (notice,) = library.notices
        assert "archive.sqlite3 was missing" in notice
        assert not library.is_new(), "so that no starter articles come in"
        library.add([make(14)])
        assert library.notebook.marks(make(14).id).tags == ("sea",)
        assert library.check(thorough=True) == []
    with Library.open(folder) as library:
        assert library.notices == []


def test_nothing_is_rescued_under_the_hands_of_another_reader(closed: Path, folder: Path) -> None:
    before = closed.read_bytes()
    with Library.open(folder), pytest.raises(LibraryError, match="open in another reader"):
        rescue(folder)
    assert closed.read_bytes()[:16] == before[:16]
    assert not list(folder.glob("archive-damaged-*"))


def test_flipped_bytes_anywhere_in_the_archive_end_in_sentences_and_never_lose_a_mark(
    closed: Path, folder: Path, make: Make
) -> None:
    whole = closed.read_bytes()
    notebook = (folder / "notebook.json").read_bytes()
    for at in range(20, len(whole), len(whole) // 40):
        closed.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            with Library.open(folder) as library:
                library.find()
                library.check()
                library.articles(library.ids())
        except (LibraryError, NotFoundError) as error:
            assert "damaged" in str(error) or "no article" in str(error)  # noqa: PT017
        for name in ("archive.sqlite3-wal", "archive.sqlite3-shm"):
            (folder / name).unlink(missing_ok=True)
        tables = snapshot.load(folder / "notebook.json")
        assert tables["articles"] == snapshot_of(notebook)


def snapshot_of(data: bytes) -> snapshot.Documents:
    import json

    documents: snapshot.Documents = json.loads(data)["articles"]
    return documents
