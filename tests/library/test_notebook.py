"""What the reader does is acknowledged at once, kept for good, and can be taken back."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from reader.errors import LibraryError, NotFoundError, UsageError
from reader.library import Library, parse_query
from reader.model import Annotation, Article, Selector

Make = Callable[..., Article]
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def note(number: int, article: Article, body: str = "Why?") -> Annotation:
    return Annotation(number, article.id, "note", NOW, NOW, body, Selector(0, 3, "The"))


def test_marks_are_seen_at_once_and_after_opening_again(
    ten: Library, make: Make, folder: Path
) -> None:
    ids = [make(n).id for n in (1, 2, 3)]
    change = ten.notebook.mark(ids, read=True)
    assert change.text == "3 articles marked read"
    assert change.articles == tuple(ids)
    ten.notebook.mark(ids[:1], starred=True)
    ten.notebook.set_position(ids[0], 120)
    marks = ten.notebook.marks(ids[0])
    assert (marks.read, marks.starred, marks.position) == (True, True, 120)
    assert {row.id for row in ten.find(parse_query("is:read"))} == set(ids)
    ten.close()
    with Library.open(folder) as again:
        assert again.notebook.marks(ids[0]) == marks
        assert again.check(thorough=True) == []


def test_only_what_changes_is_told(ten: Library, make: Make) -> None:
    ids = [make(n).id for n in range(4)]
    ten.notebook.mark(ids[:2], read=True)
    change = ten.notebook.mark(ids, read=True)
    assert (change.text, change.articles) == ("2 articles marked read", tuple(ids[2:]))
    nothing = ten.notebook.mark(ids, read=True)
    assert (nothing.text, nothing.articles) == ("", ())
    both = ten.notebook.mark([*ids[:1], *ids[:1]], read=False, starred=True)
    assert both.text == "1 article marked unread and 1 article starred"


def test_everything_is_undone_and_redone_newest_first(ten: Library, make: Make) -> None:
    book = ten.notebook
    first, second = make(1).id, make(2).id
    before = {id_: book.marks(id_) for id_ in (first, second)}
    book.mark([first], read=True)
    book.mark([first, second], read=True, starred=True)
    book.tag([first], add=["Sea", "Ice"])
    book.tag([first], remove=["sea"])
    book.mark([second], removed=True)
    book.annotate(note(7, make(1)))
    book.annotate(note(7, make(1), "Because."))
    book.erase(7)
    after = {id_: book.marks(id_) for id_ in (first, second)}
    texts = []
    while (change := book.undo()) is not None:
        texts.append(change.text)
    assert texts == [
        "Undone: Note erased",
        "Undone: Note changed",
        "Undone: Note added",
        "Undone: 1 article removed",
        "Undone: tag Sea taken off 1 article",
        "Undone: 1 article tagged Sea, 1 article tagged Ice",
        "Undone: 1 article marked read and 2 articles starred",
        "Undone: 1 article marked read",
    ]
    assert {id_: book.marks(id_) for id_ in (first, second)} == before
    again = []
    while (change := book.redo()) is not None:
        again.append(change.text)
    assert again == [text.replace("Undone", "Done again") for text in reversed(texts)]
    assert {id_: book.marks(id_) for id_ in (first, second)} == after
    assert book.annotations() == []
    assert ten.check(thorough=True) == []


def test_after_something_new_nothing_is_redone(ten: Library, make: Make) -> None:
    book = ten.notebook
    book.mark([make(1).id], read=True)
    book.undo()
    book.mark([make(2).id], read=True)
    assert book.redo() is None
    undone = book.undo()
    assert undone is not None
    assert undone.articles == (make(2).id,)


def test_a_removed_article_can_be_put_back_much_later(
    ten: Library, make: Make, folder: Path
) -> None:
    ten.notebook.tag([make(1).id], add=["keep"])
    ten.notebook.mark([make(1).id], removed=True)
    ten.close()
    with Library.open(folder) as again:
        assert again.count() == 9
        assert again.count(parse_query("tag:keep")) == 0
        (row,) = again.find(parse_query("is:removed"))
        assert again.notebook.mark([row.id], removed=False).text == "1 article put back"
        assert again.count(parse_query("tag:keep")) == 1
        assert again.notebook.tags() == ["keep"]


def test_a_tag_is_one_tag_in_upper_and_lower_case(ten: Library, make: Make) -> None:
    book = ten.notebook
    assert book.tag([make(1).id], add=["  Sea   Ice "]).text == "1 article tagged Sea Ice"
    assert book.tag([make(1).id], add=["SEA ICE"]).text == ""
    book.tag([make(2).id], add=["sea ice", "Zoo", "Äther"])
    assert book.tags() == ["Sea Ice", "Zoo", "Äther"]
    assert book.marks(make(2).id).tags == ("Sea Ice", "Zoo", "Äther")
    assert ten.count(parse_query('tag:"SEA ice"')) == 2
    assert book.tag([make(1).id, make(2).id], remove=["sea ICE"]).text == (
        "tag Sea Ice taken off 2 articles"
    )
    assert book.tags() == ["Zoo", "Äther"]


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("", "cannot be empty"),
        (" \n ", "cannot be empty"),
        ("\x1b[31m", "cannot be empty"),
        ("a,b", "comma"),
        ("x" * 101, "100 characters at most"),
    ],
)
def test_what_cannot_be_a_tag_is_refused(ten: Library, make: Make, tag: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        ten.notebook.tag([make(1).id], add=[tag])
    assert ten.notebook.tags() == []


def test_control_characters_stay_out_of_tags(ten: Library, make: Make) -> None:
    ten.notebook.tag([make(1).id], add=["sea\x07\u202e ice\n"])
    assert ten.notebook.tags() == ["sea ice"]


def test_what_is_not_there_cannot_be_marked(ten: Library, make: Make) -> None:
    absent = make(99)
    for do in (
        lambda: ten.notebook.mark([make(1).id, absent.id], read=True),
        lambda: ten.notebook.tag([absent.id], add=["x"]),
        lambda: ten.notebook.annotate(note(1, absent)),
        lambda: ten.notebook.erase(12345),
    ):
        with pytest.raises(NotFoundError):
            do()
    assert not ten.notebook.marks(make(1).id).read


def test_annotations_come_back_in_the_order_of_the_text(ten: Library, make: Make) -> None:
    article = make(1)
    late = Annotation(1, article.id, "highlight", NOW, NOW, "", Selector(9, 12, "was"))
    early = Annotation(2, article.id, "note", NOW, NOW, "First", Selector(0, 3, "The"), 1)
    whole = Annotation(3, article.id, "note", NOW, NOW, "All of it")
    for annotation in (late, early, whole):
        ten.notebook.annotate(annotation)
    assert ten.notebook.annotations(article.id) == [whole, early, late]
    assert len(ten.notebook.annotations()) == 3
    assert ten.row(article.id).marks.annotations == 3
    assert [row.id for row in ten.find(parse_query("has:annotation"))] == [article.id]


def test_small_settings_are_kept(ten: Library, folder: Path) -> None:
    assert ten.notebook.setting("order") is None
    assert ten.notebook.setting("order", "newest") == "newest"
    ten.notebook.set_setting("order", "oldest")
    ten.notebook.set_setting("widths", {"list": [10, 20]})
    ten.close()
    with Library.open(folder) as again:
        assert again.notebook.setting("order") == "oldest"
        assert again.notebook.setting("widths") == {"list": [10, 20]}


def test_marks_come_back_to_articles_that_are_imported_again(
    ten: Library, make: Make, folder: Path
) -> None:
    ten.notebook.mark([make(1).id], read=True, starred=True)
    ten.notebook.tag([make(1).id], add=["keep"])
    ten.notebook.annotate(note(1, make(1)))
    marks = ten.notebook.marks(make(1).id)
    ten.close()
    for name in ("archive.sqlite3", "archive.sqlite3-wal", "archive.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    with Library.open(folder) as again:
        assert again.count() == 0
        again.add([make(1), make(2)])
        assert again.notebook.marks(make(1).id) == marks
        assert again.count(parse_query("tag:keep is:starred is:noted")) == 1
        assert again.check(thorough=True) == []


def test_an_ordinary_tinydb_reads_all_of_it(ten: Library, make: Make, folder: Path) -> None:
    book = ten.notebook
    book.mark([make(1).id, make(2).id], read=True)
    book.tag([make(1).id], add=["Sea"])
    book.annotate(note(42, make(1), "Größe 🌊"))
    book.set_setting("order", "oldest")
    ten.close()
    with TinyDB(folder / "notebook.json") as plain:
        assert {"articles", "annotations", "settings"} <= plain.tables()
        articles = plain.table("articles")
        document = articles.get(doc_id=make(1).id)
        assert document["read"] is True
        assert document["tags"] == ["Sea"]
        assert document["read_at"] > 1_600_000_000_000
        assert len(articles.search(where("read") == True)) == 2  # noqa: E712 - TinyDB's way
        assert plain.table("annotations").all()[0].doc_id == 42
        assert plain.table("annotations").get(doc_id=42)["body"] == "Größe 🌊"
        assert plain.table("settings").all()[0]["value"] == "oldest"


def test_what_an_ordinary_tinydb_writes_is_taken_over(
    ten: Library, make: Make, folder: Path
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.close()
    with TinyDB(folder / "notebook.json") as plain:
        plain.table("articles").update({"read": False, "starred": True}, doc_ids=[make(1).id])
    with Library.open(folder) as again:
        marks = again.notebook.marks(make(1).id)
        assert (marks.read, marks.starred) == (False, True)
        assert again.count(parse_query("is:starred")) == 1
        again.notebook.mark([make(2).id], read=True)
    with Library.open(folder) as again:
        assert again.count(parse_query("is:starred")) == 1
        assert again.count(parse_query("is:read")) == 1


def test_documents_of_other_rooms_are_kept_and_undone_as_one(ten: Library, make: Make) -> None:
    book = ten.notebook
    change = book.put("plans", {5: {"a": 1}, 6: {"b": [2]}}, "Two plans made", [make(1).id])
    assert (change.text, change.articles) == ("Two plans made", (make(1).id,))
    assert book.documents("plans") == {5: {"a": 1}, 6: {"b": [2]}}
    book.put("plans", {5: None, 6: {"b": []}}, "Plans changed")
    assert book.documents("plans") == {6: {"b": []}}
    book.undo()
    assert book.documents("plans") == {5: {"a": 1}, 6: {"b": [2]}}
    book.undo()
    assert book.documents("plans") == {}


def test_the_files_are_the_owners_alone(ten: Library, make: Make, folder: Path) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    names = {path.name for path in folder.iterdir()}
    assert {"archive.sqlite3", "archive.sqlite3-wal", "lock", "notebook.0.journal"} <= names
    ten.close()
    names = {path.name for path in folder.iterdir()}
    assert "notebook.json" in names
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_folder_that_holds_other_things_keeps_its_mode(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "letter.txt").write_text("Dear all")
    Library.open(home).close()
    assert stat.S_IMODE(home.stat().st_mode) == 0o755


def test_the_journal_tells_what_changed_in_absolute_terms(
    ten: Library, make: Make, folder: Path
) -> None:
    ids = [make(1).id, make(2).id]
    ten.notebook.mark(ids, read=True)
    ten.notebook.tag(ids[:1], add=["Sea"])
    ten.notebook.flush()
    lines = (folder / "notebook.0.journal").read_text("ascii").splitlines()
    told = [json.loads(line[9:]) for line in lines]
    assert told[0] == {"journal": 1, "generation": 0}
    assert told[1]["changes"] == [{"table": "articles", "ids": ids, "set": {"read": True}}]
    assert told[2]["changes"] == [{"table": "articles", "ids": ids[:1], "set": {"tag:sea": "Sea"}}]
    assert told[1]["at"] <= told[2]["at"]


def test_a_closed_library_says_so(ten: Library, make: Make) -> None:
    ten.close()
    for do in (
        ten.count,
        ten.changes,
        lambda: ten.add([make(20)]),
        lambda: ten.notebook.set_position(make(1).id, 3),
    ):
        with pytest.raises(LibraryError, match="closed"):
            do()


def test_a_mark_is_given_to_all_or_taken_from_all_that_have_it(
    library: Library, make: Make
) -> None:
    library.add([make(1), make(2)])
    ids = [make(1).id, make(2).id]
    book = library.notebook
    book.mark(ids[:1], read=True)
    assert book.toggle(ids, "read").text == "1 article marked read"
    assert [marks.read for marks in book.marks_of(ids).values()] == [True, True]
    assert book.toggle(ids, "read").text == "2 articles marked unread"
    assert book.toggle(ids, "starred").text == "2 articles starred"
    assert book.marks_of([]) == {}
    assert not book.toggle([], "read").text
    with pytest.raises(NotFoundError):
        book.toggle([*ids, make(3).id], "read")
    with pytest.raises(NotFoundError):
        book.marks_of([make(3).id])
