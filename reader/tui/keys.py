"""Keys as the configuration gives them, held against what commands and keys there are."""

from difflib import get_close_matches
from functools import cache

from textual.binding import Binding, BindingsMap
from textual.keys import Keys

from reader.config import Settings
from reader.tui.commands import BY_ID, CHAINS, for_focus, shown_keys

_MODIFIERS = {"ctrl", "shift", "alt", "super"}


@cache
def _names() -> frozenset[str]:
    return frozenset(key.value for key in Keys)


def is_key(key: str) -> bool:
    """Tell whether a terminal may send this key: "a", "?", "f5", "ctrl+d", "question_mark"."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if not set(modifiers) <= _MODIFIERS or not name:
        return False
    known = name in _names() or f"ctrl+{name}" in _names() or name in _CHARACTERS
    return len(name) == 1 or known or key in _names()


_CHARACTERS = {
    "question_mark", "slash", "asterisk", "equals_sign", "left_square_bracket",
    "right_square_bracket", "comma", "full_stop", "minus", "plus", "number_sign", "colon",
    "semicolon", "space", "exclamation_mark", "at", "dollar_sign", "percent_sign", "ampersand",
    "circumflex_accent", "underscore", "tilde", "vertical_line", "less_than_sign",
    "greater_than_sign", "quotation_mark", "apostrophe", "left_parenthesis", "right_parenthesis",
}  # fmt: skip


def name_of(key: str) -> str:
    """Return the name that a press of a key carries: "question_mark" for "?"."""
    return next(iter(BindingsMap([Binding(key, "press")]).key_to_bindings))


def keymap_of(settings: Settings) -> tuple[dict[str, str], list[str]]:
    """Return the keys that can be given to commands, and a sentence for each that cannot.

    A key that is another command's in the same place is refused, unless that command gets other
    keys itself.
    """
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for command, keys in settings.keys.items():
        problem = _problem(command, keys, settings)
        if problem:
            problems.append(f"{settings.where(f'keys.{command}')}: keys.{command}: {problem}")
        else:
            keymap[command] = keys
    return keymap, problems


def _problem(command: str, keys: str, settings: Settings) -> str:
    if command not in BY_ID:
        near = get_close_matches(command, BY_ID, 1)
        meant = f"; did you mean {near[0]}?" if near else "; ? in the program names them all"
        return f"there is no such command{meant}"
    for key in keys.split(","):
        if not is_key(key):
            return f"{key} is no key; expected one such as f, F, f5, ctrl+d, question_mark"
        if other := _taken(command, key, settings):
            return f"{shown_keys(key)} is the key of “{other}” already; give that another key first"
    return ""


def _taken(command: str, key: str, settings: Settings) -> str:
    """Return another command that has the key where this one applies, or ""."""
    for focus in CHAINS:
        here = for_focus(focus)
        if BY_ID[command] not in here:
            continue
        for other in here:
            if other.id != command and key in settings.keys.get(other.id, other.keys).split(","):
                return other.id
    return ""
