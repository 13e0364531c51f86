"""Mails: queued with the change that is their reason, sent after it was committed."""

from tandem.services.mails.carrying import Post
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
from tandem.services.mails.reminders import choose_reminders
from tandem.services.mails.sending import LEASE, Deliver, filled, send
from tandem.services.mails.stopping import find_stoppable
from tandem.services.mails.testing import send_test

__all__ = [
    "LEASE",
    "Deliver",
    "Failed",
    "Post",
    "Problem",
    "RefusedForGood",
    "ServerAway",
    "TryLater",
    "Undelivered",
    "choose_reminders",
    "filled",
    "find_stoppable",
    "is_to",
    "list_failed",
    "problem_of",
    "queue_mail",
    "reader_id",
    "send",
    "send_again",
    "send_test",
    "settle",
    "wants_quiet",
]
