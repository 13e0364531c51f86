"""A clock that stands where a test sets it, for everything that asks for the time."""

from datetime import datetime, tzinfo

import pytest


class Clock:
    """Stands still until it is set again."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self, zone: tzinfo) -> datetime:
        """Return the instant that it shows; asked in place of :class:`datetime`."""
        return self.moment.astimezone(zone)


def stopped(patch: pytest.MonkeyPatch, moment: datetime) -> Clock:
    """Stop the clock of the whole service at an instant."""
    clock = Clock(moment)
    patch.setattr("tandem.clock.datetime", clock)
    return clock
