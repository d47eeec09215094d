"""A comparison, turned the way columns beside each other need it. Pure functions."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reader.model import (
    Annotation,
    Article,
    ArticleId,
    Claim,
    ComparedArticle,
    Comparison,
    Difference,
    Marks,
    Sentence,
)
from reader.text.hygiene import shown, shown_line
from reader.tui import formats
from reader.tui.document import Paragraph
from reader.tui.typeset import Range


@dataclass(frozen=True, slots=True)
class Side:
    """What a column needs to know about its report."""

    article: ComparedArticle
    sentences: tuple[Sentence, ...]
    claims: dict[int, Claim]
    """Sentence -> the claim that it makes."""
    only: frozenset[int]
    """Body sentences that matched nothing."""
    shared: frozenset[int]
    """Sentences that another report has too."""
    differing: tuple[tuple[int, Range, Difference], ...] = ()
    """(sentence, place, difference) of every phrase that differs, in the order of the text."""

    @property
    def foldable(self) -> frozenset[int]:
        """The sentences that others have too, and that hold nothing that differs."""
        return self.shared - {sentence for sentence, _place, _difference in self.differing}

    def places(self, sentences: Iterable[int]) -> list[Range]:
        """Return where these sentences stand."""
        return [
            (self.sentences[n].start, self.sentences[n].end)
            for n in sorted(sentences)
            if n < len(self.sentences)
        ]


def sides(comparison: Comparison) -> dict[ArticleId, Side]:
    """Return each report's side of a comparison."""
    claims: dict[ArticleId, dict[int, Claim]] = {a.id: {} for a in comparison.articles}
    shared: dict[ArticleId, set[int]] = {a.id: set() for a in comparison.articles}
    only: dict[ArticleId, set[int]] = {a.id: set() for a in comparison.articles}
    best: dict[tuple[ArticleId, int], float] = {}
    for claim in comparison.claims:
        for member in claim.members:
            key = (member.article, member.sentence)
            if member.score > best.get(key, -1.0):  # of several points the one it fits best
                best[key] = member.score
                claims[member.article][member.sentence] = claim
            shared[member.article].add(member.sentence)
    for link in comparison.links:
        for end in (link.a, link.b):
            shared[end.article].add(end.sentence)
    for place in comparison.only:
        only[place.article].add(place.sentence)
    return {
        article.id: Side(
            article,
            tuple(Sentence(s.index, s.start, s.end, s.text) for s in article.sentences),
            claims[article.id],
            frozenset(only[article.id]),
            frozenset(shared[article.id]),
            tuple(_differing(comparison, article.id)),
        )
        for article in comparison.articles
    }


def _differing(comparison: Comparison, article: ArticleId) -> list[tuple[int, Range, Difference]]:
    found = [
        (variant.sentence, (variant.start, variant.end), difference)
        for difference in comparison.differences
        for variant in difference.variants
        if variant.article == article
    ]
    return sorted(found, key=lambda each: each[1])


def matches(comparison: Comparison, a: ArticleId, b: ArticleId) -> dict[int, int]:
    """Return for the sentences of `a` the sentence of `b` that says the same.

    Sentences of one claim belong together; else those that are linked, the likest first.
    """
    best: dict[int, tuple[float, int]] = {}
    for link in comparison.links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here.article == a and there.article == b:
                rated = (link.score, -there.sentence)
                if rated > best.get(here.sentence, (0.0, 0)):
                    best[here.sentence] = rated
    found = {sentence: -rated[1] for sentence, rated in best.items()}
    for claim in comparison.claims:
        theirs = [m.sentence for m in claim.members if m.article == b]
        for member in claim.members:
            if member.article == a and theirs and found.get(member.sentence) not in theirs:
                found[member.sentence] = theirs[0]
    return found


def nearest(sentence: int, matched: dict[int, int]) -> int | None:
    """Return the matched sentence nearest to one; the one before where two are equally near."""
    known = sorted(matched)
    if not known:
        return None
    place = bisect_left(known, sentence)
    around = known[max(0, place - 1) : place + 1]
    return min(around, key=lambda n: (abs(n - sentence), n > sentence))


def column_page(
    side: Side,
    article: Article,
    marks: Marks,
    notes: Sequence[Annotation],
    hidden: Collection[int] = (),
) -> list[Paragraph]:
    """Return a report with each sentence on lines of its own, so that its mark stands beside it.

    A run of hidden sentences becomes one line that tells how many there are. `key` is the number
    of the sentence.
    """
    page = _head(article, marks, side.article.excerpt)
    placed = [note for note in notes if note.body and note.selector and not note.orphaned]
    page += [_note(note) for note in notes if note.body and note not in placed]
    run = 0
    for number, sentence in enumerate(side.sentences):
        if number in hidden:
            run += 1
            continue
        gap = _gap(article, side.sentences, number)
        if run:
            page.append(_folded(run))
            run, gap = 0, 1
        role = side.article.sentences[number].role
        style = {"heading": "heading", "caption": "caption"}.get(role, "text")
        words = article.text[sentence.start : sentence.end]
        page.append(Paragraph(words, sentence.start, style, gap, key=number))
        page += [
            _note(note)
            for note in placed
            if note.selector and sentence.start <= note.selector.start < sentence.end
        ]
    if run:
        page.append(_folded(run))
    if not side.sentences:
        page.append(Paragraph("There is no text here, only a headline.", style="hint"))
    return page


def _head(article: Article, marks: Marks, excerpt: bool) -> list[Paragraph]:
    page = [Paragraph(shown_line(article.title) or "(no title)", style="title", gap=0)]
    when = formats.moment(article.published) if article.published else "no date"
    facts = [shown_line(article.author or ""), when]
    page.append(Paragraph(" · ".join(f for f in facts if f), style="byline", gap=0))
    signs = ["★ starred"] if marks.starred else []
    signs += [f"#{shown_line(tag)}" for tag in marks.tags]
    if signs:
        page.append(Paragraph(" ".join(signs), style="tags", gap=0))
    if excerpt:
        hint = "Only an excerpt is stored: what is not here may stand in the whole article."
        page.append(Paragraph(hint, style="hint", gap=0))
    return page


def _gap(article: Article, sentences: Sequence[Sentence], number: int) -> int:
    """Return one empty line before the first sentence of a paragraph, else none."""
    if number == 0:
        return 1
    between = article.text[sentences[number - 1].end : sentences[number].start]
    return int("\n" in between)


def _folded(count: int) -> Paragraph:
    told = formats.count(count, "shared sentence")
    return Paragraph(f"⋯ {told}", style="leftover", gap=1)


def _note(note: Annotation) -> Paragraph:
    return Paragraph(shown(note.body).strip(), style="note", gap=0, indent=4, mark="  ✎ ")
