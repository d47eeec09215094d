"""Revisions: when each came, and which articles changed after they were read."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from reader.errors import NotFoundError
from reader.library import Library

Make = Any


def test_an_article_tells_its_revisions_and_when_each_came(library: Library, make: Make) -> None:
    first = make(1)
    later = first.added + timedelta(hours=3)
    library.add([first])
    library.add([make(1, text="Another text.", added=later, title="Another title")])
    one, two = library.revisions.of(first.id)
    assert (one.number, one.came, one.title) == (1, first.added, first.title)
    assert (two.number, two.came, two.title) == (2, later, "Another title")
    assert library.article(first.id).added == first.added


def test_the_time_of_a_revision_stays_when_only_a_link_comes(library: Library, make: Make) -> None:
    later = make(1).added + timedelta(hours=3)
    library.add([make(1)])
    library.add([make(1, text="Another text.", added=later)])
    library.add([make(1, text="Another text.", author="N. N.", added=later + timedelta(days=1))])
    assert [r.came for r in library.revisions.of(make(1).id)][1:] == [later]


def test_only_what_was_read_before_it_changed_is_told_as_changed(
    library: Library, make: Make
) -> None:
    read, unread = make(1), make(2)
    library.add([read, unread])
    library.notebook.mark([read.id], read=True)
    library.notebook.settle()
    for text in ("Changed once.", "Changed twice."):
        library.add([make(1, text=text), make(2, text=text)])
    assert library.revisions.unseen([read.id, unread.id]) == {read.id: 1}


def test_what_was_seen_is_not_told_again(library: Library, make: Make) -> None:
    library.add([make(1)])
    library.notebook.mark([make(1).id], read=True)
    library.notebook.settle()
    library.add([make(1, text="Changed.")])
    library.revisions.seen(make(1).id)
    assert library.revisions.unseen([make(1).id]) == {}
    library.add([make(1, text="Changed again.")])
    assert library.revisions.unseen([make(1).id]) == {make(1).id: 2}


def test_an_article_that_is_unread_again_is_not_told(library: Library, make: Make) -> None:
    library.add([make(1)])
    library.notebook.mark([make(1).id], read=True)
    library.notebook.settle()
    library.add([make(1, text="Changed.")])
    library.notebook.mark([make(1).id], read=False)
    library.notebook.settle()
    assert library.revisions.unseen([make(1).id]) == {}


def test_revisions_from_before_their_time_was_noted_have_none(library: Library, make: Make) -> None:
    library.add([make(1)])
    library.add([make(1, text="Changed.")])
    with library._archive.writing() as connection:
        connection.execute("DELETE FROM revision_times")
    times: list[datetime | None] = [r.came for r in library.revisions.of(make(1).id)]
    assert times == [make(1).added, None]


def test_an_article_that_is_not_there_has_no_revisions(library: Library, make: Make) -> None:
    with pytest.raises(NotFoundError):
        library.revisions.of(make(7).id)
