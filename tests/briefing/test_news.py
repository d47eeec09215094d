"""New since you read: the sentences of a stored story's new reports."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.briefing import find_unsaid, new_since
from reader.briefing import news as module
from reader.library import Library
from reader.model import Article, ArticleId, NewSentence, NewSince, Story, article_id

DAY = datetime(2024, 3, 5, 8, tzinfo=UTC)
TEXTS = (
    "The mill at Tarn burned down on Sunday night. Forty firemen could not save its roof.",
    "On Sunday night the mill at Tarn burned down. A spark from the old boiler had lit the flour.",
    (
        "Forty firemen could not save the roof of the mill at Tarn. The owner wants to build it"
        " anew with help from the parish."
    ),
)


def report(number: int, **more: Any) -> Article:
    values = {
        "text": TEXTS[number],
        "language": "en",
        "published": DAY + timedelta(hours=number),
        **more,
    }
    return Article(
        id=article_id(f"news {number}"), identity=f"news {number}", source=f"Outlet {number}",
        title=f"Fire {number}", added=DAY, **values,
    )  # fmt: skip


REPORTS = [report(number) for number in range(3)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with one story of three reports."""
    with Library.open(tmp_path / "library") as opened:
        opened.add(REPORTS)
        opened.stories.update()
        opened.stories.put_into([a.id for a in REPORTS[1:]], REPORTS[0].id)
        yield opened


def story(library: Library) -> Story:
    (found,) = library.stories.of([REPORTS[0].id])
    return found


class Counting:
    """Finds the sentences, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(
        self, articles: Sequence[Article], read: tuple[ArticleId, ...]
    ) -> tuple[NewSentence, ...]:
        self.asked += 1
        return find_unsaid(articles, read)


def test_without_anything_read_or_without_anything_new_nothing_is_new(library: Library) -> None:
    find = Counting()
    assert new_since(library, story(library), find=find).sentences == ()
    library.notebook.mark([a.id for a in REPORTS], read=True)
    assert new_since(library, story(library), find=find).sentences == ()
    assert find.asked == 0


def test_the_new_sentences_come_with_their_reports_and_places(library: Library) -> None:
    first, second, third = REPORTS
    library.notebook.mark([first.id], read=True)
    news = new_since(library, story(library))
    assert [(s.article, s.text.split()[0]) for s in news.sentences] == [
        (second.id, "A"),
        (third.id, "The"),
    ]
    assert news.read == (first.id,)
    assert news.new == (second.id, third.id)
    ((start, end),) = news.places(third.id)
    assert third.text[start:end].startswith("The owner wants")
    library.notebook.mark([second.id], read=True)
    assert [s.article for s in new_since(library, story(library)).sentences] == [third.id]


def test_the_report_that_is_open_counts_as_new_though_opening_marks_it_read(
    library: Library,
) -> None:
    library.notebook.mark([a.id for a in REPORTS], read=True)
    news = new_since(library, story(library), opened=REPORTS[1].id)
    assert news.new == (REPORTS[1].id,)
    assert len(news.places(REPORTS[1].id)) == 1


def test_it_is_found_once_and_anew_when_a_text_or_what_was_read_changes(library: Library) -> None:
    find = Counting()
    library.notebook.mark([REPORTS[0].id], read=True)
    before = new_since(library, story(library), find=find)
    assert new_since(library, story(library), find=find) == before
    assert find.asked == 1
    library.add([report(1, text=f"{TEXTS[1]} The miller slept next door.")])
    assert len(new_since(library, story(library), find=find).sentences) == 3
    library.notebook.mark([REPORTS[2].id], read=True)
    new_since(library, story(library), find=find)
    assert find.asked == 3


def test_a_damaged_file_is_as_good_as_none(library: Library) -> None:
    library.notebook.mark([REPORTS[0].id], read=True)
    before = new_since(library, story(library))
    for file in (library.folder / module.FOLDER).iterdir():
        file.write_bytes(b"not ours")
    assert new_since(library, story(library)) == before


def test_reports_in_a_language_in_which_nothing_was_read_stand_apart(library: Library) -> None:
    german = report(1, text="Die Mühle in Tarn ist abgebrannt. Der Kessel war alt.", language="de")
    library.add([german])
    library.notebook.mark([REPORTS[0].id], read=True)
    news = new_since(library, story(library))
    assert news.apart == (german.id,)
    assert {s.article for s in news.sentences} == {REPORTS[2].id}


def test_of_too_many_new_reports_the_first_are_held_and_the_open_one_always(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_NEW", 1)
    library.notebook.mark([REPORTS[0].id], read=True)
    assert new_since(library, story(library)).apart == (REPORTS[2].id,)
    assert new_since(library, story(library), opened=REPORTS[2].id).new == (REPORTS[2].id,)


def test_nothing_is_the_empty_answer() -> None:
    assert NewSince().places(ArticleId(1)) == ()
