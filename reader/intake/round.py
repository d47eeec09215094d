"""One round: feeds are fetched, rules applied, teasers completed, old articles retired.

This is what `reader fetch` and the fetch of the interface do, as the configuration says.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NotFoundError
from reader.intake import full_text, rules
from reader.intake.feed_settings import FeedSettings, Rule
from reader.intake.fetch import USUAL, FetchOptions, FetchReport, Progress, fetch
from reader.intake.full_text import CompletionReport
from reader.intake.rules import Applied
from reader.model import ArticleId, ArticleRow, Subscription

if TYPE_CHECKING:
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What became of a round."""

    fetched: FetchReport
    applied: tuple[Applied, ...] = ()
    completion: CompletionReport = CompletionReport()  # noqa: RUF009 - frozen
    retired: tuple[ArticleId, ...] = ()
    stories_wait: bool = False
    """Whether articles were left without their place among the stories, for another time."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would do, and with which articles."""

    rule: Rule
    articles: tuple[ArticleRow, ...]


def fetch_round(
    library: "Library",
    feeds: Sequence[Subscription] | None = None,
    settings: FeedSettings = FeedSettings(),  # noqa: B008 - frozen
    options: FetchOptions = USUAL,
    *,
    progress: Progress | None = None,
    page_progress: Callable[[int, int], None] | None = None,
    story_progress: Callable[[int], None] | None = None,
    story_seconds: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> RoundReport:
    """Fetch feeds as `fetch` does, and then do what the settings say; from any thread.

    `page_progress` is told how many pages were asked for, of how many, where texts are completed;
    `story_progress` how many new articles have their story, for which there are `story_seconds`;
    what is left is done by whoever asks for stories next. `stop` is asked now and then whether to
    end early.
    """
    quick = replace(options, stories=False)
    report = fetch(library, feeds, quick, progress=progress, stop=stop)
    applied = rules.matches(library, settings.rules, report.added)
    rules.apply(library, applied)
    ignored = {id_ for each in applied if "ignore" in each.rule.do for id_ in each.articles}
    library.feeds.pages.wait(_to_complete(library, report, settings, ignored), datetime.now(UTC))
    completion = CompletionReport()
    if not (stop and stop()):
        due = _due(library, feeds, settings)
        completion = full_text.complete(
            library, due, http=options.http, parsing=options.parsing, progress=page_progress,
            stop=stop,
        )  # fmt: skip
    # what an earlier fetch left waits for one that brings something: one that does not is short
    wait = options.stories and bool(report.added or report.changed)
    if wait:
        library.stories.update(story_progress, stop=_until(story_seconds, stop))
        wait = library.stories.waiting()
    retired = rules.retire(library, settings)
    return RoundReport(report, tuple(applied), completion, retired, wait)


def _until(seconds: float | None, stop: Callable[[], bool] | None) -> Callable[[], bool] | None:
    """Return what is to be asked whether to stop: also when so many seconds have passed."""
    if seconds is None:
        return stop
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end or bool(stop and stop())


def _to_complete(
    library: "Library", report: FetchReport, settings: FeedSettings, ignored: set[ArticleId]
) -> list[ArticleId]:
    found = []
    for result in report.feeds:
        mode = result.feed.full_text or settings.full_text
        if mode == "never":
            continue
        ids = [id_ for id_ in (*result.added, *result.changed) if id_ not in ignored]
        found += [a.id for a in library.articles(ids) if full_text.wanted(a, mode)]
    return found


def _due(
    library: "Library", feeds: Sequence[Subscription] | None, settings: FeedSettings
) -> list[ArticleId]:
    """Return the articles whose pages are to be asked for now: new teasers, and what failed."""
    chosen = feeds if feeds is not None else [s for s in library.feeds.all() if not s.muted]
    keys = [s.key for s in chosen if (s.full_text or settings.full_text) != "never"]
    return library.feeds.pages.due(datetime.now(UTC), keys) if keys else []


def try_rules(
    library: "Library",
    feeds: Sequence[Subscription] | None,
    settings: FeedSettings,
    options: FetchOptions = USUAL,
) -> tuple[FetchReport, list[Trial]]:
    """Return what the rules would do with what would come in; nothing is stored.

    The feeds are fetched into a library of their own, which is then forgotten.
    """
    chosen = list(feeds) if feeds is not None else [s for s in library.feeds.all() if not s.muted]
    with (
        tempfile.TemporaryDirectory() as place,
        library.open(Path(place) / "library") as other,
    ):
        other.feeds.put(chosen, "subscribed for a trial")
        report = fetch(other, chosen, replace(options, stories=False))
        retired = library.feeds.retiring.known(report.added)
        new = [i for i in report.added if i not in retired and not _is_stored(library, i)]
        trials = [
            Trial(each.rule, tuple(other.row(id_) for id_ in each.articles))
            for each in rules.matches(other, settings.rules, new)
        ]
    return report, trials


def _is_stored(library: "Library", id_: ArticleId) -> bool:
    try:
        library.row(id_)
    except NotFoundError:
        return False
    return True
