"""Meetings of tandems: planning them, writing down what became of them, counting them."""

from tandem.services.meetings.counting import Counts, counts, last_held, missed, recently_held

__all__ = ["Counts", "counts", "last_held", "missed", "recently_held"]
