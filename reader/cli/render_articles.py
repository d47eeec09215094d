"""Articles as text for the terminal: the table of a list, and one of them to read."""

from collections.abc import Iterator, Sequence

import click
from rich.cells import cell_len

from reader.cli.layout import columns, counted, day, wrapped
from reader.cli.terminal import width
from reader.model import Annotation, Article, ArticleRow, Marks, shown_id
from reader.text.hygiene import shown, shown_line
from reader.text.references import References, references, with_marks

_ID = 13
_DATE = 16


def table(rows: Sequence[ArticleRow]) -> str:
    """Return a line for each article: id, marks, date, outlet, title, tags."""
    whole = width(160)
    narrow = whole < 70
    ids = 6 if narrow else _ID
    dates = 10 if narrow else _DATE
    outlets = min(max([cell_len(shown_line(row.source)) for row in rows] + [6]), whole // 5)
    titles = max(10, whole - ids - 2 - dates - outlets - 8)
    cells = [
        [
            shown_id(row.id)[:ids],
            _flags(row.marks),
            day(row.when),
            shown_line(row.source),
            _title(row),
        ]
        for row in rows
    ]
    lines = columns(cells, [ids, 2, dates, outlets, titles])
    return "\n".join(
        line if row.marks.read else click.style(line, bold=True)
        for line, row in zip(lines, rows, strict=True)
    )


def _flags(marks: Marks) -> str:
    return f"{' ' if marks.read else '●'}{'*' if marks.starred else ' '}"


def _title(row: ArticleRow) -> str:
    tags = "".join(f" +{tag}" for tag in row.tags)
    notes = f" ({counted(noted, 'note')})" if (noted := row.marks.annotations) else ""
    return shown_line(f"{row.title}{tags}{notes}")


def article_text(
    article: Article, marks: Marks, annotations: Sequence[Annotation], *, stored: bool = True
) -> str:
    """Return an article with its title, where it is from, its text and the reader's notes."""
    columns_ = width(88)
    lines = [click.style(wrapped(shown_line(article.title), columns_), bold=True)]
    lines += [
        click.style(wrapped(line, columns_), dim=True) for line in _about(article, marks, stored)
    ]
    linked = references(article.text, article.links)
    lines += ["", *_paragraphs(article, columns_, linked)]
    if linked.addresses:
        lines += ["", *_addresses(linked, columns_)]
    if annotations:
        lines += ["", click.style("Notes", bold=True)]
        lines += [_note(annotation, columns_) for annotation in annotations]
    return "\n".join(lines)


def _about(article: Article, marks: Marks, stored: bool) -> Iterator[str]:
    known = [article.source, day(article.published), article.author, article.language]
    yield " · ".join(shown_line(part) for part in known if part)
    if article.url:
        yield shown_line(article.url)
    state = [shown_id(article.id)] if stored else []
    state += ["starred"] if marks.starred else []
    state += ["excerpt"] if article.excerpt else []
    state += [shown_line(f"+{tag}") for tag in marks.tags]
    if article.stripped:
        state.append(f"{counted(article.stripped, 'invisible character')} taken out")
    if state:
        yield " · ".join(state)


def _addresses(linked: References, columns_: int) -> Iterator[str]:
    for number, address in enumerate(linked.addresses, 1):
        first = f"[{number}] "
        indent = " " * len(first)
        yield click.style(
            wrapped(shown_line(address), columns_, indent=indent, first=first), dim=True
        )


def _paragraphs(article: Article, columns_: int, linked: References) -> Iterator[str]:
    """Yield the blocks as lines, what is laid out by hand left as it is."""
    text = article.text
    end = 0
    for block in article.blocks:
        if between := text[end : block.start].count("\n") - 1:
            yield from [""] * min(between, 1)
        piece = text[block.start : block.end]
        if block.kind != "code":
            piece = with_marks(piece, linked.within(block.start, block.end))
        piece = shown(piece)
        if block.kind in {"code", "table"}:
            yield piece
        elif block.kind == "heading":
            yield click.style(wrapped(piece, columns_), bold=True)
        else:
            first = "• " if block.kind == "list" else "> " if block.kind == "quote" else ""
            yield wrapped(piece, columns_, indent=" " * len(first), first=first)
        end = block.end
    if not article.blocks:
        for line in shown(with_marks(text, linked.marks)).split("\n"):
            yield wrapped(line, columns_)


def _note(annotation: Annotation, columns_: int) -> str:
    lines = []
    if annotation.selector is not None:
        quoted = shown_line(annotation.quote)
        lost = " (its place is gone)" if annotation.orphaned else ""
        lines.append(wrapped(f"“{quoted}”{lost}", columns_, indent="  ", first="▌ "))
        if annotation.changed_to:
            now = f"The words changed since: “{shown_line(annotation.changed_to)}”"
            lines.append(wrapped(now, columns_, indent="  ", first="  "))
    lines += [
        wrapped(line, columns_, indent="  ", first="  " if lines else "• ")
        for line in shown(annotation.body).split("\n")
        if annotation.body
    ]
    return "\n".join(lines)
