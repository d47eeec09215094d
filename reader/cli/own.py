"""The reader's own work from the command line: `mark`, `tag`, `note`, `remove`."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from reader.cli.base import as_json, command
from reader.cli.setting import Setting, stored_ids
from reader.cli.terminal import document, out, say, stdin_bytes
from reader.errors import NotFoundError, UsageError
from reader.export.json_forms import row_form
from reader.model import Annotation, Article, ArticleId, Selector
from reader.text.hygiene import clean, clean_line, shown_line

if TYPE_CHECKING:
    from reader.library import Change

STATES: dict[str, dict[str, bool]] = {
    "read": {"read": True},
    "unread": {"read": False},
    "starred": {"starred": True},
    "unstarred": {"starred": False},
}


@command(
    "mark",
    "reader mark read 3k9v 7qd2",
    "reader mark starred 3k9v --json",
)
@click.argument("state", type=click.Choice(list(STATES)))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@as_json
@click.pass_obj
def mark(setting: Setting, *, state: str, articles: tuple[str, ...], json_: bool) -> None:
    """Mark articles read, unread, starred or unstarred."""
    ids = stored_ids(setting, articles)
    change = setting.library.notebook.mark(ids, **STATES[state]) if ids else None
    tell_change(setting, change, ids, json_=json_)


@command(
    "tag",
    "reader tag 3k9v --add later --remove now",
    "reader tag 3k9v 7qd2 +diplomacy +asia",
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE... [+TAG]...")
@click.option("--add", multiple=True, metavar="TAG", help="Add a tag; +TAG is short for it.")
@click.option("--remove", multiple=True, metavar="TAG", help="Take a tag away.")
@as_json
@click.pass_obj
def tag(
    setting: Setting,
    *,
    articles: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    json_: bool,
) -> None:
    """Add tags to articles and take tags away."""
    words = [*add, *(word[1:] for word in articles if word.startswith("+"))]
    added, gone = ([clean_line(name).text for name in names] for names in (words, remove))
    named = [word for word in articles if not word.startswith("+")]
    if not named:
        raise UsageError("name an article")
    if not added and not gone:
        raise UsageError("name a tag: --add TAG, +TAG or --remove TAG")
    if not all((*added, *gone)):
        raise UsageError("a tag must have a name")
    ids = stored_ids(setting, named)
    change = setting.library.notebook.tag(ids, add=added, remove=gone) if ids else None
    tell_change(setting, change, ids, json_=json_)


@command(
    "note",
    "reader note 3k9v 'Compare with the report of July'",
    "reader note 3k9v 'Who counted?' --quote 'more than forty people'",
)
@click.argument("article", metavar="ARTICLE")
@click.argument("text")
@click.option("--quote", metavar="QUOTE", help="The words of the article that it is about.")
@as_json
@click.pass_obj
def note(setting: Setting, *, article: str, text: str, quote: str | None, json_: bool) -> None:
    """Write a note on an article, or on words in it. TEXT - is standard input."""
    body = stdin_bytes().read().decode("utf-8", "replace") if text == "-" else text
    body = clean(body).text.strip()
    if not body:
        raise UsageError("a note must have a text")
    library = setting.library
    about = library.article(library.resolve(article))
    selector = _selector(about, quote) if quote is not None else None
    change = library.notebook.annotate(_annotation(about, body, selector))
    tell_change(setting, change, [about.id], json_=json_)


@command(
    "remove",
    "reader remove 3k9v",
    "reader remove --starters",
    "reader remove --undo 3k9v",
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option("--starters", is_flag=True, help="The articles that came with the program.")
@click.option("--undo", is_flag=True, help="Bring them back.")
@as_json
@click.pass_obj
def remove(
    setting: Setting, *, articles: tuple[str, ...], starters: bool, undo: bool, json_: bool
) -> None:
    """Take articles out, or bring them back.

    What is removed is kept, and --undo brings it back.
    """
    if starters == bool(articles):
        raise UsageError("name articles, or --starters")
    ids = _starters(setting, removed=undo) if starters else stored_ids(setting, articles)
    if not ids and starters:
        say(
            "there are no starter articles to bring back"
            if undo
            else "there are no starter articles"
        )
    change = setting.library.notebook.mark(ids, removed=not undo) if ids else None
    tell_change(setting, change, ids, json_=json_)


def _starters(setting: Setting, *, removed: bool) -> list[ArticleId]:
    from reader.library import parse_query  # noqa: PLC0415  # not for --help

    query = "is:starter is:removed" if removed else "is:starter"
    return setting.library.ids(parse_query(query))


def tell_change(
    setting: Setting, change: "Change | None", ids: Sequence[ArticleId], *, json_: bool
) -> None:
    """Say what was changed, once it is durable."""
    if change is not None:
        setting.library.notebook.flush()
    if json_:
        document([row_form(setting.library.row(id_)) for id_ in ids])
    elif change is not None:
        out(shown_line(change.text))


def _selector(article: Article, quote: str) -> Selector:
    """Return the place of the quoted words; NotFoundError where it is not one place."""
    from reader.annotate.selectors import find_quote, selector_for  # noqa: PLC0415  # only here

    places = find_quote(article.text, quote)
    if len(places) == 1:
        return selector_for(article.text, *places[0])
    if not places:
        raise NotFoundError(f"these words do not stand in the article: “{quote}”")
    around = "; ".join(_around(article.text, start, end) for start, end in places[:5])
    more = " …" if len(places) > 5 else ""
    raise NotFoundError(f"“{quote}” stands {len(places)} times, quote more of it: {around}{more}")


def _around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 25) : start]
    return f"{start}-{end} …{before}[{text[start:end]}]{text[end : end + 25]}…"


def _annotation(article: Article, body: str, selector: Selector | None) -> Annotation:
    now = datetime.now(UTC)
    seed = f"{article.id}\t{now.isoformat()}\t{body}\t{selector}"
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Annotation(
        id=int.from_bytes(digest, "big") >> 1 or 1,
        article=article.id,
        kind="note",
        created=now,
        modified=now,
        body=body,
        selector=selector,
        revision=article.revision,
    )
