"""The units as a document of sumy's, so that sumy's summarizers and ours read the same one.

sumy asks a tokenizer for the words of a sentence and a stemmer for their stems. Here both are done
already, each sentence in its own article's language: its words are its terms, and the empty string
stands for a stop word (`material.STOP`), so a summarizer needs no stemmer and one stop word.

Imports sumy: import it only where a summary is made.
"""

from itertools import groupby

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from reader.summary.material import Material, Unit, terms_of
from reader.text.sentences import sentences
from reader.text.words import words


class Tokenizer:
    """What sumy's parsers and sentences ask of a tokenizer, on `reader.text`."""

    def __init__(self, language: str | None) -> None:
        """Take the language that the texts are in; None where it is not known."""
        self._language = language

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Return the sentences of a text."""
        return tuple(sentence.text for sentence in sentences(text, self._language))

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the terms of a sentence: stems, `STOP` for a stop word."""
        return terms_of(words(text, self._language), self._language)


class UnitSentence(Sentence):  # type: ignore[misc]  # sumy has no types
    """A sentence of sumy's that is a unit: equal to itself only."""

    __slots__ = ("unit",)

    def __init__(self, unit: Unit, tokenizer: Tokenizer) -> None:
        super().__init__(unit.sentence.text, tokenizer)
        self.unit = unit

    @property
    def words(self) -> tuple[str, ...]:
        """The unit's terms."""
        return self.unit.terms

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return hash(self.unit.row)


class Document(ObjectDocumentModel):  # type: ignore[misc]  # sumy has no types
    """All units of a material; `sentences[row]` is the unit with that row."""

    def __init__(self, material: Material, *, titles: bool = False) -> None:
        """Take the material; with `titles`, articles' titles stand as headings before them."""
        self.material = material
        paragraphs = []
        for number, article in enumerate(material.articles):
            tokenizer = Tokenizer(article.language)
            own = [unit for unit in material.units if unit.article == number]
            if titles and article.title:
                heading = Sentence(article.title, tokenizer, is_heading=True)
                paragraphs.append(Paragraph([heading]))
            for _line, group in groupby(own, key=lambda unit: unit.paragraph):
                paragraphs.append(Paragraph([UnitSentence(unit, tokenizer) for unit in group]))
        super().__init__(paragraphs)
