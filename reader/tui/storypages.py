"""A story as paragraphs for a reading pane: what is new in it, who reported, why it is one story.

Pure functions.
"""

from collections.abc import Mapping, Sequence

from reader.model import ArticleId, NewSentence, NewSince, SourceRow, Story
from reader.text.hygiene import shown, shown_line
from reader.tui import formats
from reader.tui.document import Paragraph, Span
from reader.tui.storylines import Outlets, counts_told

MOST_NAMED = 12
"""So many of the outlets that did not report are named."""


def story_page(
    story: Story,
    outlets: Outlets,
    sources: Sequence[SourceRow],
    *,
    names: Mapping[ArticleId, str],
    news: NewSince | None,
    corrected: bool,
) -> list[Paragraph]:
    """Return what there is to know about a story. A new sentence's `key` is its number.

    `names` are the outlets of its articles, `news` is None while it is being found.
    """
    unread = f"{story.unread} unread" if story.unread else "all read"
    named = sum(bool(source) for source in story.sources)
    facts = [counts_told(story), formats.count(named, "outlet") if named else "", unread]
    page = [
        Paragraph(shown_line(story.title) or "(no title)", style="title", gap=0),
        Paragraph(" · ".join(filter(None, facts)), style="byline", gap=0),
        Paragraph(_times(story), style="byline", gap=0),
    ]
    if corrected:
        told = "± Corrected by you: a report was put in or taken out, or stories were merged."
        page.append(Paragraph(told, style="hint", gap=0))
    page += _news(story, news, names)
    page += _outlets(story, outlets, sources)
    page.append(Paragraph("Why these belong together", style="heading"))
    terms = " · ".join(shown_line(term) for term in story.terms)
    if terms:
        told = "These words weigh most among those that several of the reports share:"
        page += [Paragraph(told, style="hint", gap=0), Paragraph(terms, gap=0)]
    else:
        page.append(Paragraph("You put them together; they share few words.", style="hint", gap=0))
    return page


def _times(story: Story) -> str:
    first, last = formats.moment(story.first), formats.moment(story.last)
    return first if first == last else f"{first} to {last}"


def news_told(count: int) -> str:
    """Return "4 sentences that no report you read has said"."""
    return f"{formats.count(count, 'sentence')} that no report you read has said"


def report_told(count: int) -> str:
    """Return what the head of a report says about what is new in it."""
    if not count:
        return "+ Nothing here that the reports you have read do not say."
    return f"+ {news_told(count)}"


def _news(story: Story, news: NewSince | None, names: Mapping[ArticleId, str]) -> list[Paragraph]:
    if not story.unread:
        return [Paragraph("Nothing is new: you have read every report.", style="hint")]
    if story.unread == len(story.articles):
        told = "You have read none of these yet. Once you have, what the others add stands here."
        return [Paragraph(told, style="hint")]
    if news is None:
        return [Paragraph("Looking for what no report you read has said …", style="hint")]
    page = [Paragraph(_news_heading(news), style="heading")]
    page += [_sentence(number, sentence, names) for number, sentence in enumerate(news.sentences)]
    if news.apart:
        reports = formats.count(len(news.apart), "unread report")
        told = f"{reports}, in another language or too many at once, could not be held against it."
        page.append(Paragraph(told, style="hint", gap=0))
    return page


def _news_heading(news: NewSince) -> str:
    if news.sentences:
        return f"New since you read: {news_told(len(news.sentences))}"
    return "New since you read: nothing that you have not read already"


def _sentence(number: int, sentence: NewSentence, names: Mapping[ArticleId, str]) -> Paragraph:
    text = " ".join(shown(sentence.text).split())
    told = [sentence.article, *(span.article for span in sentence.also_in)]
    outlets = dict.fromkeys(names.get(id_) or "(no outlet)" for id_ in told)
    tail = f"  {' · '.join(outlets)}"
    spans = (Span(len(text), len(text) + len(tail), "byline"),)
    return Paragraph(text + tail, gap=int(number > 0), indent=2, mark="+ ", spans=spans, key=number)


def _outlets(story: Story, outlets: Outlets, sources: Sequence[SourceRow]) -> list[Paragraph]:
    """Return who reported and who of the reader's outlets did not, with their letters."""
    letters = dict(zip(outlets.names, outlets.letters, strict=True))
    told = [_outlet("●", letters.get(name, ""), name) for name in story.sources]
    silent = [s.name for s in sources if s.kind == "outlet" and s.name not in story.sources]
    silent.sort(key=lambda name: name not in letters)
    page = [
        Paragraph("Outlets", style="heading"),
        Paragraph("   ".join(told), gap=0),
    ]
    if silent:
        named = [_outlet("○", letters.get(name, ""), name) for name in silent[:MOST_NAMED]]
        if more := len(silent) - len(named):
            named.append(f"and {more:,} more")
        page.append(Paragraph("Not among its reports here:", style="hint", gap=0))
        page.append(Paragraph("   ".join(named), style="byline", gap=0))
    return page


def _outlet(dot: str, letter: str, name: str) -> str:
    named = shown_line(name) or "(no outlet)"
    return f"{dot} {letter} {named}" if letter else f"{dot} {named}"
