"""The reports side by side, as HTML: every sentence with its claim and who else says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.export import page
from reader.export.outline import MEANINGS, Outline, SharedClaim
from reader.model import ArticleId, ComparedArticle, ComparedSentence, Variant

Key = tuple[ArticleId, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the sentences, by article and index."""

    claims: dict[Key, int]
    only: set[Key]
    variants: dict[Key, list[Variant]]


def columns(view: Outline) -> str:
    """Return a column for each report; its sentences link to their claims."""
    known = _Known(
        claims=_claims(view),
        only={(place.article, place.sentence) for place in view.comparison.only},
        variants=_variants(view),
    )
    parts = ['<div class="columns">']
    for number, article in enumerate(view.comparison.articles):
        sentences = (_sentence(view, number, one, known) for one in article.sentences)
        parts += [_head(view, number, article), *sentences, "</article>"]
    parts.append("</div>")
    return "\n".join(parts)


def anchor(view: Outline, article: ArticleId, sentence: int) -> str:
    """Return the id of a sentence's element."""
    return f"s{view.number(article)}-{sentence}"


def _claims(view: Outline) -> dict[Key, int]:
    """Return for each sentence the point that it belongs to most surely."""
    best: dict[Key, tuple[float, int]] = {}
    for claim in view.comparison.claims:
        for member in claim.members:
            key = (member.article, member.sentence)
            best[key] = max(best.get(key, (0.0, 0)), (member.score, -claim.id))
    return {key: -claim for key, (_score, claim) in best.items()}


def _variants(view: Outline) -> dict[Key, list[Variant]]:
    found: dict[Key, list[Variant]] = {}
    for difference in view.comparison.differences:
        for variant in difference.variants:
            found.setdefault((variant.article, variant.sentence), []).append(variant)
    return found


def _head(view: Outline, number: int, article: ComparedArticle) -> str:
    language = f' lang="{page.text(article.language)}"' if article.language else ""
    when = article.published.date().isoformat() if article.published else ""
    about = " · ".join(page.text(part) for part in (view.names[number], when) if part)
    excerpt = " · only an excerpt" if article.excerpt else ""
    return (
        f'<article class="column"{language} dir="auto" tabindex="0" '
        f'aria-label="{page.text(view.names[number])}">'
        f'<header><p class="about">{about}{excerpt}</p>'
        f"<h3>{page.text(article.title)}</h3></header>"
    )


def _sentence(view: Outline, number: int, sentence: ComparedSentence, known: _Known) -> str:
    key = (view.comparison.articles[number].id, sentence.index)
    inner = _marked(sentence, known.variants.get(key, ()))
    classes: list[str] = [sentence.role]
    claim = known.claims.get(key)
    if claim is not None:
        classes.append("shared")
        point = view.shared(claim)
        inner = (
            f'<a href="#claim-{claim}" data-claim="{claim}">{inner}</a> '
            f'<span class="dots" role="img" aria-label="{page.text(_told_by(view, point))}">'
            f"{point.signs}</span>"
        )
    elif key in known.only:
        classes.append("only")
    return f'<p id="s{number}-{sentence.index}" class="{" ".join(classes)}">{inner}</p>'


def _marked(sentence: ComparedSentence, variants: Sequence[Variant]) -> str:
    """Return a sentence's text with what differs marked."""
    pieces = []
    at = 0
    for variant in sorted(variants, key=lambda v: (v.start, v.end)):
        start, end = variant.start - sentence.start, variant.end - sentence.start
        if at <= start < end <= len(sentence.text):
            pieces.append(page.block(sentence.text[at:start]))
            pieces.append(f"<mark>{page.block(sentence.text[start:end])}</mark>")
            at = end
    pieces.append(page.block(sentence.text[at:]))
    return "".join(pieces)


def _told_by(view: Outline, point: SharedClaim) -> str:
    """Return what each report makes of a point, in words."""
    states = zip(view.names, point.states, strict=True)
    return ", ".join(f"{name} {MEANINGS[state]}" for name, state in states if state != "silent")
