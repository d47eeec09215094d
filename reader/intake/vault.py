"""What Obsidian adds to Markdown, as plain Markdown: links in brackets, callouts, marked words.

See https://help.obsidian.md/obsidian-flavored-markdown. Code stays as it is.
"""

import re
from typing import Any

_LONGEST_ROW = 20_000
"""Characters; nobody writes such a paragraph by hand."""
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_EMBED = re.compile(r"!\[\[[^\[\]\n]{1,500}\]\]")
_LINK = re.compile(r"\[\[([^\[\]\n|]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_CALLOUT = re.compile(r"^(\s{0,3}(?:>\s?)+)\[![\w -]{1,40}\][+-]?\s*")
_MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,1000}?)(?<=[^\s=])==(?![=\w])")
_REMARK = re.compile(r"%%.{0,5000}?%%", re.DOTALL)
_BLOCK_NAME = re.compile(r"\s\^[A-Za-z0-9-]{1,60}$")


def plain_markdown(text: str) -> str:
    """Return Markdown without what only Obsidian understands."""
    if not any(sign in text for sign in ("[[", "[!", "==", "%%", " ^")):
        return text
    rows: list[str] = []
    fence = ""
    for row in _REMARK.sub("", text).split("\n"):
        mark = _FENCE.match(row)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            rows.append(row)
        elif fence or row.startswith(("    ", "\t")) or len(row) > _LONGEST_ROW:
            rows.append(row)
        else:
            rows.append(_row(row))
    return "\n".join(rows)


def without_brackets(value: Any) -> Any:
    """Return a value of the front matter ("[[Bo Chen]]", a list of such) without the brackets."""
    if isinstance(value, list):
        return [without_brackets(item) for item in value]
    return _LINK.sub(_words, value) if isinstance(value, str) else value


def _row(row: str) -> str:
    row = _BLOCK_NAME.sub("", _CALLOUT.sub(r"\1", row))
    parts, at = [], 0
    for code in _CODE.finditer(row):
        parts += [_outside_code(row[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, _outside_code(row[at:])])


def _outside_code(text: str) -> str:
    return _MARKED.sub(r"\1", _LINK.sub(_words, _EMBED.sub("", text)))


def _words(link: "re.Match[str]") -> str:
    """Return what a link shows: its alias, else the page's name without the folder."""
    if link[2]:
        return link[2].strip()
    page, _, heading = link[1].partition("#")
    return (page.rsplit("/", 1)[-1] or heading).strip()
