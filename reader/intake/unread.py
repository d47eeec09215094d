"""Pages that stand in place of an article: each is refused by its name, with what to do."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.intake.blocks import resolved
from reader.text.pagewords import page_words
from reader.text.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFRESH = re.compile(
    r"\s*(\d+)(?:\.\d+)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'\s]+)", re.IGNORECASE
)
_MOVED = re.compile(
    r"\s*(?:(?:window|document|self|top)\.)?location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']"
    r"|\s*(?:(?:window|document|self|top)\.)?location\.(?:replace|assign)\(\s*[\"']([^\"']+)[\"']"
)
_SOON = 10
_LITTLE = 400
"""Characters of text that a page may hold which only leads on."""
_CONSENT_SHARE = 0.5


def why_no_article(root: "_Element", parts: Sequence[Paragraph], base: str | None) -> str | None:
    """Return in one sentence why what a page holds is no article; None if it may be one."""
    length = sum(len(part.text) for part in parts)
    if length <= _LITTLE and (target := _led_to(root, base)):
        return f"it only leads on to {target}; import that page"
    running = [part.text for part in parts if part.kind in ("paragraph", "list", "quote")]
    whole = sum(map(len, running))
    asking = sum(len(text) for text in running if _is_consent(text))
    if asking > _CONSENT_SHARE * whole and _can_agree(root):
        return (
            "it is a cookie notice, not the article; accept or refuse the cookies in a browser, "
            "save the page there and import the file"
        )
    if length <= 4 * _LITTLE and _is_check(root, running):
        return "it asks whether a person reads it; save the page in a browser and import the file"
    return None


def _led_to(root: "_Element", base: str | None) -> str | None:
    """Return the address that a page leads on to by itself."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").casefold() == "refresh":
            match = _REFRESH.match(meta.get("content") or "")
            if match and int(match[1]) <= _SOON:
                return resolved(match[2], base) or match[2][:200]
    for script in root.iter("script"):
        match = _MOVED.match(script.text or "")
        if match:
            target = match[1] or match[2]
            return resolved(target, base) or target[:200]
    return None


def _is_consent(text: str) -> bool:
    """Tell whether a paragraph is one of a cookie notice: three of its words, or a known line."""
    low = text.casefold()
    return sum(word in low for word in page_words().consent) >= (3 if len(text) > 120 else 2)


def _can_agree(root: "_Element") -> bool:
    """Tell whether the page has a button to agree with something."""
    for element in root.iter("button", "a", "input"):
        words = (
            element.get("value") or "" if element.tag == "input" else "".join(element.itertext())
        )
        if len(words) <= 60 and words.strip().casefold().startswith(page_words().agree):
            return True
    return False


def _is_check(root: "_Element", texts: Sequence[str]) -> bool:
    """Tell whether the page checks for robots in place of showing something."""
    title = " ".join("".join(t.itertext()) for t in root.iter("title"))
    low = f"{title} {' '.join(texts)}".casefold()
    return sum(words in low for words in page_words().robots) >= 2
