"""Articles that were kept long enough go, and their space with them; what was worked on stays."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Loopback, rss
from teasers import QUICK

from reader.errors import NotFoundError
from reader.intake import rules
from reader.intake.feed_settings import FeedSettings
from reader.intake.round import fetch_round
from reader.library import Library, parse_query
from reader.model import Annotation, Article, ArticleId, Subscription, article_id, identity_of

TITLES = ("Unread", "Read", "Starred", "Tagged", "Noted", "Newest")


def note(library: Library, id_: ArticleId) -> None:
    now = datetime.now(UTC)
    library.notebook.annotate(Annotation(1, id_, "note", now, now, body="mine"))


def worked_on(library: Library, server: Loopback) -> tuple[Subscription, dict[str, ArticleId]]:
    """Return a feed, all read but "Unread" and "Newest", and the ids of its articles by title."""
    address = server.url("/feed")
    server.page("/feed", rss(*TITLES))
    feed = Subscription(address, address, tags=("daily",))
    library.feeds.put([feed], "subscribed")
    fetch_round(library, None, FeedSettings(), QUICK)
    library.stories.update()
    ids = {row.title: row.id for row in library.find()}
    notebook = library.notebook
    notebook.mark([ids[t] for t in TITLES if t != "Unread"], read=True)
    notebook.mark([ids["Starred"]], starred=True)
    notebook.tag([ids["Tagged"]], add=["keep"])
    note(library, ids["Noted"])
    notebook.mark([ids["Newest"]], read=False)
    notebook.flush()
    return feed, ids


LATER = datetime.now(UTC) + timedelta(days=31)


def keep_days(library: Library, feed: Subscription, days: int | None) -> None:
    library.feeds.put([replace(feed, keep_days=days)], "kept otherwise")


def test_only_read_articles_without_any_work_on_them_are_retired(
    server: Loopback, library: Library
) -> None:
    feed, ids = worked_on(library, server)
    assert rules.retire(library, FeedSettings(), now=LATER) == ()
    assert rules.retire(library, FeedSettings(keep_days=40), now=LATER) == ()
    keep_days(library, feed, 0)
    assert rules.retire(library, FeedSettings(keep_days=30), now=LATER) == ()
    keep_days(library, feed, 30)
    assert rules.retire(library, FeedSettings(), now=LATER) == (ids["Read"],)
    assert {row.title for row in library.find()} == set(TITLES) - {"Read"}
    assert rules.retire(library, FeedSettings(), now=LATER) == ()


def test_what_another_reader_has_just_starred_or_noted_stays_though_the_mirror_lags(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, ids = worked_on(library, server)
    keep_days(library, feed, 30)
    library.notebook.mark([ids["Unread"]], read=True)
    library.notebook.flush()
    with Library.open(library.folder) as other:
        for each in (library, other):
            monkeypatch.setattr(each._storage, "mirror", lambda: None)
        other.notebook.mark([ids["Read"]], starred=True)
        now = datetime.now(UTC)
        other.notebook.annotate(Annotation(2, ids["Unread"], "note", now, now, body="mine"))
        other.notebook.flush()
        assert rules.retire(library, FeedSettings(), now=LATER) == ()
        monkeypatch.undo()


def test_what_was_retired_leaves_nothing_behind_and_does_not_come_back(
    server: Loopback, library: Library
) -> None:
    feed, ids = worked_on(library, server)
    keep_days(library, feed, 30)
    rules.retire(library, FeedSettings(), now=LATER)
    with pytest.raises(NotFoundError):
        library.article(ids["Read"])
    assert library.count(parse_query("title:read")) == 0
    assert ids["Read"] not in library.notebook.documents("articles")
    assert library.check(thorough=True) == []
    server.page("/feed", rss(*TITLES, "Another"))
    report = fetch_round(library, None, FeedSettings(), QUICK).fetched
    assert len(report.added) == 1
    assert ids["Read"] not in (*report.added, *report.changed, *report.unchanged)
    assert library.count(parse_query("title:read")) == 0


def test_what_was_retired_is_new_again_where_one_imports_it(
    server: Loopback, library: Library
) -> None:
    feed, ids = worked_on(library, server)
    article = library.article(ids["Read"])
    keep_days(library, feed, 30)
    rules.retire(library, FeedSettings(), now=LATER)
    assert library.add([article]).added == (article.id,)
    assert not library.row(article.id).marks.read
    assert library.feeds.retiring.known([article.id]) == set()


def test_a_removal_by_hand_can_be_undone_until_it_is_as_old_as_articles_are_kept(
    server: Loopback, library: Library
) -> None:
    feed, ids = worked_on(library, server)
    keep_days(library, feed, 30)
    library.notebook.mark([ids["Read"], ids["Unread"]], removed=True)
    soon = datetime.now(UTC) + timedelta(days=29)
    assert rules.retire(library, FeedSettings(), now=soon) == ()
    library.notebook.undo()
    assert {"Read", "Unread"} <= {row.title for row in library.find()}
    library.notebook.redo()
    assert set(rules.retire(library, FeedSettings(), now=LATER)) == {ids["Read"], ids["Unread"]}
    assert library.check() == []


def test_retention_gives_the_space_back(tmp_path: Path) -> None:
    key = "https://herald.example/feed"
    with Library.open(tmp_path / "large") as library:
        library.feeds.put([Subscription(key, key, keep_days=30)], "subscribed")
        library.add(_report(n, key) for n in range(600))
        library.stories.update()
        library.notebook.mark(library.ids()[100:], read=True)
        library.notebook.flush()
    file = tmp_path / "large" / "archive.sqlite3"
    before = file.stat().st_size
    with Library.open(tmp_path / "large") as library:
        assert len(rules.retire(library, FeedSettings(), now=LATER)) >= 499
        assert library.count() <= 101
        assert library.check(thorough=True) == []
    assert file.stat().st_size < 0.4 * before


ENDS = [f"{a}{b}{c}" for a in "bdfgkl" for b in "aeiou" for c in ("rn", "st")]


def _report(n: int, key: str) -> Article:
    chance = random.Random(n)
    words = [f"{chance.choice(ENDS)}{chance.choice(ENDS)}" for _ in range(200)]
    identity = identity_of(feed=key, guid=str(n))
    return Article(
        article_id(identity), identity, "Herald", f"Report {n}", " ".join(words),
        datetime.now(UTC) - timedelta(days=n / 20), feed=key, language="en",
    )  # fmt: skip
