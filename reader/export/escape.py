"""Text from outside made safe for the Markdown that it goes into."""

import re

from reader.text.hygiene import shown, shown_line

# what CommonMark takes for markup inside a line (spec 0.31, 2.4 and 6), and GFM's table bar
_MARKUP = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#\w]))")
# what makes a line a heading, a list, a quotation, a rule, a setext underline or a fence
_BEGIN = re.compile(r"(\s*)(?:([#>+=-])|(\d{1,9})(?=[.)]))")


def inline(text: str) -> str:
    """Return a text that is clean already, its markup characters escaped."""
    return _MARKUP.sub(r"\\\1", text)


def line(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup."""
    return inline(shown_line(text))


def prose(text: str) -> str:
    """Return a text as one Markdown paragraph in which nothing is markup; lines are joined."""
    return begin(line(" ".join(shown(text).split())))


def begin(text: str) -> str:
    """Return a line whose beginning makes it neither a heading nor a list nor a quotation."""
    found = _BEGIN.match(text)
    if found is None:
        return text
    at = found.end(1) if found[2] else found.end()
    return f"{text[:at]}\\{text[at:]}"
