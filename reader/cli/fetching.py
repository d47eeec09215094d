"""`reader fetch`: what the subscriptions bring, and what the configuration says about it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.base import as_json, command
from reader.cli.feeds import chosen_feeds, feed_form
from reader.cli.layout import counted
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, progress, say
from reader.export.json_forms import failure_form, import_form
from reader.model import Failure, Subscription, shown_id
from reader.text.hygiene import shown_line

if TYPE_CHECKING:
    from reader.intake.feed_settings import FeedSettings
    from reader.intake.fetch import FeedResult, FetchReport
    from reader.intake.round import RoundReport


STORY_SECONDS = 20.0
"""So long the command looks for the stories of what came: after the articles are there."""


@command(
    "fetch",
    "reader fetch",
    "reader fetch Herald tag:science",
    "reader fetch https://example.org/feed.xml --json",
    "reader fetch --dry-run",
)
@click.argument("feeds", nargs=-1, metavar="[FEED]...")
@click.option("--dry-run", is_flag=True, help="Say what the rules would do; store nothing.")
@as_json
@click.pass_obj
def fetch(setting: Setting, *, feeds: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Fetch what is subscribed; all feeds, or those that are named.

    A FEED is its address, its name, the beginning of it or of a word in it, or tag:NAME. A feed
    that fails is named with the reason and does not keep the others from coming. Then the rules of
    the configuration are applied, teasers are completed from their pages where that is asked for,
    and articles that have been kept long enough are deleted.
    """
    chosen, unknown = chosen_feeds(setting, feeds)
    from reader.intake.advice import advised  # noqa: PLC0415 - not for --help
    from reader.intake.round import fetch_round  # noqa: PLC0415 - as above

    settings = _settings(setting)
    if dry_run:
        _try(setting, chosen, settings, json_=json_)
        return
    if not setting.library.feeds.all():
        say("There are no subscriptions yet; `reader add URL` makes one.")
    with (
        progress("fetched") as line,
        progress("pages read") as pages,
        progress("placed in stories") as placed,
    ):

        def told(result: "FeedResult", done: int, all_: int) -> None:
            if result.result == "failed":
                line.close()
                reason = advised(result.reason)
                complain(f"{result.feed.shown} ({result.feed.address}): {reason}")
            line(done, all_)

        round_ = fetch_round(
            setting.library,
            chosen,
            settings,
            progress=told,
            page_progress=pages,
            story_progress=placed,
            story_seconds=STORY_SECONDS,
        )
    setting.failed += len(round_.fetched.failed)
    _tell(round_, unknown, json_=json_)


def _tell(round_: "RoundReport", unknown: Sequence[Failure], *, json_: bool) -> None:
    """Print what a fetch brought, as lines or as JSON."""
    if round_.stories_wait:
        say("`reader stories`, or the next start, goes on finding the stories of the new articles")
    report = round_.fetched
    if json_:
        _print_fetched(report, unknown, round_)
        return
    for result in report.feeds:
        if line := _line(result):
            out(shown_line(line))
    if quiet := sum(result.result == "unchanged" for result in report.feeds):
        out(f"{counted(quiet, 'feed')} with nothing new")
    added, changed = len(report.added), len(report.changed)
    out(f"{added} added, {changed} changed, {len(report.unchanged)} unchanged")
    for extra in _extras(round_):
        out(shown_line(extra))


def _settings(setting: Setting) -> "FeedSettings":
    from reader.config import config_file  # noqa: PLC0415 - not for --help
    from reader.intake.feed_settings import load_feed_settings  # noqa: PLC0415 - as above

    settings, problems = load_feed_settings(config_file(setting.config_option))
    for problem in problems:
        say(f"configuration: {problem}")
    return settings


def _extras(round_: "RoundReport") -> Iterator[str]:
    for each in round_.applied:
        yield f"rule {each.rule.shown}: {counted(len(each.articles), 'article')}"
    if round_.completion.completed:
        done = counted(len(round_.completion.completed), "text")
        yield f"{done} completed from the articles' pages"
    for failure in round_.completion.failed:
        yield f"not completed yet, asked for again later: {failure.input}: {failure.reason}"
    if round_.retired:
        yield f"{counted(len(round_.retired), 'article')} deleted, kept long enough"


def _try(
    setting: Setting,
    chosen: list[Subscription] | None,
    settings: "FeedSettings",
    *,
    json_: bool,
) -> None:
    """Say what the rules would do with what would come in now."""
    from reader.intake.advice import advised  # noqa: PLC0415 - not for --help
    from reader.intake.round import try_rules  # noqa: PLC0415 - as above

    if not settings.rules:
        say("There are no rules in the configuration.")
    report, trials = try_rules(setting.library, chosen, settings)
    for failure in report.failed:
        setting.fail(failure.input, advised(failure.reason))
    if json_:
        rules = [
            {
                "match": trial.rule.match,
                "do": list(trial.rule.do),
                "articles": [{"source": row.source, "title": row.title} for row in trial.articles],
            }
            for trial in trials
        ]
        document({"rules": rules, "failed": [failure_form(f) for f in report.failed]})
        return
    for trial in trials:
        about = counted(len(trial.articles), "article")
        out(shown_line(f"rule {trial.rule.shown} would be about {about}"))
        for row in trial.articles:
            out(shown_line(f"  {row.source}: {row.title}"))


def _line(result: "FeedResult") -> str:
    name = result.feed.shown
    if result.result == "new":
        more = f", {result.left_out} older ones left out" if result.left_out else ""
        return f"{name}: {len(result.added)} added, {len(result.changed)} changed{more}"
    if result.result == "waiting":
        until = f"{result.until.astimezone():%Y-%m-%d %H:%M}" if result.until else "later"
        return f"{name}: not asked; its server wants no request before {until}"
    if result.result == "gone":
        return f"{name}: not asked; its server said that it is gone for good"
    return ""


def _print_fetched(
    report: "FetchReport", unknown: Sequence[Failure], round_: "RoundReport"
) -> None:
    form = import_form(report.added, report.changed, report.unchanged, (*unknown, *report.failed))
    forms = [
        {
            **feed_form(result.feed),
            "result": result.result,
            "added": len(result.added),
            "changed": len(result.changed),
            "reason": result.reason or None,
            "until": result.until.isoformat() if result.until else None,
        }
        for result in report.feeds
    ]
    more = {
        "completed": [shown_id(id_) for id_ in round_.completion.completed],
        "retired": [shown_id(id_) for id_ in round_.retired],
    }
    document({**form, "feeds": forms, **more})
