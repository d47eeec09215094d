"""Logins of feeds: in the keyring, without one in a file of one's own, or in netrc."""

import base64
import json
import re
import stat
import sys
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from loopback import Asked, Loopback, rss

from reader.errors import InputError
from reader.intake import logins
from reader.intake.addresses import same_server
from reader.intake.fetch import FetchOptions, fetch
from reader.intake.http import HttpLimits
from reader.intake.subscriptions import FoundFeed, find_feeds, subscribe, subscribe_opml
from reader.library import Library
from reader.model import Failure

QUICK = FetchOptions(http=HttpLimits(total=60, per_host=50), attempts=1, stories=False)


class Keyring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def test_a_login_goes_into_the_keyring_and_to_its_own_server_only(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    ring = Keyring()
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    with Loopback() as other:
        other.page("/feed", rss("One"))
        server.page("/feed", rss("One"))
        server.redirect("/away", other.url("/feed"))
        given = [server.url(p).replace("//", "//me:p%40ss@") for p in ("/feed", "/away")]
        for found in find_feeds(given, QUICK):
            assert isinstance(found, FoundFeed)
            subscribe(library, found)
        fetch(library, options=QUICK)
        assert {asked.headers.get("authorization") for asked in server.log} == {
            "Basic bWU6cEBzcw=="
        }
        assert {asked.headers.get("authorization") for asked in other.log} == {None}
    stored = (library.folder / "notebook.json").parent
    library.notebook.flush()
    everything = b"".join(f.read_bytes() for f in stored.iterdir() if f.is_file())
    assert b"p%40ss" not in everything
    assert b"p@ss" not in everything
    assert not re.search("p@ss|p%40ss", repr(library.feeds.states()))


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a server over ssh: no keyring's service answers."""
    import keyring

    none = NoKeyring()
    monkeypatch.setattr(keyring, "set_password", none.set_password)
    monkeypatch.setattr(keyring, "get_password", none.get_password)
    monkeypatch.delenv("NETRC", raising=False)


@pytest.fixture
def no_keyring_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have installed the reader without its extra `keyring`."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setattr(logins, "find_spec", lambda _name: None)
    monkeypatch.delenv("NETRC", raising=False)


def locked(server: Loopback, path: str, login: str) -> None:
    """Serve a feed to whoever has this login (name:password)."""
    wanted = "Basic " + base64.b64encode(login.encode()).decode()

    async def answer(asked: Asked) -> None:
        if asked.headers.get("authorization") == wanted:
            await asked.send(200, rss("Sluice opens"))
        else:
            await asked.send(401, b"", {"WWW-Authenticate": 'Basic realm="x"'})

    server.routes[path] = answer


def added(library: Library, address: str) -> FoundFeed | Failure:
    (found,) = find_feeds([address], QUICK)
    if isinstance(found, FoundFeed):
        subscribe(library, found, stories=False)
    return found


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize(
    ("written", "login"),
    [("ann:secret1", "ann:secret1"), ("ann:p%3Aw%20%C3%A4secret1", "ann:p:w äsecret1"),
     ("a%40b.example:secret1", "a@b.example:secret1"), ("secret1", "secret1:")],
)  # fmt: skip
def test_without_a_keyring_a_login_is_kept_in_a_file_for_its_owner_alone(
    server: Loopback, library: Library, written: str, login: str
) -> None:
    locked(server, "/feed", login)
    assert isinstance(added(library, server.url("/feed").replace("//", f"//{written}@")), FoundFeed)
    assert [result.result for result in fetch(library, options=QUICK).feeds] == ["unchanged"]
    file = logins.logins_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) & 0o077 == 0
    library.notebook.flush()
    kept = b"".join(f.read_bytes() for f in library.folder.rglob("*") if f.is_file())
    assert b"secret1" not in kept
    assert "secret1" not in repr((library.feeds.all(), library.feeds.states()))


@pytest.mark.usefixtures("no_keyring")
def test_an_opml_file_with_logins_is_taken_without_a_keyring(
    server: Loopback, library: Library
) -> None:
    locked(server, "/a", "ann:one")
    locked(server, "/b", "bo:two")
    outlines = "".join(
        f"<outline type='rss' xmlUrl='{server.url(path).replace('//', f'//{login}@')}'/>"
        for path, login in (("/a", "ann:one"), ("/b", "bo:two"))
    )
    report = subscribe_opml(library, f"<opml><body>{outlines}</body></opml>".encode(), "x.opml")
    assert report.failed == ()
    assert len(fetch(library, options=QUICK).added) == 2
    assert {each.login_file for each in report.feeds} == {logins.logins_file()}


@pytest.mark.usefixtures("no_keyring")
def test_a_login_of_netrc_is_used_and_written_nowhere(
    server: Loopback, library: Library, own_home: Path
) -> None:
    locked(server, "/feed", "ann:secret1")
    refused = added(library, server.url("/feed"))
    assert isinstance(refused, Failure)
    assert "it wants a login (401)" in refused.reason
    (own_home / ".netrc").write_text("machine 127.0.0.1 login ann password secret1\n")
    assert isinstance(added(library, server.url("/feed")), FoundFeed)
    assert fetch(library, options=QUICK).failed == ()
    assert not logins.logins_file().exists()


@pytest.mark.usefixtures("no_keyring")
def test_a_feed_that_wants_a_login_later_finds_it_in_netrc(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    server.page("/feed", rss("Sluice"))
    added(library, server.url("/feed"))
    locked(server, "/feed", "ann:secret1")
    assert len(fetch(library, options=QUICK).failed) == 1
    file = tmp_path / "mine"
    file.write_text("machine 127.0.0.1\nlogin ann\npassword secret1\n")
    monkeypatch.setenv("NETRC", str(file))
    assert fetch(library, options=QUICK).failed == ()


@pytest.mark.parametrize(
    "text", ["machine", "default login ann password x", "machine 127.0.0.1 password", "\x00", ""]
)
def test_a_netrc_that_says_nothing_of_a_host_gives_no_login(own_home: Path, text: str) -> None:
    (own_home / ".netrc").write_text(text)
    assert logins.of_netrc("http://127.0.0.1/feed") is None


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("text", ["", "{", "[]", '{"http://a.example/": 5}', "\udcff"])
def test_a_damaged_file_of_logins_is_written_anew(text: str) -> None:
    file = logins.logins_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert logins.login_for("http://a.example/") is None
    assert logins.keep_login("http://a.example/", ("ann", "x")) == file
    assert logins.login_for("http://a.example/") == ("ann", "x")
    assert json.loads(file.read_text())


@pytest.mark.usefixtures("no_keyring")
def test_where_a_login_can_be_kept_nowhere_it_is_said_so_without_it(own_home: Path) -> None:
    (own_home / "config").write_text("a file in the folder's place")
    with pytest.raises(InputError, match="no keyring") as raised:
        logins.keep_login("https://a.example/", ("me", "secret1"))
    assert "secret1" not in str(raised.value)


def test_a_keyring_takes_the_place_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    monkeypatch.setattr(keyring, "set_password", NoKeyring().set_password)
    file = logins.keep_login("https://a.example/", ("me", "old"))
    ring = Keyring()
    monkeypatch.setattr(keyring, "set_password", ring.set_password)
    monkeypatch.setattr(keyring, "get_password", ring.get_password)
    assert logins.login_for("https://a.example/") == ("me", "old")
    assert logins.keep_login("https://a.example/", ("me", "new")) is None
    assert logins.login_for("https://a.example/") == ("me", "new")
    assert file is not None
    assert "old" not in file.read_text()


@pytest.mark.usefixtures("no_keyring")
def test_a_login_does_not_move_to_another_host_with_its_feed(
    server: Loopback, library: Library
) -> None:
    """A feed that moved for good, to `localhost`, before or after it was subscribed to."""
    with Loopback() as other:
        other.page("/feed", rss("Sluice"))
        server.redirect("/gone", other.url("/feed"), 301)
        added(library, server.url("/gone").replace("//", "//ann:secret1@"))
        locked(server, "/later", "ann:secret1")
        added(library, server.url("/later").replace("//", "//ann:secret1@"))
        server.redirect("/later", other.url("/feed?later"), 301)
        other.page("/feed?later", rss("Gate"))
        for _ in range(3):
            assert fetch(library, options=QUICK).failed == ()
        assert len(other.log) >= 5
        assert all("authorization" not in asked.headers for asked in other.log)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/", "https://sub.a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("http://a.example:81/", "https://a.example:82/", False),
    ],
)
def test_what_is_secret_at_one_address_goes_to_its_server_only(
    one: str, other: str, *, same: bool
) -> None:
    assert same_server(one, other) is same


# A server that asks to wait


def busy(server: Loopback, path: str, status: int, times: int, **headers: str) -> None:
    """Serve a feed after so many answers that ask to wait."""
    left = iter(range(times))

    async def answer(asked: Asked) -> None:
        if next(left, None) is None:
            await asked.send(200, rss("Sluice opens"))
        else:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            await asked.send(status, b"<html>Please rest", told)

    server.routes[path] = answer


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("later", "when"),
    [("3600", r"after 20\d\d-"), ("Wed, 02 Dec 2099 10:00:00 GMT", r"after 20\d\d-"),
     ("", "in some minutes"), ("soon", "in some minutes")],
)  # fmt: skip
def test_where_a_server_wants_to_rest_it_is_said_that_nothing_was_subscribed_to(
    server: Loopback, library: Library, status: int, later: str, when: str
) -> None:
    busy(server, "/feed", status, 9, **({"Retry_After": later} if later else {}))
    found = added(library, server.url("/feed"))
    assert isinstance(found, Failure)
    assert f"({status}); nothing was subscribed to, add it again {when[:5]}" in found.reason
    assert re.search(when, found.reason)
    assert library.feeds.all() == []
    assert len(server.log) == 1


def test_a_moment_is_waited_and_the_feed_is_subscribed_to(
    server: Loopback, library: Library
) -> None:
    busy(server, "/feed", 429, 1, Retry_After="0")
    assert isinstance(added(library, server.url("/feed")), FoundFeed)
    busy(server, "/again", 429, 9, Retry_After="0")
    found = added(library, server.url("/again"))
    assert isinstance(found, Failure)
    assert "nothing was subscribed to" in found.reason
    assert len(server.asked("/again")) == 2


def test_a_page_whose_feed_wants_to_rest_is_not_said_to_have_none(
    server: Loopback, library: Library
) -> None:
    page = b"<link rel=alternate type=application/rss+xml href=/feed>"
    server.page("/", page, Content_Type="text/html")
    busy(server, "/feed", 429, 9, Retry_After="900")
    found = added(library, server.url("/"))
    assert isinstance(found, Failure)
    assert "(429); nothing was subscribed to" in found.reason


@pytest.mark.usefixtures("no_keyring_package")
def test_without_the_keyring_package_a_login_goes_into_the_file_and_is_used(
    server: Loopback, library: Library
) -> None:
    locked(server, "/feed", "ann:secret1")
    address = server.url("/feed").replace("//", "//ann:secret1@")
    assert isinstance(added(library, address), FoundFeed)
    assert [result.result for result in fetch(library, options=QUICK).feeds] == ["unchanged"]
    assert "secret1" in logins.logins_file().read_text()


@pytest.mark.usefixtures("no_keyring_package")
def test_a_login_that_only_the_keyring_has_is_missed_with_what_to_do(
    server: Loopback, library: Library
) -> None:
    locked(server, "/feed", "ann:secret1")
    added(library, server.url("/feed").replace("//", "//ann:secret1@"))
    logins.logins_file().unlink()  # it was kept in the keyring, when that was installed
    (result,) = fetch(library, options=QUICK).feeds
    assert "install reader-tui[keyring]" in result.reason
