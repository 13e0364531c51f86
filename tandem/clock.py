"""The only module that reads the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may
