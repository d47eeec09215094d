"""Places in a line where a sentence may end, and what stands on both sides of each.

Everything looks at a bounded piece of the line, so that hostile lines cost no more than others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from reader.text._manners import Manners, lower

CJK_ENDERS = "。！？｡"
QUESTIONS = "?!؟‼⁇⁈⁉‽"
FULL_STOPS = "۔।॥։።။៕។།"
QUOTES = "\"'“”‘’«»‹›„‚"
"""Quotation marks of scripts with spaces; which of them open depends on the language."""

_CLOSERS = "\"'“”‘’«»‹›)\\]}」』）】》〉］｝"
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af「『（《【“〈]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_OPENING = re.compile(r"(?:[\s\"'“”‘’«»‹›„‚(\[{¿¡—–\-]|,,(?=[^\W_])){0,8}")
_FIRST = re.compile(r"[^\W_]{1,40}(?:[.’'\-][^\W_]{1,40}){0,3}")
_OPENERS = "\"'“”‘’«»‹›„‚([{¿¡—–-*•,"
_CAMEL = re.compile(r"[^\W\d_]{1,2}[A-Z]")
_ADDRESS = re.compile(r"[/@\\#]|www", re.IGNORECASE)
_TOP_LEVEL = frozenset(
    [
        "com",
        "org",
        "net",
        "edu",
        "gov",
        "info",
        "biz",
        "io",
        "co",
        "uk",
        "de",
        "fr",
        "eu",
        "us",
        "tv",
        "js",
    ]
)
_NOTE = r"(?<![^\W\d_]\.[^\W\d_]\.)[1-9]\d?(?=\s+[^\W\d_])"
"""The number of a footnote that stands, raised once, behind the full stop: "so.1 Then"."""
_ENDS_KOREAN = "다요죠까"
_LATIN_TAIL = re.compile(r"(?<=[^\x00-\x7f])[A-Za-z.]+$")
_TOKEN = re.compile(r"\S{1,60}")
_WINDOW = 60
_QUOTE_WINDOW = 1_000

Kind = Literal["spaced", "glued", "cjk"]


@dataclass(frozen=True, slots=True)
class Right:
    """What follows a possible end."""

    opening: str
    """Quotation marks, brackets and dashes before the first word."""
    word: str
    """The first word; "" where something else stands there."""
    char: str
    """The first character behind the opening."""
    rest: str
    """The piece of the line from there on."""

    @property
    def lower(self) -> bool:
        """Whether it begins in lower case, names such as "iPhone" aside."""
        return self.char.islower() and not _CAMEL.match(self.word)

    @property
    def quoted(self) -> bool:
        """Whether a quotation begins there."""
        return any(mark in QUOTES or mark == "," for mark in self.opening)


@dataclass(frozen=True)
class Place:
    """A place where the sentence that began at `start` may end."""

    line: str
    start: int
    mark: int
    """Where the characters that may end it begin."""
    run: str
    """Those characters: ".", "?!", "...", ". . ."."""
    close: str
    """Closing marks behind them."""
    end: int
    next: int
    """Where the next sentence would begin."""
    kind: Kind
    """"spaced", "glued" (a space is missing) or "cjk" (none is needed)."""

    @cached_property
    def left(self) -> list[str]:
        """The last words before the mark, as written."""
        return self.line[max(self.start, self.mark - _WINDOW) : self.mark].split()

    @cached_property
    def token(self) -> str:
        """The last of them without what opens it; "" where the mark stands apart."""
        if self.mark == self.start or self.line[self.mark - 1].isspace() or not self.left:
            return ""
        token = self.left[-1].lstrip(_OPENERS)
        latin = _LATIN_TAIL.search(token) if _CJK.search(token) else None
        return latin.group() if latin else token

    @cached_property
    def right(self) -> Right:
        """What follows."""
        return _right(self.line, self.next)


def places(line: str, known: Manners) -> Iterator[re.Match[str]]:
    """Yield what may end a sentence of a line and has words behind it; `place` judges each."""
    last = next((i for i in range(len(line) - 1, -1, -1) if line[i].isalnum()), -1)
    for match in _pattern(known.enders).finditer(line):
        if match.end() > last:
            return
        yield match


def place(line: str, start: int, match: re.Match[str], known: Manners) -> Place | None:
    """Return the place of a match in the sentence that begins at `start`; None if it is none."""
    mark, run, end = match.start(), match["run"], match.end("close")
    if match["close"][:1].isdecimal():  # "No.5 Downing Street"
        word = line[max(start, mark - _WINDOW) : mark].rpartition(" ")[2].lstrip(_OPENERS)
        if known.entry(word) in known.numbered | known.titles:
            return None
    if match["gap"]:
        end, after = _with_lone_quote(line, start, end, match.end())
        return Place(line, start, mark, run, match["close"], end, after, "spaced")
    if any(char in CJK_ENDERS for char in run) or (run[-1] in QUESTIONS and _CJK.match(line, end)):
        return Place(line, start, mark, run, match["close"], end, end, "cjk")
    if run[-1] in FULL_STOPS and line[end].isalpha():
        return Place(line, start, mark, run, match["close"], end, end, "glued")
    glued = _glued_end(line, start, match, known)
    return Place(line, start, mark, run, match["close"], glued, glued, "glued") if glued else None


@lru_cache(maxsize=8)
def _pattern(enders: str) -> re.Pattern[str]:
    marks = f".…{QUESTIONS}{FULL_STOPS}{CJK_ENDERS}{enders}"
    emoji = "[\u2600-\u26ff\u2764\ufe0f\u200d\U0001f300-\U0001faff]+"
    return re.compile(
        rf"(?P<run>\.(?:[ \xa0]\.)+|[{marks}]+)"
        rf"(?P<close>(?:[{_CLOSERS}]|\[\d{{1,3}}\]|[ \xa0\u202f][»”)](?=[\s,;:.?!)]|$)"
        rf"|\[?[⁰¹²³⁴-⁹]{{1,3}}\]?|(?<=[^\W\d_][^\W\d_][.!?]){_NOTE}"
        rf"|\s?[\[(](?:\.\.\.|…)[\])]|\s?{emoji})*)"
        r"(?P<gap>\s*)"
    )


def _right(line: str, at: int) -> Right:
    opening = _OPENING.match(line, at)
    begin = opening.end() if opening else at
    first = _FIRST.match(line, begin)
    return Right(
        opening=line[at:begin],
        word=first.group() if first else "",
        char=line[begin : begin + 1],
        rest=line[begin : begin + 2 * _WINDOW],
    )


def _with_lone_quote(line: str, start: int, end: int, after: int) -> tuple[int, int]:
    """Take a straight quotation mark that stands alone into the sentence, where it closes it."""
    mark = line[after]
    if (
        mark not in "\"'"
        or not line[after + 1 : after + 2].isspace()
        or _even(line, start, end, mark)
    ):
        return end, after
    following = after + 1
    while line[following].isspace():
        following += 1
    return after + 1, following


def _even(line: str, start: int, end: int, mark: str) -> bool:
    """Return whether no quotation with this straight mark is open there."""
    return line.count(mark, max(start, end - _QUOTE_WINDOW), end) % 2 == 0


def _glued_end(line: str, start: int, match: re.Match[str], known: Manners) -> int | None:
    """Return where a sentence ends whose successor follows without a space; None if none does."""
    end, before = match.end("close"), line[match.start() - 1 : match.start()]
    if line[end] in "¿¡":
        return end
    if known.dates:
        korean = before and before in _ENDS_KOREAN and not match["close"]
        return end if korean and _HANGUL.match(line, end) else None
    right = _right(line, end)
    plain = before.islower() or (before.isdigit() and not known.ordinals) or match["close"]
    if (
        not plain
        or before in "(["
        or "-" in right.opening
        or not right.char.isupper()
        or match["run"][-1] not in ".?!…"
    ):
        return None
    return (
        None if _is_name(line, start, match, right, known) else _before_opener(line, start, match)
    )


def _is_name(line: str, start: int, match: re.Match[str], right: Right, known: Manners) -> bool:
    """Return whether what stands around a full stop is one thing: an address, "St.Louis"."""
    mark, end = match.start(), match.end("close")
    left = line[max(start, mark - _WINDOW) : mark].split()
    token = left[-1] if left and not line[mark - 1].isspace() else ""
    following = _TOKEN.match(line, end)
    word = token.lstrip(_OPENERS)
    return (
        not (match["close"] or len(word) > 1)
        or any(_ADDRESS.search(piece) for piece in (token, following.group() if following else ""))
        or (match["run"] == "." and lower(right.word) in _TOP_LEVEL - known.starters)
        or (len(right.word) == 1 and lower(right.word) not in known.starters)
        or "." in right.word
        or ("." in word and not match["close"])
        or bool(known.entry(word))
    )


def _before_opener(line: str, start: int, match: re.Match[str]) -> int:
    """Return the end of a glued sentence: a mark that opens the next one is not part of it."""
    end = match.end("close")
    last = match["close"][-1:]
    if last and (last in "“‘«([{" or (last in "\"'" and _even(line, start, match.start(), last))):
        return end - 1
    return end
