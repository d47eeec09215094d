"""Feeds as paragraphs for a reading pane: previews, and how a feed stands. Pure functions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.model import Article, FeedState, Subscription
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.document import Paragraph
from reader.tui.typeset import fit

if TYPE_CHECKING:
    from reader.intake.discover import Named
    from reader.intake.opml import Outline
    from reader.intake.subscriptions import FoundFeed

NEWEST = 6
"""So many titles a preview shows."""
_TITLE = 58
CHOICE = 9
"""Among so many feeds of a page one can choose: by the keys 1 to 9."""
FULL_TEXT = {
    "": "as configured",
    "never": "never",
    "short": "teasers only",
    "always": "always",
}
"""What a feed's setting for whole texts is called."""


def preview_page(
    found: "FoundFeed",
    choice: Sequence["Named"],
    *,
    known: bool,
    tags: Collection[str],
    now: datetime,
) -> list[Paragraph]:
    """Return what there is to know of a feed before one subscribes to it.

    `choice` are all feeds that the page names, this one among them; none where it was no page.
    """
    feed, articles = found.parsed.feed, found.parsed.articles
    page = [
        Paragraph(shown_line(feed.title) or "(no title)", style="title", gap=0),
        Paragraph(shown_line(found.address), style="byline", gap=0),
    ]
    if feed.link and feed.link != found.address:
        page.append(Paragraph(f"of {shown_line(feed.link)}", style="byline", gap=0))
    if known:
        page.append(Paragraph("You are subscribed to it already.", style="strong", gap=0))
    page.append(Paragraph(" · ".join(_facts(articles, feed.left_out, now))))
    if tags:
        told = " ".join(f"#{shown_line(tag)}" for tag in tags)
        page.append(Paragraph(told, style="tags"))
    if len(choice) > 1:
        page += _choice(choice, found.address)
    return page + _titles(articles, now)


def _facts(articles: Sequence[Article], left_out: int, now: datetime) -> list[str]:
    facts = [formats.count(len(articles) + left_out, "entry", "entries")]
    if pace := _pace([a.published for a in articles if a.published is not None]):
        facts.append(pace)
    languages = sorted({a.language.upper() for a in articles if a.language})
    facts += [", ".join(languages[:3])] if languages else []
    short = sum(article.excerpt for article in articles)
    if articles and short * 2 > len(articles):
        facts.append("teasers only" if short == len(articles) else "mostly teasers")
    newest = max((a.published for a in articles if a.published), default=None)
    if newest is not None and now - newest > timedelta(days=90):
        facts.append(f"nothing since {formats.moment(newest)}")
    return facts


def _pace(times: Sequence[datetime]) -> str:
    """Return about how often something came, from the times of what is there; "" if unknown."""
    if len(times) < 3:
        return ""
    days = (max(times) - min(times)).total_seconds() / 86400
    if days <= 0:
        return ""
    a_day = (len(times) - 1) / days
    for number, unit in ((a_day, "day"), (a_day * 7, "week"), (a_day * 30.4, "month")):
        if number >= 1:
            return f"about {round(number):,} a {unit}"
    return "less than one a month"


def _titles(articles: Sequence[Article], now: datetime) -> list[Paragraph]:
    ordered = sorted(
        articles, key=lambda a: (a.published is not None, a.published or a.added), reverse=True
    )
    page = []
    for number, article in enumerate(ordered[:NEWEST]):
        mark = f"{formats.age(article.published, now) if article.published else '–':>8}  "
        title = fit(shown_line(article.title), _TITLE, pad=False) or "(no title)"
        page.append(Paragraph(title, gap=int(number == 0), indent=10, mark=mark))
    return page or [Paragraph("Nothing is in it yet.", style="hint")]


def _choice(choice: Sequence["Named"], shown: str) -> list[Paragraph]:
    page = [Paragraph("The page names several feeds:", style="heading")]
    for number, named in enumerate(choice[:CHOICE], 1):
        here = "●" if named.address == shown else " "
        title = shown_line(named.title)
        text = f"{title} · {shown_line(named.address)}" if title else shown_line(named.address)
        page.append(Paragraph(text, gap=0, indent=5, mark=f"{here} {number}  "))
    return page


def opml_page(
    outlines: Sequence["Outline"], known: Collection[str], *, name: str
) -> list[Paragraph]:
    """Return what an OPML file holds: how many feeds in which folders, how many known already.

    `known` are the addresses subscribed to.
    """
    if not outlines:
        return [Paragraph(f"No feed is in {shown_line(name)}.", gap=0)]
    there = sum(outline.address in known for outline in outlines)
    told = formats.count(len(outlines), "feed")
    if there:
        told += f", {there:,} of them subscribed to already"
    page = [
        Paragraph(shown_line(name), style="title", gap=0),
        Paragraph(f"{told}.", gap=1),
    ]
    folders: dict[str, int] = {}
    for outline in outlines:
        for tag in outline.tags or ("",):
            folders[tag] = folders.get(tag, 0) + 1
    for number, (tag, count) in enumerate(sorted(folders.items(), key=lambda f: f[0].casefold())):
        shown = f"#{shown_line(tag)}" if tag else "without a folder"
        page.append(Paragraph(f"{shown}  {count:,}", style="list", gap=int(number == 0), indent=2))
    if any(folders):
        page.append(Paragraph("Folders become tags of the feeds.", style="hint"))
    return page


def feed_page(
    feed: Subscription, state: FeedState | None, advice: str, *, counts: tuple[int, int]
) -> list[Paragraph]:
    """Return how a feed stands, without its name.

    `counts` are its articles and those of them that are unread.
    """
    page = [Paragraph(shown_line(feed.address), style="byline", gap=0)]
    if feed.name and feed.title and feed.name != feed.title:
        page.append(Paragraph(f"calls itself {shown_line(feed.title)}", style="byline", gap=0))
    if state is not None and state.reason:
        times = f" ({state.failures:,} times in a row)" if state.failures > 1 else ""
        page.append(
            Paragraph(
                f"{_sentence(state.reason)}{times}", style="strong", gap=0, indent=2, mark="✗ "
            )
        )
        page.append(Paragraph(advice, gap=0, indent=2, mark="→ "))
    page.append(Paragraph(" · ".join(_standing(feed, state, counts)), gap=0))
    if feed.tags:
        told = " ".join(f"#{shown_line(tag)}" for tag in feed.tags)
        page.append(Paragraph(told, style="tags", gap=0))
    return page


def _sentence(reason: str) -> str:
    reason = shown_line(reason).partition(";")[0]  # what helps stands in the line below it
    return f"{reason[:1].upper()}{reason[1:]}"


def _standing(
    feed: Subscription, state: FeedState | None, counts: tuple[int, int]
) -> Iterable[str]:
    yield "muted: not fetched with the others" if feed.muted else _fetched(state)
    articles, unread = counts
    yield f"{formats.count(articles, 'article')}, {unread:,} unread"
    if feed.full_text:
        yield f"whole texts: {FULL_TEXT[feed.full_text]}"
    if feed.keep_days is not None:
        days = formats.count(feed.keep_days, "day") if feed.keep_days else "for ever"
        yield f"read ones are kept {days}"


def _fetched(state: FeedState | None) -> str:
    if state is None or state.succeeded is None:
        return "never fetched"
    return f"fetched {formats.moment(state.succeeded)}"
