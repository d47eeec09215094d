"""`reader add`, `fetch`, `feeds` and `opml`, against a server on loopback."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from loopback import Loopback, rss

Run = Callable[..., Result]


@pytest.fixture
def reader(run: Run, tmp_path: Path) -> Run:
    """Run the command line on a library of the test's own."""

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return run("--library", tmp_path / "library", *arguments, stdin=stdin)

    return invoke


def test_a_feed_is_added_listed_fetched_and_handed_over(server: Loopback, reader: Run) -> None:
    server.page("/feed", rss("One", "Two"))
    added = reader("add", server.url("/feed"), "--tag", "news", "--name", "Herald")
    assert added.exit_code == 0
    assert added.stdout == f"Herald: added, 2 articles ({server.url('/feed')})\n"
    rows = json.loads(reader("list", "--json").stdout)
    assert {(row["source"], row["title"]) for row in rows} == {("Herald", "One"), ("Herald", "Two")}
    server.page("/feed", rss("One", "Two", "Three"))
    fetched = reader("fetch")
    assert fetched.stdout == "Herald: 1 added, 0 changed\n1 added, 0 changed, 2 unchanged\n"
    opml = reader("opml").stdout
    assert f'xmlUrl="{server.url("/feed")}"' in opml
    assert 'category="news"' in opml


def test_the_json_of_a_fetch_names_articles_and_failures(server: Loopback, reader: Run) -> None:
    server.page("/feed", rss("One"))
    server.page("/bad", rss("Two"))
    reader("add", server.url("/feed"), server.url("/bad"))
    server.page("/feed", rss("One", "Two"))
    server.page("/bad", b"", 500, Retry_After="7200")
    result = reader("fetch", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert [len(told[name]) for name in ("added", "changed", "unchanged")] == [1, 0, 1]
    assert told["failed"][0]["input"] == server.url("/bad")
    assert "status 500" in told["failed"][0]["reason"]
    assert {feed["result"] for feed in told["feeds"]} == {"new", "failed"}
    assert server.url("/bad") in result.stderr


def test_what_is_no_feed_is_named_and_the_others_are_added(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    server.page("/herald", rss("One"))
    server.page("/page", b"<html>Nothing here", Content_Type="text/html")
    bad = tmp_path / "bad.opml"
    bad.write_text("no opml")
    result = reader("add", server.url("/page"), bad, tmp_path / "none.opml", server.url("/herald"))
    assert result.exit_code == 1
    assert "names no feed" in result.stderr
    assert "it is no OPML file" in result.stderr
    assert "none.opml: it cannot be read (no such file or directory)" in result.stderr
    assert "The Orrin Herald: added, 1 article" in result.stdout


def test_opml_goes_in_and_comes_out(reader: Run, tmp_path: Path) -> None:
    opml = tmp_path / "subs.opml"
    opml.write_text(
        "<opml version='1.0'><body><outline text='News'><outline text='Herald'"
        " xmlUrl='https://herald.example/feed'/></outline></body></opml>"
    )
    assert "Herald: added" in reader("add", opml).stdout
    assert "Herald: known already" in reader("add", "-", stdin=opml.read_bytes()).stdout
    out = tmp_path / "out.opml"
    out.write_bytes(reader("opml").stdout_bytes)
    assert "known already" in reader("add", out).stdout
    (feed,) = json.loads(reader("feeds", "--json").stdout)
    assert (feed["name"], feed["tags"]) == ("Herald", ["News"])


def test_folders_of_an_opml_file_are_tags_of_the_articles(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    server.page("/feed", rss("One", "Two"))
    file = tmp_path / "feeds.opml"
    outline = f"<outline text='Herald' xmlUrl='{server.url('/feed')}'/>"
    file.write_text(f"<opml><body><outline text='Science'>{outline}</outline></body></opml>")
    reader("add", str(file))
    reader("fetch")
    found = json.loads(reader("list", "tag:science", "--json").stdout)
    told = {each["title"]: (each["feed_tags"], each["tags"]) for each in found}
    assert told == {"One": (["Science"], []), "Two": (["Science"], [])}
    assert "+Science" in reader("list").stdout
    reader("feeds", "Herald", "--tag", "-science", "--tag", "+daily")
    assert json.loads(reader("list", "tag:science", "--json").stdout) == []
    assert len(json.loads(reader("list", "tag:daily", "--json").stdout)) == 2


def test_feeds_are_renamed_tagged_muted_and_removed(server: Loopback, reader: Run) -> None:
    server.page("/feed", rss("One"))
    reader("add", server.url("/feed"), "--tag", "old")
    result = reader("feeds", "the orrin", "--name", "Herald", "--tag", "+new", "--tag", "-old")
    assert result.exit_code == 0
    reader("feeds", "Herald", "--mute")
    (feed,) = json.loads(reader("feeds", "Herald", "--json").stdout)
    assert (feed["tags"], feed["muted"]) == (["new"], True)
    assert json.loads(reader("list", "--json").stdout)[0]["source"] == "Herald"
    assert reader("fetch").stdout == "0 added, 0 changed, 0 unchanged\n"
    assert "unsubscribed from Herald" in reader("feeds", "Herald", "--remove").stderr
    assert json.loads(reader("feeds", "--json").stdout) == []
    assert len(json.loads(reader("list", "--json").stdout)) == 1


def test_a_dry_run_says_what_the_rules_would_do(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[[rules]]\nmatch = "football"\ndo = ["ignore"]\n')
    server.page("/feed", rss("One"))
    reader("add", server.url("/feed"))
    server.page("/feed", rss("One", "Football"))
    tried = reader("--config", config, "fetch", "--dry-run")
    assert tried.stdout.splitlines() == [
        "rule “football”: ignore would be about 1 article",
        "  The Orrin Herald: Football",
    ]
    assert json.loads(reader("list", "--json").stdout)[0]["title"] == "One"
    fetched = reader("fetch", "--config", config)
    assert "rule “football”: ignore: 1 article" in fetched.stdout
    assert len(json.loads(reader("list", "--json").stdout)) == 1


def test_how_a_feed_is_kept_is_set_by_feed(server: Loopback, reader: Run) -> None:
    server.page("/feed", rss("One"))
    reader("add", server.url("/feed"))
    reader("feeds", "The Orrin", "--full-text", "short", "--keep-days", "30")
    (feed,) = json.loads(reader("feeds", "--json").stdout)
    assert (feed["full_text"], feed["keep_days"]) == ("short", 30)
    reader("feeds", "The Orrin", "--full-text", "default", "--keep-days", "-1")
    (feed,) = json.loads(reader("feeds", "--json").stdout)
    assert (feed["full_text"], feed["keep_days"]) == (None, None)


def test_an_unknown_feed_is_said_to_be_unknown(reader: Run) -> None:
    result = reader("fetch", "Nowhere")
    assert result.exit_code == 1
    assert "There is no feed called “Nowhere”; `reader feeds` lists them." in result.stderr


def test_starting_the_command_line_loads_no_http_client() -> None:
    import subprocess
    import sys

    code = (
        "import sys, reader.intake, reader.library, reader.cli.app, reader.cli.feeds;"
        "print([m for m in ('aiohttp', 'feedparser', 'fastfeedparser', 'lxml', 'keyring',"
        " 'brotli', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
