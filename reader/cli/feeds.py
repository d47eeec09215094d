"""`reader add`, `feeds`, `opml`: the subscriptions."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.base import as_json, command
from reader.cli.layout import counted, wrapped
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, say, stdin_bytes, width
from reader.errors import InputError, NotFoundError, UsageError
from reader.export.json_forms import import_form
from reader.model import Failure, FeedState, Subscription
from reader.text.hygiene import shown_line

if TYPE_CHECKING:
    from reader.intake.subscriptions import Subscribed


@command(
    "add",
    "reader add https://example.org/news/feed.xml",
    "reader add example.org --tag science",
    "reader add subscriptions.opml",
    "reader add ~/.newsboat/urls",
    "reader add http://192.168.1.20:8080/rss",
)
@click.argument("inputs", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("--name", metavar="NAME", default="", help="What to call the feed (one URL only).")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag of the feed; repeatable.")
@as_json
@click.pass_obj
def add(
    setting: Setting, *, inputs: tuple[str, ...], name: str, tags: tuple[str, ...], json_: bool
) -> None:
    """Subscribe to feeds: by their address, by that of a page that has one, from lists in files.

    Lists are OPML files, newsboat's urls, YouTube's subscriptions.csv, or an address in each line.
    The articles that a feed has now are stored at once; what other readers' lists name is fetched
    by `reader fetch`. Folders and newsboat's tags become tags. A name and password in an address go
    into the system's keyring, or without one into a file that only you can read; ~/.netrc counts.
    """
    if name and len(inputs) > 1:
        raise UsageError("--name goes with one URL only")
    files = [value for value in inputs if _is_file(value)]
    results = [result for file in files for result in _from_file(setting, file, tags)]
    addresses = [value for value in inputs if value not in files]
    results += _from_addresses(setting, addresses, name, tags)
    for file in {r.login_file for r in results if not isinstance(r, Failure)} - {None}:
        from reader.intake.logins import keyring_missing  # noqa: PLC0415  # seldom needed

        say(shown_line(f"No keyring here: the password is in {file}, for you alone to read."))
        if keyring_missing():
            say("To keep passwords in the system's keyring, install reader-tui[keyring].")
    if json_:
        _print_added(results)
    else:
        for result in results:
            if isinstance(result, Failure):
                continue
            state = "added" if result.new else "known already"
            more = f", {counted(len(result.added), 'article')}" if result.added else ""
            out(shown_line(f"{result.feed.shown}: {state}{more} ({result.feed.address})"))


def _is_file(value: str) -> bool:
    return value == "-" or Path(value).is_file() or value.lower().endswith(".opml")


def _from_file(setting: Setting, file: str, tags: Sequence[str]) -> "list[Subscribed | Failure]":
    from reader.intake.feed_lists import AddressList, feeds_in  # noqa: PLC0415 - seldom
    from reader.intake.subscriptions import read_file, subscribe_outlines  # noqa: PLC0415 - seldom

    try:
        data = stdin_bytes().read() if file == "-" else read_file(Path(file))
        found = feeds_in(data, file)
        if isinstance(found, AddressList):
            return _from_addresses(setting, found.addresses, "", tags)
        report = subscribe_outlines(setting.library, found.feeds, file, tags=_checked(tags))
    except InputError as error:
        setting.fail(error.where, error.reason)
        return [Failure(error.where, error.reason)]
    failed = (*found.failed, *report.failed)
    for failure in failed:
        setting.fail(failure.input, failure.reason)
    if not report.feeds and not failed:
        say(f"{shown_line(file)} names no feeds")
    if found.left_out:
        say(
            f"{counted(found.left_out, 'line')} that only newsboat can use left out (query:, exec:)"
        )
    if any(result.new for result in report.feeds):
        say("`reader fetch` fetches them")
    return [*report.feeds, *failed]


def _from_addresses(
    setting: Setting, addresses: Sequence[str], name: str, tags: Sequence[str]
) -> "list[Subscribed | Failure]":
    from reader.intake.advice import advised  # noqa: PLC0415 - not for --help
    from reader.intake.subscriptions import find_feeds, subscribe  # noqa: PLC0415 - as above

    results: list[Subscribed | Failure] = []
    for found in find_feeds(addresses) if addresses else []:
        if isinstance(found, Failure):
            setting.fail(found.input, _or_store(found, advised(found.reason)))
            results.append(found)
            continue
        try:
            result = subscribe(setting.library, found, name=name, tags=_checked(tags))
        except InputError as error:
            setting.fail(error.where, error.reason)
            results.append(Failure(error.where, error.reason))
            continue
        results.append(result)
        for other in result.others:
            say(f"  the page also names {other.address} {other.title and f'({other.title})'}")
    return results


def _or_store(found: Failure, reason: str) -> str:
    """Return why an address has no feed; of a page, also how the page itself is stored."""
    from reader.intake.subscriptions import NO_FEED  # noqa: PLC0415 - not for --help

    if NO_FEED not in found.reason:
        return reason
    return f"{reason.rstrip('.')}; `reader import {found.input}` stores the page itself"


def _checked(tags: Sequence[str]) -> list[str]:
    from reader.library.notebook import checked_tag  # noqa: PLC0415 - not for --help

    return [checked_tag(tag) for tag in tags]


def _print_added(results: "Sequence[Subscribed | Failure]") -> None:
    failed = [result for result in results if isinstance(result, Failure)]
    feeds = [result for result in results if not isinstance(result, Failure)]
    added = [id_ for result in feeds for id_ in result.added]
    forms = [{**feed_form(result.feed), "new": result.new} for result in feeds]
    document({**import_form(added, (), (), failed), "feeds": forms})


def chosen_feeds(
    setting: Setting, names: Sequence[str]
) -> tuple[list[Subscription] | None, list[Failure]]:
    """Return the feeds that are named (None: all), and the names that are none."""
    found: dict[str, Subscription] = {}
    unknown = []
    for name in names:
        try:
            found.update((feed.key, feed) for feed in setting.library.feeds.named(name))
        except NotFoundError as error:
            setting.failed += 1
            complain(str(error))
            unknown.append(Failure(name, str(error)))
    return (list(found.values()) if names else None), unknown


@command("opml", "reader opml > subscriptions.opml", "reader opml --tag science")
@click.option("--tag", metavar="TAG", help="Only the feeds with this tag.")
@click.pass_obj
def opml(setting: Setting, *, tag: str | None) -> None:
    """Print the subscriptions as OPML, as other readers take it."""
    from reader.intake.opml import write_opml  # noqa: PLC0415 - not for --help

    feeds = setting.library.feeds.all()
    if tag is not None:
        feeds = [f for f in feeds if tag.casefold() in (t.casefold() for t in f.tags)]
        if not feeds:
            say(f"No feed has the tag {shown_line(tag)}; `reader feeds` lists what each has.")
    sys.stdout.flush()
    sys.stdout.buffer.write(write_opml(feeds))
    sys.stdout.buffer.flush()


@command(
    "feeds",
    "reader feeds",
    "reader feeds Herald --name 'The Herald' --tag +news --tag -old",
    "reader feeds Herald --mute",
    "reader feeds 'Old Gazette' --remove",
)
@click.argument("names", nargs=-1, metavar="[FEED]...")
@click.option("--name", metavar="NAME", help="Call the feed so; '' for its own title.")
@click.option("--tag", "tags", metavar="[+|-]TAG", multiple=True, help="Give or take a tag.")
@click.option(
    "--full-text",
    type=click.Choice(["default", "never", "short", "always"]),
    help="Complete texts from their pages: never, teasers only, always.",
)
@click.option(
    "--keep-days",
    type=click.IntRange(-1, 36500),
    metavar="N",
    help="Keep read articles N days; 0 for ever, -1 as configured.",
)
@click.option("--mute/--unmute", "mute", default=None, help="Leave out when all are fetched.")
@click.option("--remove", is_flag=True, help="End the subscription; the articles stay.")
@as_json
@click.pass_obj
def feeds_(
    setting: Setting,
    *,
    names: tuple[str, ...],
    name: str | None,
    tags: tuple[str, ...],
    full_text: str | None,
    keep_days: int | None,
    mute: bool | None,
    remove: bool,
    json_: bool,
) -> None:
    """List the subscriptions with how their fetching stands; rename, tag, mute or remove them."""
    chosen, _ = chosen_feeds(setting, names)
    library = setting.library
    told = {"name": name, "full_text": full_text, "keep_days": keep_days, "muted": mute}
    changes = bool(tags) or any(value is not None for value in told.values())
    if (changes or remove) and not names:
        raise UsageError("say which feeds are meant")
    if name is not None and len(names) > 1:
        raise UsageError("--name goes with one feed only")
    if remove and chosen:
        say(library.feeds.remove(feed.key for feed in chosen).text)
        return
    if changes and chosen:
        chosen = [_edited(feed, tags, told) for feed in chosen]
        library.feeds.put(chosen, f"changed {len(chosen)} feeds")
    _print_feeds(setting, chosen if chosen is not None else library.feeds.all(), json_=json_)


def _edited(feed: Subscription, tags: Sequence[str], told: Mapping[str, Any]) -> Subscription:
    from reader.text.hygiene import clean_line  # noqa: PLC0415 - not for --help

    kept = {tag.casefold(): tag for tag in feed.tags}
    for each in tags:
        (tag,) = _checked([each[1:] if each[:1] in "+-" else each])
        if each.startswith("-"):
            kept.pop(tag.casefold(), None)
        else:
            kept.setdefault(tag.casefold(), tag)
    changes = {name: value for name, value in told.items() if value is not None}
    if "name" in changes:
        changes["name"] = clean_line(changes["name"]).text
    if changes.get("full_text") == "default":
        changes["full_text"] = ""
    if changes.get("keep_days") == -1:
        changes["keep_days"] = None
    return replace(feed, tags=tuple(kept.values()), **changes)


def _print_feeds(setting: Setting, feeds: Sequence[Subscription], *, json_: bool) -> None:
    states = setting.library.feeds.states()
    if json_:
        document([_full_form(feed, states.get(feed.key)) for feed in feeds])
        return
    for feed in feeds:
        state = states.get(feed.key) or FeedState(feed.key)
        last = f"{state.succeeded.astimezone():%Y-%m-%d %H:%M}" if state.succeeded else "never"
        notes = [*feed.tags, *(["muted"] if feed.muted else []), f"fetched {last}"]
        if state.reason:
            notes.append(f"last time it failed: {_failure(state)}")
        told = shown_line(f"{feed.shown} ({feed.address}) {', '.join(notes)}")
        # to other programs a feed is a line
        out(wrapped(told, width(), indent="  ", first="") if sys.stdout.isatty() else told)


def _failure(state: FeedState) -> str:
    """Return why a feed failed the last time, and what helps."""
    from reader.intake.advice import advice  # noqa: PLC0415 - only where one failed

    return f"{state.reason.partition(';')[0]}. {advice(state, datetime.now(UTC))}"


def _full_form(feed: Subscription, state: FeedState | None) -> dict[str, Any]:
    from reader.intake.advice import advice  # noqa: PLC0415 - as above

    last = state.succeeded.isoformat() if state and state.succeeded else None
    helps = advice(state, datetime.now(UTC)) if state else ""
    reason = (state and state.reason) or None
    return {**feed_form(feed), "fetched": last, "reason": reason, "advice": helps or None}


def feed_form(feed: Subscription) -> dict[str, Any]:
    """Return a subscription as JSON has it."""
    return {
        "feed": feed.key,
        "address": feed.address,
        "name": feed.shown,
        "link": feed.link,
        "tags": list(feed.tags),
        "muted": feed.muted,
        "full_text": feed.full_text or None,
        "keep_days": feed.keep_days,
    }
