"""Word documents and PDF, by libraries that are installed as extras: mammoth and pypdf.

mammoth turns a document's styles into headings, lists and
tables of HTML; pypdf finds the lines of a PDF's pages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.bodies import body_paragraphs
from reader.intake.draft import Draft
from reader.intake.importers.archives import Archive
from reader.intake.importers.base import Found, Given, Importer
from reader.intake.importers.saved import moment
from reader.text.hygiene import clean
from reader.text.paragraphs import paragraphs

EXTRA = "documents"
_LOCKED = "locked"
_WORD_LIMIT = 20_000_000
"""Bytes of a Word document's own XML, unpacked."""
_MOST_PAGES = 2_000
_MOST_CHARACTERS = 5_000_000
_DOCUMENT_MARKS = (b"application/epub", b"META-INF/", b"[Content_Types].xml", b"_rels/", b"word/")
_PROPERTIES = "docProps/core.xml"
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[a-zß-öø-ÿ])")
_NUMBERS = re.compile(r"\d+")
_MADE_TITLE = re.compile(
    r"(?:microsoft word - |untitled|.*\.(?:docx?|pdf|indd|qxd|tex)$)", re.IGNORECASE
)


def may_do_harm(data: bytes) -> bool:
    """Return True for formats whose reading is long or that other libraries take apart."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return True
    # what the archive is says one of its first names; those of an export are read here
    head = data[:4096]
    return data.startswith(b"PK\x03\x04") and any(mark in head for mark in _DOCUMENT_MARKS)


def _needed(library: str, what: str, where: str) -> None:
    if find_spec(library) is None:
        raise InputError(
            where,
            f"it is {what}; install the extra that reads it (reader-tui[{EXTRA}]), "
            "or save its text and import that",
        )


def article_of_word(given: Given, archive: Archive) -> Iterator[Found]:
    """Yield the article that a Word document is; `InputError` if the extra is not installed."""
    _needed("mammoth", "a Word document", given.where)
    for name in archive.names:  # each within the limits, before another library unpacks it
        if name.endswith((".xml", ".rels")):
            archive.read(name, _WORD_LIMIT)
    html = _html_of_word(given)
    parts, stripped = body_paragraphs(html)
    told = _properties(archive.read(_PROPERTIES))
    yield given.article(
        Draft(
            tuple(parts),
            scraped=False,
            title=told.get("title"),
            author=fields.author_of(told.get("creator")),
            language=fields.language_of(told.get("language")),
            there=moment(told.get("created") or told.get("modified")),
            stripped=stripped,
        ),
        named=True,
    )


def _html_of_word(given: Given) -> str:
    import mammoth  # noqa: PLC0415 - an extra, and only Word documents need it

    try:
        without = mammoth.images.img_element(lambda _image: {"src": ""})
        html: str = mammoth.convert_to_html(
            BytesIO(given.data), convert_image=without, external_file_access=False
        ).value
    except Exception:  # noqa: BLE001 - it raises many kinds for documents that are damaged
        raise InputError(
            given.where, "it is a damaged Word document; save it once more, or save its text"
        ) from None
    return html


def _properties(data: bytes | None) -> dict[str, str]:
    """Return what a document says about itself: Dublin Core, by names without their prefix."""
    from lxml import etree  # noqa: PLC0415 - only documents need it

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True)
    try:
        root: Any = etree.fromstring(data, parser=parser) if data else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    told: dict[str, str] = {}
    for element in root if root is not None else ():
        words = fields.text_of(element.text)
        if isinstance(element.tag, str) and words:
            told[element.tag.rpartition("}")[2]] = words
    return told


def is_pdf(given: Given) -> bool:
    """Return True for a PDF."""
    return given.data[:1024].lstrip().startswith(b"%PDF-")


def article_of_pdf(given: Given) -> Iterator[Found]:
    """Yield the article that a PDF is; `InputError` if the extra is not installed."""
    _needed("pypdf", "a PDF", given.where)
    pages, told = _pages(given)
    if _LOCKED in told:
        raise InputError(given.where, "it is a PDF with a password; remove that first")
    text = _HYPHEN.sub("", "\n\n".join(_without_running_heads(pages)))
    if len(text.split()) < 5:
        raise InputError(
            given.where,
            "it is a PDF of pictures without text; run a text recognition (OCR) over it first",
        )
    cleaned = clean(text)
    title = told.get("/Title", "")
    yield given.article(
        Draft(
            tuple(paragraphs(cleaned.text)),
            title=None if _MADE_TITLE.match(title) else fields.text_of(title),
            author=fields.author_of(told.get("/Author")),
            there=_pdf_day(told.get("/CreationDate", "")),
            url=given.address,
            host=fields.host_of(given.address),
            stripped=cleaned.stripped,
        ),
        named=True,
    )


def _pages(given: Given) -> tuple[list[str], dict[str, str]]:
    """Return the text of a PDF's pages, and what it says about itself."""
    import pypdf  # noqa: PLC0415 - an extra, and only PDFs need it

    pages: list[str] = []
    try:
        document = pypdf.PdfReader(BytesIO(given.data))
        locked = document.is_encrypted and not document.decrypt("")
        if locked:
            return [], {_LOCKED: ""}
        told = {str(name): str(value) for name, value in (document.metadata or {}).items()}
        size = 0
        for number, page in enumerate(document.pages):
            if number >= _MOST_PAGES or size > _MOST_CHARACTERS:
                break
            pages.append(page.extract_text())
            size += len(pages[-1])
    except Exception:  # noqa: BLE001 - it raises many kinds for files that are damaged
        if not any(page.strip() for page in pages):
            raise InputError(
                given.where, "it is a damaged PDF, and cannot be read; get it once more"
            ) from None
        told = {}
    return pages, told


def _without_running_heads(pages: Sequence[str]) -> list[str]:
    """Return the pages without the lines that stand at the top or the foot of most of them."""
    if len(pages) < 3:
        return list(pages)
    rows = [page.strip().split("\n") for page in pages]
    ends = Counter(_form(row) for page in rows for row in {*page[:2], *page[-2:]})
    running = {form for form, times in ends.items() if times > len(pages) / 2}
    return [
        "\n".join(
            row
            for at, row in enumerate(page)
            if not (_form(row) in running and (at < 2 or at >= len(page) - 2))
        )
        for page in rows
    ]


def _form(row: str) -> str:
    """Return a line with its numbers alike: "Page 3" and "Page 4" are one running line."""
    return _NUMBERS.sub("0", " ".join(row.split()))


def _pdf_day(value: str) -> Any:
    match = _PDF_DATE.match(value)
    return moment("-".join(match.group(1, 2, 3))) if match else None


PDF = Importer("a PDF", is_pdf, article_of_pdf)
