"""What the environment says about connections: proxies and certificate authorities."""

import contextlib
import os
import ssl
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]  # not in typeshed

from reader.intake.addresses import without_login


def proxy_for(url: str) -> tuple[str | None, dict[str, str] | None]:
    """Return the proxy that the environment names for an address (http_proxy, no_proxy …).

    The second is what it must be told: a login, where the environment gives one.
    """
    parts = urlsplit(url)
    proxies = getproxies_environment()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass_environment(parts.netloc.rsplit("@", 1)[-1], proxies):
        return None, None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    login = urlsplit(proxy)
    if login.username is None:
        return proxy, None
    from aiohttp import encode_basic_auth  # noqa: PLC0415 - needed for fetching only

    name, password = unquote(login.username), unquote(login.password or "")
    return without_login(proxy), {"Proxy-Authorization": encode_basic_auth(name, password)}


def own_certificates() -> ssl.SSLContext | None:
    """Return trust in the authorities that the environment names besides OpenSSL's own way.

    `SSL_CERT_FILE` and `SSL_CERT_DIR` are OpenSSL's, and count anyway.
    """
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if not named:
        return None
    context = ssl.create_default_context()
    with contextlib.suppress(OSError):
        folder = os.path.isdir(named)  # noqa: PTH112 - a name from the environment, looked at once
        context.load_verify_locations(**{"capath" if folder else "cafile": named})
    return context
