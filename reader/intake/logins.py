"""Names and passwords of feeds: in the system's keyring, never in the library or in a message."""

import contextlib
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from reader.errors import InputError

SERVICE = "reader-tui"


def split_login(address: str) -> tuple[str, tuple[str, str] | None]:
    """Return an address without the login in it, and the login (name, password) or None."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, None
    told, _, host = parts.netloc.rpartition("@")
    name, _, password = told.partition(":")
    return urlunsplit(parts._replace(netloc=host)), (unquote(name), unquote(password))


def keep_login(key: str, login: tuple[str, str]) -> None:
    """Keep a login in the system's keyring; `InputError` where there is none to keep it."""
    import keyring  # noqa: PLC0415 - only feeds with a login need it
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    try:
        keyring.set_password(SERVICE, key, ":".join(quote(part, safe="") for part in login))
    except (KeyringError, RuntimeError, OSError):
        raise InputError(
            key,
            "there is no keyring on this system to keep its password;"
            " unlock or install one (Secret Service, KWallet, Keychain)",
        ) from None


def login_for(key: str) -> tuple[str, str] | None:
    """Return the login that the keyring holds for a feed; None where it holds none."""
    import keyring  # noqa: PLC0415 - as above
    from keyring.errors import KeyringError  # noqa: PLC0415 - as above

    told = None
    with contextlib.suppress(KeyringError, RuntimeError, OSError):
        told = keyring.get_password(SERVICE, key)
    if told is None:
        return None
    name, _, password = told.partition(":")
    return unquote(name), unquote(password)
