"""The dated events that the reports mention, in the order of their dates."""

from reader.compare.found import Story
from reader.compare.time_differences import Mention
from reader.model import DatedEvent, Span


def timeline(story: Story, times: list[Mention]) -> list[DatedEvent]:
    """Return each year, month and day that is mentioned, with all places that mention it.

    What stays vague ("three years ago", "last week", a weekday without a date of publication) is
    left out. A year stands before its months, a month before its days.
    """
    by_date: dict[str, list[Span]] = {}
    for mention in times:
        moment = mention.moment
        if moment.shown:
            span = story.material.span(mention.unit, moment.start, moment.end)
            by_date.setdefault(moment.shown, []).append(span)
    return [DatedEvent(date, tuple(spans)) for date, spans in sorted(by_date.items())]
