"""`reader summarize`: one article, several together, or many at once from a file."""

import click

from reader.cli.base import as_json, command
from reader.cli.batch import Made, Wish, summaries
from reader.cli.lines import lines_of
from reader.cli.setting import Setting, named_articles, with_story
from reader.cli.terminal import document, out, progress
from reader.errors import UsageError
from reader.export.json_forms import summary_form


@command(
    "summarize",
    "reader summarize 3k9v --sentences 3",
    "reader summarize report.html --method lexrank",
    "reader summarize --story 5y6m --words 100",
    "reader summarize a.txt b.html --words 100     one summary of both together",
    "curl -s https://example.org/a | reader summarize -",
    "reader summarize --from articles.jsonl --json > summaries.json",
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE|PATH|-]...")
@click.option("--story", metavar="STORY", help="All reports of a story (see reader stories).")
@click.option("--method", "-m", metavar="M", help="news, story, lead, or a method of sumy's.")
@click.option("--sentences", "-n", type=click.IntRange(1), metavar="N", help="So many (else 5).")
@click.option("--words", type=click.IntRange(1), metavar="N", help="As many as reach N words.")
@click.option(
    "--from",
    "from_",
    multiple=True,
    metavar="FILE.jsonl",
    help="A summary for each line: an article, or several in an object with articles.",
)
@as_json
@click.pass_obj
def summarize(
    setting: Setting,
    *,
    articles: tuple[str, ...],
    story: str | None,
    method: str | None,
    sentences: int | None,
    words: int | None,
    from_: tuple[str, ...],
    json_: bool,
) -> None:
    """Choose the sentences that tell most.

    Several articles get one summary together. The default is 5 sentences, by the method "news" for
    one article and "story" for several. Known methods: news, story, lead, lexrank, textrank, lsa,
    luhn, edmundson, kl, sumbasic, reduction, random.
    """
    if sentences is not None and words is not None:
        raise UsageError("--sentences and --words exclude each other")
    wish = Wish(_known_method(method), sentences, words)
    if from_:
        if articles or story:
            raise UsageError("--from takes no articles beside it")
        _from_files(setting, from_, wish, json_=json_)
    elif articles or story:
        _together(setting, with_story(setting, articles, story), wish, json_=json_)
    else:
        raise UsageError("name an article, a file, - for standard input or --story, or use --from")


def _known_method(method: str | None) -> str | None:
    from reader.summary import METHODS  # noqa: PLC0415  # only this command needs it

    if method is not None and method not in METHODS:
        raise UsageError(f"there is no method {method!r}: use one of {', '.join(METHODS)}")
    return method


def _together(setting: Setting, arguments: tuple[str, ...], wish: Wish, *, json_: bool) -> None:
    from reader.cli.render_summary import summary_text  # noqa: PLC0415  # not for --json
    from reader.summary import summarize as make  # noqa: PLC0415  # after the arguments are read

    articles = [named.article for named in named_articles(setting, arguments)]
    if not articles:
        return  # each input that failed was named
    summary = make(articles, method=wish.method, sentences=wish.sentences, words=wish.words)
    if json_:
        document(summary_form(summary))
    else:
        out(summary_text(summary))


def _from_files(setting: Setting, files: tuple[str, ...], wish: Wish, *, json_: bool) -> None:
    from reader.cli.render_summary import form_text  # noqa: PLC0415  # not for --json

    forms = []
    with progress("summarised") as shown:
        for made in summaries(lines_of(setting, files), wish):
            _name_failure(setting, made)
            if json_:
                forms.append(made.form)
            elif made.failed is None:
                out(form_text(made.form))
            shown.step()
    if json_:
        document(forms)


def _name_failure(setting: Setting, made: Made) -> None:
    if made.failed is not None:
        setting.fail(made.where, made.failed)
