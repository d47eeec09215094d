"""Addresses open as one argument of a program, and only after a question where they mislead."""

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.config import load, wrong_command
from reader.errors import ReaderError
from reader.library import Library
from reader.tui import programs
from reader.tui.destinations import RefusedError, destination

Start = Any


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org/a b\"c'<d>", "https://example.org/a%20b%22c%27%3Cd%3E"),
        ("https://example.org/$(id);`id`|x\\y", "https://example.org/$(id);%60id%60%7Cx%5Cy"),
        ("https://example.org/é%C3%A9", "https://example.org/%C3%A9%C3%A9"),
        ("https://example.org/\u202egpj.exe\x1b]0;x\x07", "https://example.org/gpj.exe"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
    ],
)
def test_a_web_address_opens_at_once_as_one_word_of_ascii(written: str, opened: str) -> None:
    where = destination(written)
    assert where.address == opened
    assert not where.question


@pytest.mark.parametrize(
    ("written", "opened", "told"),
    [
        ("https://bank.example@evil.test/x", "https://evil.test/x", "“bank.example”"),
        ("https://a:b@evil.test:8/", "https://evil.test:8/", "leads to evil.test:8"),
        ("https://ex\u0430mple.org/", "https://xn--exmple-4nf.org/", "xn--exmple-4nf.org"),
        ("https://xn--exmple-4nf.org/", "https://xn--exmple-4nf.org/", "“ex\u0430mple.org”"),
        ("https://ｅxample.org/", "https://example.org/", "leads to example.org"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4", "xn--mnchen"),
        ("mailto:ann@example.org", "mailto:ann@example.org", "ann@example.org"),
        (
            "mailto:ann@example.org?bcc=eve@evil.test&body=x&attach=/etc/passwd",
            "mailto:ann@example.org", "ann@example.org",
        ),
    ],
)  # fmt: skip
def test_an_address_that_is_not_what_it_seems_is_asked_about_with_its_true_host(
    written: str, opened: str, told: str
) -> None:
    where = destination(written)
    assert where.address == opened
    assert told in where.question
    assert where.address.isascii()


@pytest.mark.parametrize(
    "written",
    [
        "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "-e", "--help", "", "x",
        "//example.org/", "ftp://example.org/", "vbscript:x", "chrome://settings", "ssh://-oX/",
        "https://", "https:///path", "https://exa mple.org/", "https://example.org\\@evil.test/",
        "https://exam%70le.org/", "https://a..b/", "https://example.org:x/", "https://[::1/",
        "https://[v1.x]/", "https://\u2044evil/", "https://a\u2024b\u2025/", "https://" + "y" * 300,
        "https://example.org/" + "x" * 9000, "mailto:", "mailto:-x@example.org", "mailto:a",
        "mailto:a@b\r\nBcc: c@d", "mailto:a,b@example.org", "mailto:%2Dx@example.org",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        destination(written)
    assert len(str(refused.value)) < 200


def test_a_placeholder_is_one_whole_argument_and_never_a_shells_command(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[commands]\nbrowser = ["firefox", "--private-window", "%u"]\ncopy = "xclip -selection c"\n'
    )
    settings, problems = load(file)
    assert problems == []
    assert settings.browser == ("firefox", "--private-window", "%u")
    assert settings.copy == ("xclip", "-selection", "c")
    for browser in (
        '["sh", "-c", "%u"]', '["sh", "-c", "firefox %u"]', '"firefox --url=%u"', '["%u"]', "[]",
        '["firefox", "%u", "%u"]', '["-x", "%u"]', '"unclosed \'"', "7", '["a", 1]',
    ):  # fmt: skip
        file.write_text(f"[commands]\nbrowser = {browser}\n")
        settings, problems = load(file)
        assert settings.browser == (), browser
        assert len(problems) == 1
        assert problems[0].startswith("config.toml, line 2: commands.browser: ")
    assert wrong_command(["cat", "%u"], placeholder=False)
    assert not wrong_command(["sh", "-c", 'exec x "$1"', "x", "%u"], placeholder=True)


def test_the_address_takes_the_place_of_its_sign_or_stands_at_the_end() -> None:
    assert programs.with_address(("a", "%u", "b"), "https://x/") == ["a", "https://x/", "b"]
    assert programs.with_address(("a", "b"), "https://x/") == ["a", "b", "https://x/"]


def test_the_browser_is_the_configured_one_else_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("mine", "theirs"):
        script(tmp_path / name, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("BROWSER", "not-there %s:theirs --new %s:'unclosed")
    assert programs.browser(("mine", "%u")) == ["mine", "%u"]
    assert programs.browser(("gone",)) == ["theirs", "--new", "%s"]
    monkeypatch.setenv("BROWSER", "theirs --url=%s:sh -c %s")
    with pytest.raises(ReaderError, match="No browser"):
        programs.browser(())
    with pytest.raises(ReaderError, match="No mail program"):
        programs.browser(("mine",), mail=True)


def test_what_fails_at_once_is_told_and_what_it_prints_is_not(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    noisy = script(tmp_path / "noisy", "import sys; print('\\x1b[2J'); sys.exit(3)")
    with pytest.raises(ReaderError, match="noisy failed with status 3"):
        programs.start([str(noisy)])
    with pytest.raises(ReaderError, match="could not be started"):
        programs.start([str(tmp_path / "gone")])
    assert capfd.readouterr() == ("", "")


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def recording(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """Return a program that keeps its arguments and its standard input, and where."""
    kept = tmp_path / f"{name}.kept"
    text = f"import sys; open({str(kept)!r}, 'a').write(repr(sys.argv[1:]) + sys.stdin.read())"
    return script(tmp_path / name, text), kept


async def test_only_web_addresses_are_opened_and_doubtful_ones_after_a_yes(
    library: Library, start: Start, make: Any, tmp_path: Path
) -> None:
    browser, kept = recording(tmp_path, "browser")
    kept.touch()
    urls = {
        "Plain": "https://example.org/a;id",
        "Odd": "file:///etc/passwd",
        "None": None,
        "Doubtful": "https://bank.example@evil.test/",
    }
    library.add([make(title, url=url, published=None) for title, url in urls.items()])
    ids = {row.title: row.id for row in library.find()}
    async with start(library, browser=(str(browser), "--", "%u")) as reader:

        async def asked(title: str) -> str:
            reader.main.open_article(ids[title])
            await reader.settle()
            await reader.press("o")
            return str(reader.said)

        assert "Opened https://example.org/a;id" in await asked("Plain")
        assert "Only http, https and mailto" in await asked("Odd")
        assert "has no address" in await asked("None")
        await asked("Doubtful")
        assert "Open this address?" in reader.text
        assert "leads to evil.test" in reader.text
        await reader.press("n")
        assert kept.read_text() == "['--', 'https://example.org/a;id']"
        await reader.press("o", "y")
        assert "Opened https://evil.test/" in reader.said
    assert kept.read_text().endswith("['--', 'https://evil.test/']")


async def test_a_letter_is_written_only_after_a_question(
    library: Library, start: Start, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener, kept = recording(tmp_path, "xdg-open")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    library.add([make("Letter", url="mailto:ann@example.org?subject=x", published=None)])
    (row,) = [row for row in library.find() if row.title == "Letter"]
    async with start(library, browser=(str(opener), "never this")) as reader:
        reader.main.open_article(row.id)
        await reader.settle()
        await reader.press("o", "escape")
        assert not kept.exists()
        await reader.press("o", "enter")
        assert "Opened mailto:ann@example.org" in reader.said
    assert kept.read_text() == "['mailto:ann@example.org']"


async def test_a_program_of_ones_own_takes_what_is_copied_from_its_standard_input(
    library: Library, start: Start, tmp_path: Path
) -> None:
    clipboard, kept = recording(tmp_path, "clipboard")
    async with start(library, copy=(str(clipboard), "-x")) as reader:
        await reader.press("enter", "J", "y")
        assert "Copied the sentence." in reader.said
        assert reader.app.clipboard == ""
    assert kept.read_text().startswith("['-x']")
    assert "Library opens on Sundays was the talk of the valley" in kept.read_text()
