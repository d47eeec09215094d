"""What a reader can do about a feed that could not be fetched. Pure."""

from datetime import datetime

from reader.model import FeedState

_PAGE = "Subscribe again with the address of the site's page, which names its feed."
_LOGIN = "Subscribe again with https://name:password@ before the address."
_REFUSED = "See whether the address opens in a browser; the site may want a login, or no programs."
_BROWSER = "See whether the address opens in a browser."
_ONLINE = "See whether you are online; else wait."
_LATER = "Wait; it will be asked again later."
_TRUST = "Do not trust it, or name the authority that signed it in SSL_CERT_FILE."
_PROXY = "See to http_proxy and https_proxy in the environment."
_OTHER = "It is the server's trouble; wait, or tell its owner."
_BROKEN = "The feed may be broken or hostile; the site may have another."

_ADVICE = {
    "the feed is gone for good": "End the subscription; the articles stay.",
    "it wants a login": _LOGIN,
    "the server refuses it": _REFUSED,
    "there is nothing at this address": _PAGE,
    "the server wants fewer requests": _LATER,
    "the server is overloaded": _LATER,
    "the server answers with status 5": "Wait; it is the server's trouble.",
    "its host cannot be found": "See whether you are online, and whether the address is right.",
    "its host cannot be reached": _ONLINE,
    "its host does not answer": _ONLINE,
    "the proxy": _PROXY,
    "its certificate cannot be trusted": _TRUST,
    "it is larger than": "Nothing helps here; the site may have a shorter feed.",
    "it took more than": _BROKEN,
    "it needs more memory": _BROKEN,
    "its parts are nested": _BROKEN,
    "what the server sent is a web page": _PAGE,
    "it leads into a private network": "Add it yourself if it is in your own network.",
    "it redirects": _BROWSER,
    "it sends from one address": _BROWSER,
    "what the server sent": _BROWSER,
    "the answer is empty": _BROWSER,
    "this page names no feed": "Give the address of the feed itself.",
    "it is packed": _OTHER,
    "what it packed": _OTHER,
    "it leads to": _BROWSER,
}
"""What helps, by the beginning of a reason as the fetch words it."""
_WAIT = "Wait, and fetch it again; if it goes on, see whether the address opens in a browser."


def advice(state: FeedState, now: datetime) -> str:
    """Return in a sentence what to do about a feed's last failure; "" where it did not fail."""
    if not state.reason:
        return ""
    if state.told and state.not_before is not None and state.not_before > now:
        return f"Wait: its server wants no request before {_shown(state.not_before, now)}."
    return _advice(state.reason)


def advised(reason: str) -> str:
    """Return the reason of a failure with what to do about it, as one sentence without its end.

    A reason that says what to do by itself stays as it is.
    """
    if ";" in reason:
        return reason
    text = _advice(reason).rstrip(".")
    return f"{reason}; {text[:1].lower()}{text[1:]}"


def _advice(reason: str) -> str:
    return next((text for begin, text in _ADVICE.items() if reason.startswith(begin)), _WAIT)


def _shown(moment: datetime, now: datetime) -> str:
    local = moment.astimezone()
    same_day = local.date() == now.astimezone().date()
    return f"{local:%H:%M}" if same_day else f"{local:%Y-%m-%d %H:%M}"
