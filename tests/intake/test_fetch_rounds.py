"""After the fetch: rules, texts completed from their pages, articles kept long enough."""

from dataclasses import replace
from pathlib import Path

from loopback import Loopback, rss
from teasers import QUICK, subscribe

from reader.intake.feed_settings import FeedSettings, load_feed_settings
from reader.intake.round import fetch_round, try_rules
from reader.library import Library, parse_query


def settings(tmp_path: Path, text: str) -> FeedSettings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    found, problems = load_feed_settings(file)
    assert problems == []
    return found


RULES = """
[[rules]]
match = "football"
do = ["ignore"]

[[rules]]
match = "title:ferry"
feed = "The Orrin"
do = ["star", "tag:harbour"]

[[rules]]
match = "ferry"
feed = "Another feed"
do = "read"
"""


def test_rules_are_applied_to_what_comes_in_and_can_be_undone(
    server: Loopback, library: Library, tmp_path: Path
) -> None:
    subscribe(library, server, "Football again", "Ferry sails", "Market day")
    report = fetch_round(library, None, settings(tmp_path, RULES), QUICK)
    assert [len(each.articles) for each in report.applied] == [1, 1]
    rows = {row.title: row.marks for row in library.find()}
    assert set(rows) == {"Ferry sails", "Market day"}
    assert (rows["Ferry sails"].starred, rows["Ferry sails"].tags) == (True, ("harbour",))
    assert not rows["Ferry sails"].read
    server.page("/feed", rss("Football again", "Ferry sails", "New", link=server.url("/n")))
    again = fetch_round(library, None, settings(tmp_path, RULES), QUICK)
    assert again.applied == ()
    assert library.count(parse_query("football")) == 0
    library.notebook.undo()
    library.notebook.undo()
    library.notebook.undo()
    assert library.count(parse_query("football")) == 1


def test_a_trial_tells_what_the_rules_would_do_and_stores_nothing(
    server: Loopback, library: Library, tmp_path: Path
) -> None:
    subscribe(library, server, "Football again", "Ferry sails")
    report, trials = try_rules(library, None, settings(tmp_path, RULES), QUICK)
    assert not report.failed
    told = [(trial.rule.match, [row.title for row in trial.articles]) for trial in trials]
    assert told == [("football", ["Football again"]), ("title:ferry", ["Ferry sails"])]
    assert library.count() == 0
    assert library.feeds.states() == {}
    fetch_round(library, None, settings(tmp_path, RULES), QUICK)
    assert try_rules(library, None, settings(tmp_path, RULES), QUICK)[1] == []


def test_stories_may_take_so_long_and_go_on_another_time(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, *(f"Ferry {n} sails" for n in range(100)))
    options = replace(QUICK, stories=True)
    assert fetch_round(library, None, FeedSettings(), options, story_seconds=0).stories_wait
    assert len(library.ids()) == 100
    assert not fetch_round(library, None, FeedSettings(), options).stories_wait
    assert library.stories.waiting()  # a fetch that brings nothing is short
    server.page("/feed", rss("Market day"))
    assert not fetch_round(library, None, FeedSettings(), options).stories_wait
    assert not library.stories.waiting()


def test_what_is_wrong_in_the_configuration_is_said_and_the_rest_counts(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        "[feeds]\nfull_text = 'maybe'\nkeep_days = -3\ncolour = 1\n"
        "[[rules]]\nmatch = 'is:nonsense'\ndo = ['read']\n"
        "[[rules]]\nmatch = 'x'\ndo = ['explode']\n[[rules]]\nmatch = 'ferry'\ndo = 'star'\n"
    )
    found, problems = load_feed_settings(file)
    assert (found.full_text, found.keep_days) == ("never", 0)
    assert [rule.do for rule in found.rules] == [("star",)]
    assert len(problems) == 5
    assert load_feed_settings(tmp_path / "none.toml") == (FeedSettings(), [])
    file.write_text("[feeds\n")
    assert "no rule of it counts" in load_feed_settings(file)[1][0]
