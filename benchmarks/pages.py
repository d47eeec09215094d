"""Measures the main text of pages beside other extractors, on two public collections.

`aeb` is a checkout of scrapinghub/article-extraction-benchmark, `moz` one of mozilla/readability
(its folder test/test-pages). F1, precision and recall are those of runs of four words, as the first
of the two measures them; a character is a word where no spaces are written.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import mean, quantiles

from lxml import html as lxml_html

_TOKEN = re.compile(
    r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|(?:(?![\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+"
)
_BLOCKS = frozenset((
    "p", "div", "section", "article", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td",
    "th", "tr", "table", "blockquote", "pre", "br", "figure", "figcaption", "dd", "dt", "dl",
    "header", "footer", "main", "aside", "hr", "center", "address", "body", "nav", "form",
))  # fmt: skip
_UNSHOWN = ("script", "style", "noscript", "template", "head")
_FAILED = 0.6
"""A page with a lower F1 counts as failed."""


@dataclass(frozen=True)
class Page:
    """A page of a collection with the text that it should give."""

    collection: str
    data: bytes
    gold: str
    facts: dict[str, str] = field(default_factory=dict)
    """Title, author and day of the page, as far as the collection knows them."""


@dataclass(frozen=True)
class Reading:
    """What one extractor made of a page."""

    text: str
    seconds: float
    facts: dict[str, str] = field(default_factory=dict)


def pages(aeb: Path | None, moz: Path | None) -> Iterator[Page]:
    if aeb:
        gold = json.loads((aeb / "ground-truth.json").read_text("utf-8"))
        for name, page in gold.items():
            data = gzip.decompress((aeb / "html" / f"{name}.html.gz").read_bytes())
            yield Page("AEB", data, page["articleBody"])
    for folder in sorted((moz / "test" / "test-pages").iterdir()) if moz else ():
        expected = (folder / "expected.html").read_text("utf-8")
        told = json.loads((folder / "expected-metadata.json").read_text("utf-8"))
        facts = {
            "title": told.get("title") or "",
            "author": told.get("byline") or "",
            "day": (told.get("publishedTime") or "")[:10],
        }
        gold_text = shown(lxml_html.document_fromstring(expected)) if expected.strip() else ""
        yield Page("MOZ", (folder / "source.html").read_bytes(), gold_text, facts)


def shown(root: lxml_html.HtmlElement) -> str:
    """Return the text of a tree, its blocks on lines of their own."""
    pieces: list[str] = []
    stack: list[tuple[lxml_html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        block = element.tag in _BLOCKS
        if done:
            pieces += ["\n" if block else "", element.tail or "" if element is not root else ""]
            continue
        stack.append((element, True))
        if isinstance(element.tag, str) and element.tag not in _UNSHOWN:
            pieces += ["\n" if block else "", element.text or ""]
            stack += [(child, False) for child in reversed(element)]
    rows = (" ".join(row.split()) for row in "".join(pieces).split("\n"))
    return "\n".join(row for row in rows if row)


# --- extractors ----------------------------------------------------------------------------------


def by_reader(page: Page) -> Reading:
    return _by_reader(page, captions=True)


def by_reader_without_captions(page: Page) -> Reading:
    return _by_reader(page, captions=False)


def _by_reader(page: Page, *, captions: bool) -> Reading:
    from reader.errors import InputError  # noqa: PLC0415 - only workers need it
    from reader.intake.assemble import assembled  # noqa: PLC0415
    from reader.intake.decode import decoded  # noqa: PLC0415
    from reader.intake.draft import ImportOptions  # noqa: PLC0415
    from reader.intake.page import declared_charset, draft_of_page  # noqa: PLC0415

    began = time.process_time()
    try:
        html = decoded(page.data, declared_charset(page.data))
        article = assembled(draft_of_page(html, ""), ImportOptions(), "").article
    except (InputError, ValueError):
        return Reading("", time.process_time() - began)
    seconds = time.process_time() - began
    kept = [b for b in article.blocks if captions or b.kind != "caption"]
    facts = {
        "title": article.title,
        "author": article.author or "",
        "day": article.published.date().isoformat() if article.published else "",
    }
    return Reading("\n".join(article.text[b.start : b.end] for b in kept), seconds, facts)


def by_trafilatura_fast(page: Page) -> Reading:
    return _by_trafilatura(page, fast=True)


def by_trafilatura(page: Page) -> Reading:
    return _by_trafilatura(page, fast=False)


def _by_trafilatura(page: Page, *, fast: bool) -> Reading:
    import trafilatura  # noqa: PLC0415 - only workers need it

    began = time.process_time()
    text = trafilatura.extract(_text(page), fast=fast, include_comments=False) or ""
    seconds = time.process_time() - began
    told = trafilatura.extract_metadata(page.data)
    facts = {"title": told.title, "author": told.author, "day": told.date} if told else {}
    return Reading(text, seconds, {name: value or "" for name, value in facts.items()})


def by_readability(page: Page) -> Reading:
    from readability import Document  # noqa: PLC0415 - only workers need it

    began = time.process_time()
    try:
        document = Document(_text(page))
        title = document.short_title()
        html = document.summary()
    except Exception:  # noqa: BLE001 - it gives up on some pages, in several ways
        return Reading("", time.process_time() - began)
    text = shown(lxml_html.document_fromstring(html)) if html else ""
    return Reading(text, time.process_time() - began, {"title": title})


def _text(page: Page) -> str:
    from reader.intake.decode import decoded  # noqa: PLC0415 - only workers need it
    from reader.intake.page import declared_charset  # noqa: PLC0415

    try:
        return decoded(page.data, declared_charset(page.data))
    except ValueError:
        return page.data.decode("utf-8", "replace")


EXTRACTORS = {
    "reader": by_reader,
    "reader, captions left out": by_reader_without_captions,
    "trafilatura, fast": by_trafilatura_fast,
    "trafilatura": by_trafilatura,
}
if find_spec("readability"):  # the extra "peers"
    EXTRACTORS["readability-lxml"] = by_readability


# --- scores --------------------------------------------------------------------------------------


def matched(gold: str, text: str) -> tuple[float, float]:
    """Return precision and recall of the runs of four words."""
    one, two = _runs(gold), _runs(text)
    both = (one & two).total()
    if not one and not two:
        return 1.0, 1.0
    return both / two.total() if two else 0.0, both / one.total() if one else 0.0


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    count = max(1, len(words) - 3) if words else 0
    return Counter(tuple(words[n : n + 4]) for n in range(count))


def scores(golds: Iterable[str], texts: Iterable[str]) -> tuple[str, int, int]:
    """Return F1/precision/recall, how many pages failed, and how many have no text."""
    pairs = list(zip(golds, texts, strict=True))
    found = [matched(gold, text) for gold, text in pairs]
    precision = mean(p for (p, _), (_, text) in zip(found, pairs, strict=True) if text.strip())
    recall = mean(r for _, r in found)
    whole = 2 * precision * recall / (precision + recall)
    single = [2 * p * r / (p + r) if p + r else 0.0 for p, r in found]
    empty = sum(not text.strip() for _, text in pairs)
    told = f"{whole:.3f}/{precision:.3f}/{recall:.3f}"
    return told, sum(one < _FAILED for one in single), empty


def facts_right(all_pages: list[Page], readings: list[Reading]) -> list[str]:
    """Return of title, author and day: right / none / wrong."""
    rows = []
    for name in ("title", "author", "day"):
        counts = Counter(
            _verdict(page.facts[name], reading.facts.get(name, ""), loose=name == "author")
            for page, reading in zip(all_pages, readings, strict=True)
            if page.facts.get(name)
        )
        rows.append(" / ".join(str(counts[verdict]) for verdict in ("right", "none", "wrong")))
    return rows


def _verdict(gold: str, told: str, *, loose: bool) -> str:
    one, two = (re.sub(r"[\W_]+", "", text.casefold()) for text in (gold, told))
    if not two:
        return "none"
    return "right" if one == two or (loose and (one in two or two in one)) else "wrong"


def measure(aeb: Path | None, moz: Path | None) -> str:
    """Return the tables of the section as Markdown."""
    every = list(pages(aeb, moz))
    names = [name for name in ("AEB", "MOZ") if any(page.collection == name for page in every)]
    rows, heads = [], []
    with ProcessPoolExecutor() as pool:
        for extractor, run in EXTRACTORS.items():
            print(f"  {extractor} …", file=sys.stderr, flush=True)
            readings = list(pool.map(run, every, chunksize=8))
            cells, failed, empty = [], 0, 0
            for name in names:
                chosen = [n for n, page in enumerate(every) if page.collection == name]
                told, bad, none = scores(
                    (every[n].gold for n in chosen), (readings[n].text for n in chosen)
                )
                cells.append(told)
                failed, empty = failed + bad, empty + none
            times = sorted(1000 * reading.seconds for reading in readings)
            cells += [str(failed), str(empty), f"{times[len(times) // 2]:.0f}",
                      f"{quantiles(times, n=20)[-1]:.0f}"]  # fmt: skip
            rows.append([extractor, *cells])
            if "MOZ" in names and any(reading.facts for reading in readings):
                chosen = [n for n, page in enumerate(every) if page.collection == "MOZ"]
                heads.append([extractor, *facts_right([every[n] for n in chosen],
                                                      [readings[n] for n in chosen])])  # fmt: skip
        print("  pages as plain text …", file=sys.stderr, flush=True)
        plain = list(pool.map(as_plain_text, every, chunksize=8))
    text = _table(["extractor", *names, f"F1 < {_FAILED}", "no text", "ms", "95 %"], rows)
    facts = [head for head in heads if "captions" not in head[0]]
    told = _table(["MOZ", "title", "author", "day"], facts) if facts else ""
    counts = ", ".join(f"{sum(p.collection == n for p in every)} of {n}" for n in names)
    return (
        "The text of pages against texts marked by hand (AEB) or made by Mozilla's Readability "
        f"(MOZ; its own gold): {counts}. F1/precision/recall of runs of four words; pages that "
        "failed; pages without a text; milliseconds of CPU a page, the median and for all but one "
        "in twenty. All run here, on the same bytes.\n\n"
        f"{text}\n\nRight / none / wrong, against what the collection says (its titles are often "
        f"those of the window, with the outlet behind):\n\n{told}\n\n{_plain_told(plain, names)}"
    )


# --- pages as plain text -------------------------------------------------------------------------


@dataclass(frozen=True)
class Plain:
    """What becomes of a page's visible text that is imported as a text file."""

    collection: str
    kept: float
    """The share of what is not the article's that stays in the text."""
    lost: float
    """The share of the article that is lost."""
    titled: bool
    """Whether the title is that of the page."""


def as_plain_text(page: Page) -> Plain:
    from reader.intake.assemble import assembled  # noqa: PLC0415 - only workers need it
    from reader.intake.draft import ImportOptions  # noqa: PLC0415
    from reader.intake.plain import draft_of_text  # noqa: PLC0415

    root = lxml_html.document_fromstring(_text(page).encode(), parser=_parser())
    visible = shown(root)
    article = assembled(draft_of_text(visible), ImportOptions(), "").article
    gold, before, after = (
        _runs(page.gold),
        _runs(visible),
        _runs(f"{article.title}\n{article.text}"),
    )
    other = before - gold
    own = before & gold
    title = _by_reader(page, captions=True).facts.get("title", "")
    kept = (other & (after - gold)).total() / other.total() if other else 0.0
    lost = 1 - (own & after).total() / own.total() if own else 0.0
    right = bool(title) and _verdict(title, article.title, loose=False) == "right"
    return Plain(page.collection, kept, lost, right)


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def _plain_told(plain: list[Plain], names: list[str]) -> str:
    rows = []
    for name in names:
        own = [each for each in plain if each.collection == name]
        rows.append([name, f"{100 * mean(each.kept for each in own):.0f} %",
                     f"{100 * mean(each.lost for each in own):.1f} %",
                     f"{sum(each.titled for each in own)} of {len(own)}"])  # fmt: skip
    head = ["visible text of", "of the rest kept", "of the article lost", "title as the page's"]
    return f"The visible text of the same pages, imported as plain text:\n\n{_table(head, rows)}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
