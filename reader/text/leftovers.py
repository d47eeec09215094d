"""Left-overs of web pages: what a scraped text holds that is not the article's.

A page's menus, buttons, notices, links to other articles, by-lines, credits, doubled headlines and
captions that were cut in the middle are told apart from the article by the words in
`data/leftovers/` and by where and how a line stands. A sentence removed wrongly is worse than a
left-over that stays: whole sentences in the midst of a text go only where they are known notices.

`split_leftovers` is pure: paragraphs in; paragraphs, left-overs with reasons, and what the
left-overs tell of the article (headline, authors, dates) out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reader.text import lines
from reader.text.bylines import Byline, byline_head, byline_of
from reader.text.cuts import cut_more, cut_phrases
from reader.text.headlines import Headline, body_start, find_headline, same_headline
from reader.text.kinds import credit_at_end
from reader.text.pagelines import known_line
from reader.text.pagewords import key, page_words
from reader.text.paragraphs import Paragraph, continues, mended, merged

_GALLERY = re.compile(r"\d{1,3}\s?/\s?\d{1,3}\s+\S")
_EXCERPT = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\])[\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line, or words cut out of one, that is not the article's; and why, in one phrase."""

    text: str
    reason: str


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


@dataclass(slots=True)
class _Item:
    order: int
    part: Paragraph


@dataclass(slots=True)
class _Work:
    """The text under way: what is still in it, and what was taken out, with its place."""

    items: list[_Item]
    left: list[tuple[int, Leftover]] = field(default_factory=list)
    byline: Byline = field(default_factory=Byline)
    excerpt: bool = False

    def parts(self) -> list[Paragraph]:
        return [item.part for item in self.items]

    def take(self, indexes: Iterable[int], reason: str) -> None:
        """Take whole paragraphs out."""
        chosen = set(indexes)
        for n in sorted(chosen):
            item = self.items[n]
            self.left.append((item.order, Leftover(item.part.text, reason)))
        self.items = [item for n, item in enumerate(self.items) if n not in chosen]

    def words(self) -> int:
        return sum(lines.word_count(item.part.text) for item in self.items)


def split_leftovers(parts: Sequence[Paragraph], *, title: str = "", scraped: bool = True) -> Split:
    """Return a text without the left-overs of its page.

    `title` is the headline where it is known; else it is looked for. `scraped` is False for texts
    that were written as documents: from them goes only what is unmistakable.
    """
    work = _Work([_Item(n, part) for n, part in enumerate(parts)])
    _take_known(work, scraped)
    _cut_words(work)
    _take_head_byline(work)
    _take_known(work, scraped)
    _join(work)
    headline = find_headline(work.parts(), title)
    certain = _copied(work)
    _take_headline(work, headline, scraped)
    if scraped:
        _take_placed(work)
        if work.words() < max(1, certain.words() // 5) and headline.at < 0:
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


def _copied(work: _Work) -> _Work:
    """Return a copy that later steps do not change."""
    return _Work(list(work.items), list(work.left), work.byline, work.excerpt)


# --- words inside of paragraphs ------------------------------------------------------------------


def _cut_words(work: _Work) -> None:
    """Cut the words of the page out of paragraphs, and mend what scrapers put between words."""
    found: list[_Item] = []
    for item in work.items:
        part = item.part
        if part.kind in ("code", "table"):
            found.append(item)
            continue
        cut = cut_phrases(part.text)
        work.left += [(item.order, Leftover(text, "words of the page")) for text in cut.taken]
        if not cut.taken:
            found.append(item)
        else:
            kind = "caption" if cut.picture else part.kind
            found += [_Item(item.order, Paragraph(piece, kind)) for piece in cut.pieces]
    work.items = found


def _take_head_byline(work: _Work) -> None:
    """Take a by-line out that a scraper ran together with the first paragraph; mend the text."""
    for n, item in enumerate(work.items[:3]):
        if item.part.kind == "paragraph" and (head := byline_head(item.part.text)):
            end, told = head
            taken = Leftover(" ".join(item.part.text[:end].split()), "by-line")
            work.left.append((item.order, taken))
            work.byline = work.byline | told
            work.items[n] = _Item(item.order, Paragraph(item.part.text[end:]))
            break
    for item in work.items:
        if item.part.kind not in ("code", "table") and not item.part.links:
            item.part = replace(item.part, text=mended(item.part.text))


def _cut_ending(work: _Work) -> None:
    """Cut "Read more" from the last paragraph, and see whether the text is only an excerpt."""
    if not work.items:
        return
    last = work.items[-1]
    rest, marker = cut_more(last.part.text)
    if marker and last.part.kind in ("paragraph", "quote") and rest:
        last.part = replace(
            last.part, text=rest, links=tuple(a for a in last.part.links if a.end <= len(rest))
        )
        work.left.append((last.order, Leftover(marker, "words of the page")))
        work.excerpt = True
    if last.part.kind in ("paragraph", "quote", "list"):
        work.excerpt = work.excerpt or bool(_EXCERPT.search(last.part.text[-12:]))


# --- lines known by their words ------------------------------------------------------------------


def _take_known(work: _Work, scraped: bool) -> None:
    """Take out the lines that are known by their own words, wherever they stand."""
    reasons: dict[int, str] = {}
    for n, item in enumerate(work.items):
        part = item.part
        if part.kind in ("code", "table") or (part.kind == "heading" and not scraped):
            continue
        if reason := known_line(part.text, last=n == len(work.items) - 1):
            reasons[n] = reason
    _take_all(work, reasons)


def _take_all(work: _Work, reasons: dict[int, str]) -> None:
    for reason in dict.fromkeys(reasons.values()):
        orders = {work.items[n].order: n for n, r in reasons.items() if r == reason}
        for n in orders.values():
            item = work.items[n]
            work.left.append((item.order, Leftover(item.part.text, reason)))
    work.items = [item for n, item in enumerate(work.items) if n not in reasons]


# --- pieces of sentences -------------------------------------------------------------------------


def _join(work: _Work) -> None:
    """Join lines that are only a piece of a sentence to where they belong."""
    found: list[_Item] = []
    parts = work.parts()
    for item, piece in zip(work.items, continues(parts), strict=True):
        if piece:
            whole = merged(found[-1].part, item.part)
            if not whole.links:
                whole = replace(whole, text=mended(whole.text))
            found[-1] = _Item(found[-1].order, whole)
        else:
            found.append(item)
    work.items = found


# --- lines known by their place ------------------------------------------------------------------


def _take_headline(work: _Work, headline: Headline, scraped: bool) -> None:
    """Take the headline out of the text, its doubles, and the menus that stand before it."""
    if not headline.text:
        return
    parts = work.parts()
    twins = {n for n, p in enumerate(parts) if _is_twin(p, n, headline, len(parts), scraped)}
    above = set()
    if scraped and headline.at >= 0:
        above = {
            n
            for n, part in enumerate(parts[: headline.at])
            if n not in twins and lines.word_count(part.text) <= 8 and lines.ends_open(part.text)
        }
    shown = sorted(twins)
    reasons = dict.fromkeys(shown, "the headline again") | dict.fromkeys(
        sorted(above), "stands before the headline"
    )
    first = next((n for n in shown if parts[n].text == headline.text), None)
    if first is not None:  # it is the article's title, not a left-over
        work.items[first].order = -1
        reasons.pop(first)
        work.items[first].part = Paragraph("")
    _take_all(work, reasons)
    work.items = [item for item in work.items if item.part.text]


def _is_twin(part: Paragraph, n: int, headline: Headline, count: int, scraped: bool) -> bool:
    if part.kind not in ("paragraph", "heading") or not same_headline(part.text, headline.text):
        return False
    if n <= max(headline.at, 2) or (part.kind == "heading" and part.level == 1):
        return True
    return scraped and (lines.word_count(part.text) >= 4 or n == count - 1)


def _take_placed(work: _Work) -> None:
    """Take out what is a left-over because of where it stands."""
    _take_bylines(work)
    _take_related(work)
    _take_repeated(work)
    _take_galleries(work)
    _take_margins(work)
    _take_tail(work)
    _take_cut_captions(work)


def _take_bylines(work: _Work) -> None:
    """Take by-lines and stamps out near the top and at the end."""
    parts = work.parts()
    bodies = [n for n, part in enumerate(parts) if lines.is_body(part.text)]
    top = bodies[1] if len(bodies) > 1 else len(parts)
    end = bodies[-1] if bodies else -1
    reasons: dict[int, str] = {}
    for n, part in enumerate(parts):
        if part.kind not in ("paragraph", "heading", "list", "caption") or end > n >= top:
            continue
        if told := byline_of(part.text):
            reasons[n] = "by-line"
            if n < top:
                work.byline = work.byline | told
    _take_all(work, reasons)


def _take_related(work: _Work) -> None:
    """Take out lists of other articles: the line that opens them and the headlines that follow."""
    parts = work.parts()
    reasons: dict[int, str] = {}
    for n, part in enumerate(parts):
        if n in reasons or not _opens_related(part):
            continue
        end = n + 1
        while end < len(parts) and _headline_like(parts[end]):
            end += 1
        last = end == len(parts)
        listed = list(range(n + 1, end))
        if not last and listed and _may_head(parts, listed):
            listed.pop()
        reasons[n] = "words of the page"
        reasons |= dict.fromkeys(listed, "link to another article")
    _take_all(work, reasons)


def _opens_related(part: Paragraph) -> bool:
    """Tell whether a line is "Similar news" or the like."""
    short = lines.word_count(part.text) <= 8 and not lines.ends_sentence(part.text)
    return short and key(part.text) in page_words().related


def _headline_like(part: Paragraph) -> bool:
    if part.kind in ("code", "table", "quote", "caption"):
        return False
    count = lines.word_count(part.text)
    return (
        count <= 28
        and not lines.holds_sentences(part.text)
        and not (count >= 9 and part.text.rstrip("\"'”’").endswith("."))
    )


def _may_head(parts: Sequence[Paragraph], listed: Sequence[int]) -> bool:
    """Tell whether the last of such lines may be the heading of the text that follows."""
    line = parts[listed[-1]].text
    short = lines.word_count(line) <= 6 and lines.ends_open(line)
    return short or parts[listed[-1]].kind == "heading"


def _take_repeated(work: _Work) -> None:
    """Take out paragraphs that stand twice, and short lines that stand again and again."""
    parts = work.parts()
    counted = Counter(lines.letters_of(p.text) for p in parts if p.kind != "code")
    seen: set[str] = set()
    reasons: dict[int, str] = {}
    for n, part in enumerate(parts):
        letters = lines.letters_of(part.text)
        if not letters or part.kind in ("code", "table", "list"):
            continue
        count = lines.word_count(part.text)
        short = count <= 5 and lines.ends_open(part.text)
        beside = n > 0 and letters == lines.letters_of(parts[n - 1].text)
        again = letters in seen and count >= 6
        if again or (short and beside) or (short and counted[letters] >= 3):
            reasons[n] = "repeated"
        seen.add(letters)
    _take_all(work, reasons)


def _take_galleries(work: _Work) -> None:
    """Take out the numbered captions of a picture gallery: "3/16 …"."""
    found = [n for n, part in enumerate(work.parts()) if _GALLERY.match(part.text)]
    if len(found) >= 3 and len(found) < len(work.items):
        work.take(found, "picture gallery")


def _take_margins(work: _Work) -> None:
    """Take out words that are a page's only at its margins or beside other left-overs."""
    taken = {order for order, _ in work.left}
    parts = work.parts()
    start = body_start(parts)
    end = _body_end(parts)
    reasons: dict[int, str] = {}
    for n, item in enumerate(work.items):
        if item.part.kind in ("code", "table") or key(item.part.text) not in page_words().margin:
            continue
        beside = item.order - 1 in taken or item.order + 1 in taken
        above_text = n + 1 == start and not beside and n > 0
        if (n < start and not above_text) or n > end or beside:
            reasons[n] = "words of the page"
            taken.add(item.order)
    _take_all(work, reasons)


def _body_end(parts: Sequence[Paragraph]) -> int:
    """Return the index of the last paragraph that is surely the article's; -1 where none is."""
    for n in range(len(parts) - 1, -1, -1):
        part = parts[n]
        whole = lines.ends_sentence(part.text) and lines.word_count(part.text) >= 5
        if part.kind in ("code", "table", "quote", "list") or whole or lines.is_body(part.text):
            return n
    return -1


def _take_tail(work: _Work) -> None:
    """Take out the one or two short lines that stand after the end of an article."""
    parts = work.parts()
    end = _body_end(parts)
    tail = list(range(end + 1, len(parts)))
    if end < 0 or not 1 <= len(tail) <= 4:
        return
    if all(_stub(parts[n]) for n in tail):
        work.take(tail, "short line after the end")


def _stub(part: Paragraph) -> bool:
    line = part.text
    return (
        part.kind in ("paragraph", "heading")
        and lines.word_count(line) <= 4
        and len(line) <= 40
        and lines.ends_open(line)
        and not any(c.isdigit() for c in line)
    )


def _take_cut_captions(work: _Work) -> None:
    """Take out captions that were cut in the middle."""
    parts = work.parts()
    start = body_start(parts)
    vocabulary = Counter(w for p in parts for w in re.findall(r"\w+", p.text.casefold()))
    found = [
        n
        for n, part in enumerate(parts)
        if part.kind in ("paragraph", "caption")
        and (page_words().caption.match(part.text) or n < start)
        and _is_cut(part.text, vocabulary, captioned=bool(page_words().caption.match(part.text)))
    ]
    if len(found) < len(parts):
        work.take(found, "caption cut in the middle")


def _is_cut(line: str, vocabulary: Counter[str], *, captioned: bool) -> bool:
    """Tell whether a longer line breaks off: inside a word, or after a whole sentence."""
    if lines.word_count(line) < 8 or not line[-1:].isalnum() or credit_at_end(line):
        return False
    last = re.findall(r"\w+", line.casefold())[-1]
    inside_word = (
        len(last) >= 2
        and vocabulary[last] == 1
        and any(word.startswith(last) for word in vocabulary if word != last)
    )
    return inside_word or (captioned and lines.holds_sentences(line)) or lines.ends_hanging(line)
