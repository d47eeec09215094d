"""Names and passwords of feeds: never in the library, and never in a message.

They are kept in the system's keyring, if the extra `keyring` is installed and a keyring answers.
Over ssh, in a container or on a server there is none: there
they are kept in a file of the configuration's folder that only its owner can read, as other
programs do (git's `store`, netrc). A login that stands in `~/.netrc` (or in the file that `NETRC`
names) is used too, and never written there.
"""

import contextlib
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from reader import config
from reader.errors import InputError

SERVICE = "reader-tui"
_FILE = "logins.json"

Login = tuple[str, str]
"""Name and password."""


def split_login(address: str) -> tuple[str, Login | None]:
    """Return an address without the login in it, and the login (name, password) or None."""
    parts = urlsplit(address)
    if "@" not in parts.netloc:
        return address, None
    told, _, host = parts.netloc.rpartition("@")
    name, _, password = told.partition(":")
    return urlunsplit(parts._replace(netloc=host)), (unquote(name), unquote(password))


def logins_file() -> Path:
    """Return the file that holds logins when there is no keyring."""
    return config.config_file().with_name(_FILE)


def keep_login(key: str, login: Login) -> Path | None:
    """Keep a login in the system's keyring (None), or without one in a file, which is returned.

    `InputError` when it can be kept in neither.
    """
    if not _into_keyring(key, login):
        file = logins_file()
        try:
            _write(file, key, login)
        except OSError as error:
            reason = (error.strerror or "it cannot be written").lower()
            raise InputError(
                key,
                f"there is no keyring on this system to keep its password, and {file} cannot be"
                f" written ({reason}); put the login into ~/.netrc, or mend the folder",
            ) from None
        return file
    with contextlib.suppress(OSError):
        _forget(logins_file(), key)  # an older one that the keyring now takes the place of
    return None


def keyring_missing() -> bool:
    """Return True if the extra with which logins go into the system's keyring is not installed."""
    return find_spec("keyring") is None


@contextlib.contextmanager
def _keyring_faults() -> Iterator[None]:
    """Pass over that there is no keyring: no package, no service, or one that is locked."""
    try:
        yield
    except (ImportError, RuntimeError, OSError):
        pass
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "keyring":
            raise


def _into_keyring(key: str, login: Login) -> bool:
    """Keep a login in the system's keyring; return False if there is none."""
    with _keyring_faults():
        import keyring  # noqa: PLC0415 - only feeds with a login need it

        keyring.set_password(SERVICE, key, ":".join(quote(part, safe="") for part in login))
        return True
    return False


def login_for(key: str) -> Login | None:
    """Return the login for a feed: the keyring's, else the file's, else netrc's; None without."""
    return _of_keyring(key) or _read(logins_file()).get(key) or of_netrc(key)


def of_netrc(address: str) -> Login | None:
    """Return the login that netrc has for an address's host; None when it has none.

    Its `default` entry is left alone: it is meant for ftp, and would go to every server that asks.
    """
    import netrc  # noqa: PLC0415 - seldom

    file = os.environ.get("NETRC") or str(Path("~/.netrc").expanduser())
    try:
        found = netrc.netrc(file).hosts.get(urlsplit(address).hostname or "")
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError, ValueError):
        return None
    return (found[0], found[2] or "") if found and found[0] else None


def _of_keyring(key: str) -> Login | None:
    told = None
    with _keyring_faults():
        import keyring  # noqa: PLC0415 - as above

        told = keyring.get_password(SERVICE, key)
    if told is None:
        return None
    name, _, password = told.partition(":")
    return unquote(name), unquote(password)


# The file


def _read(file: Path) -> dict[str, Login]:
    """Return the logins of the file, by the keys of their feeds; what is no login is left out."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        key: (str(value[0]), str(value[1]))
        for key, value in (found.items() if isinstance(found, dict) else ())
        if isinstance(value, list) and len(value) == 2
    }


def _write(file: Path, key: str, login: Login) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(file):
        _replace(file, {**_read(file), key: login})


def _forget(file: Path, key: str) -> None:
    if key in _read(file):
        with _alone(file):
            _replace(file, {k: login for k, login in _read(file).items() if k != key})


def _replace(file: Path, logins: dict[str, Login]) -> None:
    """Write all of it, whole or not at all, readable for nobody else from the beginning."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(logins, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep other readers from writing at the same time."""
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
