"""Feeds: what a feed says, what the reader subscribed to, and how the fetching of it stands."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry brings along: a recording, a picture, a document."""

    url: str
    type: str = ""
    """The media type as the feed names it ("audio/mpeg"); "" where it does not."""
    length: int | None = None
    """Bytes, as the feed says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed as the feed has it, addresses resolved; not yet clean text."""

    guid: str
    """The feed's own id of it, else its address; "" where it has neither."""
    title: str = ""
    title_html: bool = False
    """Whether the title is HTML; otherwise plain text."""
    link: str | None = None
    """The address of the article; http or https."""
    body: str = ""
    """The text: the content, else the summary."""
    html: bool = True
    """Whether the body is HTML; otherwise plain text."""
    teaser: bool = False
    """Whether the body is a summary, with no content beside it."""
    base: str | None = None
    """What relative addresses in the body start from."""
    author: str | None = None
    published: datetime | None = None
    """When it was published, else when it was changed; aware, in its own zone."""
    issued: datetime | None = None
    """When it was published, as far as the feed says so."""
    changed: datetime | None = None
    """When it was last changed, as far as the feed says so."""
    language: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    former: tuple[str, ...] = ()
    """The guids that earlier versions of this program made of it."""
    cut: bool = False
    """Whether the document ended within it."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was fetched and parsed."""

    title: str
    link: str | None
    """The page that the feed belongs to."""
    language: str | None
    entries: tuple[Entry, ...]
    left_out: int = 0
    """How many entries there were beyond the number that is taken from one feed."""
    fault: str = ""
    """What is wrong with the document, though it was read: one sentence without its end."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that the reader subscribed to: the reader's own work."""

    key: str
    """The address it was subscribed to with; the identity of its articles is made from it, so it
    stays when the feed moves."""
    address: str
    """Where the feed is now."""
    name: str = ""
    """What the reader calls it; "" for the feed's own title."""
    title: str = ""
    """The feed's own title."""
    link: str | None = None
    """The page that the feed belongs to."""
    tags: tuple[str, ...] = ()
    muted: bool = False
    """Whether it is left out when all are fetched."""
    full_text: str = ""
    """Whether texts are completed from the page: "" as the configuration says, "never", "short"
    (where the feed carries only a teaser) or "always"."""
    private: bool | None = None
    """Whether it may be at a private address: it was when it first answered; None until then."""
    keep_days: int | None = None
    """How many days read articles are kept that are not starred, tagged or noted; 0 for ever,
    None as the configuration says."""
    login: bool = False
    """Whether a name and a password are kept for it, in the keyring or outside of the library."""
    added: datetime | None = None

    @property
    def shown(self) -> str:
        """What it is called in lists."""
        return self.name or self.title or self.address


@dataclass(frozen=True, slots=True)
class FeedState:
    """How the fetching of a feed stands: what the next request needs, and what became of the last.

    It can be lost without harm: the next fetch then asks for the whole feed.
    """

    key: str
    etag: str | None = None
    modified: str | None = None
    """The Last-Modified header, as it came."""
    digest: str | None = None
    """Of the body as it came last, for servers that answer without `etag` and `modified`."""
    checked: datetime | None = None
    """When it was last asked for."""
    succeeded: datetime | None = None
    """When it last answered as it should."""
    failures: int = 0
    """How many times in a row it did not."""
    reason: str = ""
    """Why the last time failed, one sentence; "" where it did not."""
    not_before: datetime | None = None
    """When the server, or politeness after failures, allows the next request."""
    told: bool = False
    """Whether it was the server that named `not_before`."""
    gone: bool = False
    """Whether the server said that the feed is gone for good (410)."""
