"""Where things are and how the reader wants them: the configuration file and the folders.

The file is TOML; every value may be left out:

    theme = "reader-light"

    [reading]
    mark_read = "opened"        # or "end" (when the end was in sight), or "never"
    measure = 76                # the longest line, in cells

    [summary]
    method = "news"
    sentences = 3

    [compare]
    encoder = "package"         # or a folder with a model, or "off"

    [commands]
    browser = ["firefox", "--private-window", "%u"]
    copy = ["wl-copy"]          # gets the text by standard input

    [keys]
    preset = "vim"              # or "plain"; then single commands, by their id
    "article.star" = ["*", "f"]
"""

import os
import re
import shlex
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

from reader import resources

APP = "reader"
MARK_READ = ("opened", "end", "never")
MEASURE = range(30, 201)
SENTENCES = range(1, 51)
ENCODER_OFF, ENCODER_PACKAGE = "off", "package"
PLACEHOLDERS = ("%u", "%s")
"""What stands for the address in a command: the configuration's, and that of $BROWSER."""
_MOST_BAD_LINES = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reader wants the program; as it is without a configuration file."""

    theme: str | None = None
    """The name of a theme; None for the program's own."""
    read_when: str = "opened"
    """When an article counts as read: one of `MARK_READ`."""
    measure: int = 76
    """The longest line of running text, in cells."""
    summary_method: str | None = None
    """A method's name; None for the one that suits one article or several."""
    summary_sentences: int = 3
    encoder: str = ENCODER_OFF
    """The sentence encoder of comparisons: "off", "package" or a folder."""
    encoder_prefix: str = ""
    """What the model in that folder wants before each sentence."""
    browser: tuple[str, ...] = ()
    """Program and arguments that open an address, "%u" in its place; () for the system's."""
    copy: tuple[str, ...] = ()
    """Program and arguments that take what is copied; () for the terminal's own clipboard."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id -> its keys, separated by commas; only what differs from the defaults."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where in the file a value stands ("theme", "keys.article.star"), counted from 1."""
    file: Path | None = None

    def where(self, name: str) -> str:
        """Return the place of a value in the file, for a message: "config.toml, line 3"."""
        file = self.file.name if self.file else "the configuration"
        return f"{file}, line {self.lines[name]}" if name in self.lines else file


def library_folder(given: Path | None = None) -> Path:
    """Return the library's folder: the one given, else $READER_LIBRARY, else the platform's."""
    if given is not None:
        return given.expanduser()
    if named := os.environ.get("READER_LIBRARY"):
        return Path(named).expanduser()
    return user_data_path(APP, appauthor=False)


def config_file(given: Path | None = None) -> Path:
    """Return the configuration file: the one given, else `config.toml` in the platform's folder."""
    return given.expanduser() if given else user_config_path(APP, appauthor=False) / "config.toml"


def wrong_command(command: Sequence[str], *, placeholder: bool) -> str:
    """Return what is wrong with a command of the configuration; "" where nothing is.

    `placeholder` tells whether "%u" may stand in it, as a whole argument and once.
    """
    if not command or not command[0].strip() or command[0].startswith("-"):
        return "expected a program's name first"
    if any("\x00" in part for part in command):
        return "expected words without NUL"
    held = [part for part in command if any(sign in part for sign in PLACEHOLDERS)]
    if not placeholder:
        return "%u has no place here: the text comes by standard input" if held else ""
    if any(part not in PLACEHOLDERS for part in held) or len(held) > 1 or command[0] in held:
        return "%u has to be one whole argument, and there can be only one"
    if held and command[command.index(held[0]) - 1] == "-c":
        return "%u cannot be a shell's command: give the program itself"
    return ""


def load(file: Path) -> tuple[Settings, list[str]]:
    """Return the settings of a file (the defaults where it is missing) and what is wrong with it.

    Each complaint is one sentence with the line and what was expected; what is wrong is left out,
    the rest counts. Names of themes, commands and keys are left to those who know them.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"{file.name} could not be read, so the defaults hold: {error}"]
    values, problems = _parsed(text, file.name)
    reading = _Reading(values, _lines(text), file)
    return reading.settings(), [*problems, *reading.problems]


def _parsed(text: str, name: str) -> tuple[dict[str, Any], list[str]]:
    """Parse TOML, leaving out the lines that are none."""
    lines = text.splitlines()
    problems: list[str] = []
    for _attempt in range(_MOST_BAD_LINES):
        try:
            return tomllib.loads("\n".join(lines) + "\n"), problems
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            number = min(int(found[1]), len(lines)) if found else len(lines)
            reason = str(error).split(" (at ")[0]
            problems.append(f"{name}, line {number}: {reason[:1].lower()}{reason[1:]}")
            while number > 1 and not lines[number - 1].strip():
                number -= 1  # an unclosed bracket is found only where the next line begins
            if not lines or not lines[number - 1].strip():
                break
            lines[number - 1] = ""
    return {}, problems


_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[\w.-]+)\s*=")


def _lines(text: str) -> dict[str, int]:
    """Return the line of each value, by its name with its table's before it."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.match(line):
            table = match[1].strip("\"'") + "."
        elif match := _KEY.match(line):
            found.setdefault(table + match[1].strip("\"'"), number)
    return found


class _Reading:
    """Takes the values one by one; what is not as expected is told and left out."""

    def __init__(self, values: dict[str, Any], lines: dict[str, int], file: Path) -> None:
        self._values = values
        self._base = Settings(lines=lines, file=file)
        self.problems: list[str] = []

    def settings(self) -> Settings:
        """Return what is right of it."""
        # what stands in "feeds" and "rules" is read where feeds are fetched
        known = {"theme", "reading", "summary", "compare", "commands", "keys", "feeds", "rules"}
        for name in self._values.keys() - known:
            self._complain(name, f"expected one of {', '.join(sorted(known))}")
        taken: dict[str, Any] = {
            "theme": self._text("theme", self._values.get("theme")),
            **self._table("reading", {"mark_read": self._read_when, "measure": self._measure}),
            **self._table("summary", {"method": self._method, "sentences": self._sentences}),
            **self._table("compare", {"encoder": self._encoder, "encoder_prefix": self._prefix}),
            **self._table("commands", {"browser": self._browser, "copy": self._copy}),
            "keys": self._keys(),
        }
        return replace(self._base, **{k: v for k, v in taken.items() if v is not None})

    def _complain(self, name: str, expected: str) -> None:
        self.problems.append(f"{self._base.where(name)}: {name}: {expected}")

    def _table(
        self, name: str, readers: Mapping[str, Callable[[str, Any], tuple[str, Any]]]
    ) -> dict[str, Any]:
        table = self._values.get(name, {})
        if not isinstance(table, dict):
            self._complain(name, f"expected a table, [{name}]")
            return {}
        for key in sorted(table.keys() - readers.keys()):
            self._complain(f"{name}.{key}", f"expected one of {', '.join(sorted(readers))}")
        return dict(read(f"{name}.{k}", table[k]) for k, read in readers.items() if k in table)

    def _text(self, name: str, value: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        self._complain(name, "expected a name in quotation marks")
        return None

    def _number(self, name: str, value: Any, allowed: range) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        self._complain(name, f"expected a number from {allowed[0]} to {allowed[-1]}")
        return None

    def _read_when(self, name: str, value: Any) -> tuple[str, Any]:
        if value in MARK_READ:
            return "read_when", value
        self._complain(name, f"expected one of {', '.join(MARK_READ)}")
        return "read_when", None

    def _measure(self, name: str, value: Any) -> tuple[str, Any]:
        return "measure", self._number(name, value, MEASURE)

    def _sentences(self, name: str, value: Any) -> tuple[str, Any]:
        return "summary_sentences", self._number(name, value, SENTENCES)

    def _method(self, name: str, value: Any) -> tuple[str, Any]:
        return "summary_method", self._text(name, value)

    def _encoder(self, name: str, value: Any) -> tuple[str, Any]:
        if isinstance(value, str) and value.strip() and "\0" not in value:
            return "encoder", value
        self._complain(name, f'expected "{ENCODER_OFF}", "{ENCODER_PACKAGE}" or a folder')
        return "encoder", None

    def _prefix(self, name: str, value: Any) -> tuple[str, Any]:
        if isinstance(value, str):
            return "encoder_prefix", value
        self._complain(name, "expected text in quotation marks")
        return "encoder_prefix", None

    def _browser(self, name: str, value: Any) -> tuple[str, Any]:
        return "browser", self._command(name, value, placeholder=True)

    def _copy(self, name: str, value: Any) -> tuple[str, Any]:
        return "copy", self._command(name, value, placeholder=False)

    def _command(self, name: str, value: Any, *, placeholder: bool) -> tuple[str, ...] | None:
        """Return a program with its arguments; a line is cut into words as a shell would."""
        try:
            parts = shlex.split(value) if isinstance(value, str) else value
        except ValueError:
            parts = None
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            self._complain(name, "expected a list of words in quotation marks")
            return None
        if wrong := wrong_command(parts, placeholder=placeholder):
            self._complain(name, wrong)
            return None
        return tuple(parts)

    def _keys(self) -> dict[str, str]:
        table = self._values.get("keys", {})
        if not isinstance(table, dict):
            self._complain("keys", "expected a table, [keys]")
            return {}
        keys: dict[str, str] = {}
        for name, value in _flat(table).items():
            if name == "preset":
                keys = {**self._preset(value), **keys}
            elif isinstance(value, str) and value:
                keys[name] = value
            elif isinstance(value, list) and value and all(isinstance(k, str) for k in value):
                keys[name] = ",".join(value)
            else:
                self._complain(
                    f"keys.{name}", "expected a key in quotation marks, or a list of keys"
                )
        return keys

    def _preset(self, name: Any) -> dict[str, str]:
        folder = resources.data("keys")
        known = sorted(path.stem for path in folder.glob("*.toml"))
        if name not in known:
            self._complain("keys.preset", f"expected one of {', '.join(known)}")
            return {}
        preset = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        return {id_: ",".join(keys) for id_, keys in preset.items()}


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return nested tables as one, so that article.star = … without quotes is understood too."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{before}{name}."))
        else:
            found[before + name] = value
    return found
