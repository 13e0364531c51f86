"""What can be wrong with a mail or its server, in a word that can be explained."""

from enum import Enum

from tandem.models import Mail


class Problem(Enum):
    """Why a mail did not arrive, or has not yet."""

    NO_MAILBOX = "no_mailbox"
    MAILBOX_FULL = "mailbox_full"
    NOT_WANTED = "not_wanted"
    """Taken for unwanted, or against a rule of the other side."""
    TOO_LARGE = "too_large"
    SENDER_REFUSED = "sender_refused"
    LATER = "later"
    """The server asks to come back later."""
    NAME_NOT_FOUND = "name_not_found"
    NOT_REACHED = "not_reached"
    TOO_SLOW = "too_slow"
    BROKE_OFF = "broke_off"
    NO_ENCRYPTION = "no_encryption"
    CERTIFICATE = "certificate"
    PASSWORD = "password"  # noqa: S105 - a word, not one
    OTHER = "other"


class Undelivered(Exception):
    """A mail was not taken; ``answer`` is what the server or the system said."""

    def __init__(self, problem: Problem, answer: str) -> None:
        super().__init__(f"{problem.value}: {answer}")
        self.problem = problem
        self.answer = answer


class RefusedForGood(Undelivered):
    """The mail server will never take this mail."""


class TryLater(Undelivered):
    """The mail server may take this mail another time."""


class ServerAway(TryLater):
    """The mail server takes no mail at all now, or not from us."""


def problem_of(mail: Mail) -> Problem:
    """Return what was wrong with a mail last."""
    return _BY_WORD.get(mail.problem.partition(":")[0], Problem.OTHER)


def answer_to(mail: Mail) -> str:
    """Return what the server said about a mail last."""
    return mail.problem.partition(": ")[2]


_BY_WORD = {problem.value: problem for problem in Problem}
