"""The sentences that a summary may choose from, made ready once for every method.

Repeated sentences are dropped here (the first one stays and knows its repeats), so that no method
can choose the same words twice, and so is what lies beyond `MOST_SENTENCES`: methods that compare
all sentences with each other need time and memory with the square of their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.model import Article, BlockKind, Sentence
from reader.text.copies import same_copy
from reader.text.sentences import sentences
from reader.text.words import stem, stop_words, words

MOST_SENTENCES = 1500
"""So many different sentences are looked at, shared out evenly among the articles."""

STOP = ""
"""Stands for a stop word among the terms: methods that count gaps still see that it is there."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that may be chosen."""

    row: int
    """Its number among all units."""
    article: int
    """The number of its article, in the order given."""
    sentence: Sentence
    kind: BlockKind
    paragraph: int
    """The number of its line in the article's text: a paragraph, heading or list item."""
    words: tuple[str, ...]
    """All words in lower case, in order."""
    terms: tuple[str, ...]
    """The stem of each word, `STOP` for a stop word."""
    stems: tuple[str, ...]
    """The stems of the content words, in order."""
    repeats: tuple[int, ...] = ()
    """The numbers of the articles (its own too, where it stands there again) that repeat it."""

    @property
    def length(self) -> int:
        """How many words it counts for a summary of so many words.

        Pieces between white space; where a script is written without it (Chinese, Japanese, Thai),
        the words that `reader.text.words` finds.
        """
        pieces = len(self.sentence.text.split())
        return len(self.words) if len(self.words) > 3 * pieces else pieces


@dataclass(frozen=True, slots=True)
class Material:
    """The articles to summarise and their units, in reading order."""

    articles: tuple[Article, ...]
    counts: tuple[int, ...]
    """How many sentences each article has, repeated ones too."""
    units: tuple[Unit, ...] = field(repr=False)
    left_out: int = 0
    """How many sentences lie beyond `MOST_SENTENCES`."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The name of each article's outlet, "report 2" where it is not known."""
        return tuple(
            article.source or f"report {number}" for number, article in enumerate(self.articles, 1)
        )

    def voices(self) -> tuple[int, ...]:
        """Return for each article the number of the article whose voice it is.

        Articles of one outlet, and wire copies of one report, are one voice: the first one's.
        """
        tokens: list[list[str]] = [[] for _ in self.articles]
        for unit in self.units:
            for number in {unit.article, *unit.repeats}:
                tokens[number].extend(unit.words)
        voices: list[int] = []
        for number, article in enumerate(self.articles):
            same = (
                voices[k]
                for k in range(number)
                if (article.source and article.source == self.articles[k].source)
                or same_copy(tokens[k], tokens[number])
            )
            voices.append(next(same, number))
        return tuple(voices)


def prepare(articles: Sequence[Article]) -> Material:
    """Return the material of these articles; sentences without a letter or digit are left out.

    Only where no article has any other sentence are these kept too, so that a text of nothing but
    dots or emoji still has a summary: itself.
    """
    found = [sentences(article.text, article.language) for article in articles]
    counts = tuple(len(own) for own in found)
    wordless = not any(
        words(sentence.text, article.language)
        for article, own in zip(articles, found, strict=True)
        for sentence in own[:MOST_SENTENCES]
    )
    share = max(1, MOST_SENTENCES // max(1, len(articles)))
    units: dict[tuple[str, ...], Unit] = {}
    left_out = 0
    for number, (article, own) in enumerate(zip(articles, found, strict=True)):
        taken = 0
        for unit in _units(article, number, own):
            if not unit.words and not wordless:
                continue
            if taken == share:
                left_out += 1
                continue
            taken += _add(units, unit)
    return Material(tuple(articles), counts, tuple(units.values()), left_out)


def terms_of(own: Sequence[str], language: str | None) -> tuple[str, ...]:
    """Return the stem of each of these words in lower case, `STOP` for a stop word."""
    stops = stop_words(language)
    return tuple(STOP if word in stops else stem(word, language) for word in own)


def _units(article: Article, number: int, found: Sequence[Sentence]) -> Iterator[Unit]:
    language = article.language
    kinds = kinds_of(article, found)
    lines = _lines(article.text, found)
    for sentence, kind, line in zip(found, kinds, lines, strict=True):
        own = tuple(words(sentence.text, language))
        terms = terms_of(own, language)
        yield Unit(0, number, sentence, kind, line, own, terms, tuple(filter(None, terms)))


def _add(units: dict[tuple[str, ...], Unit], unit: Unit) -> bool:
    """Add a unit, or add its article to the repeats of one; return whether it is a new one."""
    key = unit.words or (unit.sentence.text,)
    first = units.get(key)
    if first is None:
        units[key] = replace(unit, row=len(units))
        return True
    repeats = tuple(dict.fromkeys((*first.repeats, unit.article)))
    units[key] = replace(first, repeats=repeats)
    return False


def kinds_of(article: Article, found: Sequence[Sentence]) -> list[BlockKind]:
    """Return for each sentence the kind of the block that it begins in."""
    kinds: list[BlockKind] = []
    at = 0
    for sentence in found:
        while at < len(article.blocks) and article.blocks[at].end <= sentence.start:
            at += 1
        inside = at < len(article.blocks) and article.blocks[at].start <= sentence.start
        kinds.append(article.blocks[at].kind if inside else "paragraph")
    return kinds


def _lines(text: str, found: Sequence[Sentence]) -> list[int]:
    lines: list[int] = []
    line, at = 0, 0
    for sentence in found:
        line += text.count("\n", at, sentence.start)
        at = sentence.start
        lines.append(line)
    return lines
