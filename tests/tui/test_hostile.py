"""Text from outside never becomes markup, a link, or a command to the terminal."""

from typing import Any

import pytest

from reader.library import Library
from reader.model import Annotation, Article, ArticleId, Selector

Start = Any
HOSTILE = [
    "[/foo] [b]bold[/] [@click=app.quit]quit[/] [AP] Storm [$error]",
    "\x1b]0;title\x07\x1b[31mred\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m \x90q\x9c D\x7f N\x00 B\x07",
    "left\u202eright\u202c \u2066isolate\u2069 zero\u200bwidth\ufeff line\u2028break\u2029s\x85",
    "tower" + "\u0301" * 60 + " wide 漢字かな交じり文 한국어 👩‍👩‍👧‍👦 🇫🇷 ﷽ \t tab",
    "a" * 5000,
    "\\[b\\] \\ [[[ ]]] {{ }} %s %(x)s $x ${y} <b>x</b> &amp; \r\n back\b\b",
    "שלום עולם مرحبا بالعالم",
]
BAD = {chr(n) for n in (*range(0x20), 0x7F, *range(0x80, 0xA0))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\u2029\ufeff\u200b"
)


def raw(reader: Any) -> str:
    strips = reader.app.screen._compositor.render_strips()
    return "".join(segment.text for strip in strips for segment in strip)


async def looked_at(reader: Any, *keys: str) -> None:
    """Press keys, and look at the screen after each of them."""
    for key in keys:
        await reader.press(key)
        shown = raw(reader)
        assert not BAD & set(shown), f"after {key}: {sorted(BAD & set(shown))!r}"
        assert reader.app.is_running
        assert reader.app.return_code is None


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["markup", "escapes", "bidi", "towers", "long", "brackets", "rtl"]
)
async def test_hostile_text_is_only_text_wherever_it_stands(
    empty_library: Library, start: Start, make: Any, text: str
) -> None:
    first = make(
        text, f"{text}. It rained all day on Friday.\n\n{text}. It rained again.", source=text,
        author=text, url=f"https://example.org/{text}", leftovers=(text,), stripped=3,
    )  # fmt: skip
    second = make(
        f"Another {text}", f"{text}. It rained all day on Friday, people said.", source="Echo"
    )
    # what came in before hygiene was as good as it is now must not harm either
    empty_library.add([first, second])
    note(empty_library, first, text)
    for tag in (text[:90].replace(",", " "), "plain"):
        if tag.strip("\x00\x1b \u202e"):
            empty_library.notebook.tag([first.id], add=[tag])
    async with start(empty_library, (100, 30)) as reader:
        await looked_at(reader, "down", "up", "enter", "L", "J", "J", "s", "o", "y", "a", "escape")
        await looked_at(reader, "t", "escape", "N", "escape", "escape", "escape", "left", "right")
        reader.main.open_comparison([first.id, second.id])
        await reader.settle()
        await looked_at(reader, "j", "n", "s", "escape", "escape", "escape")


def note(library: Library, article: Article, text: str) -> None:
    library.notebook.annotate(
        Annotation(
            id=7,
            article=ArticleId(article.id),
            kind="note",
            created=article.added,
            modified=article.added,
            body=f"{text}\nsecond line",
            selector=Selector(0, 5, article.text[:5] or text),
        )
    )


async def test_a_hostile_search_is_only_a_search(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        reader.main.search_bar.line.value = '[/foo] [@click=app.quit]x\x1b[31m ( "'
        await reader.settle()
        assert not BAD & set(raw(reader))
        await looked_at(reader, "escape")


async def test_hostile_errors_and_messages_are_only_text(library: Library, start: Start) -> None:
    async with start(library) as reader:
        for text in HOSTILE:
            reader.main.say(text, "error")
            await reader.pilot.pause()
            assert not BAD & set(raw(reader))
            reader.main.busy(text)
            await reader.pilot.pause()
            assert not BAD & set(raw(reader))
