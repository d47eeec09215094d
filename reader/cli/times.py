"""Dates as people write them on a command line."""

from datetime import UTC, datetime

import click


def date(value: str) -> datetime:
    """Return a day or a time in ISO 8601 as an aware time; without an offset it is UTC."""
    try:
        when = datetime.fromisoformat(value.strip())
    except ValueError:
        message = f"{value!r} is no date such as 2025-07-04 or 2025-07-04T09:30"
        raise click.BadParameter(message) from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
