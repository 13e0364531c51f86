"""Settings of a programme: its rhythm, whom to ask, and who answers for the data."""

from dataclasses import asdict, dataclass, fields
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Stale
from tandem.models import LIVE, Account, Programme, Tandem
from tandem.services import audit
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns

RANGES = {
    "invitation_days": (1, 60),
    "reminder_days": (1, 60),
    "check_in_first_days": (7, 365),
    "check_in_days": (14, 365),
    "tandem_months": (1, 24),
    "silent_days": (7, 180),
}
"""The least and the most of each number, as the database checks them too."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What coordinators may set, under the names of the programme's columns."""

    invitation_days: int
    reminder_days: int
    check_in_first_days: int
    check_in_days: int
    tandem_months: int
    silent_days: int
    contact_name: str
    contact_email: str
    contact_phone: str
    address: str
    protection_officer: str
    legal_basis: str

    @property
    def mark(self) -> str:
        """A short mark that changes with every setting: a programme has no version of its own."""
        return sha256(repr(asdict(self)).encode()).hexdigest()[:24]


NAMES = tuple(field.name for field in fields(Settings))


def settings_of(programme: Programme) -> Settings:
    """Return the settings in force."""
    return Settings(**{name: getattr(programme, name) for name in NAMES})


def change_settings(
    session: Session, draft: Settings, *, programme: Programme, actor: Account, seen_mark: str
) -> list[str]:
    """Put settings in force from now on; return the names of those that changed.

    What was promised stays: an open invitation keeps its last day. All live tandems are
    looked at again, since their next reminder or check-in may be due sooner.

    Raises
    ------
    Stale
        If somebody changed the settings since ``actor`` looked; the same change twice is one.
    """
    with transaction(session):
        take_turns(session, programme.id)
        require(can_coordinate(actor, programme.id))
        [held] = lock(session, Programme, [programme.id])
        before = settings_of(held)
        changed = [name for name in NAMES if getattr(before, name) != getattr(draft, name)]
        if not changed:
            return []
        if before.mark != seen_mark:
            raise Stale
        for name in changed:
            setattr(held, name, getattr(draft, name))
        if set(changed) & RANGES.keys():
            _wake_all(session, held)
        audit.record(
            session, "change_settings", held, actor=actor, details={"changed": ",".join(changed)}
        )
    return changed


def _wake_all(session: Session, programme: Programme) -> None:
    """Have the duties of all live tandems looked at soon; nobody's claim is touched."""
    session.execute(
        sa.update(Tandem)
        .where(Tandem.programme_id == programme.id, Tandem.state.in_(LIVE))
        .values(due_at=now())
        .execution_options(synchronize_session=False)
    )
