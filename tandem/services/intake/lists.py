"""Lists that were brought along: bringing one, finding it again, dropping it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from tandem.clock import now
from tandem.db import lock, transaction
from tandem.errors import Conflict, NotFound, Stale
from tandem.models import Account, Import, ImportKind, ImportState, Programme
from tandem.services import audit
from tandem.services.imports import Understanding, from_plain
from tandem.services.intake.known import people_on
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import take_turns
from tandem.taxonomy.words import fold

LONGEST_NAME = 200
MOST_LISTED = 50
_DROPPABLE = (ImportState.QUEUED, ImportState.READING, ImportState.ASKING, ImportState.FAILED)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came in."""

    kind: ImportKind
    name: str
    content: bytes


def upload(session: Session, file: Upload, *, programme: Programme, actor: Account) -> Import:
    """Keep a file until it was read, asked about and taken; a worker reads it next."""
    require(can_coordinate(actor, programme.id))
    with transaction(session):
        import_ = Import(
            programme_id=programme.id,
            kind=file.kind,
            file_name=file.name[-LONGEST_NAME:],
            file=file.content,
            account_id=actor.id,
            due_at=now(),
        )
        session.add(import_)
        audit.record(
            session, "upload_import", import_, actor=actor, details={"kind": file.kind.value}
        )
    return import_


def list_imports(session: Session, *, programme: Programme, actor: Account) -> Sequence[Import]:
    """Return the latest imports that were not dropped, newest first."""
    require(can_coordinate(actor, programme.id))
    query = (
        sa.select(Import)
        .where(Import.programme_id == programme.id, Import.state != ImportState.DROPPED)
        .order_by(Import.id.desc())
        .limit(MOST_LISTED)
        .options(joinedload(Import.account))
    )
    return session.scalars(query).all()


def get_import(session: Session, key: str, *, programme: Programme, actor: Account) -> Import:
    """Return an import.

    Raises
    ------
    NotFound
        If there is none under ``key`` in ``programme``.
    """
    require(can_coordinate(actor, programme.id))
    import_ = session.scalars(
        sa.select(Import).where(Import.programme_id == programme.id, Import.key == key)
    ).one_or_none()
    if import_ is None:
        raise NotFound
    return import_


def hold(
    session: Session,
    key: str,
    *,
    programme: Programme,
    actor: Account,
    seen_version: int | None = None,
) -> Import:
    """Return an import that nobody else changes until the transaction ends.

    Raises
    ------
    Stale
        If it was changed since ``seen_version``.
    """
    take_turns(session, programme.id)
    found = get_import(session, key, programme=programme, actor=actor)
    [import_] = lock(session, Import, [found.id])
    if seen_version is not None and import_.version != seen_version:
        raise Stale
    return import_


def require_asking(import_: Import) -> None:
    """Raise :class:`Conflict` unless the import waits for the coordinator."""
    if import_.state is not ImportState.ASKING:
        raise Conflict


def read_plain(session: Session, import_: Import) -> dict[str, Any]:
    """Return what was understood of an import, as it is kept.

    Raises
    ------
    Conflict
        If it has not been read yet, or was taken already.
    """
    plain: dict[str, Any] | None = session.scalar(
        sa.select(Import.understood).where(Import.id == import_.id)
    )
    if plain is None:
        raise Conflict
    return plain


def understanding_of(plain: dict[str, Any]) -> Understanding:
    """Return what was understood in its own terms."""
    return from_plain(plain)


def read_again(import_: Import) -> None:
    """Have a worker read the file once more, by what the coordinator knows better."""
    import_.state = ImportState.READING
    import_.done = 0
    import_.schedule(now())


def drop(session: Session, key: str, *, programme: Programme, actor: Account) -> None:
    """Forget a file and all that was read in it; nobody was taken in.

    Raises
    ------
    Conflict
        If people are being taken in, or have been.
    """
    with transaction(session):
        import_ = hold(session, key, programme=programme, actor=actor)
        if import_.state not in _DROPPABLE:
            raise Conflict
        import_.state = ImportState.DROPPED
        forget(import_)
        audit.record(session, "drop_import", import_, actor=actor)


def drop_forgotten(session: Session, programme: Programme, *, before: datetime) -> int:
    """Drop lists brought before an instant that nobody took over; return how many.

    Call it inside a transaction, with the programme's turn.
    """
    old = sa.select(Import.id).where(
        Import.programme_id == programme.id,
        Import.state.in_(_DROPPABLE),
        Import.created_at <= before,
    )
    return _drop_all(session, session.scalars(old).all())


def drop_naming(session: Session, account: Account, *, programme: Programme) -> int:
    """Drop lists not taken over in which somebody stands, by address or whole name.

    Call it inside a transaction, with the programme's turn.
    """
    waiting = sa.select(Import.id, Import.understood).where(
        Import.programme_id == programme.id, Import.state.in_(_DROPPABLE)
    )
    naming = [id_ for id_, plain in session.execute(waiting) if _names(plain, account)]
    return _drop_all(session, naming)


def _names(plain: dict[str, Any] | None, account: Account) -> bool:
    """Whether a list names somebody; one that nobody has read yet may."""
    if plain is None:
        return True
    ours = [fold(account.first_name), fold(account.last_name)]
    for person in people_on(from_plain(plain)):
        theirs = [fold(str(person.value(name) or "")) for name in ("first_name", "last_name")]
        if account.email == person.value("email") or ours == theirs:
            return True
    return False


def _drop_all(session: Session, ids: Sequence[int]) -> int:
    for import_ in lock(session, Import, ids):
        import_.state = ImportState.DROPPED
        forget(import_)
        audit.record(session, "drop_import", import_, actor=None)
    session.flush()
    return len(ids)


def forget(import_: Import) -> None:
    """Remove everything personal from an import that is over."""
    import_.file = import_.understood = import_.answers = import_.columns = None
    import_.schedule(None)
