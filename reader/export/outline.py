"""A comparison put in the order in which a person reads it; the documents are made from this."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reader.model import (
    ArticleId,
    Claim,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    Difference,
    DifferenceClass,
    Quote,
    Span,
    Variant,
)
from reader.text.hygiene import shown_line

State = Literal["says", "differently", "at-odds", "silent"]
SIGNS: dict[State, str] = {"says": "●", "differently": "◐", "at-odds": "≠", "silent": "○"}
MEANINGS: dict[State, str] = {
    "says": "says it",
    "differently": "tells it differently",
    "at-odds": "is at odds with it",
    "silent": "does not state it",
}
LEGEND = " · ".join(f"{sign} {MEANINGS[state]}" for state, sign in SIGNS.items())
CLASSES: dict[DifferenceClass, tuple[str, str]] = {
    "at-odds": ("At odds", "both cannot be right, as far as the words go"),
    "differently": ("Told differently", "other words, more or less precise, another source"),
    "correction": ("Corrected or later", "a report corrects an earlier figure"),
    "spelling": ("Spellings", "one name written in two ways"),
    "own": ("One report against itself", "a report gives two values"),
}
"""The classes of differences in the order in which they are shown, and what each means."""
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LONGEST_KIND = 20
_DISPUTED = re.compile(r"\[([^\[\]|]+(?: \| [^\[\]|]+)+)\]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the values of a difference, with everything that gives it."""

    mark: str
    """"①", "②" …: equal values have the same."""
    variants: tuple[Variant, ...]

    @property
    def value(self) -> str:
        """The value as the reports write it; "May 2017 / Mai 2017" if they write it differently."""
        shown = {shown_line(v.value).casefold(): shown_line(v.value) for v in self.variants[::-1]}
        return " / ".join(reversed(shown.values()))


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A point in common and what each report makes of it."""

    claim: Claim
    present: tuple[bool, ...]
    """For each report, in order, whether a sentence of it is a member."""
    states: tuple[State, ...]
    """For each report, whether it says the wording shown, tells it differently, is at odds with it
    or does not state it."""
    marks: tuple[str, ...]
    """For each report, which of the disputed values it gives ("②", or "①④"); "" if none."""
    disputed: tuple[Wording, ...]
    """The values that are disputed in this point."""

    @property
    def signs(self) -> str:
        """The signs of all reports, in order: "●◐≠○"."""
        return "".join(SIGNS[state] for state in self.states)

    @property
    def cells(self) -> tuple[str, ...]:
        """For each report its sign, and the mark of the value that it gives: "≠②"."""
        pairs = zip(self.states, self.marks, strict=True)
        return tuple(SIGNS[state] + mark for state, mark in pairs)

    @property
    def text(self) -> str:
        """The wording, disputed values in brackets with their marks: "[① nine | ② fourteen]"."""
        marks = {v.value.casefold(): one.mark for one in self.disputed for v in one.variants}

        def marked(found: re.Match[str]) -> str:
            values = [(marks.get(v.casefold(), ""), v) for v in found[1].split(" | ")]
            if not all(mark for mark, _ in values):
                return found[0]
            return f"[{' | '.join(f'{mark} {value}' for mark, value in sorted(values))}]"

        return _DISPUTED.sub(marked, self.claim.wording or self.claim.text)


@dataclass(frozen=True, slots=True)
class Only:
    """What one report says and no other does."""

    number: int
    """The report's place in the comparison, from 0."""
    sentences: tuple[ComparedSentence, ...]
    """The sentences that match nothing in the others."""
    parts: tuple[Span, ...]
    """The new parts of sentences that share something else with the others."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What all say, what some say, where they differ, what stands in one report only."""

    comparison: Comparison
    names: tuple[str, ...]
    """What each report is called: its outlet, numbered where an outlet has several or no name."""
    by_all: tuple[SharedClaim, ...]
    by_some: tuple[SharedClaim, ...]
    """Most outlets first."""
    alarms: tuple[Difference, ...]
    """Where reports are at odds: both cannot be right."""
    others: tuple[Difference, ...]
    """All other differences."""
    quotes: tuple[Quote, ...]
    """Those that several reports word, and of which the wordings stand side by side."""
    only: tuple[Only, ...]
    """In the order of the reports; every report is there."""
    left_out: tuple[tuple[SharedClaim, ...], ...]
    """For each report, in order, the points that all the others state and it does not."""

    def by_class(self) -> list[tuple[str, str, list[Difference]]]:
        """Return the differences by class: a heading, what it means, and the differences."""
        found = []
        for kind, (title, meaning) in CLASSES.items():
            group = [d for d in self.comparison.differences if d.class_ == kind]
            if group:
                found.append((title, meaning, group))
        return found

    def speaker(self, quote: Quote) -> str:
        """Return who is quoted; "Ida Kessler or the mayor's office" if the reports name several.

        It is "" if nobody is named.
        """
        places = {(span.article, span.sentence) for span in quote.variants}
        for difference in self.comparison.differences:
            named = [v for v in difference.variants if (v.article, v.sentence) in places]
            values = dict.fromkeys(shown_line(v.value) for v in named)
            if difference.kind == "attribution" and len(values) > 1:
                return " or ".join(values)
        return quote.speaker or ""

    def shared(self, claim: int) -> SharedClaim:
        """Return a point with what each report makes of it."""
        return next(one for one in (*self.by_all, *self.by_some) if one.claim.id == claim)

    def number(self, article: ArticleId) -> int:
        """Return the place of a report in the comparison, from 0."""
        return next(n for n, one in enumerate(self.comparison.articles) if one.id == article)

    def name(self, article: ArticleId) -> str:
        """Return what a report is called."""
        return self.names[self.number(article)]

    def sentence(self, article: ArticleId, index: int) -> str:
        """Return the text of a sentence on one line; "" where there is none of that index."""
        report = self.comparison.articles[self.number(article)]
        found = next((s for s in report.sentences if s.index == index), None)
        return " ".join(found.text.split()) if found else ""


def part_text(part: Span) -> str:
    """Return a part of a sentence with "…" for the rest: "… with a risk of flooding …"."""
    return f"… {part.text.strip().rstrip('.,;:')} …"


def kind_and_topic(difference: Difference) -> tuple[str, str]:
    """Return what sort of difference it is, in a word or two, and what it is about ("" if unknown).

    The topic "how many: houses" names its sort itself.
    """
    head, colon, rest = difference.topic.partition(":")
    if colon and len(head) <= _LONGEST_KIND and rest[:1] in ("", " "):
        return head, rest.strip()
    return difference.kind, difference.topic


def about(difference: Difference) -> str:
    """Return what a difference is about, its sort first: "how many: houses"."""
    return ": ".join(part for part in kind_and_topic(difference) if part)


def wordings(difference: Difference) -> tuple[Wording, ...]:
    """Return the values of a difference in order, equal ones together."""
    return _wordings(difference.variants, iter(MARKS))


def _wordings(variants: Iterable[Variant], marks: Iterator[str]) -> tuple[Wording, ...]:
    groups: dict[str, list[Variant]] = {}
    for variant in variants:
        value = variant.normalized or " ".join(variant.value.split())
        groups.setdefault(value.casefold(), []).append(variant)
    return tuple(Wording(next(marks, ""), tuple(group)) for group in groups.values())


def outline(comparison: Comparison) -> Outline:
    """Return a comparison in reading order."""
    articles = comparison.articles
    shared = [_shared(claim, comparison) for claim in comparison.claims]
    by_all = [one for one in shared if all(one.present)]
    by_some = [one for one in shared if not all(one.present)]
    by_some.sort(key=lambda one: -sum(one.present))
    return Outline(
        comparison=comparison,
        names=_names(articles),
        by_all=tuple(by_all),
        by_some=tuple(by_some),
        alarms=tuple(d for d in comparison.differences if d.alarm),
        others=tuple(d for d in comparison.differences if not d.alarm),
        quotes=tuple(q for q in comparison.quotes if len({v.article for v in q.variants}) > 1),
        only=tuple(_only(comparison, number) for number in range(len(articles))),
        left_out=tuple(_left_out(comparison, article.id, shared) for article in articles),
    )


def _shared(claim: Claim, comparison: Comparison) -> SharedClaim:
    stances: dict[ArticleId, set[str]] = {}
    for member in claim.members:
        stances.setdefault(member.article, set()).add(member.stance)

    def state(article: ArticleId) -> State:
        found = stances.get(article, set())
        order: tuple[State, ...] = ("at-odds", "says", "differently")
        return next((one for one in order if one in found), "silent")

    articles = comparison.articles
    disputed = _disputed(claim, comparison)
    return SharedClaim(
        claim,
        present=tuple(article.id in stances for article in articles),
        states=tuple(state(article.id) for article in articles),
        marks=tuple(
            "".join(w.mark for w in disputed if any(v.article == article.id for v in w.variants))
            for article in articles
        ),
        disputed=disputed,
    )


def _disputed(claim: Claim, comparison: Comparison) -> tuple[Wording, ...]:
    """Return the values of the point's differences that its own sentences give."""
    inside = {(member.article, member.sentence) for member in claim.members}
    found: list[Wording] = []
    marks = iter(MARKS)
    for difference in comparison.differences:
        variants = [v for v in difference.variants if (v.article, v.sentence) in inside]
        if len(_wordings(variants, iter(MARKS))) > 1:
            found += _wordings(variants, marks)
    return tuple(found)


def _left_out(
    comparison: Comparison, article: ArticleId, shared: Sequence[SharedClaim]
) -> tuple[SharedClaim, ...]:
    missing = {one.claim for one in comparison.left_out if one.article == article}
    return tuple(one for one in shared if one.claim.id in missing)


def _names(articles: Sequence[ComparedArticle]) -> tuple[str, ...]:
    times = Counter(article.source for article in articles)
    seen: Counter[str] = Counter()
    names = []
    for number, article in enumerate(articles, start=1):
        seen[article.source] += 1
        if not article.source:
            names.append(f"report {number}")
        elif times[article.source] > 1:
            names.append(f"{article.source} ({seen[article.source]})")
        else:
            names.append(article.source)
    return tuple(names)


def _only(comparison: Comparison, number: int) -> Only:
    article = comparison.articles[number]
    wanted = {place.sentence for place in comparison.only if place.article == article.id}
    parts = tuple(
        span
        for one in comparison.new
        if one.article == article.id and one.sentence not in wanted
        for span in one.spans
    )
    return Only(number, tuple(s for s in article.sentences if s.index in wanted), parts)
