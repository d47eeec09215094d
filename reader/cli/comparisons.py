"""`reader compare`: several reports of one story against each other."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from reader.cli.base import Form, as_form, as_json, command
from reader.cli.setting import Setting, named_articles, with_story
from reader.cli.terminal import complain, document, out, progress, say
from reader.cli.times import date
from reader.errors import UsageError
from reader.export.json_forms import comparison_form
from reader.model import Comparison

if TYPE_CHECKING:
    from reader.briefing.encoders import EncoderChoice


@command(
    "compare",
    "reader compare 3k9v 7qd2 a01m",
    "reader compare --story 5y6m",
    "reader compare a.txt b.html --source Herald --source Courier",
    "reader compare reports/ --published 2025-07-04 --format markdown > story.md",
    "reader compare a.md b.md c.md --format html > story.html",
    "reader compare a.md b.md c.md --format json",
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE|PATH]...")
@click.option("--story", metavar="STORY", help="All reports of a story (see reader stories).")
@click.option(
    "--source",
    multiple=True,
    metavar="NAME",
    help="The outlet of the first PATH, the second …, where the file names none.",
)
@click.option("--published", type=date, metavar="DATE", help="When, where the file does not say.")
@click.option(
    "--encoder",
    metavar="off|package|FOLDER",
    help="The sentence encoder, instead of the configuration's.",
)
@as_form
@as_json
@click.pass_obj
def compare(
    setting: Setting,
    *,
    articles: tuple[str, ...],
    story: str | None,
    source: tuple[str, ...],
    published: datetime | None,
    encoder: str | None,
    form: Form,
    json_: bool,
) -> None:
    """Show what all reports say, and where they differ.

    What stands in one of them only is listed by outlet.
    """
    named = with_story(setting, articles, story)
    if not named:
        raise UsageError("name the articles or files to compare, or a --story")
    comparison = _compared(setting, named, source, published, encoder)
    if comparison is None:
        return  # why was said
    if json_ or form == "json":
        document(comparison_form(comparison))
    elif form == "markdown":
        from reader.export.comparison_markdown import comparison_markdown  # noqa: PLC0415 - seldom

        out(comparison_markdown(comparison))
    elif form == "html":
        from reader.export.comparison_html import comparison_html  # noqa: PLC0415 - not for --help

        out(comparison_html(comparison))
    else:
        from reader.cli.render_comparison import comparison_text  # noqa: PLC0415 - not for --help

        out(comparison_text(comparison))


def _compared(
    setting: Setting,
    arguments: tuple[str, ...],
    sources: tuple[str, ...],
    published: datetime | None,
    encoder: str | None,
) -> Comparison | None:
    from reader.briefing import compare_reports  # noqa: PLC0415  # after the arguments are read
    from reader.intake import ImportOptions  # noqa: PLC0415  # as above

    options = ImportOptions(published=published)
    named = named_articles(setting, arguments, options, sources=sources)
    if len(named) < 2 and not setting.failed:
        raise UsageError("there must be two reports or more to compare")
    if len(named) < 2:
        complain("there are not two reports left to compare")
        return None
    choice = _encoder(setting, encoder)
    # vectors are kept only if all reports are the library's: files leave no trace in it
    library = setting.library if choice and all(one.stored for one in named) else None
    with progress("compared, per cent:") as shown:
        return compare_reports(
            [one.article for one in named],
            choice,
            library.folder if library else None,
            read_only=library.read_only if library else False,
            progress=lambda share: shown(round(100 * share)),
        )


def _encoder(setting: Setting, named: str | None) -> "EncoderChoice | None":
    """Return the sentence encoder that is wanted; say why it cannot be used."""
    from reader.briefing.encoders import choice_of, chosen, problem  # noqa: PLC0415  # as above

    choice = chosen(setting.configured("compare")) if named is None else choice_of(named)
    if choice is not None and (reason := problem(choice)):
        if named is not None:
            raise UsageError(reason)
        say(reason)
    return choice
