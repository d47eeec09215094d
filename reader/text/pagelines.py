"""Lines of a page that are known by their own words, wherever they stand."""

import re
from collections.abc import Callable

from reader.text import lines
from reader.text._short import cached_where_short
from reader.text.cuts import split_more
from reader.text.pagewords import key, page_words

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)[^\n]{0,60}\b(?:19|20)\d\d\b", re.IGNORECASE)
_LABEL = re.compile(r"([^:：|»>]{2,40}?)\s*[:：|»>]+\s*(\S.*)")
_CAPITALS = re.compile(r"(?:[A-Z&]+ ){2,6}(?=\S)")
_DURATION = re.compile(r"[^\W\d]\d{1,2}:[0-5]\d$")
_BRACKETED = re.compile(r"\[[^\[\]:]{12,160}\]")
_AGAIN = re.compile(r"(?=\D*[^\W\d_])(.{4,60}?)\s*(?:\1\s*){2,}|([^\W\d_].{3,60}?)\2")
_TAGS = re.compile(r"#[\w-]+(?:[\s,]+#[\w-]+)*")
_MENU = re.compile(r"[|>»›·•]|(?<=\s)/(?=\s)")
_LONGEST = 1500
"""Characters of the longest notice."""
_FORM_ROOTS = ("mail", "subscri", "inscri", "newsletter", "inbox", "privac", "sign up", "correo")
_SMALL = frozenset(["via", "for", "by", "and", "of", "the", "de", "courtesy", "from", "von", "par"])


@cached_where_short(2048)
def known_line(line: str, *, last: bool) -> str:
    """Return why a line is a left-over by its own words; "" where it is none."""
    if key(line) in page_words().line:
        return "words of the page"
    if len(line) > _LONGEST:
        return ""
    count = lines.word_count(line)
    for check, reason, most in _CHECKS:
        if count <= most and check(line):
            return reason
    whole = not last or count <= 12  # at the end it may be an excerpt
    return "link to another article" if whole and count <= 30 and _is_more_link(line) else ""


def _is_form(line: str) -> bool:
    """Tell whether a line holds the labels and messages of a form for a newsletter."""
    low = line.casefold().replace("’", "'")
    if not any(root in low for root in _FORM_ROOTS):
        return False
    return sum(words in low for words in page_words().form) >= 2


def _is_link(line: str) -> bool:
    """Tell whether a line leads to another article or a video.

    A label and a headline ("Read also: …"), a headline in brackets or with a video's duration.
    """
    if _DURATION.search(line):
        return lines.word_count(line) <= 20
    if _BRACKETED.fullmatch(line) and lines.word_count(line) >= 4:
        return not lines.ends_sentence(line[:-1])
    match = _LABEL.match(line)
    if not match or key(match[1]) not in page_words().label:
        return False
    rest = match[2]
    if lines.word_count(rest) > 28 or lines.holds_sentences(rest):
        return False
    return " " in match[1] or not rest.rstrip("\"'”’").endswith(".")


def _is_run_of_links(line: str) -> bool:
    """Tell whether headlines follow in one line: "MOST READ IN NEWS Ferry stops Trams on trial"."""
    opening = _CAPITALS.match(line)
    if not opening or lines.ends_sentence(line):
        return False
    words = opening[0].split()
    related = page_words().related
    return any(key(" ".join(words[:count])) in related for count in range(2, len(words) + 1))


def is_menu(line: str) -> bool:
    """Tell whether a line is a row of sections or languages: "Home > World > Europe"."""
    parts = [part for part in _MENU.split(line) if part.strip()]
    words = page_words()
    return len(parts) >= 2 and all(
        (found := key(part)) in words.margin or found in words.line for part in parts
    )


def _is_more_link(line: str) -> bool:
    """Tell whether a line is a headline with "Read more" behind it."""
    rest, marker = split_more(line)
    return (
        " " in marker
        and 3 <= lines.word_count(rest) <= 25
        and not rest.rstrip("\"'”’").endswith((".", "…"))
    )


def is_credit(line: str) -> bool:
    """Tell whether a line is only the credit of a picture: "Ann Lee/AFP via Getty Images"."""
    bare = line.strip(" ()[]*")
    tokens = re.findall(r"[^\W\d_][\w'’.-]*", bare)
    if not 1 <= len(tokens) <= 16 or lines.ends_sentence(bare) or '"' in bare:
        return False
    known = page_words().credit
    low = [token.casefold().strip(".") for token in tokens]
    if any(t[0].islower() and w not in _SMALL | known for t, w in zip(tokens, low, strict=True)):
        return False
    agencies = [word for word in low if word in known]
    if not agencies:
        return False
    if all(word in known or word in _SMALL for word in low):
        return len(tokens) > 1 or bare.isupper() or low[0] in ("reuters", "dpa", "getty")
    opened = low[0] in (
        "photo",
        "photos",
        "photograph",
        "picture",
        "image",
        "foto",
        "fotos",
        "bild",
    )
    return "/" in bare or "©" in bare or "via" in low or (opened and ":" in bare)


_CHECKS: tuple[tuple[Callable[[str], object], str, int], ...] = (
    (_is_form, "words of the page", 120),
    (_is_run_of_links, "link to another article", 200),
    (_COPYRIGHT.match, "copyright notice", 60),
    (_is_link, "link to another article", 40),
    (_AGAIN.fullmatch, "the same words again and again", 60),
    (_TAGS.fullmatch, "tags", 30),
    (is_menu, "words of the page", 24),
    (is_credit, "credit of a picture", 24),
)
"""What a line is checked for, the reason where it is that, and how many words it may have."""
