"""Text from outside made safe for the documents that it goes into."""

import re

from reader.text.hygiene import shown, shown_line

# what CommonMark takes for markup inside a line (spec 0.31, 2.4 and 6), and GFM's table bar
_MARKUP = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#\w]))")
# what makes a line a heading, a list, a quotation, a rule, a setext underline or a fence
_BLOCK = re.compile(r"^(\s*)([#>+=-]|\d{1,9}(?=[.)]))")


def line(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", shown_line(text))


def prose(text: str) -> str:
    """Return a text as one Markdown paragraph in which nothing is markup; lines are joined."""
    escaped = line(" ".join(shown(text).split()))
    return _escaped_begin(escaped)


def lines(text: str) -> str:
    """Return a text as Markdown in which nothing is markup, its line breaks kept."""
    parts = [_escaped_begin(line(part)) for part in shown(text).split("\n")]
    return "\\\n".join(parts)


def _escaped_begin(text: str) -> str:
    found = _BLOCK.match(text)
    if found is None:
        return text
    if found[2].isdigit():
        end = found.end()
        return f"{text[:end]}\\{text[end:]}"
    return f"{found[1]}\\{text[len(found[1]) :]}"
