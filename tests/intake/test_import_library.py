"""What is imported is kept: new, changed and unchanged articles, marks, starters, progress."""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from reader import resources
from reader.export.json_forms import article_form
from reader.intake import ImportOptions, import_paths, import_starters
from reader.library import Library
from reader.model import AddReport, Article

TEXT = "Bridge {n} opens\nThe city opened its bridge number {n} on Friday, in heavy rain.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    for n in range(3):
        (path / f"{n}.txt").write_text(TEXT.format(n=n))
    return path


def test_the_same_import_again_changes_nothing(library: Library, folder: Path) -> None:
    first = import_paths(library, [str(folder)])
    assert len(first.added) == 3
    before = [library.article(number) for number in first.added]
    again = import_paths(library, [str(folder)])
    assert (again.added, again.changed, again.failed) == ((), (), ())
    assert again.unchanged == first.added
    assert [library.article(number) for number in first.added] == before


def test_a_changed_file_is_a_new_revision_of_the_same_article(
    library: Library, folder: Path
) -> None:
    first = import_paths(library, [str(folder)])
    (folder / "1.txt").write_text(TEXT.format(n=1) + "A ship ran into it on the very first day.\n")
    again = import_paths(library, [str(folder)])
    assert again.changed == (first.added[1],)
    assert len(again.unchanged) == 2
    article = library.article(first.added[1])
    assert article.revision == 2
    assert "A ship ran into it" in article.text


def test_the_good_ones_are_kept_and_the_bad_ones_named(library: Library, folder: Path) -> None:
    (folder / "bad.md").write_text("---\ntitle: [\n---\n")
    report = import_paths(library, [str(folder), "nothing"])
    assert len(report.added) == 3
    assert [Path(failure.input).name for failure in report.failed] == ["bad.md, line 3", "nothing"]


def test_the_marks_of_an_export_come_along_for_what_is_new(library: Library) -> None:
    records = [
        {"id": "a", "title": "A", "text": "x", "tags": ["harbour", "bridges"], "read": True},
        {"id": "b", "title": "B", "text": "y", "tags": ["harbour"], "starred": True},
        {"id": "c", "title": "C", "text": "z", "tags": "not a list, two", "read": "yes"},
    ]
    data = "\n".join(map(json.dumps, records)).encode()
    one, two, three = import_paths(library, ["-"], stdin=io.BytesIO(data)).added
    marks = library.notebook.marks
    assert marks(one).tags == ("bridges", "harbour")
    assert (marks(one).read, marks(one).starred) == (True, False)
    assert marks(two).tags == ("harbour",)
    assert (marks(two).read, marks(two).starred) == (False, True)
    assert not marks(three).read
    library.notebook.tag([one], remove=["harbour"])
    library.notebook.mark([one], read=False)
    import_paths(library, ["-"], stdin=io.BytesIO(data))
    assert marks(one).tags == ("bridges",)
    assert not marks(one).read


def test_what_was_exported_comes_in_the_same(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    ids = import_paths(library, [str(folder)], ImportOptions("Harbour Post")).added
    data = "\n".join(json.dumps(article_form(library.article(number))) for number in ids).encode()
    with Library.open(tmp_path / "other") as other:
        assert import_paths(other, ["-"], stdin=io.BytesIO(data)).added == ids
        for number in ids:
            one, two = article_form(library.article(number)), article_form(other.article(number))
            assert one | {"added": None} == two | {"added": None}


def test_the_starter_articles_come_in_as_such(library: Library) -> None:
    report = import_starters(library)
    assert not report.failed
    assert len(report.added) == len(resources.seeds())
    for number in report.added:
        article = library.article(number)
        assert article.starter
        assert article.source
        assert article.published
        assert article.text
    assert import_starters(library).unchanged == report.added


def test_progress_counts_what_was_read_and_ends_with_all(library: Library, folder: Path) -> None:
    told: list[int] = []
    import_paths(library, [str(folder)], progress=told.append)
    assert told[-1] == 3
    assert told == sorted(told)


def test_a_progress_that_raises_stops_the_import(library: Library, folder: Path) -> None:
    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths(library, [str(folder)], progress=stop)


def test_many_articles_are_stored_in_few_transactions(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    add = Library.add

    def counting(library: Library, articles: Iterable[Article]) -> AddReport:
        batch = list(articles)
        sizes.append(len(batch))
        return add(library, batch)

    monkeypatch.setattr(Library, "add", counting)
    rows = [{"id": str(n), "title": f"T{n}", "text": "x", "language": "en"} for n in range(1203)]
    data = "\n".join(map(json.dumps, rows)).encode()
    report = import_paths(library, ["-"], stdin=io.BytesIO(data))
    assert sizes == [500, 500, 203]
    assert len(set(report.added)) == library.count() == 1203
