"""Closings: the end of a tandem, what both say of it, and the certificate."""

from tandem.services.closings.finding import (
    NEAR,
    Closing,
    End,
    end_of,
    list_again,
    list_closing,
    surveys_of,
)

__all__ = [
    "NEAR",
    "Closing",
    "End",
    "end_of",
    "list_again",
    "list_closing",
    "surveys_of",
]
