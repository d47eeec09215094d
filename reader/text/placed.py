"""Left-overs that are known by their place: around the headline, at the margins, after the end."""

import re
from collections import Counter
from collections.abc import Sequence

from reader.text import lines
from reader.text.bylines import byline_of
from reader.text.headlines import Headline, body_start, same_headline
from reader.text.kinds import credit_at_end
from reader.text.pagewords import key, page_words
from reader.text.paragraphs import Paragraph
from reader.text.underway import Work

_GALLERY = re.compile(r"\d{1,3}\s?/\s?\d{1,3}\s+\S")


def take_headline(work: Work, headline: Headline, scraped: bool) -> None:
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
    work.take(reasons)
    work.items = [item for item in work.items if item.part.text]


def _is_twin(part: Paragraph, n: int, headline: Headline, count: int, scraped: bool) -> bool:
    if part.kind not in ("paragraph", "heading") or not same_headline(part.text, headline.text):
        return False
    if n <= max(headline.at, 2) or (part.kind == "heading" and part.level == 1):
        return True
    return scraped and (lines.word_count(part.text) >= 4 or n == count - 1)


def take_placed(work: Work, *, repeated: bool = True) -> None:
    """Take out what is a left-over because of where it stands; what stands twice if `repeated`."""
    _take_bylines(work)
    _take_related(work)
    if repeated:
        _take_repeated(work)
    _take_galleries(work)
    _take_margins(work)
    _take_edges(work)
    _take_cut_captions(work)


def _take_bylines(work: Work) -> None:
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
    work.take(reasons)


def _take_related(work: Work) -> None:
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
    work.take(reasons)


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


def _take_repeated(work: Work) -> None:
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
    work.take(reasons)


def _take_galleries(work: Work) -> None:
    """Take out the numbered captions of a picture gallery: "3/16 …", and what stands under them."""
    parts = work.parts()
    found = {n for n, part in enumerate(parts) if _GALLERY.match(part.text)}
    if len(found) < 3:
        return
    for n in sorted(found):
        under = n + 1
        while under < len(parts) and parts[under].kind in ("list", "caption"):
            found.add(under)
            under += 1
    if len(found) < len(work.items):
        work.take(dict.fromkeys(sorted(found), "picture gallery"))


def _take_margins(work: Work) -> None:
    """Take out words that are a page's only at its margins or beside other left-overs."""
    taken = {order for order, _ in work.left}
    parts = work.parts()
    start = body_start(parts)
    end = _body_end(parts)
    reasons: dict[int, str] = {}
    for n, item in enumerate(work.items):
        line = item.part.text
        if item.part.kind in ("code", "table") or lines.ends_sentence(line):
            continue
        if key(line) not in page_words().margin:
            continue
        beside = item.order - 1 in taken or item.order + 1 in taken
        above_text = n + 1 == start and not beside and n > 0
        if (n < start and not above_text) or n > end or beside:
            reasons[n] = "words of the page"
            taken.add(item.order)
    work.take(reasons)


def _body_end(parts: Sequence[Paragraph]) -> int:
    """Return the index of the last paragraph that is surely the article's; -1 where none is."""
    for n in range(len(parts) - 1, -1, -1):
        part = parts[n]
        whole = lines.ends_sentence(part.text) and lines.word_count(part.text) >= 5
        if part.kind in ("code", "table", "quote", "list") or whole or lines.is_body(part.text):
            return n
    return -1


def _take_edges(work: Work) -> None:
    """Take out the short lines after the end of an article, and a menu of them before its text."""
    parts = work.parts()
    end, start = _body_end(parts), body_start(parts)
    tail = len(parts)
    while tail > end + 1 and _stub(parts[tail - 1]):
        tail -= 1
    head = 0
    while head < min(start, end) and _stub(parts[head]) and parts[head].kind == "paragraph":
        head += 1
    reasons: dict[int, str] = {}
    if end >= 0:
        reasons = dict.fromkeys(range(tail, len(parts)), "short line after the end")
    if head >= 3:  # one may be a heading, two a heading above another
        reasons |= dict.fromkeys(range(head), "short line before the text")
    work.take(reasons)


def _stub(part: Paragraph) -> bool:
    line = part.text
    return (
        part.kind in ("paragraph", "heading")
        and lines.word_count(line) <= 4
        and len(line) <= 40
        and lines.ends_open(line)
        and not any(c.isdigit() for c in line)
    )


def _take_cut_captions(work: Work) -> None:
    """Take out captions that were cut in the middle."""
    parts = work.parts()
    start = body_start(parts)
    able = {
        n: captioned
        for n, part in enumerate(parts)
        if part.kind in ("paragraph", "caption")
        and ((captioned := bool(page_words().caption.match(part.text))) or n < start)
        and lines.word_count(part.text) >= 8
        and part.text[-1].isalnum()
        and not credit_at_end(part.text)
    }
    if not able:
        return
    vocabulary = Counter(w for p in parts for w in re.findall(r"\w+", p.text))
    found = [n for n, captioned in able.items() if _is_cut(parts[n].text, vocabulary, captioned)]
    if len(found) < len(parts):
        work.take(dict.fromkeys(found, "caption cut in the middle"))


def _is_cut(line: str, vocabulary: Counter[str], captioned: bool) -> bool:
    """Tell whether a longer line breaks off: inside a word, or after a whole sentence."""
    last = re.findall(r"\w+", line)[-1]
    inside_word = vocabulary[last] == 1 and any(_goes_on(last, word) for word in vocabulary)
    return inside_word or (captioned and lines.holds_sentences(line)) or lines.ends_hanging(line)


def _goes_on(piece: str, word: str) -> bool:
    """Tell whether a word begins with a piece and goes on by more than an ending ("-ed")."""
    return len(piece) >= 2 and word.startswith(piece) and len(word) >= len(piece) + 4
