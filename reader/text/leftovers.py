"""Left-overs of web pages: what a scraped text holds that is not the article's.

A page's menus, buttons, notices, links to other articles, by-lines, credits, doubled headlines and
captions that were cut in the middle are told apart from the article by the words in
`data/leftovers/` and by where and how a line stands. A sentence removed wrongly is worse than a
left-over that stays: whole sentences in the midst of a text go only where they are known notices.

`split_leftovers` is pure: paragraphs in; paragraphs, left-overs with reasons, and what the
left-overs tell of the article (headline, authors, dates) out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from reader.model import BlockKind
from reader.text import lines
from reader.text.bylines import Byline, byline_head, byline_of
from reader.text.cuts import Cut, cut_more, cut_phrases
from reader.text.headlines import find_headline
from reader.text.pagelines import known_line
from reader.text.paragraphs import Paragraph, grouped, joined, mended, merged, reworded
from reader.text.placed import take_headline, take_placed
from reader.text.underway import Item, Leftover, Work
from reader.text.visible import Visible, article_in

_MOST_PARTS = 20_000
"""A text of more paragraphs is no page: it is left as it is."""
_NUMBERED = re.compile(r"\d+ of \d+$")
_EXCERPT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])[\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Split:
    """A text without its left-overs, and what these tell."""

    paragraphs: tuple[Paragraph, ...]
    leftovers: tuple[Leftover, ...]
    """In the order of the page."""
    title: str = ""
    """The title given, or the headline found; "" where there is none."""
    outlet: str = ""
    """The outlet's name where it stood after the headline."""
    byline: Byline = field(default_factory=Byline)
    excerpt: bool = False
    """Whether the text ends as an excerpt does."""


def split_leftovers(
    parts: Sequence[Paragraph], *, title: str = "", scraped: bool = True, chosen: bool = False
) -> Split:
    """Return a text without the left-overs of its page.

    `title` is the headline where it is known; else it is looked for. `scraped` is False for texts
    that were written as documents: from them goes only what is unmistakable. `chosen` is True for
    texts that were chosen from a page by its structure: what stands in them twice was meant to.
    """
    if len(parts) > _MOST_PARTS:
        return Split(tuple(joined(parts)), (), title)
    work = Work([Item(n, part) for n, part in enumerate(parts)])
    _take_known(work, scraped)
    if scraped:
        _cut_words(work)
    _take_head_byline(work)
    _take_known(work, scraped)
    shown = article_in(work.parts()) if scraped and not chosen and not title else None
    if shown is not None:
        _cut_around(work, shown)
    _join(work)
    headline = find_headline(work.parts(), title or (shown.headline.text if shown else ""))
    certain = work.copied()
    take_headline(work, headline, scraped)
    if scraped:
        take_placed(work, repeated=not chosen)
        most = work.words() < max(1, certain.words() // 5)
        if most and headline.at < 0 and not chosen:
            work = certain
    _cut_ending(work)
    order = sorted(range(len(work.left)), key=lambda n: (work.left[n][0], n))
    return Split(
        tuple(work.parts()),
        tuple(work.left[n][1] for n in order),
        headline.text,
        headline.outlet,
        work.byline,
        work.excerpt,
    )


def _cut_around(work: Work, shown: Visible) -> None:
    """Take out what a page shows around its article; by-lines between headline and text stay."""
    first = shown.headline.at if shown.headline.at >= 0 else shown.start
    reasons = {}
    for n, part in enumerate(work.parts()):
        between = first <= n < shown.start
        if n < first or n >= shown.end:
            reasons[n] = "outside of the article"
        elif between and n != first and _is_short(part.text) and not byline_of(part.text):
            reasons[n] = "between headline and article"
    work.take(reasons)


def _is_short(line: str) -> bool:
    return lines.ends_open(line) and lines.word_count(line) < 10


# --- words inside of paragraphs ------------------------------------------------------------------


def _cut_words(work: Work) -> None:
    """Cut the words of the page out of paragraphs, and mend what scrapers put between words."""
    found: list[Item] = []
    for item in work.items:
        part = item.part
        if part.kind in ("code", "table"):
            found.append(item)
            continue
        cut = cut_phrases(part.text)
        if not cut.taken:
            found.append(item)
            continue
        for taken in cut.taken:
            work.note(item.order, taken, "words of the page")
        for piece in cut.pieces:
            rest = replace(reworded(part, piece), kind=_kind_of(cut, piece, part.kind))
            found.append(Item(item.order, rest))
    work.items = found
    _cut_gallery_title(work)


def _kind_of(cut: Cut, piece: str, kind: BlockKind) -> BlockKind:
    pictured = cut.picture and piece == cut.pieces[0] and lines.word_count(piece) <= 60
    return "caption" if pictured else kind


def _cut_gallery_title(work: Work) -> None:
    """Cut the title of a gallery from its captions: "Photos: Storm damage A tree lies …"."""
    shown = {order for order, left in work.left if _NUMBERED.search(left.text)}
    captions = [item for item in work.items if item.order in shown]
    if len(captions) < 3:
        return
    texts = sorted(item.part.text for item in captions)
    one, other = texts[0].split(" "), texts[-1].split(" ")
    shared = [
        a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    ]
    if len(shared) < 2 or len(shared) == len(one):
        return
    title = " ".join(shared)
    for item in captions:
        work.note(item.order, title, "words of the page")
        rest = reworded(item.part, item.part.text[len(title) :].strip())
        item.part = replace(rest, kind="caption") if rest.kind == "paragraph" else rest


def _take_head_byline(work: Work) -> None:
    """Take a by-line out that a scraper ran together with the first paragraph; mend the text."""
    for n, item in enumerate(work.items[:3]):
        if item.part.kind == "paragraph" and (head := byline_head(item.part.text)):
            end, told = head
            # what was cut out of the same paragraph stood behind it
            work.note(item.order - 0.5, " ".join(item.part.text[:end].split()), "by-line")
            work.byline = work.byline | told
            work.items[n] = Item(item.order, reworded(item.part, item.part.text[end:].strip()))
            break
    for item in work.items:
        if item.part.kind not in ("code", "table"):
            item.part = reworded(item.part, mended(item.part.text))


def _cut_ending(work: Work) -> None:
    """Cut "Read more" from the last paragraph, and see whether the text is only an excerpt."""
    if not work.items:
        return
    last = work.items[-1]
    rest, marker = cut_more(last.part.text)
    if marker and last.part.kind in ("paragraph", "quote") and rest:
        last.part = reworded(last.part, rest)
        work.note(last.order, marker, "words of the page")
        work.excerpt = True
    if last.part.kind in ("paragraph", "quote", "list"):
        work.excerpt = work.excerpt or bool(_EXCERPT.search(last.part.text[-12:]))


# --- lines known by their words ------------------------------------------------------------------


def _take_known(work: Work, scraped: bool) -> None:
    """Take out the lines that are known by their own words, wherever they stand."""
    reasons: dict[int, str] = {}
    for n, item in enumerate(work.items):
        part = item.part
        if part.kind in ("code", "table") or (part.kind == "heading" and not scraped):
            continue
        if reason := known_line(part.text, last=n == len(work.items) - 1):
            reasons[n] = reason
    work.take(reasons)


# --- pieces of sentences -------------------------------------------------------------------------


def _join(work: Work) -> None:
    """Join lines that are only a piece of a sentence to where they belong."""
    found: list[Item] = []
    at = 0
    for group in grouped(work.parts()):
        item = work.items[at]
        at += len(group)
        if len(group) > 1:
            whole = merged(group)
            item = Item(item.order, reworded(whole, mended(whole.text)))
        found.append(item)
    work.items = found
