"""The library forms stories of what comes in, and keeps them as the reader corrected them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import NotFoundError
from reader.library import Library, parse_query
from reader.model import Article, ArticleId, article_id, shown_id

DAY = datetime(2024, 3, 5, 8, tzinfo=UTC)
FERRY = (
    (
        "Ferry runs aground off Lindholm island",
        (
            "A ferry with 140 passengers ran aground off "
            "Lindholm island. Lifeboats took everybody off. The coastguard said nobody was hurt."
        ),
    ),
    (
        "Passengers rescued after ferry grounding at Lindholm",
        (
            "Lifeboats took 140 people off a "
            "ferry that had run onto rocks near Lindholm island, the coastguard said."
        ),
    ),
    (
        "Lindholm ferry had been late, company says",
        (
            "The ferry that ran aground at Lindholm island "
            "was late, said the company. Lifeboats had taken its 140 passengers off."
        ),
    ),
)
BUDGET = (
    (
        "Parliament passes the budget after a night of votes",
        (
            "The budget passed by three votes "
            "after a debate until dawn. The finance minister spoke of a compromise on pensions."
        ),
    ),
    (
        "Budget through by three votes",
        (
            "After a debate that lasted until dawn parliament passed "
            "the budget, with a compromise on pensions for which the finance minister had asked."
        ),
    ),
)


def reports(texts: tuple[tuple[str, str], ...], *, days: float = 0.0) -> list[Article]:
    """Make one report an hour, of different outlets."""
    return [
        Article(
            id=article_id(f"title:{n}\t{title}"),
            identity=f"title:{n}\t{title}",
            source=f"Outlet {n}",
            title=title,
            text=text,
            added=DAY,
            language="en",
            published=DAY + timedelta(days=days, hours=n),
        )
        for n, (title, text) in enumerate(texts)
    ]


def members(library: Library) -> list[set[ArticleId]]:
    return [set(story.articles) for story in library.stories.of()]


def test_reports_of_one_event_become_one_story_whenever_they_come(library: Library) -> None:
    ferry, budget = reports(FERRY), reports(BUDGET)
    for article in (ferry[0], budget[0], *ferry[1:], budget[1]):
        library.add([article])
        assert library.stories.update() == 1
    assert library.stories.update() == 0
    first, second = library.stories.of()
    assert set(first.articles) == {article.id for article in ferry}
    assert set(second.articles) == {article.id for article in budget}
    assert first.sources == ("Outlet 0", "Outlet 1", "Outlet 2")
    assert first.id == ferry[0].id
    assert "Lindholm" in first.terms
    assert library.row(ferry[1].id).story == first.id


def test_all_at_once_gives_the_same_stories(library: Library) -> None:
    library.add([*reports(FERRY), *reports(BUDGET)])
    assert library.stories.update() == 5
    assert [len(story.articles) for story in library.stories.of()] == [3, 2]


def test_an_article_alone_is_in_no_story(library: Library) -> None:
    alone = reports(FERRY[:1])
    library.add(alone)
    library.stories.update()
    assert library.row(alone[0].id).story is None
    assert library.stories.of() == []
    with pytest.raises(NotFoundError, match="no story"):
        library.stories.story(alone[0].id)


def test_stories_are_searched_and_named_like_articles(library: Library) -> None:
    library.add([*reports(FERRY), *reports(BUDGET)])
    library.stories.update()
    story = library.stories.of()[0]
    shown = shown_id(story.id)
    assert library.stories.resolve(shown[:6]) == story.id
    assert set(library.ids(parse_query(f"story:{shown}"))) == set(story.articles)
    assert library.stories.of([story.articles[1]]) == [story]
    with pytest.raises(NotFoundError):
        library.stories.resolve("zz")


def test_what_was_taken_out_stays_out_until_it_is_undone(library: Library) -> None:
    ferry = reports(FERRY)
    library.add(ferry[:2])
    library.stories.update()
    change = library.stories.take_out([ferry[1].id])
    assert change.text == "1 article taken out of the story"
    assert members(library) == []
    library.add(ferry[2:])
    library.stories.update()
    assert members(library) == [{ferry[0].id, ferry[2].id}]
    library.notebook.undo()
    assert members(library) == [{article.id for article in ferry}]
    library.notebook.redo()
    assert members(library) == [{ferry[0].id, ferry[2].id}]


def test_merged_stories_stay_merged_and_take_what_comes_later(library: Library) -> None:
    ferry, budget = reports(FERRY), reports(BUDGET)
    library.add([*ferry[:2], *budget])
    library.stories.update()
    one, two = library.stories.of()
    library.stories.merge(one.id, two.id)
    assert members(library) == [{*one.articles, *two.articles}]
    library.add(ferry[2:])
    library.stories.update()
    assert members(library) == [{*(a.id for a in ferry), *(a.id for a in budget)}]
    library.notebook.undo()
    assert len(members(library)) == 2


def test_an_article_can_be_put_into_a_story_or_to_another_one(library: Library) -> None:
    ferry, budget = reports(FERRY[:2]), reports(BUDGET[:1])
    library.add([*ferry, *budget])
    library.stories.update()
    (story,) = library.stories.of()
    library.stories.put_into([budget[0].id], story.id)
    assert members(library) == [{*(a.id for a in ferry), budget[0].id}]
    library.notebook.undo()
    library.stories.take_out([ferry[1].id])
    library.stories.put_into([ferry[1].id], budget[0].id)
    assert members(library) == [{ferry[1].id, budget[0].id}]


def test_corrections_outlive_the_program_and_reach_a_second_one(tmp_path: Path) -> None:
    ferry = reports(FERRY)
    with Library.open(tmp_path / "library") as library:
        library.add(ferry)
        library.stories.update()
        library.stories.take_out([ferry[0].id])
    with Library.open(tmp_path / "library") as library:
        assert members(library) == [{ferry[1].id, ferry[2].id}]


def test_removed_articles_are_in_no_story(library: Library) -> None:
    ferry = reports(FERRY)
    library.add(ferry)
    library.stories.update()
    library.notebook.mark([ferry[0].id], removed=True)
    library.notebook.flush()
    assert members(library) == [{ferry[1].id, ferry[2].id}]
