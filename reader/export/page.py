"""The frame of every HTML document that is exported: one file, nothing from elsewhere."""

import base64
import hashlib
from html import escape

from reader.text.hygiene import shown, shown_line

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #fdfdfb; --dim: #62626a;
  --rule: #d9d9d4; --mark: #fff0a8; --accent: #0b5cad; --alarm: #b3261e; --pane: #f3f3ef; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e3; --paper: #17181a; --dim: #a3a3ab;
  --rule: #3a3b3f; --mark: #5a4d0e; --accent: #7fb6f0; --alarm: #ff8a80; --pane: #222326; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: .3rem; } a { color: var(--accent); }
article { max-width: 42rem; } .about, .dim { color: var(--dim); font-size: .9rem; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid var(--rule); }
mark { background: var(--mark); color: inherit; } pre { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--rule);
  padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--pane); }
.scroll { overflow-x: auto; } .note { white-space: pre-wrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media print { body { max-width: none; } nav { display: none; } }
"""


def page(
    title: str, body: str, *, language: str | None = None, style: str = "", script: str = ""
) -> str:
    """Return a whole document around a body of HTML; the title is text.

    A content security policy lets the page load nothing and run nothing but `script`.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        policy += f"; script-src 'sha256-{digest}'"
    return f"""<!doctype html>
<html lang="{escape(language or "")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{text(title)}</title>
<style>{STYLE}{style}</style>
</head>
<body>
{body}
{f"<script>{script}</script>" if script else ""}
</body>
</html>
"""


def text(value: str) -> str:
    """Return text on one line, escaped for an element or a quoted attribute."""
    return escape(shown_line(value))


def block(value: str) -> str:
    """Return text of several lines, escaped; its line breaks are white space."""
    return escape(shown(value))
