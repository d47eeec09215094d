r"""The search language, the same in the terminal, on the command line and in saved searches.

    storm damage          both words; "storm damage" next to each other; storm* begins with storm
    title: source: author: tag: story: lang:     search: is a saved search
    title:(storm OR "high seas")                 a field may stand before a bracket
    is:unread|read|starred|noted|excerpt|starter|removed   has:annotation
    before: after: on:    2025, 2025-07, 2025-07-04, today, yesterday, 3d (also h, w, m, y)
    AND OR NOT - ( )      AND may be left out; the operators are written in capitals

`after:` counts the day named ("since"), `before:` does not. Words are found by their stems, in any
language of the library; upper and lower case and accents are the same. In quotes, `\"` is a quote.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from reader.errors import QueryError
from reader.library import moments
from reader.library.query import (
    Either,
    Every,
    Flag,
    InStory,
    Is,
    Named,
    Node,
    Not,
    Query,
    Saved,
    Text,
    TextField,
    When,
    parts_of,
)
from reader.library.tokens import is_word, tokens
from reader.model import id_range

FIELDS = (
    "title", "source", "author", "tag", "story", "lang", "is", "has", "before", "after", "on",
    "search",
)  # fmt: skip
"""The names that may stand before a colon."""
FLAGS: tuple[Flag, ...] = ("unread", "read", "starred", "noted", "excerpt", "starter", "removed")
"""What may stand after `is:`."""
_HAS = {"annotation": "noted", "annotations": "noted", "note": "noted", "notes": "noted"}

MOST_TERMS = 200
DEEPEST = 30
BEGINNING = 3
"""So many letters of a word that is being typed are looked for as a beginning: fewer begin too many
words to be found at once."""
_PASSED = Every(())
"""What a word means that is passed over: signs without a letter or a digit."""


class _Token(NamedTuple):
    """A piece of a query: its kind, its value, and where it begins and ends."""

    kind: str
    value: Any
    start: int
    end: int


_LEX = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<open>\()"
    r"|(?P<close>\))"
    r"|(?P<minus>-(?=\S))"
    r"|(?P<field>[A-Za-z]+):(?=[^\s)])"
    r"|(?P<named>(?:" + "|".join(FIELDS) + r")):"
    r'|"(?P<quoted>(?:\\.|[^"\\])*)"(?P<star>\*?)'
    r'|(?P<unclosed>")'
    r'|(?P<word>[^\s()"]+)',
    re.DOTALL | re.IGNORECASE,
)


def parse_query(text: str, *, typing: bool = False) -> Query:
    """Understand a query, or raise QueryError with the position and what was expected there.

    While one is `typing`, the last word may be the beginning of one: from the third letter on it is
    looked for as such too. A single letter is passed over, so that nothing flickers.
    """
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate is in no text
    parser = _Parser(list(_lex(text)), len(text), typing=typing)
    return Query(parser.whole())


def written_out(text: str) -> str:
    """Return the query that finds what this one does while it is typed. Raises QueryError."""
    parse_query(text)
    last = next(iter(_lex(text)[-1:]), None)
    if last is None or last.kind != "word" or last.end < len(text):
        return text
    if isinstance(parse_query(last.value, typing=True).node, Either):
        word = last.value
        if not re.fullmatch(r"[^\s\"():*\\]+", word):  # else “bridge:*” would name a field
            word = '"' + word.replace("\\", "\\\\") + '"'
        return f"{text[: last.start]}({word} OR {word}*)"
    return text


def _lex(text: str) -> "list[_Token]":
    found = []
    for match in _LEX.finditer(text):
        kind = match.lastgroup or ""
        if kind == "star":
            kind = "quoted"
        if kind == "space":
            continue
        if kind == "unclosed":
            raise QueryError(
                'The quotation mark is never closed: expected another “"”.', match.start()
            )
        value: Any = match[kind]
        if kind == "quoted":
            value = (re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.DOTALL), bool(match["star"]))
        elif kind == "word" and value in {"AND", "OR", "NOT"}:
            kind = value
        elif kind in {"field", "named"}:
            kind, value = "field", value.lower()
        found.append(_Token(kind, value, match.start(), match.end()))
    return found


class _Parser:
    """Recursive descent over the tokens: OR of ANDs of NOTs of terms and brackets."""

    def __init__(self, found: list[_Token], length: int, *, typing: bool) -> None:
        self._typing = typing
        self._tokens = found
        self._at = 0
        self._end = _Token("end", "", length, length)
        self._terms = 0
        self._within = ""
        """The field before the bracket that one is in; "" where there is none."""

    def whole(self) -> Node:
        """Return what the whole query means."""
        if self._next.kind == "end":
            return Every(())
        node = self._either(0)
        if self._next.kind == "close":
            raise QueryError("There is no bracket open that “)” could close.", self._next.start)
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else self._end

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _either(self, depth: int) -> Node:
        nodes = [self._both(depth)]
        while self._next.kind == "OR":
            self._take()
            nodes.append(self._both(depth))
        return nodes[0] if len(nodes) == 1 else Either(tuple(nodes))

    def _both(self, depth: int) -> Node:
        nodes = [self._one(depth)]
        while self._next.kind not in {"end", "close", "OR"}:
            if self._next.kind == "AND":
                self._take()
            nodes.append(self._one(depth))
        flat = [part for node in nodes for part in parts_of(node)]
        return flat[0] if len(flat) == 1 else Every(tuple(flat))

    def _one(self, depth: int) -> Node:
        negative = False
        while self._next.kind in {"NOT", "minus"}:
            negative = not negative
            self._take()
        word = self._next.kind in {"word", "quoted"}
        node = self._term(depth)
        if word and node is _PASSED:
            return node
        return Not(node) if negative else node

    def _term(self, depth: int) -> Node:
        token = self._take()
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(f"The query has more than {MOST_TERMS} terms.", token.start)
        if token.kind == "open":
            return self._bracket(token, depth)
        if token.kind == "field":
            return self._field(token, depth)
        if token.kind in {"quoted", "word"}:
            return self._value(self._within, token)
        raise QueryError(_expected(token, self._before()), token.start)

    def _before(self) -> str:
        return str(self._tokens[self._at - 2].value) if self._at > 1 else ""

    def _bracket(self, opened: _Token, depth: int) -> Node:
        if depth >= DEEPEST:
            raise QueryError(f"Brackets may be {DEEPEST} deep at most.", opened.start)
        node = self._either(depth + 1)
        if self._take().kind != "close":
            raise QueryError("The bracket is never closed: expected “)”.", opened.start)
        return node

    def _field(self, field: _Token, depth: int) -> Node:
        name = field.value
        if name not in FIELDS:
            raise QueryError(_unknown_field(name), field.start)
        if self._within:
            inside = f"Inside the bracket of “{self._within}:” there can be no other field"
            raise QueryError(f"{inside}: expected {_VALUES[self._within]}.", field.start)
        token = self._next
        if token.start != field.end or token.kind not in _AFTER_FIELD:
            raise QueryError(f"Expected {_VALUES[name]} after “{name}:”.", field.end)
        self._take()
        if token.kind != "open":
            return self._value(name, token)
        self._within = name
        node = self._bracket(token, depth)
        self._within = ""
        return node

    def _value(self, name: str, token: _Token) -> Node:
        value, prefix = token.value, False
        if token.kind == "quoted":
            value, prefix = token.value
            if not value and name in _WORDS:
                raise QueryError("Expected words between the quotation marks.", token.start)
        else:
            value, prefix = value.rstrip("*"), value.endswith("*")
            if name in _WORDS and (wrong := _star(token.value)) is not None:
                raise QueryError(
                    "A star stands at the end of a word of which one knows the beginning.",
                    token.start + wrong,
                )
        if self._typing and token.kind == "word" and token.end == self._end.start and not prefix:
            return _begun(name, value, token.start)
        return _value(name, value, token.start, prefix=prefix)


_AFTER_FIELD = frozenset(["word", "quoted", "AND", "OR", "NOT", "minus", "open"])
_WORDS = frozenset(["", "title", "author"])
"""The fields whose values are words; "" is the whole article."""


def _star(word: str) -> int | None:
    """Return where a word has a star that cannot be understood; None where it has none."""
    at = word.find("*")
    if at < 0 or (tokens(word[:at]) and not tokens(word[at:])):
        return None
    return at


def _unknown_field(name: str) -> str:
    known = ", ".join(f"{field}:" for field in FIELDS)
    guess = _meant(name, FIELDS, ":")
    return f"There is no field “{name}:”{guess}: expected one of {known}."


def _meant(word: str, known: Iterable[str], after: str = "") -> str:
    """Return a question in brackets whether another word was meant, where one is much like it."""
    close = get_close_matches(word, known, 1, 0.6)
    return f" (did you mean “{close[0]}{after}”?)" if close else ""


_VALUES = {
    "title": "words of the title",
    "source": "the name of an outlet",
    "author": "words of the author's name",
    "tag": "a tag",
    "story": "the id of a story, or a beginning of it",
    "lang": "a language, as in “lang:en”",
    "is": f"one of {', '.join(FLAGS)}",
    "has": "“annotation”",
    "before": moments.EXPECTED,
    "after": moments.EXPECTED,
    "on": moments.EXPECTED,
    "search": "the name of a saved search",
}


def _expected(token: _Token, before: str) -> str:
    if token.kind == "end":
        return f"The query ends too early: expected a word after “{before}”."
    shown = "-" if token.kind == "minus" else token.value
    return f"Expected a word, a field or a bracket instead of “{shown}”."


def _text(value: str, field: TextField = "", *, prefix: bool = False) -> Node:
    found = tuple(tokens(value))
    return Text(found, field, prefix) if found else _PASSED


def _begun(name: str, value: str, at: int) -> Node:
    """Return what a word means that may go on."""
    found = tokens(value) if name in _WORDS else []
    if not found:
        return _value(name, value, at, prefix=name == "tag")
    if len(found) == len(found[0]) == 1 and is_word(found[0]):
        return _PASSED
    whole = _value(name, value, at, prefix=False)
    if len(found[-1]) < BEGINNING or not is_word(found[-1]):
        return whole
    return Either((whole, _value(name, value, at, prefix=True)))


def _value(name: str, value: str, at: int, *, prefix: bool) -> Node:
    if name in _WORDS:
        return _text(value, name, prefix=prefix)  # type: ignore[arg-type]
    if not value.strip():
        raise QueryError(f"Expected {_VALUES[name]} after “{name}:”.", at)
    if name in {"is", "has"}:
        return _flag(name, value.lower(), at)
    if name == "story":
        if value.lower() != "none" and id_range(value) is None:
            raise QueryError(f"“{value}” is no id of a story.", at)
        return InStory(value)
    if name == "search":
        return Saved(value)
    if name in {"before", "after", "on"}:
        if not moments.is_moment(value):
            raise QueryError(f"“{value}” is no date: expected {moments.EXPECTED}.", at)
        return When(name, value.lower())  # type: ignore[arg-type]
    return Named(name, value, prefix=prefix)  # type: ignore[arg-type]


def _flag(name: str, value: str, at: int) -> Node:
    flag = _HAS.get(value) if name == "has" else value
    if flag not in FLAGS:
        guess = _meant(value, FLAGS if name == "is" else _HAS)
        raise QueryError(f"“{value}” is not known{guess}: expected {_VALUES[name]}.", at)
    return Is(flag)
