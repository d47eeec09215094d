"""Articles are kept as they came, each once, with all their revisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate.selectors import selector_for
from reader.errors import NotFoundError
from reader.library import Library, parse_query
from reader.model import Annotation, Article, Block, Link, article_id, shown_id

Make = Callable[..., Article]
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def test_an_article_comes_back_as_it_was_given(library: Library, make: Make) -> None:
    given_ = make(
        1,
        url="https://example.org/1",
        author="Ana Núñez",
        published=datetime(2024, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        feed="https://example.org/feed",
        starter=True,
        excerpt=True,
        blocks=(Block(0, 34), Block(36, 57, "quote")),
        links=(Link(4, 11, "https://example.org/harbour"),),
        leftovers=("Share this", "Select language"),
        stripped=3,
    )
    assert library.add([given_]).added == (given_.id,)
    got = library.article(given_.id)
    assert got == given_
    assert got.published is not None
    assert got.published.utcoffset() == timedelta(hours=2)
    row = library.row(given_.id)
    assert (row.title, row.source, row.author) == (given_.title, given_.source, given_.author)
    assert (row.starter, row.excerpt, row.stripped) == (True, True, 3)


def test_the_same_again_changes_nothing(library: Library, make: Make) -> None:
    library.add([make(1)])
    changes = library.changes()
    report = library.add([replace(make(1), added=NOW)])
    assert report.unchanged == (make(1).id,)
    assert library.article(make(1).id) == make(1)
    assert library.changes() >= changes


def test_another_text_is_the_next_revision_and_the_first_is_kept(
    library: Library, make: Make
) -> None:
    first, second = make(1), make(1, text="The harbour is open again.")
    library.add([first])
    assert library.add([second]).changed == (first.id,)
    assert library.article(first.id).revision == 2
    assert library.article(first.id).text == second.text
    assert library.article(first.id, revision=1).text == first.text
    assert library.count(parse_query("closed")) == 0
    assert library.count(parse_query("again")) == 1


def test_what_is_told_anew_is_taken_over_without_a_revision(library: Library, make: Make) -> None:
    library.add([make(1, published=None, author=None), make(2)])
    assert library.ids()[0] == make(1).id, "without a date it sorts by when it came in"
    assert library.add([make(1, author="Ana")]).changed == (make(1).id,)
    got = library.article(make(1).id)
    assert (got.revision, got.author, got.published) == (1, "Ana", make(1).published)
    assert library.ids() == [make(2).id, make(1).id]


def test_what_is_not_told_again_is_not_forgotten(library: Library, make: Make) -> None:
    library.add([make(1, author="Ana")])
    assert library.add([make(1, published=None)]).unchanged == (make(1).id,)
    assert library.article(make(1).id).author == "Ana"


def test_an_article_twice_in_one_import_is_one(library: Library, make: Make) -> None:
    report = library.add([make(1), make(1), make(1, text="New.")])
    assert (len(report.added), len(report.unchanged), len(report.changed)) == (1, 1, 1)
    assert library.count() == 1


def test_articles_come_in_the_order_asked_for(ten: Library, make: Make) -> None:
    ids = [make(n).id for n in (7, 2, 5)]
    assert [article.id for article in ten.articles(ids)] == ids


def test_what_is_not_there_is_said(ten: Library, make: Make) -> None:
    for ask in (ten.article, ten.row, ten.notebook.marks, lambda id_: ten.articles([id_])):
        with pytest.raises(NotFoundError, match=shown_id(make(99).id)):
            ask(make(99).id)
    with pytest.raises(NotFoundError, match="revision 2"):
        ten.article(make(1).id, revision=2)


def test_an_article_is_named_by_a_beginning_of_its_id(library: Library, make: Make) -> None:
    identities = ("id:abc0000000001", "id:0bc0000000001", "id:0bd0000000002", "id:0bd0000000003")
    library.add(
        replace(make(n), id=article_id(identity), identity=identity)
        for n, identity in enumerate(identities[1:])
    )
    assert library.resolve("0bC") == article_id(identities[1])
    assert library.resolve("0bd0000000003") == article_id(identities[3])
    with pytest.raises(NotFoundError, match="More than one article's id begins with “0b”"):
        library.resolve("0b")
    with pytest.raises(NotFoundError, match="no article whose id begins with “7”"):
        library.resolve("7")
    for wrong in ("", "!!", "u" * 20):
        with pytest.raises(NotFoundError, match="is no id"):
            library.resolve(wrong)


def test_a_library_is_new_until_something_was_put_into_it(library: Library, make: Make) -> None:
    assert library.is_new()
    library.add([make(1)])
    library.notebook.mark([make(1).id], removed=True)
    assert library.count() == 0
    assert not library.is_new()


def test_annotations_follow_their_words_into_a_new_revision(library: Library, make: Make) -> None:
    article = make(1)
    library.add([article])
    start = article.text.index("Ships")
    kept = Annotation(
        1, article.id, "note", NOW, NOW, "why?", selector_for(article.text, start, start + 20)
    )
    lost = Annotation(2, article.id, "highlight", NOW, NOW, "", selector_for(article.text, 4, 22))
    whole = Annotation(3, article.id, "note", NOW, NOW, "on all of it")
    for annotation in (kept, lost, whole):
        library.notebook.annotate(annotation)
    library.add([make(1, text="An update.\n\nShips waited outside. It was cold.")])
    new = {annotation.id: annotation for annotation in library.notebook.annotations(article.id)}
    selector = new[1].selector
    assert selector is not None
    assert library.article(article.id).text[selector.start : selector.end] == "Ships waited outside"
    assert [new[n].revision for n in (1, 2, 3)] == [2, 1, 2]
    assert [new[n].orphaned for n in (1, 2, 3)] == [False, True, False]
    assert new[1].body == "why?"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=40), st.text(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_stored_and_found_and_replaced(
    library: Library, make: Make, title: str, text: str, source: str, author: str
) -> None:
    article = make(1, title=title, text=text, source=source, author=author)
    library.add([article])
    got = library.article(article.id)
    expected = text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    assert got.text == expected
    assert [row.id for row in library.find()] == [article.id]
    assert library.check(thorough=True) == []
