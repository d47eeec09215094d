"""Who says what: the speaker of a quoted passage, as its sentence names it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.names import Name, folded
from reader.compare.quotes import Passage
from reader.compare.synonyms import place_terms
from reader.compare.tables import listed, members, section
from reader.text.words import stem

_CLAUSE_END = re.compile(r"[;:–—―]|\([^()]{12,}\)|\.\s|\bthat\b|[“”„«»\"]")
_PIECE = re.compile(r"(?:[^,“”\"'‘’»«]|(?<=\w)['’](?=\w))+")
_UNTIL = re.compile(
    r"[,.;:“”\"]|\s(?:in|on|at|to|after|during|when|while|as|who|that|via|from|with|for)\s|$"
)
_PARTED = re.compile(r",\s*(?:(?:and|und|et|y|e|en)\s+)?$", re.IGNORECASE)
_AFTER_NAME = ("", ",", ".", ";", ":")
_LONGEST = 8
"""How many words a speaker may be named with; more is cut to the name."""
_BESIDE = 2
"""How many characters may stand between a name and the verb that it is the subject of."""
_BACK = 3
"""How many sentences back the name may stand that a pronoun means."""
_FAR = 90
"""How many characters of the sentence a speaker may stand away from the quotation."""
_AND = re.compile(r"\s*(?:(?:and|but|while|und|et|y|e|en|however|meanwhile)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something, as written; `start` and `end` are code points of the unit's text."""

    unit: Unit
    start: int
    end: int
    tokens: frozenset[str]
    """The words that identify the speaker: all names of the person, else of the whole phrase."""
    words: frozenset[str]
    """The content words of the phrase: offices, countries and names."""
    person: bool
    """Whether it is a person's name rather than an office or a body."""
    body: bool = False
    """Whether it is a body that is named (a ministry, a company), not a role ("officials")."""
    explicit: bool = True
    """Whether the sentence itself names the speaker, not the one before ("he said")."""

    @property
    def text(self) -> str:
        """Return the speaker as written."""
        return self.unit.text[self.start : self.end]


@cache
def _verb(language: str | None) -> re.Pattern[str]:
    verbs = [*listed(language, "speech", "verbs"), *listed(language, "speech", "calls")]
    words = "|".join(map(re.escape, verbs)) or "(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@cache
def _after(language: str | None) -> re.Pattern[str]:
    phrases = section(language, "speech").get("after", "").split("|")
    words = "|".join(re.escape(phrase.strip()) for phrase in phrases if phrase.strip()) or "(?!)"
    return re.compile(rf"\b(?:{words})\s+", re.IGNORECASE)


def speakers(story: Story, found: Iterable[Passage]) -> dict[Passage, Speaker | None]:
    """Return the speaker of each passage; None where the text does not tell."""
    result: dict[Passage, Speaker | None] = {}
    of_quotation: dict[tuple[int, int], Speaker] = {}
    ordered = list(found)
    for passage in ordered:
        speaker = _speaker(story, passage)
        if speaker is not None and _is_pronoun(speaker, story.language(passage.unit)):
            speaker = _named_before(story, passage, speaker.text, result)
        result[passage] = speaker
        if speaker is not None:
            of_quotation.setdefault((passage.unit.report, passage.quotation), speaker)
    for passage in ordered:
        if result[passage] is None and passage.marked:
            key = (passage.unit.report, passage.quotation)
            result[passage] = of_quotation.get(key) or _same_paragraph(passage, ordered, result)
    return result


def _speaker(story: Story, passage: Passage) -> Speaker | None:
    """Return whom the sentence of a passage names: after it, before it, or as its source."""
    text, language = passage.unit.text, story.language(passage.unit)
    if verb := _verb(language).search(text, passage.end, passage.end + _FAR):
        inner = text[passage.end : verb.start()].strip(" ,”\"'’»“.?!")
        if not _CLAUSE_END.search(inner):
            if inner:
                return _subject(story, passage.unit, passage.end, verb.start())
            if found := _source(story, passage.unit, verb.end()):
                return found
    verbs = list(_verb(language).finditer(text, 0, passage.start))
    if verbs and (found := speaker_before(story, passage.unit, verbs[-1].start())):
        return found
    source = _after(language).search(text)
    return _source(story, passage.unit, source.end()) if source else None


def speaker_before(story: Story, unit: Unit, verb: int) -> Speaker | None:
    """Return whom the text before a verb of saying (which begins at `verb`) names as speaking."""
    start = max([0, *(m.end() for m in _CLAUSE_END.finditer(unit.text, 0, verb))])
    return _subject(story, unit, start, verb)


def _subject(story: Story, unit: Unit, start: int, verb: int) -> Speaker | None:
    """Return the subject of a verb: the last piece before it that is one, names first.

    Pieces are what commas part: "Jo Lee, head of the union, said" has its name first, "In Rome, Jo
    Lee said" last; what stands between is lower case or opens with a preposition.
    """
    language = story.language(unit)
    pieces = _pieces(unit.text, start, verb)
    if _PARTED.search(unit.text, start, verb) and (first := _first(story, unit, pieces)):
        return first
    for number, piece in enumerate(reversed(pieces)):
        words = unit.text[slice(*piece)].lower().split()
        if number == 0 and words[-1] in members(language, "speech", "pronouns"):
            last = piece[1] - len(words[-1])
            return Speaker(unit, last, piece[1], frozenset(words[-1:]), frozenset(), person=False)
        if _may_open(unit.text, piece, language) and (
            found := _phrase(story, unit, *piece, last=True)
        ):
            return found
    return None


def _first(story: Story, unit: Unit, pieces: list[tuple[int, int]]) -> Speaker | None:
    """Return the subject that a comma parts from its verb: "Jo Lee, met the envoy, and called".

    It is the first piece that can be one, or the bare name set beside it ("the minister, Jo Lee,").
    """
    language = story.language(unit)
    for piece, beside in zip_longest(pieces, pieces[1:]):
        if not _may_open(unit.text, piece, language):
            continue
        bare = beside and any((n.start, n.end) == beside for n in story.names[unit.row])
        whole = any((n.start, n.end) == piece for n in story.names[unit.row])
        return _phrase(
            story, unit, *(beside if beside and bare and not whole else piece), last=False
        )
    return None


def _may_open(text: str, piece: tuple[int, int], language: str | None) -> bool:
    """Return whether a piece begins as a subject does: a name, an article, an office or body."""
    word = text[slice(*piece)].split(maxsplit=1)[0]
    lower = word.lower()
    if lower in members(language, "speech", "articles"):
        return True
    if lower in function_words(language):
        return False
    generic = members(language, "speech", "bodies") | members(language, "speech", "generic")
    return word[0].isupper() or lower in generic or lower in titles_of(language)


def _source(story: Story, unit: Unit, start: int) -> Speaker | None:
    """Return the speaker that a phrase after "said" or "according to" names."""
    stop = _UNTIL.search(unit.text, start)
    end = stop.start() if stop else len(unit.text)
    beside = next((n for n in story.names[unit.row] if n.start == end + 2), None)
    if beside and unit.text[end : end + 2] == ", " and unit.text[beside.end :][:1] in _AFTER_NAME:
        named = _phrase(story, unit, beside.start, beside.end, last=False)
        if named and named.person:  # "said the minister, Jo Lee, who"
            office = _words(unit, start, end, story.language(unit))
            return replace(named, words=named.words | office)
    pieces = _pieces(unit.text, start, end)
    return _phrase(story, unit, *pieces[0], last=False) if pieces else None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in _PIECE.finditer(text, start, end):
        a, b = match.span()
        joined = _AND.match(text, a, b)
        a = joined.end() if joined else a
        while a < b and text[b - 1] in " .—–-":
            b -= 1
        if a < b:
            found.append((a, b))
    return found


def _phrase(story: Story, unit: Unit, start: int, end: int, *, last: bool) -> Speaker | None:
    """Return the speaker that a stretch of text names: a person, a body or an office."""
    language = story.language(unit)
    text, titles = unit.text[start:end], titles_of(language)
    names = [n for n in story.names[unit.row] if start <= n.start and n.end <= end]
    persons = [n for n in names if _proper(n.tokens, titles, language)]
    if not _is_body(text, language):
        heads = [n for n in persons if _heads(unit, n, (start, end), language)]
        if heads:
            return _person(story, unit, heads[-1 if last else 0], (start, end))
    if len(text.split()) > _LONGEST:
        return None
    may_speak = (
        members(language, "speech", "bodies") | members(language, "speech", "generic") | titles
    )
    words = _words(unit, start, end, language)
    named = bool(names) and bool(words & members(language, "speech", "organisations"))
    if not words & may_speak:
        return None
    return Speaker(unit, start, end, words, words, person=False, body=named)


def _heads(unit: Unit, name: Name, phrase: tuple[int, int], language: str | None) -> bool:
    """Return whether a name is whom a phrase is about: "Mayor Jo Lee", not "the wife of Jo Lee"."""
    start, end = phrase
    if name.start == start:
        return True
    before = [w.text for w in unit.words if start <= w.start < name.start]
    own = set(before[1:]) if before[0] in members(language, "speech", "articles") else set(before)
    return end - name.end <= _BESIDE and not own & function_words(language)


def _person(story: Story, unit: Unit, name: Name, phrase: tuple[int, int]) -> Speaker:
    """Return the person of that name, shown with the phrase where that is short."""
    language = story.language(unit)
    start, end = phrase
    if len(unit.text[start:end].split()) > _LONGEST or end - name.end > _BESIDE:
        start, end = name.start, name.end
    proper = frozenset(_proper(name.tokens, titles_of(language), language))
    words = _words(unit, start, end, language)
    return Speaker(unit, start, end, story.persons.get(proper, proper), words, person=True)


@cache
def titles_of(language: str | None) -> frozenset[str]:
    """Return the words of offices and courtesy titles of a language."""
    entries = ("heads", "modifiers", "courtesy")
    return frozenset(word for entry in entries for word in members(language, "offices", entry))


def _proper(
    tokens: tuple[str, ...], titles: frozenset[str], language: str | None
) -> tuple[str, ...]:
    """Return the words of a name that are a person's: no titles, no countries."""
    places, functions = place_terms(language), function_words(language)
    return tuple(
        t for t in tokens if not (t in titles or t in functions or stem(t, language) in places)
    )


def _words(unit: Unit, start: int, end: int, language: str | None) -> frozenset[str]:
    functions = function_words(language)
    words = (folded(w.text) for w in unit.words if start <= w.start < end)
    return frozenset(word for word in words if word not in functions)


def _is_body(text: str, language: str | None) -> bool:
    bodies: frozenset[str] = members(language, "speech", "bodies")
    return any(folded(word.strip(",.")) in bodies for word in text.split())


def _is_pronoun(speaker: Speaker, language: str | None) -> bool:
    pronouns: frozenset[str] = members(language, "speech", "pronouns")
    return speaker.text.casefold() in pronouns


def _named_before(
    story: Story, passage: Passage, pronoun: str, known: dict[Passage, Speaker | None]
) -> Speaker | None:
    """Return whom "he" or "it" means: who speaks, or (for "he") is named, shortly before."""
    language = story.language(passage.unit)
    units = story.material.reports[passage.unit.report].units
    of_person = pronoun.casefold() in members(language, "speech", "personal")
    for unit in reversed(units[max(0, passage.unit.index - _BACK) : passage.unit.index]):
        verb = _verb(language).search(unit.text)
        speaker = speaker_before(story, unit, verb.start()) if verb else None
        if speaker is None or _is_pronoun(speaker, language) or speaker.person != of_person:
            names = story.names[unit.row] if of_person else ()
            persons = (_phrase(story, unit, n.start, n.end, last=False) for n in names)
            speaker = next((s for s in persons if s and s.person), None)
        if speaker is not None:
            return replace(speaker, explicit=False)
    earlier = [
        speaker
        for said, speaker in known.items()
        if speaker is not None
        and speaker.person == of_person
        and said.unit.report == passage.unit.report
    ]
    return replace(earlier[-1], explicit=False) if earlier else None


def _same_paragraph(
    passage: Passage, ordered: list[Passage], known: dict[Passage, Speaker | None]
) -> Speaker | None:
    """Return the speaker of the quoted sentence right before, where the quotation goes on."""
    for other in reversed(ordered):
        if (other.unit.report, other.unit.index) == (passage.unit.report, passage.unit.index - 1):
            speaker = known[other]
            return replace(speaker, explicit=False) if speaker else None
    return None


def same_speaker(a: Speaker | None, b: Speaker | None) -> bool:
    """Return whether two speakers may be the same: nothing certain tells them apart."""
    if a is None or b is None or not (a.person and b.person and a.explicit and b.explicit):
        return True
    return bool(a.tokens & b.tokens)
