"""The names of elements in feeds, whatever namespace and prefix they are written with.

What RSS, RDF, Atom and CDF have in common ("title", "link") goes by its bare name; what comes from
a module has the module's usual prefix ("dc:creator"). The addresses of the namespaces are those
that the formats' documents name, and the ones that feeds are seen with besides.
"""

XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"

_CORE = (
    "http://backend.userland.com/rss", "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss091", "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss/rss.html", "http://purl.org/rss/1.0/",
    "http://purl.org/rss/1.0", "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/", "http://my.netscape.com/publish/formats/rss-0.91.dtd",
    "http://example.com/newformat#", "http://example.com/necho", "http://purl.org/echo/",
    "uri/of/echo/namespace#", "http://purl.org/pie/", "http://purl.org/atom/ns#",
    "http://www.w3.org/2005/atom", "http://purl.org/rss/1.0/modules/rss091#",
    "http://purl.org/net/rss1.1#", "http://www.rssboard.org/rss-specification",
)  # fmt: skip
_MODULES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss/": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    XHTML: "xhtml",
    XML.lower(): "xml",
}
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "atom": "http://www.w3.org/2005/Atom",
    "atom10": "http://www.w3.org/2005/Atom",
    "a10": "http://www.w3.org/2005/Atom",
    "xhtml": XHTML,
    "xml": XML,
}
"""What a prefix means that a document uses without saying so."""
ROOTS = frozenset({"rss", "rdf", "feed", "channel"})


class Names:
    """Turns tags into names, for one document."""

    def __init__(self, root_tag: str) -> None:
        """Take the tag of the root: a namespace that only it knows is the feed's own."""
        self._known: dict[str, str] = {}
        uri, local = split(root_tag)
        self._own = uri if local.lower() in ROOTS else None

    def __call__(self, tag: object) -> str:
        """Return the name of an element with this tag; "" for a comment and the like."""
        if not isinstance(tag, str):
            return ""
        name = self._known.get(tag)
        if name is None:
            name = self._known[tag] = self._named(tag)
        return name

    def _named(self, tag: str) -> str:
        uri, local = split(tag)
        local = local.lower()
        folded = uri.strip().lower()
        if not folded or folded in _CORE:
            return local
        if prefix := _MODULES.get(folded):
            return f"{prefix}:{local}"
        return local if uri == self._own else f"?:{local}"


def split(tag: str) -> tuple[str, str]:
    """Return the namespace and the local name of a tag in Clark's notation."""
    if tag[:1] != "{":
        return "", tag
    uri, _, local = tag[1:].rpartition("}")
    return uri, local
