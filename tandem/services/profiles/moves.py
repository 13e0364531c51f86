"""What a person does with their own profile: write, send, take back, pause, come back.

Coordinators do the same for somebody whom they entered, as :func:`save_step` says of ``about``.
"""

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, Stale
from tandem.models import Account, Mentee, Mentor, Profile, ProfileState, Programme
from tandem.services import audit
from tandem.services.profiles.answers import StepDraft, copy_of, is_in, missing, write
from tandem.services.profiles.versions import EDITABLE, Versions, get_versions


class Incomplete(Conflict):
    """Something that a profile needs is not answered yet."""


def save_step(
    session: Session,
    draft: StepDraft,
    *,
    actor: Account,
    programme: Programme,
    seen_version: int,
    about: str = "",
) -> Profile:
    """Save the answers of one step; begins a new version where none is open.

    Parameters
    ----------
    session : Session
        Not in a transaction of its own.
    draft : StepDraft
        What was answered.
    actor : Account
        Whose profile it is, or who writes it for somebody whom staff entered.
    programme : Programme
        In which programme.
    seen_version : int
        Version of the open profile that the person looked at; 0 where there was none.
    about : str
        Key of whom staff entered; empty: ``actor`` themselves.

    Notes
    -----
    What is sent twice, because a phone lost its line before the answer came, is saved once.

    Raises
    ------
    Stale
        If the profile was changed since.
    Conflict
        If it is not to be changed now.
    """
    with transaction(session):
        versions = _held(session, actor, programme, about=about)
        if not versions.can_edit:
            raise Conflict
        if seen_version != (versions.open.version if versions.open else 0):
            if versions.open is not None and is_in(versions.open, draft):
                return versions.open
            raise Stale
        profile = versions.to_edit()
        write(profile, draft)
        flag_modified(profile, "modes")  # new languages alone would not count the version up
        session.add(profile)
        audit.record(
            session, "edit_profile", profile, actor=actor, details={"step": type(draft).__name__}
        )
    return profile


def submit(
    session: Session,
    *,
    actor: Account,
    programme: Programme,
    seen_version: int,
    about: str = "",
) -> Profile:
    """Send the open profile to the coordination; ``about`` is as in :func:`save_step`.

    Raises
    ------
    Incomplete
        If something is not answered yet.
    Stale
        If the profile was changed since the person looked at it.
    Conflict
        If there is nothing to send.
    """
    with transaction(session):
        profile = _held(session, actor, programme, about=about).open
        if profile is None or profile.state not in EDITABLE:
            raise Conflict
        if profile.version != seen_version:
            raise Stale
        if missing(profile):
            raise Incomplete
        profile.state = ProfileState.SUBMITTED
        profile.submitted_at = now()
        profile.decision_reason = ""
        audit.record(session, "submit_profile", profile, actor=actor)
    return profile


def take_back(
    session: Session, *, actor: Account, programme: Programme, about: str = ""
) -> Profile:
    """Take back a profile that was sent, and return a new draft that says the same.

    Raises
    ------
    Conflict
        If none was sent, or it has been answered.
    """
    with transaction(session):
        versions = _held(session, actor, programme, about=about)
        sent = versions.open
        if sent is None or sent.state is not ProfileState.SUBMITTED:
            raise Conflict
        sent.state = ProfileState.WITHDRAWN
        audit.record(session, "take_back_profile", sent, actor=actor)
        draft = copy_of(sent, number=versions.last_number + 1)
        session.add(draft)
        audit.record(session, "edit_profile", draft, actor=actor)
    return draft


def discard(session: Session, *, actor: Account, programme: Programme, about: str = "") -> None:
    """Drop changes that were not sent; the version in force stays what it is.

    Raises
    ------
    Conflict
        If there are none, or no version is in force.
    """
    with transaction(session):
        versions = _held(session, actor, programme, about=about)
        if versions.open is None or versions.in_force is None:
            raise Conflict
        if versions.open.state not in EDITABLE:
            raise Conflict
        versions.open.state = ProfileState.WITHDRAWN
        audit.record(session, "discard_profile", versions.open, actor=actor)


def pause(session: Session, *, actor: Account, programme: Programme, about: str = "") -> None:
    """Take no part in rounds until further notice.

    Raises
    ------
    Conflict
        If the person takes no part now.
    """
    with transaction(session):
        profile = _in_force(session, actor, programme, about=about, state=ProfileState.APPROVED)
        profile.state = ProfileState.PAUSED
        audit.record(session, "pause_profile", profile, actor=actor)


def resume(session: Session, *, actor: Account, programme: Programme, about: str = "") -> None:
    """Take part in rounds again.

    Raises
    ------
    Conflict
        If the person has not paused.
    """
    with transaction(session):
        profile = _in_force(session, actor, programme, about=about, state=ProfileState.PAUSED)
        profile.state = ProfileState.APPROVED
        audit.record(session, "resume_profile", profile, actor=actor)


def _in_force(
    session: Session, actor: Account, programme: Programme, *, about: str, state: ProfileState
) -> Profile:
    profile = _held(session, actor, programme, about=about).in_force
    if profile is None or profile.state is not state:
        raise Conflict
    return profile


def _held(session: Session, actor: Account, programme: Programme, *, about: str = "") -> Versions:
    """Return the versions of a profile, while nobody else can change the person."""
    person = get_versions(session, actor, programme, about=about).person
    lock(session, Mentor if isinstance(person, Mentor) else Mentee, [person.id])
    return get_versions(session, actor, programme, about=about)
