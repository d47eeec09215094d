"""Where an address leads, told before it is opened. Pure.

Only `http`, `https` and `mailto` lead anywhere. What is opened is made anew from the parts that
were understood: ASCII, one word, beginning with its scheme, so that neither a browser nor a command
line can read it in another way.
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from reader.errors import ReaderError
from reader.text.hygiene import clean_line

LONGEST = 8000
"""Characters of an address; browsers and command lines take about as many."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_NUMBERED = re.compile(r"\[[0-9a-f:.]+\]")
# RFC 3986, 2.2 and 2.3, without "[", "]" and "'": a bracket needs no place outside of a host
_KEPT = "%!$&()*+,;=:@/?-._~"
_MAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*")


class RefusedError(ReaderError):
    """An address that is not opened, and why."""


@dataclass(frozen=True, slots=True)
class Destination:
    """What is opened, and what to ask before."""

    address: str
    """As it is given to the browser or the mail program: ASCII, without white space."""
    place: str
    """Its host with its port, in ASCII, or who would be written to."""
    question: str = ""
    """What to ask before it is opened; "" where nothing about it is hidden."""


def destination(address: str) -> Destination:
    """Return where an address leads. Raises `RefusedError` where it is not to be opened."""
    address = clean_line(address).text
    if len(address) > LONGEST:
        raise RefusedError("This address is too long to be opened.")
    scheme = match[0].lower() if (match := _SCHEME.match(address)) else ""
    if scheme == "mailto":
        return _mail(address)
    if scheme not in {"http", "https"}:
        raise RefusedError(f"Only http, https and mailto addresses are opened, not {_cut(address)}")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise RefusedError(f"This is no address: {_cut(address)}") from None
    host = _host(parts)
    place = f"{host}:{port}" if port is not None else host
    rest = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        rest += f"?{quote(parts.query, safe=_KEPT)}"
    if parts.fragment:
        rest += f"#{quote(parts.fragment, safe=_KEPT)}"
    return Destination(f"{scheme}://{place}{rest}", place, _doubts(parts, place))


def _host(parts: SplitResult) -> str:
    """Return the host as the network knows it (UTS 46, IDNA 2008)."""
    written = parts.hostname or ""
    if "\\" in parts.netloc or not written:  # browsers take "\" for "/", so that it ends the host
        raise RefusedError("This address names no host that can be told.")
    if "[" in parts.netloc:
        if ":" not in written or not _NUMBERED.fullmatch(f"[{written}]"):
            raise RefusedError("This address names no host that can be told.")
        return f"[{written}]"
    host = written
    if not host.isascii():
        import idna  # noqa: PLC0415 - few addresses need it

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise RefusedError(f"There can be no host “{_cut(written)}”.") from None
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise RefusedError(f"There can be no host “{_cut(written)}”.")
    return host


def _doubts(parts: SplitResult, place: str) -> str:
    """Return what to ask where the address leads elsewhere than it seems to."""
    if "@" in parts.netloc:
        before = parts.netloc.rpartition("@")[0]
        return (
            f"What stands before the @ is no host: “{_cut(before)}”. It is left out. "
            f"The address leads to {place}."
        )
    written = parts.hostname or ""
    if not written.isascii():
        return f"“{_cut(written)}” may look like another name. The address leads to {place}."
    if any(label.startswith("xn--") for label in written.split(".")):
        return f"The address leads to {place}, which is shown as “{_cut(_unicode(written))}”."
    return ""


def _unicode(host: str) -> str:
    import idna  # noqa: PLC0415 - few addresses need it

    try:
        return idna.decode(host)
    except (idna.IDNAError, UnicodeError):
        return host


def _mail(address: str) -> Destination:
    """Return a letter to one person; what else the link would fill in (RFC 6068) is left out.

    A subject or an attachment that someone else chose is nothing to send in one's own name.
    """
    receiver = address.partition(":")[2].partition("?")[0]
    if not _MAIL.fullmatch(receiver.lower()) or receiver.startswith("-"):
        raise RefusedError("This address names nobody to write to.")
    return Destination(
        f"mailto:{quote(receiver, safe='@!$+._~-')}",
        receiver,
        f"This writes a letter to {receiver}.",
    )


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
