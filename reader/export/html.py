"""Articles with notes and highlights as one page for the browser."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.export import page
from reader.export.jsonld import Own
from reader.model import Annotation, Article, Block, Marks, shown_id

_WEB = re.compile(r"https?://[^\s<>\"\x00-\x1f]+", re.IGNORECASE)
_ELEMENTS = {
    "paragraph": "p",
    "heading": "h3",
    "list": "li",
    "quote": "blockquote",
    "code": "pre",
    "table": "pre",
    "caption": "figcaption",
}


def article_page(article: Article, marks: Marks, annotations: Sequence[Annotation]) -> str:
    """Return one article as a self-contained page; what was highlighted or noted is marked."""
    own = Own(article, marks.tags, tuple(annotations))
    return page.page(article.title, _article(own, article, "h1"), language=article.language)


def articles_page(owned: Sequence[tuple[Own, Article]], title: str) -> str:
    """Return several articles as one page that begins with their titles."""
    entries = "\n".join(
        f'<li><a href="#{shown_id(article.id)}">{page.text(article.title)}</a> '
        f'<span class="dim">{page.text(article.source)}</span></li>'
        for _own, article in owned
    )
    contents = f"<h1>{page.text(title)}</h1>\n<nav><ol>\n{entries}\n</ol></nav>"
    bodies = [_article(own, article, "h2") for own, article in owned]
    return page.page(title, "\n<hr>\n".join([contents, *bodies]))


def _article(own: Own, article: Article, head: str) -> str:
    language = f' lang="{page.text(article.language)}"' if article.language else ""
    parts = [
        f'<article id="{shown_id(article.id)}"{language} dir="auto">',
        f"<{head}>{page.text(article.title)}</{head}>",
        f'<p class="about">{" · ".join(_about(own, article))}</p>',
        *_blocks(article, own.annotations),
        *_notes(own.annotations),
        "</article>",
    ]
    return "\n".join(parts)


def _about(own: Own, article: Article) -> Iterator[str]:
    when = article.published.date().isoformat() if article.published else ""
    for part in (article.source, when, article.author, "an excerpt" if article.excerpt else ""):
        if part:
            yield page.text(part)
    for tag in own.tags:
        yield f"+{page.text(tag)}"
    if article.url and _WEB.fullmatch(article.url):
        yield f'<a href="{page.text(article.url)}" rel="noreferrer">{page.text(article.url)}</a>'


def _blocks(article: Article, annotations: Sequence[Annotation]) -> Iterator[str]:
    """Yield the blocks as elements; neighbouring items make one list."""
    listed = False
    end = 0
    for block in article.blocks or (Block(0, len(article.text)),):
        apart = article.text[end : block.start].count("\n") > 1
        if listed and (block.kind != "list" or apart):
            yield "</ul>"
            listed = False
        if block.kind == "list" and not listed:
            yield "<ul>"
            listed = True
        name = _ELEMENTS[block.kind]
        yield f"<{name}>{_inline(article, block, annotations)}</{name}>"
        end = block.end
    if listed:
        yield "</ul>"


def _inline(article: Article, block: Block, annotations: Sequence[Annotation]) -> str:
    """Return a block's text with links and marks: cut wherever one of them begins or ends."""
    links = [a for a in article.links if a.start < block.end and a.end > block.start]
    marks = [a.selector for a in annotations if a.selector and not a.orphaned]
    edges = {block.start, block.end}
    ends = [at for link in links for at in (link.start, link.end)]
    ends += [at for mark in marks for at in (mark.start, mark.end)]
    edges |= {at for at in ends if block.start < at < block.end}
    pieces = []
    for start, end in pairwise(sorted(edges)):
        piece = page.block(article.text[start:end])
        url = next((a.url for a in links if a.start <= start and end <= a.end), None)
        if url and _WEB.fullmatch(url):
            piece = f'<a href="{page.text(url)}" rel="noreferrer">{piece}</a>'
        if any(mark.start <= start and end <= mark.end for mark in marks):
            piece = f"<mark>{piece}</mark>"
        pieces.append(piece)
    return "".join(pieces)


def _notes(annotations: Sequence[Annotation]) -> Iterator[str]:
    if not annotations:
        return
    yield '<section aria-label="Notes"><h3>Notes</h3>'
    for annotation in annotations:
        if annotation.selector is not None:
            lost = " (no longer in the text)" if annotation.orphaned else ""
            yield f"<blockquote>{page.block(annotation.quote)}{lost}</blockquote>"
        if annotation.changed_to:
            yield f"<p>The words changed since: {page.block(annotation.changed_to)}</p>"
        if annotation.body:
            yield f'<p class="note">{page.block(annotation.body)}</p>'
    yield "</section>"
