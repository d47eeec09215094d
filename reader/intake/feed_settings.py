"""What the configuration says about feeds: full text, how long articles are kept, rules.

[feeds]
full_text = "short"         # "never" (unless told), "short": where there is a teaser, "always"
keep_days = 90              # read articles, unless starred, tagged or noted; 0 is for ever
interval = 30               # minutes between fetches while the reader is open; 0 is never

[[rules]]
match = "source:Herald football"
feed = "Herald"             # only articles of this feed (address, name, tag:NAME)
do = ["read", "tag:sport"]  # "ignore", "read", "star", "tag:NAME"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import QueryError

if TYPE_CHECKING:
    from reader.library import Query

FULL_TEXT = ("never", "short", "always")
LONGEST_DAYS = 36500


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with articles that come in and match a query."""

    match: str
    query: "Query"
    do: tuple[str, ...]
    """ "ignore", "read", "star", "tag:NAME"."""
    feed: str = ""
    """As `reader fetch` takes it; "" for all feeds."""

    @property
    def shown(self) -> str:
        """The rule in words, for messages."""
        of = f" of {self.feed}" if self.feed else ""
        return f"“{self.match}”{of}: {', '.join(self.do)}"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How feeds are fetched; as it is without a configuration file."""

    full_text: str = "never"
    keep_days: int = 0
    interval: int = 0
    rules: tuple[Rule, ...] = ()


def load_feed_settings(file: Path) -> tuple[FeedSettings, list[str]]:
    """Return what a configuration file says about feeds, and what of it cannot be understood.

    Each complaint is one sentence; what is wrong is left out, the rest counts.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return FeedSettings(), []
    except (OSError, ValueError) as error:
        return FeedSettings(), [f"{file.name} cannot be read, so no rule of it counts: {error}"]
    problems: list[str] = []
    table = data.get("feeds", {})
    if not isinstance(table, Mapping):
        problems.append("feeds: expected a table, [feeds]")
        table = {}
    known = {"full_text", "keep_days", "interval"}
    problems += [
        f"feeds.{name}: expected one of {', '.join(sorted(known))}"
        for name in sorted(table.keys() - known)
    ]
    full_text = table.get("full_text", "never")
    if full_text not in FULL_TEXT:
        problems.append(f"feeds.full_text: expected one of {', '.join(FULL_TEXT)}")
        full_text = "never"
    days = _number(table, "keep_days", LONGEST_DAYS, problems)
    interval = _number(table, "interval", 10080, problems)
    return FeedSettings(
        full_text, days, interval, _rules(data.get("rules", []), problems)
    ), problems


def _number(table: Mapping[str, Any], name: str, most: int, problems: list[str]) -> int:
    value = table.get(name, 0)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    problems.append(f"feeds.{name}: expected a number from 0 to {most}")
    return 0


def _rules(value: Any, problems: list[str]) -> tuple[Rule, ...]:
    if not isinstance(value, list):
        problems.append("rules: expected tables, [[rules]]")
        return ()
    found = (_rule(item, number, problems) for number, item in enumerate(value, 1))
    return tuple(rule for rule in found if rule is not None)


def _rule(item: Any, number: int, problems: list[str]) -> Rule | None:
    from reader.library import parse_query  # noqa: PLC0415 - only where there are rules

    if not isinstance(item, Mapping) or not isinstance(item.get("match"), str):
        problems.append(f"rule {number}: expected match = a query in quotation marks")
        return None
    do = item.get("do")
    actions = [do] if isinstance(do, str) else do
    if not isinstance(actions, list) or not actions or not all(map(_is_action, actions)):
        problems.append(f'rule {number}: expected do = of "ignore", "read", "star", "tag:NAME"')
        return None
    feed = item.get("feed", "")
    if not isinstance(feed, str):
        problems.append(f"rule {number}: expected feed = a name in quotation marks")
        return None
    try:
        return Rule(item["match"], parse_query(item["match"]), tuple(actions), feed)
    except QueryError as error:
        problems.append(f"rule {number}: {error}")
        return None


def _is_action(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return value in ("ignore", "read", "star") or (
        value.startswith("tag:") and bool(value[4:].strip())
    )
