"""Documents on the disk: safe names, whole files, edits respected."""

import csv
import io
import os
import stat
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.export.csv import csv_table
from reader.export.files import safe_name, write_document, write_sealed
from reader.export.jsonld import Own
from reader.model import Annotation, Article, Selector, article_id

NOW = datetime(2024, 3, 5, tzinfo=UTC)
ARTICLE = Article(article_id("id:x"), "id:x", "Herald", "Rain", "It rained.", NOW, published=NOW)


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", "NUL", "CON.txt", "-rf", ".hidden", "", "x" * 300, "日" * 300, "a\x00b",
     "a\nb", "\u202etxt.exe", "~/x", "$(rm)", "%s", "..", "a:b|c?d*e"],
)  # fmt: skip
def test_a_name_stays_inside_the_folder(title: str) -> None:
    name = safe_name(replace(ARTICLE, title=title), ".md")
    assert Path(name).name == name
    assert name[0].isdigit()
    assert name.endswith(".md")
    assert len(name.encode()) < 200
    assert not set(name) & set('/\\:*?"<>|\0\n\x1b')


@given(st.text(max_size=200))
def test_any_title_gives_a_name_that_can_be_written(title: str) -> None:
    name = safe_name(replace(ARTICLE, title=title, published=None), ".md")
    assert Path(name).name == name
    assert name.startswith("undated ")
    assert name.isprintable()
    assert len(name.encode()) < 200


def test_articles_of_the_same_title_have_names_of_their_own() -> None:
    other = replace(ARTICLE, id=article_id("id:y"))
    assert safe_name(ARTICLE, ".md") != safe_name(other, ".md")


def test_a_document_is_written_with_the_rights_that_documents_have(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    write_document(file, "Größe \ud800")
    assert file.read_text() == "Größe \\ud800"
    assert stat.S_IMODE(file.stat().st_mode) & 0o600 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    link = tmp_path / "out.md"
    link.symlink_to(precious)
    write_document(link, "new")
    assert precious.read_text() == "mine"
    assert link.read_text() == "new"


def test_a_link_to_a_pipe_or_a_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for target in ("pipe", "folder", "nowhere"):
        link = tmp_path / "out.md"
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / target)
        write_document(link, "new")
        assert not link.is_symlink()
        assert link.read_text() == "new"
    assert not list((tmp_path / "folder").iterdir())


def test_two_names_that_a_disk_could_take_for_one_differ_by_their_ids(tmp_path: Path) -> None:
    titles = ("Caf\u00e9", "Cafe\u0301", "CAFÉ", "café.", "café ", "c\uff41fé")
    names = {
        safe_name(replace(ARTICLE, id=article_id(f"id:{n}"), title=title), ".md")
        for n, title in enumerate(titles)
    }
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names}
    assert len(folded) == len(titles)


def test_a_folder_or_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        write_document(tmp_path, "x")
    with pytest.raises(InputError, match="gone"):
        write_document(tmp_path / "gone" / "x", "x")


def test_a_file_that_was_edited_is_left_as_it_is_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    assert write_sealed(file, "one\n")
    assert write_sealed(file, "two\n")
    file.write_text(file.read_text().replace("two", "two, and my own words"))
    assert not write_sealed(file, "three\n")
    assert "my own words" in file.read_text()
    assert write_sealed(file, "three\n", force=True)
    assert "three" in file.read_text()


def test_a_file_of_someone_else_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    for content in (b"mine", b"\xff\xfe", b""):
        file.write_bytes(content)
        assert not write_sealed(file, "new\n")
        assert file.read_bytes() == content


def test_the_same_text_again_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    write_sealed(file, "one\n")
    before = file.stat()
    assert write_sealed(file, "one\n")
    assert file.stat().st_ino == before.st_ino


def test_the_table_has_a_row_for_each_note_and_one_for_an_article_without() -> None:
    note = Annotation(7, ARTICLE.id, "note", NOW, NOW, 'a, "b"\nc', Selector(3, 9, "rained"))
    bare = replace(ARTICLE, id=article_id("id:y"), title="Snow")
    table = csv_table([Own(ARTICLE, ("t", "u"), (note, note)), Own(bare, (), ())])
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["title"] for row in rows] == ["Rain", "Rain", "Snow"]
    assert rows[0]["note"] == 'a, "b"\nc'
    assert rows[0]["quote"] == "rained"
    assert rows[0]["tags"] == "t, u"
    assert rows[2]["kind"] == ""


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_no_cell_is_a_formula(title: str) -> None:
    table = csv_table([Own(replace(ARTICLE, title=title), (), ())])
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["title"][0] == "'"
