"""A comparison, indexed the way its views ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.export.outline import Outline, SharedClaim, outline
from reader.export.outline import kind_and_topic as outlined_kind
from reader.model import (
    ArticleId,
    Claim,
    ComparedSentence,
    Comparison,
    Difference,
    Place,
    Variant,
)
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.column_page import Side, matches, sides

MOST_DOTS = 8
"""Up to so many reports each has a dot of its own; more are told as "7/12"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that proves something: which report (from 0), which sentence, which characters."""

    report: int
    sentence: int
    start: int
    end: int


class Reports:
    """A comparison with what its views look up again and again. Reports are numbered from 0."""

    def __init__(self, comparison: Comparison) -> None:
        """Index a comparison."""
        self.comparison = comparison
        self.outline: Outline = outline(comparison)
        self.names: tuple[str, ...] = tuple(shown_line(name) for name in self.outline.names)
        self.number = {article.id: n for n, article in enumerate(comparison.articles)}
        by_id = sides(comparison)
        self.sides: tuple[Side, ...] = tuple(by_id[article.id] for article in comparison.articles)
        self.claims = {claim.id: claim for claim in comparison.claims}
        self._states = {
            shared.claim.id: shared for shared in (*self.outline.by_all, *self.outline.by_some)
        }
        self._differences = _by_place(comparison, self.number)
        self._touching = _touching(comparison)
        self._pairs: dict[tuple[int, int], dict[int, int]] = {}

    def __len__(self) -> int:
        """Return how many reports there are."""
        return len(self.comparison.articles)

    @property
    def title(self) -> str:
        """The title of the first report that has one."""
        return next((a.title for a in self.comparison.articles if a.title), "Comparison")

    # Claims

    def claim_at(self, report: int, sentence: int) -> Claim | None:
        """Return the claim that a sentence makes."""
        return self.sides[report].claims.get(sentence)

    def shared(self, claim: int) -> SharedClaim:
        """Return a claim with what each report does about it."""
        return self._states[claim]

    def ranked(self) -> list[SharedClaim]:
        """Return the claims, those of most outlets first, else in the order of the reports."""

        def rank(shared: SharedClaim) -> tuple[int, int, int]:
            silent = sum(state == "silent" for state in shared.states)
            return -sum(shared.present), silent, shared.claim.id

        return sorted(self._states.values(), key=rank)

    def dots(self, claim: Claim) -> str:
        """Return which reports make a claim: "●●○●○", of many reports "7/12"."""
        shared = self.shared(claim.id)
        if len(shared.present) > MOST_DOTS:
            return f"{sum(shared.present)}/{len(shared.present)}"
        return shared.signs

    def makers(self, claim: Claim) -> list[str]:
        """Return the names of the reports that make a claim."""
        present = self.shared(claim.id).present
        return [name for name, here in zip(self.names, present, strict=True) if here]

    def pairs(self, a: int, b: int) -> dict[int, int]:
        """Return for the sentences of report `a` the sentence of `b` that says the same."""
        if (known := self._pairs.get((a, b))) is None:
            articles = self.comparison.articles
            known = matches(self.comparison, articles[a].id, articles[b].id)
            self._pairs[(a, b)] = known
        return known

    # Places

    def sentence(self, report: int, index: int) -> ComparedSentence | None:
        """Return a sentence of a report."""
        sentences = self.comparison.articles[report].sentences
        if 0 <= index < len(sentences) and sentences[index].index == index:
            return sentences[index]
        return next((s for s in sentences if s.index == index), None)

    def whole(self, report: int, index: int) -> Spot | None:
        """Return the place of a whole sentence."""
        sentence = self.sentence(report, index)
        return Spot(report, index, sentence.start, sentence.end) if sentence else None

    def spot(self, variant: Variant) -> Spot:
        """Return the place of a value that differs."""
        return Spot(self.number[variant.article], variant.sentence, variant.start, variant.end)

    def evidence(self, claim: Claim) -> dict[int, Spot]:
        """Return for each report that makes or touches a claim the place where it does."""
        found: dict[int, Spot] = {}
        members = {Place(m.article, m.sentence) for m in claim.members}
        for difference in self.comparison.differences:
            if difference.claim == claim.id:
                for variant in difference.variants:
                    found.setdefault(self.number[variant.article], self.spot(variant))
        best = sorted(claim.members, key=lambda m: -m.score)
        places = [Place(m.article, m.sentence) for m in best]
        touching = [place for member in members for place in self._touching.get(member, ())]
        touching.sort(key=lambda p: (self.number[p.article], p.sentence))
        for place in (*places, *touching):
            number = self.number[place.article]
            if number not in found and (spot := self.whole(number, place.sentence)):
                found[number] = spot
        return found

    def differences_at(self, report: int, sentence: int) -> Sequence[Difference]:
        """Return the differences of which a value stands in a sentence."""
        return self._differences.get((report, sentence), ())

    def only_at(self, report: int, sentence: int) -> bool:
        """Tell whether a sentence has no counterpart among the stored reports."""
        return sentence in self.sides[report].only


def _by_place(
    comparison: Comparison, number: dict[ArticleId, int]
) -> dict[tuple[int, int], list[Difference]]:
    found: dict[tuple[int, int], list[Difference]] = {}
    for difference in comparison.differences:
        for variant in difference.variants:
            here = found.setdefault((number[variant.article], variant.sentence), [])
            if difference not in here:
                here.append(difference)
    return found


def _touching(comparison: Comparison) -> dict[Place, list[Place]]:
    found: dict[Place, list[Place]] = {}
    for link in comparison.related:
        found.setdefault(link.a, []).append(link.b)
        found.setdefault(link.b, []).append(link.a)
    return found


def overview(reports: Reports) -> str:
    """Return in one line how much the reports share and where they differ."""
    articles = reports.comparison.articles
    count = len(articles)
    sources = {article.source for article in articles}
    alarms = len(reports.outline.alarms)
    excerpts = sum(article.excerpt for article in articles)
    parts = [
        _how_many(count, sources),
        formats.count(len(reports.claims), "point") + " in common",
        formats.count(len(reports.comparison.differences), "difference"),
        f"{alarms} at odds",
        formats.count(len(reports.outline.by_all), "point") + " in all reports",
    ]
    if excerpts:
        parts.append(f"{excerpts} only an excerpt")
    return " · ".join(parts)


def _how_many(reports: int, sources: set[str]) -> str:
    if "" in sources:
        return f"{reports} reports"
    outlets = formats.count(len(sources), "outlet")
    return outlets if len(sources) == reports else f"{reports} reports of {outlets}"


def kind_and_topic(difference: Difference) -> tuple[str, str]:
    """Return what sort of difference it is, in a word or two, and what it is about."""
    kind, topic = outlined_kind(difference)
    return shown_line(kind), shown_line(topic)
