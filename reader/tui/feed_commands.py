"""The commands of the screen of feeds and of the screen of what changed."""

from reader.tui.command import COLLECTING, MOVING, READING, YOURS, Area, Command

_FEEDS: tuple[Area, ...] = ("feeds",)
_CHANGES: tuple[Area, ...] = ("changes",)

FEED_COMMANDS: tuple[Command, ...] = (
    Command(
        "feeds", "F", "Feeds",
        "Show the feeds: how their fetching stands, and what is done with each.",
        "feeds", ("main",), COLLECTING, 30,
    ),
    Command(
        "feeds.next_failed", "n", "Next failed", "Go to the next feed that could not be fetched.",
        "next_failed", _FEEDS, MOVING, 12,
    ),
    Command(
        "feeds.previous_failed", "p", "Previous failed",
        "Go to the feed before that could not be fetched.", "previous_failed", _FEEDS, MOVING,
    ),
    Command(
        "feeds.fetch_one", "f", "Fetch it", "Fetch this feed now, even a muted one.", "fetch_one",
        _FEEDS, COLLECTING, 3,
    ),
    Command(
        "feeds.rename", "N", "Name", "Give the feed a name of your own; empty for its title.",
        "rename", _FEEDS, YOURS, 4,
    ),
    Command(
        "feeds.tag", "t", "Tags", "Give the feed tags, separated by commas.", "tag", _FEEDS, YOURS,
        5,
    ),
    Command(
        "feeds.mute", "m", "Mute", "Leave the feed out when all are fetched, or take it in again.",
        "mute", _FEEDS, YOURS, 6,
    ),
    Command(
        "feeds.full_text", "w", "Whole texts",
        "Complete its texts from their pages: as configured, never, teasers only, always.",
        "full_text", _FEEDS, YOURS, 8,
    ),
    Command(
        "feeds.keep_days", "d", "Days", "Say how many days its read articles are kept.",
        "keep_days", _FEEDS, YOURS, 9,
    ),
    Command(
        "feeds.remove", "D", "Remove", "End the subscription; its articles stay.", "remove",
        _FEEDS, YOURS, 7,
    ),
    Command(
        "feeds.order", "r", "Order", "Sort by name, the failed first, the most unread first.",
        "order", _FEEDS, COLLECTING, 25,
    ),
    Command(
        "feeds.export", "e", "OPML", "Write all subscriptions into an OPML file.", "export",
        _FEEDS, COLLECTING, 26,
    ),
)  # fmt: skip

CHANGES_COMMANDS: tuple[Command, ...] = (
    Command(
        "changes", "C", "Changes", "Show what changed between the article's revisions.",
        "changes", ("main",), READING, 13, "article",
    ),
    Command(
        "changes.next", "],right", "Later", "Go to the change after this one.",
        "later", _CHANGES, MOVING, 3,
    ),
    Command(
        "changes.previous", "[,left", "Earlier", "Go to the change before this one.",
        "earlier", _CHANGES, MOVING, 4,
    ),
    Command(
        "changes.next_place", "n", "Next place", "Go to the next place that changed.",
        "next_place", _CHANGES, MOVING, 5,
    ),
    Command(
        "changes.previous_place", "p", "Previous place", "Go to the place before that changed.",
        "previous_place", _CHANGES, MOVING,
    ),
    Command(
        "changes.fold", "z,=", "Fold", "Fold away the paragraphs that stayed, or show them.",
        "fold", _CHANGES, READING, 6,
    ),
)  # fmt: skip
