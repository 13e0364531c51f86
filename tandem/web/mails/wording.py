"""What mails are about, and why one did not arrive, in words."""

from flask_babel import lazy_gettext as _l

from tandem.services.mails import Problem

KINDS = {
    "agreement_dropped": _l("Agreement put aside"),
    "agreement_in_force": _l("Agreement in force"),
    "agreement_proposed": _l("Agreement to read"),
    "agreement_reminder": _l("Reminder of the agreement"),
    "already_registered": _l("Registered already"),
    "change_email": _l("Confirmation of a new address"),
    "check_in": _l("Questions on how it goes"),
    "check_in_reminder": _l("Reminder of the questions"),
    "closing": _l("The tandem ends soon"),
    "colleague_known": _l("Named as a mentor"),
    "company_contact": _l("Speaks for the company now"),
    "company_declined": _l("Company not taken in"),
    "company_left": _l("Company has left"),
    "company_left_staff": _l("Company has left"),
    "company_vetted": _l("Company takes part"),
    "confirm_email": _l("Confirmation of the address"),
    "digest": _l("What happened in the tandems"),
    "email_changed": _l("Address was changed"),
    "invitation": _l("Invitation to a tandem"),
    "invitation_declined": _l("Invitation declined"),
    "invitation_expired": _l("Invitation expired"),
    "invitation_reminder": _l("Reminder of the invitation"),
    "invitation_withdrawn": _l("Invitation taken back"),
    "meeting_accepted": _l("Meeting settled"),
    "meeting_cancelled": _l("Meeting called off"),
    "meeting_moved": _l("Meeting moved"),
    "meeting_proposed": _l("Meeting suggested"),
    "meeting_reminder": _l("Reminder of the meeting"),
    "outcome": _l("Question on what became of them"),
    "outcome_reminder": _l("Reminder of that question"),
    "profile_approved": _l("Profile approved"),
    "profile_declined": _l("Profile not approved"),
    "profile_returned": _l("Question about the profile"),
    "released": _l("No longer a mentor of the company"),
    "shortlist": _l("Mentors to choose from"),
    "shortlist_reminder": _l("Reminder: mentors to choose from"),
    "sign_in_link": _l("Link to sign in"),
    "survey": _l("Survey after the tandem"),
    "survey_reminder": _l("Reminder of the survey"),
    "tandem_active": _l("Both said yes"),
    "tandem_ended": _l("Tandem ended"),
    "tandem_left": _l("Tandem ended, somebody left"),
    "tandem_paused": _l("Tandem takes a break"),
    "tandem_resumed": _l("Tandem goes on"),
    "thanks": _l("Thanks and survey"),
    "unused_account": _l("Account is not used"),
    "welcome_colleague": _l("Welcome from the company"),
    "welcome_desk": _l("Welcome"),
    "welcome_list": _l("Welcome, taken over from a list"),
}
"""What a mail is about, by its kind."""

WHY = {
    Problem.NO_MAILBOX: _l("There is no mailbox at this address."),
    Problem.MAILBOX_FULL: _l("The mailbox is full."),
    Problem.NOT_WANTED: _l("The other side took the e-mail for unwanted advertising."),
    Problem.TOO_LARGE: _l("The e-mail was too large for the mailbox."),
    Problem.SENDER_REFUSED: _l("Our mail server does not accept the sender of Tandem."),
    Problem.LATER: _l("The other side asked us for two days to come back later."),
    Problem.NAME_NOT_FOUND: _l("For two days the name of our mail server could not be found."),
    Problem.NOT_REACHED: _l("For two days our mail server could not be reached."),
    Problem.TOO_SLOW: _l("For two days the mail server took too long to answer."),
    Problem.BROKE_OFF: _l("For two days the mail server broke off each time."),
    Problem.NO_ENCRYPTION: _l("Our mail server offers no encrypted connection."),
    Problem.CERTIFICATE: _l("The certificate of our mail server is not valid."),
    Problem.PASSWORD: _l("Our mail server does not accept the password of Tandem."),
    Problem.OTHER: _l("The other side refused the e-mail."),
}
"""Why a mail did not arrive."""

_ASK = _l("Call the person, correct the address, and send the e-mail again.")
_OPERATOR = _l("Tell those who run Tandem; then send the e-mail again.")
WHAT_TO_DO = {
    Problem.NO_MAILBOX: _ASK,
    Problem.MAILBOX_FULL: _l("Call the person; once there is room again, send the e-mail again."),
    Problem.NOT_WANTED: _l(
        "Call the person: they can list our address as a known sender, or give another one."
    ),
    Problem.TOO_LARGE: _l("Call the person and tell them what the e-mail says."),
    Problem.LATER: _l("Send the e-mail again, or call the person."),
    Problem.OTHER: _l("Call the person; perhaps they have another address."),
}
"""What to do about it; otherwise it is the mail server's matter."""


def what_to_do(problem: Problem) -> object:
    """Return what those who coordinate can do about a problem."""
    return WHAT_TO_DO.get(problem, _OPERATOR)
