"""What sources add to the text of every entry: "submitted by", "Subscribe now", "Comments".

It is no part of what was written, and would be summarised and compared; it goes to the left-overs.
Where such a line leads somewhere that nothing else of the entry leads (what a post on Reddit is
about, the discussion of a link), the address stays as a caption at the end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from reader.model import Link
from reader.text.paragraphs import Paragraph

_MORE = re.compile(
    r"\[?\(?(?:read (?:more|on|the (?:rest|full\b.{0,20})|full (?:story|article|post))"
    r"|continue(?: reading)?|more"
    r"|full (?:story|article)|weiterlesen|mehr(?: lesen)?|lire la suite|en savoir plus|leer más"
    r"|seguir leyendo|leggi tutto|continua(?: a leggere)?|lees (?:meer|verder)"
    r"|czytaj (?:więcej|dalej)|читать (?:далее|дальше|полностью)|ler mais|continue a ler)\b.{0,80}",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"(?:The post .{1,300} (?:first appeared|appeared first) on .{1,120}"
    r"|(?:Der Beitrag|L.article|La entrada|Het bericht|O post|L.articolo) .{1,300} "
    r"(?:erschien zuerst auf|est apparu en premier sur|se publicó primero en|verscheen eerst op"
    r"|apareceu primeiro em|proviene da) .{1,120})",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    r"submitted by /?u/\S+(?: to /?r/\S+)?(?: ?\[link\])?(?: ?\[comments\])?"
    r"|\[link\] ?(?:\[comments\])?|\[comments\]"
    r"|(?:Article|Comments) URL: \S+|Points: \d+|# ?Comments: \d+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?=.{0,400}(?:subscri|upgrade|share (?:it|this)|support|abonn|suscr|iscriv|assin|inscrev))"
    r"(?:Thanks for reading|(?:Vielen )?Danke? fürs Lesen|Merci d.avoir lu|¡?Gracias por leer"
    r"|Obrigad[oa] por ler|Grazie per aver letto|Bedankt voor het lezen)\b.{0,400}"
    r"|.{1,150} is a (?:reader|listener)-supported (?:publication|newsletter|podcast)\b.{0,400}"
    r"|To (?:receive|get) new posts\b.{0,200}\bsubscriber\b.{0,80}"
    r"|This post is public\b.{0,80}",
    re.IGNORECASE | re.DOTALL,
)
_PAID = re.compile(
    r"(?:This (?:post|episode) is (?:only )?for (?:paid|paying) (?:subscribers|members)"
    r"|(?:Keep|Continue) reading with a .{1,40}(?:trial|subscription)"
    r"|Subscribe to .{1,80} to (?:read|unlock) the rest)\b.{0,200}",
    re.IGNORECASE,
)
_HOSTED = re.compile(
    r"Hosted (?:on|by) .{1,60}\. (?:See|Visit) .{1,160}"
    r"|(?:Learn|Find out) more about your ad choices\b.{0,120}"
    r"|Privacy & Opt-Out: .{1,120}|See (?:omnystudio\.com/listener|Privacy Policy at) .{0,200}"
    r"|Advertising Inquiries: .{1,120}|Our GDPR privacy policy was updated .{1,160}",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:subscribe(?: now| for free| to .{1,80})?|upgrade to .{1,40}|share(?: this post| .{1,80})?"
    r"|leave a comment|give a gift subscription|get \d+ ?% off.{0,60}|join the (?:chat|discussion)"
    r"|refer a friend|start writing today.{0,60}|listen now|view comments|read in (?:the )?app"
    r"|support (?:the|this) (?:show|podcast|blog)|get more from .{1,120}|permalink"
    r"|\d* ?(?:comments?|kommentare?|commentaires?)|discuss(?:ion| on .{1,40})?"
    r"|jetzt abonnieren|teilen|s.abonner|partager|suscríbete|compartir)[.!→»]*",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:(?:click to )?(?:share (?:this )?(?:on|via|to)|tweet(?: this)?|post on|e?mail this)\b"
    r"|(?:twitter|x|facebook|linkedin|whatsapp|reddit|telegram|e-?mail|pinterest|tumblr|print"
    r"|bluesky|mastodon|threads|pocket|hacker news|xing|flipboard)\b"
    r"|\(opens in new window\)|[\s|,·•/]+)++",
    re.IGNORECASE,
)
_SHARING = re.compile(r"(?:share|like) this:?|like loading\W*|loading\W*|share on:?", re.IGNORECASE)
_AT_END = 4
"""So many paragraphs may lie behind a button or a line for sharing that is no part of the text."""


@dataclass(frozen=True, slots=True)
class Split:
    """The paragraphs of an entry without what its source added."""

    parts: list[Paragraph]
    leftovers: tuple[str, ...]
    more: bool
    """Whether what was added leads to the rest of the text."""


def without_additions(parts: Sequence[Paragraph], title: str, link: str | None) -> Split:
    """Take a source's additions from the paragraphs of an entry; `link` is the entry's page."""
    kept = list(parts)
    before: list[str] = []
    if len(kept) > 1 and _repeats(kept[0], title):
        before.append(kept.pop(0).text)
    dropped: dict[int, Paragraph] = {
        n: part for n, part in enumerate(kept) if _is_addition(part, len(kept) - n)
    }
    rest = [n for n in range(len(kept)) if n not in dropped]
    while len(rest) > 1 and _is_ending(kept[rest[-1]]):
        dropped[rest[-1]] = kept[rest[-1]]
        rest.pop()
    if not rest and not title:  # an entry is never without any words
        return Split(list(parts), (), more=False)
    added = [dropped[n] for n in sorted(dropped)]
    more = any(_is_more(part) or _PAID.fullmatch(part.text) for part in added)
    found = [kept[n] for n in rest]
    bare = not any(part.kind != "caption" for part in found)
    more = more or (bare and bool(added))
    # under a text of its own the way to its comments is nothing to keep
    led = added if bare else [part for part in added if _SUBMITTED.fullmatch(part.text)]
    found += _leading(led, {link, *(each.url for part in found for each in part.links)})
    return Split(found, (*before, *(part.text for part in added)), more)


def _repeats(part: Paragraph, title: str) -> bool:
    """Return True for the title once more; the caption of a picture with its address stays."""
    return (
        bool(title)
        and part.text.casefold() == title.casefold()
        and not (part.kind == "caption" and part.links)
    )


def _is_addition(part: Paragraph, from_end: int) -> bool:
    text = part.text
    if any(form.fullmatch(text) for form in (_SUBMITTED, _THANKS, _PAID, _HOSTED)):
        return True
    if part.kind == "caption" or from_end > _AT_END:
        return bool(
            _is_linked(part, 0.9) and re.fullmatch(r"subscribe(?: now)?", text, re.IGNORECASE)
        )
    if _SHARING.fullmatch(text):
        return True
    return _is_linked(part, 0.6) and bool(_BUTTON.fullmatch(text) or _SOCIAL.fullmatch(text))


def _is_ending(part: Paragraph) -> bool:
    return _is_more(part) or bool(_APPEARED.fullmatch(part.text))


def _is_more(part: Paragraph) -> bool:
    """Return True if a paragraph only leads to the rest: a link with such words, nothing else."""
    return _is_linked(part, 0.6) and bool(_MORE.match(part.text.lstrip("…→»> ")))


def _is_linked(part: Paragraph, share: float) -> bool:
    return sum(link.end - link.start for link in part.links) >= share * len(part.text)


def _leading(added: Iterable[Paragraph], known: set[str | None]) -> Iterator[Paragraph]:
    """Yield captions with the addresses that only what was added has."""
    for part in added:
        for link in part.links:
            label = _label(part.text, part.text[link.start : link.end])
            if label and link.url not in known:
                known.add(link.url)
                parts = urlsplit(link.url)
                shown = f"{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"[:120]
                at = len(label) + 2
                yield Paragraph(
                    f"{label}: {shown}", "caption", (Link(at, at + len(shown), link.url),)
                )


def _label(line: str, words: str) -> str:
    """Return what an address is called that stays: what a post is about, or its discussion."""
    if "comments" in words.lower() or line.lower().startswith("comments url"):
        return "Comments"
    if words.strip() == "[link]" or line.lower().startswith("article url"):
        return "Link"
    return ""
