"""Meetings in people's own calendars: entries sent by mail, and an address to subscribe to."""

from tandem.services.calendars.addresses import (
    close_calendar,
    find_calendar,
    link_of,
    my_calendar,
    note_reading,
    open_calendar,
)
from tandem.services.calendars.entries import cancellation, published, request
from tandem.services.calendars.reading import read_calendar

__all__ = [
    "cancellation",
    "close_calendar",
    "find_calendar",
    "link_of",
    "my_calendar",
    "note_reading",
    "open_calendar",
    "published",
    "read_calendar",
    "request",
]
