"""Files of addresses: they are offered as feeds, and read as pages where these are asked for."""

from collections.abc import Iterator

from reader.errors import InputError
from reader.intake.feed_lists import AddressList, is_opml, list_in
from reader.intake.importers.base import Found, Given, Importer


def is_feed_list(given: Given) -> bool:
    """Return True for OPML, other readers' lists of feeds, and files of nothing but addresses."""
    return is_opml(given.start) or list_in(given.text) is not None


def addresses_in(given: Given) -> tuple[str, ...]:
    """Return the addresses of a list that does not say whether they are feeds or pages."""
    found = list_in(given.text)
    return found.addresses if isinstance(found, AddressList) else ()


def no_articles(given: Given) -> Iterator[Found]:
    """Raise the `InputError` that says what to do with a list."""
    found = list_in(given.text)
    name = given.where if given.where != "-" else "-"
    if isinstance(found, AddressList):
        count = len(found.addresses)
        many = f"it is a list of {count:,} addresses" if count > 1 else "it is one address"
        stores = "these pages" if count > 1 else "that page"
        subscribes = "their feeds" if count > 1 else "its feed"
        raise InputError(
            given.where,
            f"{many}; `reader add {name}` subscribes to {subscribes}, "
            f"`reader import --full-text {name}` stores {stores}",
        )
    what = found.what if found else "a list of feeds (OPML)"
    raise InputError(given.where, f"it is {what}; `reader add {name}` subscribes to them")
    yield


FEED_LIST = Importer("a list of feeds", is_feed_list, no_articles)
