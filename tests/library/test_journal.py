"""The journal loses nothing that was acknowledged, whatever is cut, damaged or taken away."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.table import Document

from reader.library import Library
from reader.library.journal import Edit, Entry, Journal, encode, header, read_lines
from reader.library.snapshot import apply
from reader.library.store import JournalStorage
from reader.library.table import JournalTable
from reader.model import Article

Make = Callable[..., Article]

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
EDITS = st.builds(
    Edit,
    table=st.sampled_from(["articles", "annotations", "plans"]),
    ids=st.lists(st.integers(1, 2**63 - 1), min_size=1, max_size=3).map(tuple),
    set=st.none() | st.dictionaries(st.text(max_size=8), VALUES, min_size=1, max_size=3),
)
ENTRIES = st.builds(
    Entry, at=st.integers(0, 2**45), edits=st.lists(EDITS, min_size=1, max_size=3).map(tuple)
)


@given(st.lists(ENTRIES, max_size=6))
def test_what_is_written_is_what_is_read(entries: list[Entry]) -> None:
    data = header(3) + b"".join(map(encode, entries))
    reading = read_lines(data, 0, last=False)
    assert [entry for _, entry in reading.entries] == entries
    assert (reading.end, reading.damaged, reading.format) == (len(data), 0, 1)


def test_a_journal_cut_at_any_byte_loses_only_the_line_that_was_cut() -> None:
    entries = [Entry(n, (Edit("articles", (n,), {"read": True}),)) for n in range(1, 6)]
    lines = [header(0), *map(encode, entries)]
    data = b"".join(lines)
    ends = [len(b"".join(lines[: n + 1])) for n in range(len(lines))]
    for cut in range(len(data) + 1):
        reading = read_lines(data[:cut], 0, last=True)
        # without its newline a line is still whole
        whole = sum(end - 1 <= cut for end in ends[1:])
        assert [entry for _, entry in reading.entries] == entries[:whole]
        clean = cut in {0, *ends, *(end - 1 for end in ends)}
        assert reading.damaged == (0 if clean else 1)
        unsettled = read_lines(data[:cut], 0, last=False)
        assert unsettled.damaged == 0, "another process may be just writing it"


def test_a_flipped_byte_anywhere_costs_nothing_and_is_counted() -> None:
    entries = [Entry(n, (Edit("articles", (n,), {"read": True}),)) for n in range(1, 5)]
    data = header(0) + b"".join(map(encode, entries))
    for at in range(len(data)):
        for byte in {data[at] ^ 0x01, data[at] ^ 0x20, data[at] ^ 0xFF, 10} - {data[at]}:
            flipped = data[:at] + bytes([byte]) + data[at + 1 :]
            reading = read_lines(flipped, 0, last=True)
            assert [entry for _, entry in reading.entries] == entries, (at, byte)
            assert (reading.damaged, reading.format) == (0, 1)
            assert reading.mended == 1 or chr(data[at]).upper() == chr(byte), "a digit of the sum"


@settings(max_examples=200)
@given(st.data())
def test_two_flipped_bytes_in_a_line_cost_that_line_alone(data: st.DataObject) -> None:
    entries = [Entry(n, (Edit("articles", (n,), {"read": True}),)) for n in range(1, 4)]
    lines = [encode(entry) for entry in entries]
    places = data.draw(
        st.lists(st.integers(0, len(lines[1]) - 2), min_size=2, max_size=2, unique=True)
    )
    damaged = bytearray(lines[1])
    for at in places:
        damaged[at] ^= data.draw(st.integers(1, 255).filter(lambda d, at=at: damaged[at] ^ d != 10))
    reading = read_lines(lines[0] + bytes(damaged) + lines[2], 0, last=True)
    assert [entry for _, entry in reading.entries] == [entries[0], entries[2]]
    assert reading.damaged == 1


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    reading = read_lines(data, 0, last=True)
    assert reading.end == len(data)


def test_after_a_cut_line_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "notebook.0.journal"
    first, second = (Entry(n, (Edit("articles", (n,), {"read": True}),)) for n in (1, 2))
    path.write_bytes(header(0) + encode(first) + encode(second)[:20])
    journal = Journal(path, 0)
    appended = journal.append([second], 0)
    reading = journal.read(0)
    journal.close()
    assert [entry for _, entry in reading.entries] == [first, second]
    assert reading.damaged == 1
    assert appended.ends == [path.stat().st_size]
    assert [entry for _, entry in appended.others.entries] == [first]


def test_entries_are_applied_twice_without_harm() -> None:
    entries = [
        Entry(1, (Edit("articles", (1, 2), {"read": True, "tag:a": "A"}),)),
        Entry(2, (Edit("articles", (1,), {"read": False, "tag:a": None, "tag:b": "B"}),)),
        Entry(3, (Edit("notes", (9,), put={"x": 1}), Edit("notes", (8,)))),
    ]
    once: dict[str, dict[str, dict[str, object]]] = {}
    apply(entries, once)
    twice: dict[str, dict[str, dict[str, object]]] = {}
    apply([*entries, *entries], twice)
    assert once == twice
    assert once["articles"]["1"]["tags"] == ["B"]
    assert once["articles"]["1"]["tags_at"] == {"a": 2, "b": 2}
    assert once["articles"]["2"] == {"read": True, "read_at": 1, "tags": ["A"], "tags_at": {"a": 1}}
    assert once["notes"] == {"9": {"x": 1}}


def test_every_cut_of_a_libraries_journal_opens_with_what_was_whole(
    ten: Library, make: Make, tmp_path: Path, folder: Path
) -> None:
    for n in range(4):
        ten.notebook.mark([make(n).id], read=True)
        ten.notebook.flush()
    data = (folder / "notebook.0.journal").read_bytes()
    archive = tmp_path / "archive.sqlite3"
    ten.close()
    with Library.open(folder) as fresh, fresh._archive.reading() as connection:
        connection.execute("VACUUM INTO ?", (str(archive),))
    ends = [at + 1 for at, byte in enumerate(data) if byte == 10]
    for cut in range(ends[1], len(data) + 1, 13):
        copy = tmp_path / f"cut-{cut}"
        copy.mkdir()
        shutil.copy(archive, copy / "archive.sqlite3")
        (copy / "notebook.0.journal").write_bytes(data[:cut])
        with Library.open(copy) as library:
            read = [library.notebook.marks(make(n).id).read for n in range(4)]
            whole = sum(end - 1 <= cut for end in ends[1:])
            assert read == [n < whole for n in range(4)]
            clean = cut in ends or cut + 1 in ends
            assert [("could not be read" in notice) for notice in library.notices] == (
                [] if clean else [True]
            )
            assert library.check() == []
        shutil.rmtree(copy)


def test_a_journal_that_is_deleted_is_put_back(ten: Library, make: Make, folder: Path) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    (folder / "notebook.0.journal").unlink()
    ten.notebook.mark([make(2).id], read=True)
    ten.notebook.flush()
    ten.close()
    with Library.open(folder) as again:
        assert again.notebook.marks(make(1).id).read
        assert again.notebook.marks(make(2).id).read


@pytest.fixture
def table(tmp_path: Path) -> JournalTable:
    return JournalTable(JournalStorage(tmp_path / "notebook.json"), "plans")


def test_the_whole_of_tinydbs_api_works_on_a_journalled_table(
    table: JournalTable, tmp_path: Path
) -> None:
    table.insert(Document({"name": "a", "n": 1}, 1))
    table.insert_multiple([Document({"name": "b", "n": 2}, 2), Document({"name": "c"}, 3)])
    fresh = table.insert({"name": "d"})
    assert fresh > 0
    table.update({"n": 5}, where("name") == "a")
    table.update({"n": 6}, doc_ids=[2])
    table.upsert({"name": "c", "n": 7}, where("name") == "c")
    table.remove(doc_ids=[fresh])
    assert table.count(where("n") >= 5) == 3
    assert sorted(d["n"] for d in table.search(where("n").exists())) == [5, 6, 7]
    assert table.get(doc_id=2) == {"name": "b", "n": 6}
    assert table.contains(where("name") == "b")
    storage = table.storage
    assert isinstance(storage, JournalStorage)
    storage.flush(5)
    other = JournalTable(JournalStorage(tmp_path / "notebook.json"), "plans")
    assert isinstance(other.storage, JournalStorage)
    assert other.all() == table.all()
    with TinyDB(tmp_path / "notebook.json", storage=_given(storage)) as database:
        assert database.tables() == {"plans"}
        database.drop_tables()
        storage.flush(5)
    assert other.all() == []
    other.storage.close()


def _given(storage: JournalStorage) -> Callable[..., JournalStorage]:
    return lambda _path: storage


def test_a_flipped_byte_in_a_libraries_journal_loses_nothing_and_is_said(
    ten: Library, make: Make, folder: Path, tmp_path: Path
) -> None:
    for n in range(3):
        ten.notebook.mark([make(n).id], read=True)
        ten.notebook.flush()
    killed = Path(shutil.copytree(folder, tmp_path / "killed"))
    data = bytearray((killed / "notebook.0.journal").read_bytes())
    data[data.index(b"read")] ^= 2
    (killed / "notebook.0.journal").write_bytes(data)
    with Library.open(killed) as again:
        assert all(again.notebook.marks(make(n).id).read for n in range(3))
        assert ["set right" in notice for notice in again.notices] == [True]
        assert again.check(thorough=True) == []
    assert list(killed.glob("notebook.0.journal.damaged-*"))
