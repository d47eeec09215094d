"""All differences of a story, each found by the module of its matter."""

from reader.compare.casualties import casualty_differences
from reader.compare.found import Story
from reader.compare.number_differences import age_differences, number_differences, numbers
from reader.compare.time_differences import Mention, time_differences
from reader.model import Difference


def differences(story: Story, times: list[Mention]) -> list[Difference]:
    """Return where the reports differ, alarms and others, in no particular order."""
    return [
        *time_differences(story, times),
        *casualty_differences(story, times),
        *number_differences(story, numbers(story, times)),
        *age_differences(story),
    ]
