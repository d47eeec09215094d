"""`reader searches`: searches that are kept under names."""

import click

from reader.cli.base import as_json, command
from reader.cli.query import asked
from reader.cli.setting import Setting
from reader.cli.terminal import document, out, say
from reader.errors import NotFoundError, UsageError
from reader.text.hygiene import shown_line


@command(
    "searches",
    "reader searches",
    "reader searches 'To read' is:unread tag:later",
    "reader searches 'To read' --rename Later",
    "reader searches Later --forget",
    "reader list 'search:Later'",
)
@click.argument("name", required=False)
@click.argument("query", nargs=-1, metavar="[QUERY]")
@click.option("--rename", metavar="NAME", help="Give it another name.")
@click.option("--forget", is_flag=True, help="Forget it.")
@as_json
@click.pass_obj
def searches(
    setting: Setting,
    *,
    name: str | None,
    query: tuple[str, ...],
    rename: str | None,
    forget: bool,
    json_: bool,
) -> None:
    """List the saved searches, save one, rename or forget one.

    With NAME and QUERY the search is saved, in the place of one of that name. A saved search stands
    among the sources in the terminal; in a query it is search:NAME.
    """
    if (bool(query), rename is not None, forget).count(True) > 1:
        raise UsageError("a QUERY, --rename and --forget exclude each other")
    if name is None and (rename is not None or forget):
        raise UsageError("name the saved search")
    kept = setting.library.searches
    if name is not None and query:
        asked(query)  # a mistake is pointed at
        say(kept.save(name, " ".join(query)).text)
    elif name is not None and rename is not None:
        say(kept.change(name, rename, _query_of(setting, name)).text)
    elif name is not None and forget:
        say(kept.forget(name).text)
    if json_ or name is None or not (query or forget or rename is not None):
        _list(setting, name, json_=json_)


def _query_of(setting: Setting, name: str) -> str:
    """Return the query of a saved search, in whatever case its name is written."""
    for known, query in setting.library.searches.all().items():
        if known.casefold() == name.casefold():
            return query
    raise NotFoundError(f"there is no saved search “{name}”")


def _list(setting: Setting, name: str | None, *, json_: bool) -> None:
    """Print the saved searches; with a name only its query."""
    queries = setting.library.searches.all()
    if json_:
        counts = {row.name: row for row in setting.library.saved()}
        document(
            [
                {
                    "name": known,
                    "query": query,
                    "articles": counts[known].articles if known in counts else None,
                    "unread": counts[known].unread if known in counts else None,
                }
                for known, query in queries.items()
            ]
        )
    elif name is not None:
        out(shown_line(_query_of(setting, name)))
    elif queries:
        for row in setting.library.saved():
            query = shown_line(queries[row.name])
            out(f"{shown_line(row.name)}: {query} ({row.articles:,}, {row.unread:,} unread)")
    else:
        say("there are no saved searches: see reader searches --help")
