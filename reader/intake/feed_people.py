"""Who wrote an entry: names as a by-line has them, without addresses and markup."""

import re
from collections.abc import Iterable

from reader.intake.fields import text_of

_MAIL = r"[^\s@<>()\"',;:]+@[^\s@<>()\"',;]+"
_BEFORE = re.compile(rf"(?:mailto:)?<?{_MAIL}>?[\s,:;-]*\(\s*(.+?)\s*\)\.?", re.DOTALL)
_AFTER = re.compile(rf"[\"']?(.+?)[\"']?\s*[<(\[]\s*(?:mailto:)?{_MAIL}\s*[>)\]]", re.DOTALL)
_BESIDE = re.compile(rf"(?:mailto:)?<?{_MAIL}>?[\s,:;-]+(.*\w.*)", re.DOTALL)
_LAST = re.compile(rf"(.*\w.*?)[\s,:;-]+(?:mailto:)?{_MAIL}", re.DOTALL)
_ALONE = re.compile(rf"<?(?:mailto:)?({_MAIL})>?")
_SEVERAL = re.compile(r"\s*[,;]\s*|\s+(?:and|&)\s+")
_BY = re.compile(r"^by[:\s]\s*", re.IGNORECASE)
_NOBODY = frozenset(
    {"unknown", "noreply", "no-reply", "nobody", "none", "null", "undefined", "n/a"}
)
MOST = 20


def person(told: str) -> str:
    """Return the name of a person as a feed writes one; "" where it names nobody.

    "ann@weir.example (Ann Lee)", "Ann Lee <ann@weir.example>" and "By Ann Lee" are "Ann Lee". Of
    an address alone there is only the address.
    """
    line = text_of(told, 1000) or ""
    if line.count("@") > 1 and len(parts := _SEVERAL.split(line)) > 1:
        return ", ".join(dict.fromkeys(filter(None, map(person, parts))))
    for form in (_BEFORE, _AFTER, _BESIDE, _LAST):
        if "@" in line and (match := form.fullmatch(line)):
            line = match[1].strip(" \"'")
            break
    if alone := _ALONE.fullmatch(line):
        line = alone[1]
    line = _BY.sub("", line).strip()
    nobody = line.casefold() in _NOBODY or line.casefold().startswith(("noreply@", "no-reply@"))
    return "" if nobody else line


def byline(names: Iterable[str]) -> str | None:
    """Return several people as one line; None where nobody is named."""
    found = dict.fromkeys(filter(None, map(person, names)))
    return ", ".join(list(found)[:MOST])[:2000] or None
