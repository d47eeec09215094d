"""Pages by their address, full texts on request, other readers' lists of feeds; what was passed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from loopback import Loopback, rss

Run = Callable[..., Result]
FIRST = "The river office of Orrin opened the new gates on Friday, two years later than planned."
SECOND = "Boats pass through them at any hour, and the old lock is to be filled with sand."
THIRD = "The mayor of Tolm said that nobody had asked the fishers, who need the lock in winter."


def page(title: str = "Gates open", head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<article><h1>{title}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
        "</body></html>"
    ).encode()


@pytest.fixture
def reader(run: Run, tmp_path: Path) -> Run:
    """Run the command line on a library of the test's own."""

    def invoke(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return run("--library", tmp_path / "library", *arguments, stdin=stdin)

    return invoke


def listed(reader: Run) -> list[dict[str, object]]:
    return list(json.loads(reader("list", "--json").stdout))


def test_a_page_is_stored_by_its_address(server: Loopback, reader: Run) -> None:
    server.page("/gates", page(), Content_Type="text/html; charset=utf-8")
    done = reader("import", server.url("/gates#top"))
    assert (done.exit_code, done.stdout) == (0, "1 added, 0 changed, 0 unchanged\n")
    (row,) = listed(reader)
    assert (row["title"], row["url"], row["feed"]) == ("Gates open", server.url("/gates"), None)
    assert row["source"] == "127.0.0.1"
    shown = json.loads(reader("show", str(row["id"]), "--json").stdout)
    assert shown["text"] == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    again = reader("import", server.url("/gates"))
    assert again.stdout == "0 added, 0 changed, 1 unchanged\n"


def test_several_addresses_and_files_each_say_what_became_of_them(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    server.page("/gates", page(), Content_Type="text/html")
    server.redirect("/moved", "/gates", 301)
    server.page("/feed", rss("One"), Content_Type="application/rss+xml")
    server.page("/pic", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Content_Type="image/png")
    (tmp_path / "a.txt").write_text(f"Lock\n\n{SECOND}\n")
    bad = ["/none", "/feed", "/pic"]
    done = reader(
        "import", server.url("/moved"), *map(server.url, bad), tmp_path / "a.txt", "--json"
    )
    told = json.loads(done.stdout)
    assert (done.exit_code, len(told["added"])) == (1, 2)
    reasons = {each["input"]: each["reason"] for each in told["failed"]}
    assert set(reasons) == {server.url(path) for path in bad}
    assert "404" in reasons[server.url("/none")]
    assert "`reader add " in reasons[server.url("/feed")]
    assert "picture" in reasons[server.url("/pic")]


def test_a_page_speaks_for_its_own_site_only(server: Loopback, reader: Run) -> None:
    head = "<link rel='canonical' href='https://tolm.example/gates'>"
    server.page("/gates", page(head=head), Content_Type="text/html")
    reader("import", server.url("/gates"))
    assert [row["url"] for row in listed(reader)] == [server.url("/gates")]


def test_commands_on_files_take_addresses_too(server: Loopback, run: Run) -> None:
    server.page("/gates", page(), Content_Type="text/html")
    done = run("summarize", server.url("/gates"), "--method", "lead", "-n", 1)
    assert FIRST in done.stdout


def test_full_texts_of_a_list_on_request(server: Loopback, reader: Run, tmp_path: Path) -> None:
    server.page("/gates", page(), Content_Type="text/html")
    table = (
        "title,url,time_added,tags,status\n"
        f"Gates at last,{server.url('/gates')},1741120000,river,unread\n"
        f"Gone,{server.url('/gone')},1741120000,,archive\n"
    )
    (tmp_path / "pocket.csv").write_text(table)
    plain = reader("import", tmp_path / "pocket.csv")
    assert plain.stdout == "2 added, 0 changed, 0 unchanged\n"
    assert server.log == []
    done = reader("import", tmp_path / "pocket.csv", "--full-text")
    assert done.exit_code == 1
    assert f"{server.url('/gone')}: there is nothing at this address (404)" in done.stderr
    gates, gone = sorted(listed(reader), key=lambda row: str(row["title"]))
    assert (gates["title"], gates["excerpt"], gates["tags"]) == ("Gates at last", False, ["river"])
    assert (gone["excerpt"], gone["read"]) == (True, True)
    assert THIRD in reader("show", str(gates["id"])).stdout
    count = len(server.log)
    reader("import", tmp_path / "pocket.csv", "--full-text")
    assert [asked.path for asked in server.log[count:]] == ["/gone"]


def test_a_file_of_addresses_is_offered_as_feeds_and_stored_as_pages_on_request(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    server.page("/gates", page(), Content_Type="text/html")
    server.page("/feed", rss("One"))
    pages = tmp_path / "pages.txt"
    pages.write_text(f"{server.url('/gates')}\n")
    offered = reader("import", pages)
    assert offered.exit_code == 1
    assert "`reader add " in offered.stderr
    assert "--full-text" in offered.stderr
    stored = reader("import", pages, "--full-text")
    assert stored.stdout == "1 added, 0 changed, 0 unchanged\n"
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"# mine\n{server.url('/feed')}\n")
    added = reader("add", feeds)
    assert "The Orrin Herald: added, 1 article" in added.stdout


def test_newsboats_list_is_subscribed_to_with_tags_and_names(reader: Run, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text(
        '# mine\nhttps://tolm.example/feed river "two words" "~Mail of Tolm"\n'
        'https://orrin.example/rss.xml "!"\n"query:New:unread = \\"yes\\""\n'
    )
    done = reader("add", urls)
    assert done.exit_code == 0
    assert "1 line that only newsboat can use" in done.stderr
    feeds = json.loads(reader("feeds", "--json").stdout)
    assert {(feed["name"], tuple(feed["tags"])) for feed in feeds} == {
        ("Mail of Tolm", ("river", "two words")),
        ("https://orrin.example/rss.xml", ()),
    }


def test_youtubes_list_is_subscribed_to(reader: Run, tmp_path: Path) -> None:
    name = "UC" + "a1-_" * 5 + "xy"
    (tmp_path / "subscriptions.csv").write_text(
        f"Channel Id,Channel Url,Channel Title\n{name},http://www.youtube.com/channel/{name},Tolm\n"
    )
    assert reader("add", tmp_path / "subscriptions.csv").exit_code == 0
    (feed,) = json.loads(reader("feeds", "--json").stdout)
    assert (feed["name"], feed["address"].endswith(name)) == ("Tolm", True)


def test_a_feed_on_the_disk_is_no_circle(reader: Run, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(rss("One", "Two"))
    added = reader("add", tmp_path / "a.rss")
    assert "`reader import " in added.stderr
    assert reader("import", tmp_path / "a.rss").stdout == "2 added, 0 changed, 0 unchanged\n"


def test_a_page_without_a_feed_can_be_stored(server: Loopback, reader: Run) -> None:
    server.page("/gates", page(), Content_Type="text/html")
    done = reader("add", server.url("/gates"))
    assert done.exit_code == 1
    assert f"`reader import {server.url('/gates')}` stores the page" in done.stderr


def test_a_page_completes_the_teaser_that_its_feed_has(server: Loopback, reader: Run) -> None:
    feed = (
        "<rss version='2.0'><channel><title>Tolm Mail</title><link>{0}</link><item>"
        "<title>Gates open</title><link>{0}gates</link><guid>{0}gates</guid>"
        "<description>The river office opened …</description></item></channel></rss>"
    ).format(server.url("/"))
    server.page("/feed", feed.encode())
    server.page("/gates", page(), Content_Type="text/html")
    reader("add", server.url("/feed"))
    done = reader("import", server.url("/gates"))
    assert done.stdout == "0 added, 1 changed, 0 unchanged\n"
    (row,) = listed(reader)
    assert (row["source"], row["excerpt"]) == ("Tolm Mail", False)
    server.page(
        "/feed", feed.replace("</channel>", "<item><title>x</title></item></channel>").encode()
    )
    reader("fetch")
    assert THIRD in reader("show", str(row["id"])).stdout


def test_a_star_from_another_reader_goes_to_the_article_of_the_feed(
    server: Loopback, reader: Run, tmp_path: Path
) -> None:
    server.page("/feed", rss("One", link=server.url("/")))
    reader("add", server.url("/feed"))
    (row,) = listed(reader)
    item = {"title": "One", "canonical": [{"href": row["url"]}],
            "categories": ["user/1/label/keep"],
            "summary": {"content": "<p>The text of One.</p>"}}  # fmt: skip
    stream = {"id": "user/1/state/com.google/starred", "items": [item]}
    (tmp_path / "starred.json").write_text(json.dumps(stream))
    done = reader("import", tmp_path / "starred.json")
    assert done.stdout == "0 added, 0 changed, 1 unchanged\n"
    (row,) = listed(reader)
    assert (row["starred"], row["tags"]) == (True, ["keep"])


def test_what_a_folder_held_that_was_passed_over_is_said(reader: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Lock\n\n{SECOND}\n")
    for name in ("b.png", "c.png", "d.odt", "e.json"):
        (folder / name).write_bytes(b"{}")
    done = reader("import", folder)
    assert done.exit_code == 0
    assert "4 passed over in folders: 2 .png, 1 .json, 1 .odt" in done.stderr
    told = json.loads(reader("import", folder, "--json").stdout)
    assert told["passed_over"] == {".png": 2, ".json": 1, ".odt": 1}
