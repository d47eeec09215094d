"""JSON that a terminal can be shown."""

import re

# what json.dumps leaves as it is and a terminal might obey: DEL, C1, bidi controls, line and
# paragraph separators, the byte order mark, lone surrogates
_ACTIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def inert(text: str) -> str:
    """Return JSON text of the same value with such characters as JSON escapes."""
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
