"""Articles and summaries as Markdown: for a note program, and to be imported again."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from reader.export import escape
from reader.model import Annotation, Article, Block, Link, Marks, Summary, shown_id
from reader.text.hygiene import shown, shown_line

_NUMBERED = re.compile(r"(\d{1,3}[.)])\s+")
_WEB = re.compile(r"https?://[^\s<>\x00-\x1f]+", re.IGNORECASE)
_FENCES = re.compile(r"`{3,}")
NO_MARKS = Marks()


def article_markdown(
    article: Article, marks: Marks = NO_MARKS, annotations: Sequence[Annotation] = ()
) -> str:
    """Return an article as Markdown with YAML front matter, its notes and highlights at the end.

    The title stands in the front matter only, so that `reader import` of an article without notes
    gives the same text again, under the same id. The notes come behind a rule.
    """
    parts = [_front_matter(article, marks), *_body(article)]
    if annotations:
        parts += ["---", "## Notes", *map(_annotation, annotations)]
    return "\n\n".join(parts) + "\n"


def _front_matter(article: Article, marks: Marks) -> str:
    fields: dict[str, object] = {
        "id": shown_id(article.id),
        "title": shown_line(article.title),
        "source": shown_line(article.source),
        "author": shown_line(article.author or ""),
        "published": _time(article.published),
        "language": article.language,
        "url": shown_line(article.url or ""),
        "tags": [shown_line(tag) for tag in marks.tags],
        "starred": marks.starred,
        "excerpt": article.excerpt,
        "starter": article.starter,
    }
    # JSON's strings and lists are YAML's too
    lines = [f"{key}: {json.dumps(v, ensure_ascii=False)}" for key, v in fields.items() if v]
    return "\n".join(["---", *lines, "---"])


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _body(article: Article) -> Iterator[str]:
    """Yield the blocks as Markdown; the items of one list together."""
    items: list[str] = []
    blocks = article.blocks or (Block(0, len(article.text)),)
    end = 0
    for block in blocks:
        apart = article.text[end : block.start].count("\n") > 1
        if items and (block.kind != "list" or apart):
            yield "\n".join(items)
            items = []
        if block.kind == "list":
            items.append(_item(_inline(article, block)))
        else:
            yield _block(article, block)
        end = block.end
    if items:
        yield "\n".join(items)


def _item(text: str) -> str:
    return text if _NUMBERED.match(text) else f"- {text}"


def _block(article: Article, block: Block) -> str:
    if block.kind in {"code", "table"}:
        return _fenced(shown(article.text[block.start : block.end]))
    text = _inline(article, block)
    if block.kind == "heading":
        return f"## {text}"
    if block.kind == "quote":
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return text


def _fenced(text: str) -> str:
    longest = max((len(run) for run in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _inline(article: Article, block: Block) -> str:
    """Return a block's text with its links, nothing else in it being markup."""
    pieces = []
    at = block.start
    for link in _links(article, block):
        pieces.append(_plain(article.text[at : link.start]))
        text = escape.line(article.text[link.start : link.end])
        pieces.append(f"[{text}](<{link.url}>)" if _WEB.fullmatch(link.url) else text)
        at = link.end
    pieces.append(_plain(article.text[at : block.end]))
    lines = "".join(pieces).split("\n")
    numbered = block.kind == "list" and _NUMBERED.match(lines[0])
    begun = [line if numbered and not n else escape.begin(line) for n, line in enumerate(lines)]
    return "\\\n".join(begun) if block.kind != "list" else " ".join(begun)


def _links(article: Article, block: Block) -> list[Link]:
    inside = [a for a in article.links if block.start <= a.start < a.end <= block.end]
    apart: list[Link] = []
    for link in sorted(inside, key=lambda a: (a.start, a.end)):
        if not apart or apart[-1].end <= link.start:
            apart.append(link)
    return apart


def _plain(text: str) -> str:
    return escape.inline(shown(text))


def _annotation(annotation: Annotation) -> str:
    parts = []
    if annotation.selector is not None:
        quoted = escape.prose(annotation.quote)
        lost = " (no longer in the text)" if annotation.orphaned else ""
        parts.append(f"> {quoted}{lost}")
        if annotation.changed_to:
            parts.append(f"The words changed since: {escape.prose(annotation.changed_to)}")
    if annotation.body:
        parts.append(shown(annotation.body))  # the reader's own Markdown
    return "\n\n".join(parts)


def summary_markdown(summary: Summary) -> str:
    """Return a summary as Markdown: a list of its sentences with the outlets that tell them."""
    names = {a.id: a.source or f"report {n}" for n, a in enumerate(summary.articles, start=1)}
    several = len(summary.articles) > 1
    title = next((a.title for a in summary.articles if a.title), "Summary")
    lines = []
    for sentence in summary.sentences:
        told = [names[sentence.article], *sentence.also_in] if several else []
        who = f" ({escape.line(', '.join(told))})" if told else ""
        lines.append(f"- {escape.prose(sentence.text)}{who}")
    of = sum(article.sentences for article in summary.articles)
    outlets = ", ".join(dict.fromkeys(name for name in names.values() if name))
    about = f"{len(summary.sentences)} of {of} sentences, method {summary.method}; {outlets}"
    parts = [f"# {escape.line(title)}", "\n".join(lines), escape.prose(about)]
    parts += [escape.prose(note) for note in summary.notes]
    return "\n\n".join(part for part in parts if part) + "\n"
