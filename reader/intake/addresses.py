"""Addresses: what of them may be shown, whether they are public, where they belong."""

import ipaddress
import re
from urllib.parse import urlsplit, urlunsplit

from reader.errors import InputError

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
"""What an address begins with that names its scheme; not a host with a port."""


def without_login(address: str) -> str:
    """Return an address without the name and password in it, as it may be shown."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rsplit("@", 1)[-1]
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public network, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def literal_private(host: str) -> bool:
    """Tell whether a host is written as an IP address that is not public."""
    try:
        ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        return False
    return not is_public(host)


def downgrade(url: str, target: str) -> bool:
    """Tell whether a redirect leads from https to http."""
    return url.startswith("https:") and target.startswith("http:")


def same_server(url: str, other: str) -> bool:
    """Return True if what is secret at one address may be sent to the other: the same host.

    From https to http it may not, nor to another port, save from http's own to https'.
    """
    try:
        one, two = origin(url), origin(other)
    except ValueError:
        return False
    if one == two:
        return True
    return one[1] == two[1] and (one[0], two[0]) == ("http", "https") and one[2] == two[2] is None


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def tidy(address: str) -> str:
    """Return an address as it is subscribed to: with a scheme, host in lower case, no fragment.

    `InputError` if it is no http or https address. The message shows no login.
    """
    text = address.strip()
    if text.lower().startswith("feed:"):
        text = text[5:]
        text = f"http:{text}" if text.startswith("//") else text
    if not SCHEME.match(text) and not text.startswith("/"):
        text = f"https://{text}"
    shown = text.rsplit("@", 1)[-1]
    try:
        parts = urlsplit(text)
        host = parts.hostname
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        raise InputError(shown, "it is no address; check how it is written") from None
    if (
        parts.scheme.lower() not in ("http", "https")
        or not host
        or re.search(r"[\s\x00-\x1f]", text)
    ):
        raise InputError(
            shown,
            "it is no http or https address, nor a file that is here; check how it is written",
        )
    told, at, netloc = parts.netloc.rpartition("@")
    netloc = netloc.lower().removesuffix(":443" if parts.scheme.lower() == "https" else ":80")
    whole = parts._replace(
        scheme=parts.scheme.lower(), netloc=told + at + netloc, path=parts.path or "/", fragment=""
    )
    return whole.geturl()
