"""What changed between two revisions of an article, as text and as JSON."""

from collections.abc import Sequence
from typing import Any

import click

from reader.cli.layout import counted, wrapped
from reader.cli.terminal import width
from reader.model import Article, Revision, shown_id
from reader.text.hygiene import shown
from reader.text.revisions import METHOD, Changes
from reader.text.word_changes import Piece, signed


def changes_text(article: Article, pair: tuple[Revision, Revision], found: Changes) -> str:
    """Return what changed, by paragraphs; those that stayed are only counted."""
    columns = width(88)
    old, new = pair
    came = f", {new.came.astimezone():%Y-%m-%d %H:%M}" if new.came else ""
    much = f"{counted(found.inserted, 'word')} came, {found.deleted} went"
    told = much if found.changed else "no word changed"
    lines = [
        click.style(wrapped(_marked(found.title), columns), bold=True),
        click.style(
            f"{shown_id(article.id)} · revision {old.number} → {new.number}{came} · {told}",
            dim=True,
        ),
    ]
    stayed = 0
    for passage in (*found.passages, None):
        if passage is not None and not passage.changed:
            stayed += 1
            continue
        if stayed:
            lines += ["", click.style(f"… {counted(stayed, 'paragraph')} that stayed", dim=True)]
            stayed = 0
        if passage is not None:
            lines += [
                "",
                wrapped(_marked(passage.pieces), columns, indent="  ", first=f"{passage.sign} "),
            ]
    return "\n".join(lines)


def _marked(pieces: Sequence[Piece]) -> str:
    """Return pieces as one line, with signs around what went and what came."""
    return shown("".join(piece.text for piece in signed(pieces))).replace("\n", " ")


def changes_form(
    article: Article, revisions: Sequence[Revision], pair: tuple[Revision, Revision], found: Changes
) -> dict[str, Any]:
    """Return what changed, with all revisions, as JSON has it."""
    return {
        "id": shown_id(article.id),
        "revisions": [
            {"revision": r.number, "title": r.title, "came": r.came.isoformat() if r.came else None}
            for r in revisions
        ],
        "from": pair[0].number,
        "to": pair[1].number,
        "method": METHOD,
        "inserted": found.inserted,
        "deleted": found.deleted,
        "title": [piece._asdict() for piece in found.title],
        "paragraphs": [[piece._asdict() for piece in p.pieces] for p in found.passages],
    }
