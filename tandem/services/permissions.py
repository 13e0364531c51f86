"""Who may do what to which thing. Pure functions of loaded objects."""

from tandem.errors import NotAllowed, NotFound
from tandem.models import Account, Mentee, Mentor, Profile, Role, Tandem


def can_coordinate(actor: Account, programme_id: int) -> bool:
    """Whether ``actor`` coordinates this programme."""
    return any(
        membership.programme_id == programme_id and membership.role is Role.COORDINATOR
        for membership in actor.memberships
    )


def is_mentor(actor: Account, programme_id: int) -> bool:
    """Whether ``actor`` is a mentor in this programme too."""
    return any(
        membership.programme_id == programme_id and membership.role is Role.MENTOR
        for membership in actor.memberships
    )


def is_person(actor: Account, person: Mentor | Mentee) -> bool:
    """Whether ``actor`` is this mentor or mentee."""
    return any(membership.id == person.membership_id for membership in actor.memberships)


def speaks_for(actor: Account, mentor: Mentor) -> bool:
    """Whether ``actor`` is this mentor and speaks for the company: only they may change it."""
    return is_person(actor, mentor) and mentor.is_contact


def can_write(actor: Account, profile: Profile) -> bool:
    """Whether ``actor`` may change this profile: only the person whom it describes."""
    return is_person(actor, profile.person)


def can_write_for(actor: Account, person: Mentor | Mentee) -> bool:
    """Whether ``actor`` may write a profile for somebody whom staff entered.

    That ends when the person takes the account over.
    """
    return (
        can_coordinate(actor, person.programme_id)
        and person.entered_by_id is not None
        and person.erased_at is None
        and person.membership.account.confirmed_at is None
    )


def is_called(person: Mentor | Mentee) -> bool:
    """Whether the coordinators ask somebody and write down what they say.

    Such a person was given the privacy notice by them, and has no account of their own yet.
    """
    return (
        person.informed_at is not None
        and person.erased_at is None
        and person.membership.account.confirmed_at is None
    )


def can_answer_for(actor: Account, person: Mentor | Mentee) -> bool:
    """Whether ``actor`` may write down what somebody says who is called.

    That ends when the person takes an account over.
    """
    return can_coordinate(actor, person.programme_id) and is_called(person)


def can_read_tandem(actor: Account, tandem: Tandem) -> bool:
    """Whether ``actor`` is one of the two, or coordinates them."""
    return (
        is_person(actor, tandem.mentor)
        or is_person(actor, tandem.mentee)
        or can_coordinate(actor, tandem.programme_id)
    )


def is_involved(actor: Account, *people: Mentor | Mentee) -> bool:
    """Whether a decision about ``people`` would be about ``actor`` themselves."""
    return any(is_person(actor, person) for person in people)


def require(permitted: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise :class:`NotAllowed` unless ``permitted``."""
    if not permitted:
        raise NotAllowed


def require_known(permitted: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise :class:`NotFound` unless ``permitted``: someone else's thing is not there."""
    if not permitted:
        raise NotFound
