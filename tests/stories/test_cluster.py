"""Stories form by themselves as articles come in, and stay as the reader corrected them."""

import itertools
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.model import Article, article_id
from reader.stories import Clusterer
from reader.stories.features import Frequencies, dot, prior, terms_of

DAY = datetime(2024, 3, 5, 8, tzinfo=UTC)


def report(source: str, title: str, text: str, *, days: float | None = 0.0) -> Article:
    """Make an article that was published so many days after DAY (None: not known when)."""
    identity = f"title:{source}\t{title}"
    return Article(
        article_id(identity),
        identity,
        source,
        title,
        text,
        added=DAY,
        language="en",
        published=None if days is None else DAY + timedelta(days=days),
    )


FERRY_A = report(
    "Harbour",
    "Ferry runs aground off Lindholm island",
    "A ferry with 140 passengers ran aground off Lindholm island on Tuesday morning. "
    "All passengers were taken off by lifeboats. The coastguard said nobody was hurt.",
)
FERRY_B = report(
    "Wire",
    "Passengers rescued after ferry grounding at Lindholm",
    "Lifeboats took 140 people off a ferry that had run onto rocks near Lindholm island. "
    "The coastguard is looking into the grounding; no passenger was injured.",
    days=0.2,
)
BUDGET = report(
    "Wire",
    "Parliament passes the budget after a night of votes",
    "The budget passed by three votes after a debate that lasted until dawn. "
    "The finance minister spoke of a good compromise on pensions and taxes.",
    days=0.3,
)


def grouped(articles: list[Article]) -> list[set[int]]:
    """Return the stories as sets of article ids, those alone included."""
    clusterer = Clusterer()
    found: dict[int, set[int]] = {}
    for article in articles:
        found.setdefault(clusterer.add(article), set()).add(article.id)
    return list(found.values())


def test_two_reports_of_one_event_are_one_story_and_another_event_stands_alone() -> None:
    assert grouped([FERRY_A, FERRY_B, BUDGET]) == [{FERRY_A.id, FERRY_B.id}, {BUDGET.id}]


def test_a_story_tells_its_outlets_its_times_and_why_it_belongs_together() -> None:
    clusterer = Clusterer()
    for article in (FERRY_A, FERRY_B, BUDGET):
        clusterer.add(article)
    (story,) = clusterer.stories()
    assert story.sources == ("Harbour", "Wire")
    assert (story.first, story.last) == (FERRY_A.published, FERRY_B.published)
    assert {"Ferry", "Lindholm"} <= set(story.terms)
    assert "budget" not in " ".join(story.terms).lower()
    assert clusterer.single() == [BUDGET.id]


def test_the_same_words_weeks_later_are_another_story() -> None:
    later = report("Wire", FERRY_B.title, FERRY_B.text, days=21)
    assert len(grouped([FERRY_A, later])) == 2


def test_an_article_without_a_date_joins_by_its_content_alone() -> None:
    undated = report("Wire", FERRY_B.title, FERRY_B.text, days=None)
    assert grouped([FERRY_A, undated, BUDGET]) == [{FERRY_A.id, undated.id}, {BUDGET.id}]


def test_the_starter_articles_form_one_story_for_each_event() -> None:
    from reader import resources
    from reader.intake import read_paths

    paths = resources.seeds()
    clusterer = Clusterer()
    story_of = {
        Path(path).name.split("-")[1]: set()
        for path in map(str, paths)  # NN-event-outlet.md
    }
    for path in paths:
        (article,) = read_paths([str(path)])
        assert isinstance(article, Article), article
        story_of[path.name.split("-")[1]].add(clusterer.add(article))
    assert all(len(stories) == 1 for stories in story_of.values()), story_of
    assert len(set.union(*story_of.values())) == len(story_of)


def test_the_five_documents_are_one_story_in_an_empty_library_with_or_without_a_date(
    shared: Path,
) -> None:
    from reader.intake import ImportOptions, read_paths

    paths = [str(path) for path in sorted(shared.joinpath("seeds").glob("*.txt"))]
    for published in (datetime(2025, 7, 4, tzinfo=UTC), None):
        clusterer = Clusterer()
        stories = {
            clusterer.add(article)
            for article in read_paths(paths, ImportOptions(published=published))
            if isinstance(article, Article)
        }
        assert len(stories) == 1


def test_the_five_documents_join_the_story_of_the_starter_articles_about_their_event(
    shared: Path,
) -> None:
    from reader import resources
    from reader.intake import ImportOptions, read_paths

    starters = [str(path) for path in resources.seeds()]
    paths = [str(path) for path in sorted(shared.joinpath("seeds").glob("*.txt"))]
    for published in (datetime(2025, 7, 4, tzinfo=UTC), None):
        clusterer = Clusterer()
        for article in read_paths(starters):
            clusterer.add(article)
        before = {story.id: len(story.articles) for story in clusterer.stories()}
        (joined,) = {
            clusterer.add(article)
            for article in read_paths(paths, ImportOptions(published=published))
        }
        after = {story.id: len(story.articles) for story in clusterer.stories()}
        assert after == before | {joined: before[joined] + len(paths)}


def test_labelled_news_form_the_stories_that_people_saw_in_them(shared: Path) -> None:
    """B-cubed F1 (Bagga and Baldwin, 1998) of at least .94; the table is in docs/quality.md."""
    lines = shared.joinpath("stories", "dev.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = [json.loads(line) for line in lines]
    clusterer = Clusterer()
    gold, found = [], []
    for item in labelled:
        published = datetime.fromisoformat(item["published"]).replace(tzinfo=UTC)
        article = report(item["source"], item["title"], item["text"])
        identity = f"id:{item['id']}"
        found.append(
            clusterer.add(
                Article(
                    article_id(identity),
                    identity,
                    article.source,
                    article.title,
                    article.text,
                    added=DAY,
                    language="en",
                    published=published,
                )
            )
        )
        gold.append(item["story"])
    both, in_gold, in_found = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / in_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / in_gold[pair[0]] for pair in pairs) / len(pairs)
    assert 2 * precision * recall / (precision + recall) >= 0.94


def test_the_shipped_table_knows_common_words_from_rare_ones() -> None:
    table = prior("en")
    assert table["time"] > table["ferri"]
    assert prior("xx") == {}
    assert prior("../../seeds/x") == {}


def test_a_term_that_all_articles_share_tells_less_the_more_of_them_there_are() -> None:
    frequencies = Frequencies()
    before = frequencies.idf("lindholm", "en")
    for _ in range(50):
        frequencies.add(["lindholm"])
    assert 0 <= frequencies.idf("lindholm", "en") < before


@pytest.mark.parametrize("language", ["en", "zh", "xx", None])
def test_vectors_have_length_one_or_nothing_in_them(language: str | None) -> None:
    for text in ("Ferry aground at Lindholm 渡轮搁浅", "", "the of and"):
        vector = Frequencies().vector(terms_of("", text, language).weights, language)
        assert not vector or dot(vector, vector) == pytest.approx(1)


def test_the_same_articles_in_the_same_order_give_the_same_stories() -> None:
    for order in itertools.permutations([FERRY_A, FERRY_B, BUDGET]):
        assert grouped(list(order)) == grouped(list(order))
        assert {FERRY_A.id, FERRY_B.id} in grouped(list(order))
