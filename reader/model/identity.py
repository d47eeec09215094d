"""From an article's identity to its id, and from the id to what people and programs see.

An identity is the feed and the guid, else the address, else the outlet and the file name, else the
outlet and the title; an `id` in an input file is taken as identity. The id is a 63-bit number
(TinyDB wants integers, SQLite's are signed), shown as 13 characters of Crockford's base 32 in lower
case (https://www.crockford.com/base32.html), of which an unambiguous beginning will do.
"""

import hashlib
import re

from reader.model.article import ArticleId

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_VALUE |= {"i": 1, "l": 1, "o": 0}
ID_LENGTH = 13
_SHOWN = re.compile(rf"[0-7][{_DIGITS}]{{{ID_LENGTH - 1}}}")


def identity_of(
    *,
    given: str | None = None,
    feed: str | None = None,
    guid: str | None = None,
    url: str | None = None,
    source: str = "",
    filename: str | None = None,
    title: str = "",
) -> str:
    """Return the identity of an article from the best of what is known about it.

    The order is that of the arguments: the id given in an input file, feed and guid, address,
    outlet and file name, outlet and title. The result is one line of text that names its kind.
    """
    if given:
        return f"id:{given}"
    if feed and guid:
        return f"entry:{feed}\t{guid}"
    if url:
        return f"url:{url}"
    if filename:
        return f"file:{source}\t{filename}"
    return f"title:{source}\t{title}"


def article_id(identity: str) -> ArticleId:
    """Return the id that belongs to an identity: the same in every library, 1 to 2**63 - 1.

    An identity `id:…` whose value is an id as `shown_id` prints it is that id itself, so that
    articles which were listed by one library and imported into another keep their ids.
    """
    kind, _, value = identity.partition(":")
    if kind == "id" and _SHOWN.fullmatch(value) and (number := _number(value)):
        return ArticleId(number)
    digest = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return ArticleId(int.from_bytes(digest, "big") >> 1 or 1)


def shown_id(number: int) -> str:
    """Return the 13 characters that stand for a 63-bit id."""
    return "".join(_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def id_range(shown: str) -> tuple[int, int] | None:
    """Return the first and last id (both included) that begin with these characters.

    Letters count in either case; None where the characters cannot be the beginning of an id.
    """
    text = shown.lower()
    if not 0 < len(text) <= ID_LENGTH or any(c not in _VALUE for c in text):
        return None
    free = 5 * (ID_LENGTH - len(text))
    low = _number(text) << free
    return (low, low + (1 << free) - 1) if low < 1 << 63 else None


def _number(text: str) -> int:
    number = 0
    for digit in text:
        number = number << 5 | _VALUE[digit]
    return number
