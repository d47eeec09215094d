"""Keys and themes from the configuration; what is wrong in it is told, the rest counts."""

from pathlib import Path
from typing import Any

import pytest

from reader.config import load
from reader.library import Library, parse_query
from reader.tui.keys import keymap_of
from reader.tui.themes import own_themes

Start = Any


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings, problems = load(tmp_path / "config.toml")
    assert settings.read_when == "opened"
    assert settings.keys == {}
    assert problems == []


def test_all_values_are_understood(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
theme = "reader-light"
[reading]
mark_read = "end"
measure = 60
[summary]
method = "lexrank"
sentences = 5
[keys]
preset = "vim"
"article.star" = ["*", "f"]
undo = "ctrl+z"
""",
    )
    settings, problems = load(file)
    assert problems == []
    assert (settings.theme, settings.read_when, settings.measure) == ("reader-light", "end", 60)
    assert (settings.summary_method, settings.summary_sentences) == ("lexrank", 5)
    assert settings.keys["article.star"] == "*,f"
    assert settings.keys["move.page_down"] == "pagedown,ctrl+f,ctrl+d"


def test_each_mistake_is_told_with_its_line_and_what_was_expected(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """theme = 7
colour = "red"
[reading]
mark_read = "sometimes"
measure = 5
speed = 3
[keys]
preset = "emacs"
"article.star" = 3
"order" = "ctrl+r"
""",
    )
    settings, problems = load(file)
    told = "\n".join(problems)
    assert "config.toml, line 1: theme: expected a name in quotation marks" in told
    assert "config.toml, line 2: colour: expected one of " in told
    assert "config.toml, line 4: reading.mark_read: expected one of opened, end, never" in told
    assert "config.toml, line 5: reading.measure: expected a number from 30 to 200" in told
    assert "config.toml, line 6: reading.speed: expected one of mark_read, measure" in told
    assert "config.toml, line 8: keys.preset: expected one of plain, vim" in told
    assert "config.toml, line 9: keys.article.star: expected a key" in told
    assert settings.keys == {"order": "ctrl+r"}


def test_lines_that_are_no_toml_are_told_and_the_others_count(tmp_path: Path) -> None:
    file = written(tmp_path, 'theme = "reader-light"\nwhat is this\n[reading]\nmeasure = 60\n')
    settings, problems = load(file)
    assert settings.theme == "reader-light"
    assert settings.measure == 60
    assert len(problems) == 1
    assert "config.toml, line 2:" in problems[0]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"[[[[", b"= = =\n" * 50, b'x = "\\u'])
def test_a_broken_file_never_keeps_the_program_from_starting(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(data)
    settings, problems = load(file)
    assert settings.measure == 76
    assert problems


def test_unknown_commands_and_keys_are_told_with_their_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """[keys]
"article.stra" = "f"
"article.star" = "hyper+f"
"order" = ["ctrl+r", "f9"]
"undo" = "s"
""",
    )
    settings, _ = load(file)
    keys, problems = keymap_of(settings)
    told = "\n".join(problems)
    assert "line 2: keys.article.stra: there is no such command; did you mean article.star?" in told
    assert "line 3: keys.article.star: hyper+f is no key" in told
    assert "line 5: keys.undo: s is the key of “summary” already" in told
    assert keys == {"order": "ctrl+r,f9"}


async def test_keys_of_the_configuration_work_and_show_in_the_footer(
    library: Library, start: Start
) -> None:
    async with start(library, keys={"article.star": "f9", "article.tag": "ctrl+g"}) as reader:
        assert "Ctrl+G Tag" in reader.lines[-1]
        await reader.press("asterisk")
        assert library.count(parse_query("is:starred")) == 0
        await reader.press("f9")
        assert library.count(parse_query("is:starred")) == 1


async def test_presets_bring_more_keys(library: Library, start: Start, tmp_path: Path) -> None:
    settings, _ = load(written(tmp_path, '[keys]\npreset = "vim"\n'))
    async with start(library, keys=settings.keys) as reader:
        await reader.press("ctrl+d")
        assert reader.main.article_list.cursor > 0
        await reader.press("l")
        assert reader.main.article_view.has_focus
        await reader.press("H")
        assert reader.main.article_list.has_focus


@pytest.mark.parametrize("theme", [theme.name for theme in own_themes()])
async def test_each_theme_can_be_taken(library: Library, start: Start, theme: str) -> None:
    async with start(library, theme=theme) as reader:
        assert reader.app.theme == theme
        await reader.press("ctrl+t")
        assert reader.app.theme != theme


async def test_an_unknown_theme_is_told_and_the_own_one_taken(
    library: Library, start: Start
) -> None:
    async with start(library, theme="mauve") as reader:
        assert reader.app.theme == "reader-dark"
        assert "there is no theme mauve" in reader.text
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_without_colours_marks_can_still_be_told_apart(
    library: Library, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start(library) as reader:
        await reader.press("asterisk", "space", "down", "enter", "J", "h")
        for sign in ("●", "★", "✓", "▌", "▒"):
            assert sign in reader.text


def _luminance(colour: Any) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


async def test_every_word_in_high_contrast_stands_out_seven_to_one(
    library: Library, start: Start
) -> None:
    """As WCAG 2.1 asks for at its highest level (1.4.6)."""
    async with start(library, theme="reader-contrast") as reader:
        await reader.press("m", "down", "*", "space", "enter", "J", "h", "J", "escape", "escape")
        weak = []
        for strip in reader.app.screen._compositor.render_strips():
            for text, style, _ in strip:
                if not text.strip(" ▕▏▔▁▂▃▄▅▆▇█") or not (style and style.color and style.bgcolor):
                    continue
                pair = sorted((_luminance(style.color), _luminance(style.bgcolor)))
                if (pair[1] + 0.05) / (pair[0] + 0.05) < 7:
                    weak.append((text, str(style)))
        assert not weak
