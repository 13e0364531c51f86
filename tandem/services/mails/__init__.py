"""Mails: queued with the change that is their reason, sent after it was committed."""

from tandem.services.mails.failed import Failed, list_failed, send_again, settle
from tandem.services.mails.problems import (
    Problem,
    RefusedForGood,
    ServerAway,
    TryLater,
    Undelivered,
    problem_of,
)
from tandem.services.mails.queueing import is_to, queue_mail, reader_id, wants_quiet
from tandem.services.mails.sending import LEASE, Deliver, filled, send

__all__ = [
    "LEASE",
    "Deliver",
    "Failed",
    "Problem",
    "RefusedForGood",
    "ServerAway",
    "TryLater",
    "Undelivered",
    "filled",
    "is_to",
    "list_failed",
    "problem_of",
    "queue_mail",
    "reader_id",
    "send",
    "send_again",
    "settle",
    "wants_quiet",
]
