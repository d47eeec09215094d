"""Formats that are known and not read here: each has a sentence that says what to do instead.

This is the last look at an input before it would be taken for plain text, so that nobody finds
markup, headers, encoded data or the rows of a table in place of an article.
"""

import re
from collections.abc import Iterator

from reader.errors import InputError
from reader.intake.importers.base import Found, Given, Importer
from reader.intake.importers.tables import looks_like_table

_TEXT = "; save its text and import that"
_HTML = "; save it as HTML and import that"
_CSL = "; export it as CSL JSON and import that"

_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"bplist00", "a binary property list or a Safari web archive; save the page as HTML"),
    (b"{\\rtf", "an RTF document; save it as HTML or as plain text, and import that"),
    (b"\xd0\xcf\x11\xe0", "an old office document or an Outlook mail; save it as .docx or .eml"),
    (b"mozLz40\x00", "a compressed backup of Firefox; export the bookmarks as HTML"),
    (b"BZh", "a compressed file; unpack it and import what is in it"),
    (b"\xfd7zXZ", "a compressed file; unpack it and import what is in it"),
    (b"\x28\xb5\x2f\xfd", "a compressed file; unpack it and import what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive; unpack it and import the folder"),
    (b"Rar!", "an archive; unpack it and import the folder"),
    (b"\x89PNG", "a picture; import a text"),
    (b"\xff\xd8\xff", "a picture; import a text"),
    (b"GIF8", "a picture; import a text"),
    (b"ID3", "a sound file; import a text"),
    (b"OggS", "a sound file; import a text"),
    (b"\x1aE\xdf\xa3", "a film; import a text"),
    (b"\x7fELF", "a program; import a text"),
    (b"BOOKMOBI", "a Kindle book; convert it to EPUB and import that"),
    (b"%!PS", "a PostScript document" + _TEXT),
)
_AT = {60: (b"BOOKMOBI",), 257: (b"ustar",)}

_JSON = (
    "JSON that is not whole, or of a form that is not known here; "
    'give articles as objects with "title", "text" and "url"'
)
_BIBTEX = (
    r"(?:%[^\n]*\n|\s)*@(?:article|book|misc|online|inproceedings|incollection|string|comment|"
    r"techreport|newspaper|report|phdthesis|preamble|electronic|www|unpublished)\s*[{(]"
)
_STARTS: tuple[tuple[str, str], ...] = (
    (r"WARC/[\d.]+\r?\n", "a web archive (WARC); replay it, save the page as HTML and import that"),
    (r"filedesc://|URL\tIP-address", "a web archive (ARC); save the page as HTML and import that"),
    (
        r"HTTP/\d(?:\.\d)? \d{3}",
        "an answer of a web server with its headers; save the page as HTML",
    ),
    (r"\s*TY  - ", "a list of references (RIS)" + _CSL),
    (r"(?:PMID- |OWN - NLM)", "a list of references (PubMed)" + _CSL),
    (_BIBTEX, "a list of references (BibTeX)" + _CSL),
    (
        r"%0 (?:Journal|Newspaper|Web|Book|Electronic|Magazine|Generic)",
        "a list of references (EndNote)" + _CSL,
    ),
    (r"(?:FN|VR) [^\n]+\n(?:VR|PT) ", "a list of references (Web of Science)" + _CSL),
    (r"WEBVTT", "subtitles (WebVTT), which are no running text; save the text without the times"),
    (
        r"\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3} --> ",
        "subtitles (SRT), which are no running text; save the text without the times",
    ),
    (r"\[Script Info\]", "subtitles, which are no running text; save the text without the times"),
    (r"BEGIN:V(?:CARD|CALENDAR)", "a list of contacts or dates, not an article"),
    (r"-----BEGIN [A-Z0-9 ]+-----", "encrypted or signed data, not an article"),
    (r"begin [0-7]{3,4} \S", "encoded data (uuencode); decode it first"),
    (r"\{\\rtf", "an RTF document; save it as HTML or as plain text, and import that"),
    (
        r"\\documentclass|\\input\{|\\begin\{document\}|%[^\n]*\n\\documentclass",
        "a LaTeX document; make HTML of it and import that",
    ),
    (r"(?:\{\s*\"[^\"\n]{1,200}\"\s*:|\[\s*[\[{]\s*[\"\[{\]])", _JSON),
    (r"#!", "a script, not an article"),
    (
        r"(?:--[^\n]*\n|\s)*(?:CREATE TABLE|INSERT INTO|PRAGMA |BEGIN TRANSACTION)",
        "a dump of a database; export what it holds as JSON or CSV",
    ),
    (r"\s*(?:<\?php|<%)", "a program, not an article"),
)
_PROGRAMS = frozenset({
    ".c", ".cc", ".cpp", ".cs", ".css", ".go", ".h", ".hpp", ".java", ".js", ".jsx", ".kt", ".log",
    ".lua", ".php", ".pl", ".ps1", ".py", ".r", ".rb", ".rs", ".scala", ".scss", ".sh", ".sql",
    ".swift", ".ts", ".tsx", ".vue",
})  # fmt: skip
_ROOTS: tuple[tuple[str, str], ...] = (
    ("plist", "a property list or a Safari web archive; save the page as HTML and import that"),
    ("nitf", "a report in NITF" + _HTML),
    ("newsml|newsitem|newsmessage|packageitem", "a report in NewsML" + _HTML),
    ("urlset|sitemapindex", "a list of a site's pages (sitemap), not an article"),
    ("opensearchdescription", "a description of a search, not an article"),
    ("mediawiki", "an export of a wiki; save its pages as HTML and import those"),
    ("tei(?:corpus)?", "a document in TEI" + _HTML),
    ("xbel", "bookmarks in XBEL; export them as HTML and import that"),
    ("fictionbook", "a book in FictionBook; convert it to EPUB and import that"),
    ("svg", "a picture; import a text"),
    ("smil|tt", "subtitles, which are no running text; save the text without the times"),
    ("wpx|document|package|w:document|office:document", "an office document; save it as .docx"),
    ("xsl:stylesheet|stylesheet", "a style sheet, not an article"),
    ("modscollection|mods", "a list of references in XML" + _CSL),
)
_XML = re.compile(r"\s*(?:<\?xml[^>]*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|\s)*"
                  r"<([A-Za-z_][\w:.-]*)", re.DOTALL)  # fmt: skip
_PAGE_TAG = re.compile(
    r"(?:html|head|body|div|p|article|section|main|span|h[1-6]|ul|ol|table|meta|title|center|br|a|"
    r"b|i|em|strong|img|link|script|style|font|blockquote|header|figure|pre|hr|nav|aside)$",
    re.IGNORECASE,
)
_WIKI = re.compile(r"\{\{[^{}\n]{1,300}\}\}|\[\[[^\[\]\n]{1,200}\|[^\[\]\n]{1,200}\]\]"
                   r"|^={2,5}[^=\n]{1,99}={2,5}\s*$|'''[^'\n]{1,99}'''", re.MULTILINE)  # fmt: skip
_WIKI_SURE = re.compile(r"\{\{[^{}\n]{1,300}\}\}|^\[\[(?:Category|File|Kategorie|Datei):",
                        re.MULTILINE)  # fmt: skip
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{60,}|(?:[0-9A-Fa-f]{2}\s?){30,}")
_LONE_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]{0,400})?/?>")
_SETTING = re.compile(
    r"\s*[\"']?[\w.-]{1,40}[\"']?\s*(?:=\s*\S|:\s*\S.{0,40}[^.!?\s]$)|\s*\[[\w .-]+\]$|\s*- \w+: "
)
_SUBTITLE = re.compile(r"^\d\d?:\d\d(?::\d\d)?[,.]\d{2,3} --> ", re.MULTILINE)


def refused_bytes(given: Given) -> Iterator[Found]:
    """Raise the `InputError` for bytes of a known format that is no text."""
    raise InputError(given.where, f"it is {_known_bytes(given)}")
    yield


def _known_bytes(given: Given) -> str | None:
    data = given.data
    for offset, marks in _AT.items():
        if data[offset : offset + 8].startswith(marks):
            return "an archive or a Kindle book; unpack or convert it first"
    if data[4:8] == b"ftyp":
        return "a film or a sound file; import a text"
    return next((told for mark, told in _BYTES if data.startswith(mark)), None)


def is_markup_of_a_page(text: str) -> bool:
    """Return True if a text begins with an element of HTML: a piece of a page, without its head."""
    match = _XML.match(text[:4000])
    return match is not None and bool(_PAGE_TAG.match(match[1]))


def known_text(given: Given) -> str | None:
    """Return what a text is that is no article, and what to do; None for what may be one."""
    start = given.start
    for pattern, told in _STARTS:
        if re.match(pattern, start):
            return told
    if given.ending in _PROGRAMS:
        return "a program's source or its log, not an article"
    return _xml(start) or _wiki(given.text[:20_000]) or _coded(given.text)


def _xml(start: str) -> str | None:
    match = _XML.match(start)
    if match is None and start.startswith(("<?xml", "<!DOCTYPE", "<!--")):
        return "XML without anything in it" + _HTML
    if match is None or not (start.startswith("<?xml") or re.match(r"\s*<[A-Za-z!?]", start)):
        return None
    name = match[1].lower()
    told = next((told for root, told in _ROOTS if re.fullmatch(root, name.split(":")[-1])), None)
    told = told or next((told for root, told in _ROOTS if re.fullmatch(root, name)), None)
    return told or f"XML of a kind that is not known here (<{match[1][:40]}>)" + _HTML


def _wiki(text: str) -> str | None:
    found = len(_WIKI.findall(text))
    if found >= 3 and _WIKI_SURE.search(text) and found >= len(text) / 2_000:
        return "wikitext, the source of a wiki's page; save the page as HTML and import that"
    return None


_FEW_SIGNS = 8
"""Encoded data has more different signs than this; one long word of few is a word."""


def _coded(text: str) -> str | None:
    """Return what a text is of which most is data: encoded, markup, a table, settings."""
    sample = text[:100_000]
    length = len(sample.strip())
    encoded = sum(len(m[0]) for m in _ENCODED.finditer(sample))
    if encoded > 0.5 * length and len(set(sample)) > _FEW_SIGNS:
        return "encoded data (such as base64), not running text; decode it first"
    if sum(len(m[0]) for m in _LONE_TAG.finditer(sample)) > 0.4 * length:
        return "markup with little text" + _HTML
    if len(_SUBTITLE.findall(sample)) >= 3:
        return "subtitles, which are no running text; save the text without the times"
    if looks_like_table(sample):
        return "the rows of a table; save it as .csv with names of columns in its first line"
    rows = [row for row in sample.split("\n") if row.strip()]
    if len(rows) >= 4 and sum(bool(_SETTING.match(row)) for row in rows) > 0.9 * len(rows):
        return "a list of settings or of data, not running text"
    return None


BINARY = Importer("another format", lambda given: bool(_known_bytes(given)), refused_bytes)
