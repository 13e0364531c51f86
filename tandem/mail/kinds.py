"""The kinds of mails: why each one came, and how to stop it.

This is the one place that knows. The footer of a mail says it in the reader's language
(``templates/emails/footer.txt``), and the outbox keeps reminders from those who want none.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Why(Enum):
    """Why somebody gets a mail."""

    TAKES_PART = "takes_part"
    REGISTERED = "registered"
    """Somebody, perhaps they, registered with this address."""
    REGISTERED_AGAIN = "registered_again"
    """Somebody, perhaps they, did so although there was an account."""
    HAS_REGISTERED = "has_registered"
    """They registered, and do not take part yet."""
    ASKED_FOR_LINK = "asked_for_link"
    NEW_ADDRESS = "new_address"
    """Somebody entered this address as their new one."""
    NAMED = "named"
    """A colleague named them as a mentor."""
    ENTERED = "entered"
    """The coordination entered them."""
    COORDINATES = "coordinates"


class Stop(Enum):
    """How somebody stops mails of a kind."""

    NEEDED = "needed"
    """Taking part is not possible without them; they end with it."""
    DUTY = "duty"
    """Whoever coordinates must know."""
    ONCE = "once"
    """There is one only, and nothing follows."""
    UNANSWERED = "unanswered"
    """Nobody has to answer, and the coordination takes them off the list of who is asked."""
    SAY_NO = "say_no"
    """Tell the coordination, which deletes everything."""
    REMINDERS = "reminders"
    """A switch of one's own."""
    DIGEST = "digest"
    """A switch of those who coordinate."""


@dataclass(frozen=True)
class Kind:
    """What holds for all mails of a kind."""

    why: Why = Why.TAKES_PART
    stop: Stop = Stop.NEEDED

    @property
    def can_be_stopped(self) -> bool:
        """Whether the reader has a switch for it."""
        return self.stop in {Stop.REMINDERS, Stop.DIGEST}


_NEEDED: Final = Kind()
_REMINDER: Final = Kind(stop=Stop.REMINDERS)
_QUESTION: Final = Kind(stop=Stop.UNANSWERED)

KINDS: Final[dict[str, Kind]] = {
    "agreement_dropped": _NEEDED,
    "agreement_in_force": _NEEDED,
    "agreement_proposed": _NEEDED,
    "agreement_reminder": _REMINDER,
    "already_registered": Kind(Why.REGISTERED_AGAIN, Stop.ONCE),
    "change_email": Kind(Why.NEW_ADDRESS, Stop.ONCE),
    "check_in": _QUESTION,
    "check_in_reminder": _REMINDER,
    "closing": _NEEDED,
    "colleague_known": Kind(Why.NAMED, Stop.ONCE),
    "company_contact": _NEEDED,
    "company_declined": Kind(Why.HAS_REGISTERED, Stop.ONCE),
    "company_left": _NEEDED,
    "company_left_staff": Kind(Why.COORDINATES, Stop.DUTY),
    "company_vetted": _NEEDED,
    "confirm_email": Kind(Why.REGISTERED, Stop.ONCE),
    "digest": Kind(Why.COORDINATES, Stop.DIGEST),
    "email_changed": Kind(Why.TAKES_PART, Stop.ONCE),
    "invitation": _NEEDED,
    "invitation_declined": _NEEDED,
    "invitation_expired": _NEEDED,
    "invitation_reminder": _REMINDER,
    "invitation_withdrawn": _NEEDED,
    "meeting_accepted": _NEEDED,
    "meeting_cancelled": _NEEDED,
    "meeting_moved": _NEEDED,
    "meeting_proposed": _NEEDED,
    "meeting_reminder": _REMINDER,
    "outcome": _QUESTION,
    "outcome_reminder": _REMINDER,
    "profile_approved": _NEEDED,
    "profile_declined": Kind(Why.HAS_REGISTERED, Stop.NEEDED),
    "profile_returned": _NEEDED,
    "released": _NEEDED,
    "shortlist": _NEEDED,
    "shortlist_reminder": _REMINDER,
    "sign_in_link": Kind(Why.ASKED_FOR_LINK, Stop.ONCE),
    "survey": _QUESTION,
    "survey_reminder": _REMINDER,
    "tandem_active": _NEEDED,
    "tandem_ended": _NEEDED,
    "tandem_left": _NEEDED,
    "tandem_paused": _NEEDED,
    "tandem_resumed": _NEEDED,
    "thanks": _NEEDED,
    "unused_account": Kind(Why.HAS_REGISTERED, Stop.ONCE),
    "welcome_colleague": Kind(Why.NAMED, Stop.SAY_NO),
    "welcome_desk": Kind(Why.ENTERED, Stop.SAY_NO),
    "welcome_list": Kind(Why.ENTERED, Stop.SAY_NO),
}
"""Every template in ``templates/emails`` by its name."""


def kind_of(name: str) -> Kind:
    """Return what holds for a kind of mail; one that is not named belongs to taking part."""
    return KINDS.get(name, _NEEDED)
