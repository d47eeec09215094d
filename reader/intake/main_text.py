"""Which paragraphs of a page are its article's.

trafilatura says which text is the article; the page's own tree says how it is built. So the
paragraphs of the page are read first, with all their structure, and those are chosen whose words
trafilatura found. What it is known to lose is added: the second half of an article that is cut in
two, paragraphs that are mostly one link, captions, tables, embedded posts. What it is known to keep
is left out: headings behind the end, what is hidden, what is on the page twice. If it found little,
the part of the page that holds the most running text is taken instead.

Pure over the tree: nothing in it is changed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reader.text import lines
from reader.text.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+"
)
_GRAM = 4
_ASIDE_TAGS = frozenset(("aside", "footer", "nav", "form"))
_ASIDE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "dialog"))
_ASIDE_NAMES = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|newsletter\w*|promo\w*|sidebar|side-bar|shar(?:e|ing)|"
    r"social(?!-media-embed)|comments?|respond|disqus|cookies?\w*|consent|gdpr|popup|modal|overlay|"
    r"subscri\w*|sign-?up|outbrain|taboola|teasers?|breadcrumbs?|most-?read|most-?popular|trending|"
    r"popular|footer|nav|navigation|navbar|navbox|menu|masthead|more-?(?:stories|news|from)|"
    r"read-?(?:more|next|also)|next-?(?:up|article)|sponsor\w*|advert\w*|ad-?slot|banner|widget|"
    r"toolbar|author-?(?:bio|info|box)|latest|gallery-?thumb\w*|vjs-\w+|player|regwall|"
    r"paywall-?(?:prompt|message)|print-?only)(?![a-z])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?<![a-z])(?:fig|img|image|photo|media|picture|wp)?[-_]*caption(?!s?-?(?:window|settings))",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INNER = frozenset(("p", "li", "blockquote", "pre", "dd", "dt"))
_LINKED = 0.5
_LONGER = 1.7
"""So much longer must running text elsewhere be before it replaces what trafilatura found."""
_SHARED = 0.6
_LITTLE = 250
"""Characters: if less was found, any longer text replaces it."""
_WHOLE = 1000
"""Characters of a paragraph that may be a whole text again."""
_MINOR = 0.3
"""What holds a smaller share of the text may be marked as an aside."""


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph of a page, and what speaks for and against it."""

    part: Paragraph
    lineage: "tuple[_Element, ...]"
    """The element it is in and those around that, the innermost first."""
    body: bool
    """Whether it is running text."""
    linked: float
    """Which share of it is links."""
    found: bool = False
    """Whether trafilatura found it."""
    aside: bool = False
    """Whether it is in a part of the page that says that it is not the article's."""
    hidden: bool = False
    twin: bool = False
    """Whether the page has it in a better place too."""
    chosen: bool = False

    @property
    def size(self) -> int:
        """The number of its characters."""
        return len(self.part.text)

    @property
    def home(self) -> "_Element":
        """The element around its paragraph or item."""
        inner = self.lineage[0].tag in _INNER and len(self.lineage) > 1
        return self.lineage[1] if inner else self.lineage[0]

    @property
    def free(self) -> bool:
        """Whether nothing speaks against it."""
        return not (self.hidden or self.aside or self.twin)


def main_text(placed: Iterable[tuple[Paragraph, Any]], found: str) -> list[Block]:
    """Return all paragraphs of a page as blocks, with those of its article chosen.

    `placed` are the paragraphs with their elements; `found` is the text that trafilatura extracts.
    """
    blocks = [_block(part, element) for part, element in placed]
    _find(blocks, found)
    _leave_lists(blocks)
    _hide(blocks)
    _set_aside(blocks)
    _take_once(blocks)
    core = _core(blocks)
    for block in core:
        block.chosen = True
    if core:
        _complete(blocks, core + _continued(blocks, core))
    else:
        for block in blocks:
            block.chosen = block.found
    return blocks


def _block(part: Paragraph, element: Any) -> Block:
    lineage = (element, *element.iterancestors())
    named = any(_CAPTION.search(around.get("class") or "") for around in lineage[:3])
    if part.kind == "paragraph" and named:
        part = replace(part, kind="caption")
    linked = sum(link.end - link.start for link in part.links) / max(1, len(part.text))
    running = part.kind in ("paragraph", "quote", "list", "code") and lines.is_body(part.text)
    cloud = linked > 0.8 and not lines.ends_sentence(part.text)  # tags, or a menu in one line
    return Block(part, lineage, running and not cloud, linked)


# --- what speaks for and against a block ---------------------------------------------------------


def _find(blocks: Sequence[Block], found: str) -> None:
    """Note which blocks are in the text found: by their words, a short one as a whole line."""
    known = _grams(_words(found))
    rows = {lines.letters_of(row.strip(" -|")) for row in found.split("\n")}
    for block in blocks:
        words = _words(block.part.text)
        if len(words) < _GRAM:
            block.found = lines.letters_of(block.part.text) in rows
        else:
            own = _grams(words)
            block.found = sum(gram in known for gram in own) >= 0.5 * len(own)


def _leave_lists(blocks: Sequence[Block]) -> None:
    """Let no item be found of a list of which few were: one is a teaser of the article itself."""
    items = [block for block in blocks if block.part.kind == "list"]
    every = Counter(block.home for block in items)
    found = Counter(block.home for block in items if block.found)
    for block in items:
        block.found = block.found and 3 * found[block.home] >= every[block.home]


def _words(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _grams(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + _GRAM]) for n in range(max(1, len(words) - _GRAM + 1))}


def _hide(blocks: Sequence[Block]) -> None:
    """Note what a browser does not show, unless that is the article (which a script opens)."""
    marks: dict[Any, bool] = {}
    for block in blocks:
        for around in block.lineage:
            if around not in marks:
                marks[around] = _is_hidden(around)
        block.hidden = any(marks[around] for around in block.lineage)
    found = [block for block in blocks if block.found and block.body]
    unseen = sum(block.size for block in found if block.hidden)
    if unseen > 2 * (sum(block.size for block in found) - unseen):
        for block in blocks:
            block.hidden = False
    for block in blocks:
        block.found = block.found and not block.hidden


def _is_hidden(element: Any) -> bool:
    return bool(_HIDDEN.search(element.get("style") or "")) or element.get("aria-hidden") == "true"


def _set_aside(blocks: Sequence[Block]) -> None:
    """Note what is in menus, comments, related links; what holds the text itself is none."""
    weight: Counter[Any] = Counter()
    for block in blocks:
        if block.found and (block.body or block.part.kind in ("list", "paragraph")):
            for around in block.lineage:
                weight[around] += block.size
    whole = max(weight.values(), default=0)
    marks: dict[Any, bool] = {}
    for block in blocks:
        for around in block.lineage:
            if around not in marks:
                marks[around] = weight[around] <= _MINOR * whole and _is_aside(around)
        block.aside = any(marks[around] for around in block.lineage)


def _is_aside(element: Any) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in _ASIDE_TAGS or (element.get("role") or "") in _ASIDE_ROLES:
        return True
    name = element.get("id") or ""  # the id of a section may be its whole heading
    named = len(re.findall("[A-Za-z]+", name)) <= 2 and _ASIDE_NAMES.search(name)
    return bool(named or _ASIDE_NAMES.search(element.get("class") or ""))


def _take_once(blocks: Sequence[Block]) -> None:
    """Let only one of what the page has twice be found: the one among other found text."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, block in enumerate(blocks):
        if block.found and lines.word_count(block.part.text) >= 4:
            places[lines.letters_of(block.part.text)].append(n)
    for same in places.values():
        homes = {blocks[n].home for n in same}
        alike = {(home.tag, home.get("class"), home.getparent()) for home in homes}
        if len(homes) > 1 and len(alike) > 1:
            best = max(same, key=lambda n: (not blocks[n].aside, _near(blocks, n), -n))
            _drop_twins(blocks[n] for n in same if n != best)
    for block in blocks:  # a whole text again, as one paragraph
        if block.found and block.size > _WHOLE:
            others = (b.part.text for b in blocks if b.found and b.size < block.size / 2)
            seen = _grams(_words("\n".join(others)))
            own = _grams(_words(block.part.text))
            if sum(gram in seen for gram in own) >= 0.85 * len(own):
                _drop_twins([block])


def _near(blocks: Sequence[Block], n: int) -> int:
    around = (*blocks[max(0, n - 4) : n], *blocks[n + 1 : n + 5])
    return sum(block.found and block.body for block in around)


def _drop_twins(blocks: Iterable[Block]) -> None:
    for block in blocks:
        block.found, block.twin = False, True


# --- what is chosen ------------------------------------------------------------------------------


def _core(blocks: Sequence[Block]) -> list[Block]:
    """Return the running text that is surely the article's."""
    core = [block for block in blocks if block.found and block.body and not block.aside]
    have = sum(block.size for block in blocks if block.found and block.part.kind != "heading")
    other = _densest(blocks)
    if sum(block.size for block in other) > _LONGER * have:
        shared = sum(block.size for block in other if block.found)
        if shared >= _SHARED * have or have < _LITTLE:
            return other
    return core or [
        block
        for block in blocks
        if block.found
        and not block.aside
        and block.part.kind != "heading"
        and lines.word_count(block.part.text) >= 4
    ]


def _densest(blocks: Sequence[Block]) -> list[Block]:
    """Return the running text of the element that holds most of it close to itself.

    As Arc90's Readability scores: a paragraph counts for the elements around it, less and less.
    """
    able = [block for block in blocks if block.body and block.free and block.linked < _LINKED]
    scores: Counter[Any] = Counter()
    for block in able:
        above = block.lineage[block.lineage.index(block.home) :]
        for share, around in zip((1.0, 0.8, 0.4, 0.2), above, strict=False):
            scores[around] += share * block.size  # type: ignore[assignment]
    if not scores:
        return []
    best = max(scores, key=lambda around: scores[around])
    return [block for block in able if best in block.lineage]


def _continued(blocks: Sequence[Block], core: Sequence[Block]) -> list[Block]:
    """Choose running text in elements of the same name: an article that is cut in pieces."""
    homes = {block.home for block in core}
    marks = {_mark(block) for block in core if block.home.get("class")}
    articles = {around for block in core for around in block.lineage if around.tag == "article"}
    more = []
    for block in blocks:
        able = block.body and block.free and block.linked < _LINKED and not block.chosen
        if able and (block.home in homes or _mark(block) in marks):
            own = {around for around in block.lineage if around.tag == "article"}
            if own <= articles:
                block.chosen = True
                more.append(block)
    return more


def _mark(block: Block) -> tuple[str, str, int]:
    return str(block.home.tag), block.home.get("class") or "", len(block.lineage)


def _complete(blocks: Sequence[Block], core: Sequence[Block]) -> None:
    """Choose what belongs to the running text: what was found, and what is between it."""
    container = _container(core, [b for b in blocks if b.found and not b.aside])
    inside = [container in block.lineage for block in blocks]
    numbers = [n for n, block in enumerate(blocks) if block.chosen]
    first, last = numbers[0], numbers[-1]
    homes = {block.home for block in core}
    near = homes | {home.getparent() for home in homes if home is not container} | {container}
    for n, block in enumerate(blocks):
        if block.chosen or not block.free or not inside[n]:
            continue
        beside = block.home in near or block.home.getparent() in near
        close = block.home in homes or block.home.getparent() in homes
        if block.found:
            linked = block.part.kind == "list" and block.linked > 0.8
            behind = close and block.part.kind != "heading" and not linked
            able = close or not _is_menu(block)
            block.chosen = behind if n > last else able and (beside or n > first)
        else:
            framed = block.lineage[0].tag == "figcaption" and any(
                around in near for around in block.lineage[:4]
            )
            between = first < n < last
            block.chosen = _is_between(block, beside=beside, between=between, framed=framed)
    _complete_lists(blocks, inside)
    _complete_headings(blocks, inside)


def _is_menu(block: Block) -> bool:
    if block.linked <= 0.8:
        return False
    short = lines.word_count(block.part.text) <= 4
    return (short and block.part.kind == "list") or not (short or block.body)


def _is_between(block: Block, *, beside: bool, between: bool, framed: bool) -> bool:
    """Tell whether a block that was not found belongs to the text that it is among."""
    kind = block.part.kind
    if kind == "caption":  # what a picture says for those who do not see it is no caption
        return (between or framed) and block.lineage[0].tag not in ("img", "source")
    if kind in ("table", "quote", "code"):
        return between
    if kind == "list":
        return beside and between and block.linked < (_LINKED if block.body else _LINKED / 2)
    return block.body and beside and (between or block.linked < _LINKED)


def _complete_lists(blocks: Sequence[Block], inside: Sequence[bool]) -> None:
    """Choose the other items of lists of which a third is chosen."""
    items = [block for block in blocks if block.part.kind == "list"]
    every = Counter(block.home for block in items)
    chosen = Counter(block.home for block in items if block.chosen)
    for n, block in enumerate(blocks):
        if block.part.kind == "list" and inside[n] and block.free:
            block.chosen = block.chosen or 3 * chosen[block.home] >= every[block.home]


def _complete_headings(blocks: Sequence[Block], inside: Sequence[bool]) -> None:
    """Choose the headings of what is chosen, and no heading without text behind it."""
    follows = later = False
    for n in range(len(blocks) - 1, -1, -1):
        block = blocks[n]
        if block.part.kind == "heading":
            block.chosen = later if block.chosen else follows and inside[n] and block.free
        elif block.part.kind != "caption":
            follows = block.chosen
            later = later or block.chosen


def _container(core: Sequence[Block], found: Sequence[Block]) -> "_Element":
    """Return the innermost element that holds nearly all of the text."""
    held: Counter[Any] = Counter()
    parts = set(core) | set(found)
    for block in parts:
        for around in block.lineage:
            held[around] += block.size
    whole = sum(block.size for block in parts)
    largest = max(core, key=lambda block: block.size)
    return next(around for around in largest.lineage if held[around] >= 0.9 * whole)
