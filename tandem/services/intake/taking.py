"""Taking people in: asked for once, done by a worker in portions that a kill cannot halve."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.errors import Conflict
from tandem.models import Account, Import, ImportState, Programme
from tandem.services import audit
from tandem.services.intake.choices import keep_choices
from tandem.services.intake.companies import Companies
from tandem.services.intake.entering import Taking
from tandem.services.intake.lists import forget, hold, require_asking
from tandem.services.intake.portions import Portions, units_of
from tandem.work import Claim, held

PORTION = 200
"""How many are taken at once: few statements for each, and nobody else who writes waits long."""


class NotAsItMustBe(Conflict):
    """A list in codes has problems, so nobody of it goes in."""


class NobodyToTake(Conflict):
    """Nobody on the list can be taken in."""


def take(
    session: Session,
    key: str,
    *,
    welcomes: bool,
    programme: Programme,
    actor: Account,
    seen_version: int,
) -> None:
    """Ask for everybody on a list to be taken in; a worker does it.

    Raises
    ------
    Stale
        If somebody changed the import meanwhile.
    NotAsItMustBe
        If it is a list in codes and something in it is not right.
    NobodyToTake
        If there is nothing on it that is new.
    """
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor, seen_version=seen_version)
        require_asking(import_)
        if import_.problems:
            raise NotAsItMustBe
        units = units_of(session, import_)
        if not units.all:
            raise NobodyToTake
        keep_choices(import_, welcomes=welcomes)
        import_.account_id = actor.id
        import_.state = ImportState.TAKING
        import_.done, import_.total = 0, len(units.all)
        import_.schedule(now())
        details = {"people": len(units.plan.takes)}
        audit.record(session, "request_import", import_, actor=actor, details=details)


def take_in(
    session: Session,
    claim: Claim[Import],
    *,
    lease: timedelta,
    most_attempts: int,
    between: Callable[[], object] = lambda: None,
) -> None:
    """Take in what a coordinator asked for, portion by portion.

    Each portion is one transaction that also counts it as done, behind the claim's fence:
    whoever goes on after a kill begins with what is not done yet, so nobody is lost or taken
    in twice. ``between`` is called after each.

    Raises
    ------
    LostClaim
        If someone else goes on with it by now.
    """
    if _was_tried_too_often(session, claim, most_attempts):
        return
    import_ = session.get_one(Import, claim.id)
    units = units_of(session, import_)
    programme = session.get_one(Programme, import_.programme_id)
    portions = Portions(units=units, companies=Companies(session, programme, units.choices))
    is_over = False
    while not is_over:
        with transaction(session):
            taken = held(session, claim)
            is_over = _take_portion(session, taken, portions)
            if not is_over:
                taken.leased_until = now() + lease
        between()


def _was_tried_too_often(session: Session, claim: Claim[Import], most_attempts: int) -> bool:
    """Tell whether taking in was begun too often without getting on; then it fails."""
    with transaction(session):
        import_ = held(session, claim)
        if import_.attempts <= most_attempts:
            return False
        import_.state = ImportState.FAILED
        import_.problems = [*import_.problems, {"code": "too_many_attempts"}]
        forget(import_)
        audit.record(session, "fail_import", import_, actor=None)
        return True


def _take_portion(session: Session, import_: Import, portions: Portions) -> bool:
    """Take in the next few, and return whether those were the last."""
    units = portions.units
    taking = Taking(
        import_=import_,
        programme=session.get_one(Programme, import_.programme_id),
        actor=session.get_one(Account, import_.account_id),
        welcomes=units.choices.welcomes,
    )
    some = units.all[import_.done : import_.done + PORTION]
    problems = portions.take(session, some, taking)
    import_.problems = [*import_.problems, *problems]
    import_.done = min(import_.done + PORTION, import_.total)
    if import_.done < import_.total:
        return False
    import_.state = ImportState.TAKEN
    forget(import_)
    details = {"people": len(units.plan.takes)}
    audit.record(session, "take_import", import_, actor=taking.actor, details=details)
    return True
