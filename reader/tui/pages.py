"""Articles, notes and summaries as paragraphs for a reading pane. Pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo

from reader.model import Annotation, Article, Block, Marks, Reason, Summary, SummarySentence
from reader.text.hygiene import shown, shown_line
from reader.text.references import References, references
from reader.tui import formats
from reader.tui.document import Paragraph, Span

_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*(?:[•◦▪‣*-]|\d{1,3}[.)])\s")
_STYLES = {
    "paragraph": "text",
    "heading": "heading",
    "list": "list",
    "quote": "quote",
    "code": "code",
    "table": "table",
    "caption": "caption",
}


def article_page(
    article: Article,
    marks: Marks,
    annotations: Sequence[Annotation] = (),
    *,
    zone: tzinfo | None = None,
    leftovers: bool = False,
    changed: str = "",
    hint: str = "",
) -> list[Paragraph]:
    """Return an article as it is read: head, notes on the whole, text with its notes, addresses.

    `changed` tells of its revisions, `hint` is a sentence; both stand in its head. The addresses
    are those of the text's links, whose numbers stand behind their words; then the left-overs.

    `annotations` are those of this article; those whose place is lost stand with the notes on the
    whole article.
    """
    page = _head(article, marks, zone)
    if changed:
        page.append(Paragraph(changed, style="hint", gap=0))
    if hint:
        page.append(Paragraph(hint, style="hint", gap=0))
    placed = [a for a in annotations if a.selector is not None and not a.orphaned]
    for note in annotations:
        if note not in placed and (note.body or note.orphaned):
            page.append(_note(note, gap=1))
    linked = references(article.text, article.links)
    page += _body(article, placed, linked)
    page += _addresses(linked)
    if leftovers:
        page += _leftovers(article)
    return page


def _head(article: Article, marks: Marks, zone: tzinfo | None) -> list[Paragraph]:
    words = len(article.text.split()) or 1
    facts = [
        shown_line(article.source),
        shown_line(article.author or ""),
        formats.moment(article.published, zone) if article.published else "no date",
        (article.language or "").upper(),
        formats.minutes(words),
    ]
    page = [
        Paragraph(shown_line(article.title) or "(no title)", style="title", gap=0),
        Paragraph(" · ".join(fact for fact in facts if fact), style="byline", gap=0),
    ]
    signs = ["★ starred"] if marks.starred else []
    signs += [f"#{shown_line(tag)}" for tag in marks.tags]
    if signs:
        page.append(Paragraph(" ".join(signs), style="tags", gap=0))
    if article.excerpt:
        page.append(Paragraph("Only the beginning of the article is here.", style="hint", gap=0))
    if article.stripped:
        taken = formats.count(article.stripped, "control or invisible character")
        page.append(Paragraph(f"Taken out of the text: {taken}.", style="hint", gap=0))
    return page


def _body(article: Article, notes: Sequence[Annotation], linked: References) -> list[Paragraph]:
    page: list[Paragraph] = []
    open_notes = sorted(notes, key=_start)
    blocks = article.blocks or tuple(_blocks_of(article.text))
    last: Block | None = None
    for block in blocks:
        paragraph = _block(article.text, block, last)
        if block.kind != "code":
            paragraph = replace(paragraph, marks=linked.within(block.start, block.end))
        page.append(paragraph)
        last = block
        while open_notes and _start(open_notes[0]) < block.end:
            note = open_notes.pop(0)
            if note.body:
                page.append(_note(note, gap=0))
    page += [_note(note, gap=1) for note in open_notes if note.body]
    if not article.text.strip():
        page.append(Paragraph("There is no text here, only a headline.", style="hint"))
    return page


def _addresses(linked: References) -> list[Paragraph]:
    wide = len(f"[{len(linked.addresses)}] ")
    return [
        Paragraph(
            shown_line(address),
            style="byline",
            gap=int(number == 1),
            indent=wide,
            mark=f"[{number}] ",
        )
        for number, address in enumerate(linked.addresses, 1)
    ]


def _start(note: Annotation) -> int:
    return note.selector.start if note.selector else 0


def _blocks_of(text: str) -> Iterable[Block]:
    start = 0
    for match in [*_BLANK.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield Block(start, end)
        start = match.end() if match else end


def _block(text: str, block: Block, last: Block | None) -> Paragraph:
    words = text[block.start : block.end]
    style = _STYLES.get(block.kind, "text")
    same_list = last is not None and last.kind == block.kind == "list"
    gap = 0 if same_list and text[last.end : block.start].count("\n") < 2 else 1  # type: ignore[union-attr]
    if block.kind == "list":
        mark = "" if _BULLET.match(words) else "• "
        return Paragraph(words, block.start, style, gap, indent=2, mark=mark)
    if block.kind in {"quote", "code", "table"}:
        mark = "│ " if block.kind == "quote" else ""
        return Paragraph(words, block.start, style, gap, indent=2, mark=mark)
    return Paragraph(words, block.start, style, gap)


def _note(note: Annotation, *, gap: int) -> Paragraph:
    body = shown(note.body).strip()
    if note.orphaned:
        quote = shown_line(note.quote)
        body = f"{body} (its place is no longer in the text: “{quote}”)".strip()
    elif note.changed_to:
        body = f"{body} (the words changed since; they were: “{shown_line(note.quote)}”)".strip()
    return Paragraph(body, style="note", gap=gap, indent=4, mark="  ✎ ", key=note.id)


def _leftovers(article: Article) -> list[Paragraph]:
    page = [Paragraph("What the page carried beside the article", style="heading", gap=2)]
    page += [
        Paragraph(shown_line(line), style="leftover", gap=0, indent=2, mark="· ")
        for line in article.leftovers
    ]
    if not article.leftovers:
        page.append(Paragraph("Nothing was set aside.", style="leftover", gap=0))
    return page


def summary_page(summary: Summary, *, why: bool = False) -> list[Paragraph]:
    """Return a summary's sentences, of several articles each with the outlets that tell it.

    `why` adds to each what it was chosen for, and at the end what each outlet gave. A paragraph's
    `key` is the number of its sentence in the summary.
    """
    page: list[Paragraph] = []
    several = len(summary.articles) > 1
    most = max((abs(r.value) for s in summary.sentences for r in s.reasons), default=0.0)
    for number, sentence in enumerate(summary.sentences):
        text = " ".join(shown(sentence.text).split())
        spans: tuple[Span, ...] = ()
        if several:
            tail = f"  {_told_by(summary, sentence)}"
            spans = (Span(len(text), len(text) + len(tail), "byline"),)
            text += tail
        page.append(
            Paragraph(text, gap=1 if number else 0, indent=3, mark="┃ ", spans=spans, key=number)
        )
        if why:
            page += [_reason(reason, most, number) for reason in sentence.reasons]
    if why and several:
        page += _coverage(summary)
    page += [Paragraph(shown_line(note), style="hint") for note in summary.notes]
    if not summary.sentences:
        page.append(Paragraph("There is nothing here to summarise.", style="hint", gap=0))
    return page


def _outlets(summary: Summary) -> list[str]:
    return list(dict.fromkeys(article.source for article in summary.articles))


def _told_by(summary: Summary, sentence: SummarySentence) -> str:
    """Return "●○● The Wire · The Post": a dot for each outlet, and who tells it."""
    own = next((a.source for a in summary.articles if a.id == sentence.article), "")
    telling = {own, *sentence.also_in}
    outlets = _outlets(summary)
    dots = "".join("●" if outlet in telling else "○" for outlet in outlets)
    names = [shown_line(name) or "(no outlet)" for name in (own, *sentence.also_in)]
    return f"{dots if len(outlets) > 1 else ''} {' · '.join(names)}".strip()


_BAR = 8


def _bar(value: float, most: float) -> str:
    filled = round(abs(value) / most * _BAR) if most else 0
    return ("█" * filled or "▏").ljust(_BAR)


def _reason(reason: Reason, most: float, key: int) -> Paragraph:
    """Return one part of a sentence's score as a bar with words; a penalty has a minus."""
    bar = f"{'−' if reason.value < 0 else ' '}{_bar(reason.value, most)} "
    return Paragraph(shown_line(reason.text), style="hint", gap=0, indent=14, mark=bar, key=key)


def _coverage(summary: Summary) -> list[Paragraph]:
    most = max(summary.coverage.values(), default=0)
    page = [Paragraph("What each outlet gave", style="heading", gap=1)]
    for outlet, number in summary.coverage.items():
        text = f"{shown_line(outlet) or '(no outlet)'}: {formats.count(number, 'sentence')}"
        mark = f" {_bar(number, most)} "
        page.append(Paragraph(text, style="hint", gap=0, indent=14, mark=mark))
    told = f"How much the sentences repeat each other: {summary.redundancy:.2f} of 1."
    page.append(Paragraph(told, style="hint", gap=0))
    return page
