"""Lists as work: begin behind a claim, read apart from the database, publish at once."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.db import transaction
from tandem.models import Import, ImportKind, ImportState
from tandem.services import audit
from tandem.services.imports import (
    Corrections,
    NoList,
    from_plain,
    is_coded,
    misread,
    to_plain,
    understand,
)
from tandem.services.intake.choices import answers_for, corrections_of
from tandem.services.intake.known import find_known
from tandem.services.intake.lists import forget
from tandem.services.tables import Unreadable, read_tables
from tandem.work import Claim, held

Task: TypeAlias = dict[str, Any]
Progress: TypeAlias = Callable[[str, int, int], object]
STEP = "read_list"
_TOO_OFTEN = "too_many_attempts"


def begin(session: Session, claim: Claim[Import], *, most_attempts: int) -> Task | None:
    """Say that a file is being read, and return what reading it needs.

    A file that was begun too often without an end fails, and there is nothing to do.

    Raises
    ------
    LostClaim
        If someone else holds the import by now, or it was dropped.
    """
    with transaction(session):
        import_ = held(session, claim)
        import_.state = ImportState.READING
        if import_.attempts > most_attempts:
            session.flush()
            _give_up(session, import_, {"code": _TOO_OFTEN})
            return None
        corrections = asdict(corrections_of(import_))
        return {
            "kind": "list",
            "list": import_.kind.value,
            "name": import_.file_name,
            "file": import_.file,
            "corrections": corrections,
            "answers": answers_for(session, import_),
        }


def read(task: Task, progress: Progress) -> dict[str, Any]:
    """Read a file and return what was understood, or why it cannot be read."""
    kind = ImportKind(task["list"])
    progress(STEP, 0, 0)
    try:
        sheets = read_tables(task["file"], name=task["name"])
        understanding = understand(
            sheets,
            kind,
            answers=task["answers"],
            corrections=Corrections(**task["corrections"]),
            progress=lambda done, total: progress(STEP, done, total),
        )
    except Unreadable as refusal:
        return {"refused": _why(refusal)}
    except NoList:
        return {"refused": {"code": "no_list"}}
    coded = is_coded(understanding, kind)
    found = [asdict(each) for each in misread(understanding, kind)] if coded else []
    return {"understood": to_plain(understanding) | {"coded": coded}, "problems": found}


def _why(refusal: Unreadable) -> dict[str, int | str]:
    return {
        "code": refusal.code,
        "sheet": refusal.sheet,
        "line": refusal.line,
        "limit": refusal.limit,
    }


def report(session: Session, claim: Claim[Import], *progress: *tuple[str, int, int]) -> None:
    """Write down how far reading has come.

    Raises
    ------
    LostClaim
        If someone else holds the import by now, or it was dropped.
    """
    with transaction(session):
        import_ = held(session, claim)
        _step, done, total = progress
        import_.total = max(total, 0)
        import_.done = min(max(done, 0), import_.total)


def publish(session: Session, claim: Claim[Import], result: dict[str, Any]) -> None:
    """Write down what was understood, and ask the coordinator.

    Raises
    ------
    LostClaim
        If someone else holds the import by now, or it was dropped.
    """
    if "refused" in result:
        with transaction(session):
            _give_up(session, held(session, claim), result["refused"])
        return
    understood = result["understood"] | {"known": _known(session, claim, result["understood"])}
    with transaction(session):
        import_ = held(session, claim)
        import_.understood = understood
        import_.problems = result["problems"]
        import_.state = ImportState.ASKING
        import_.done = import_.total = 0
        import_.schedule(None)
        audit.record(session, "read_import", import_, actor=None)


def _known(
    session: Session, claim: Claim[Import], understood: dict[str, Any]
) -> dict[str, dict[str, str]]:
    query = sa.select(Import.kind, Import.programme_id).where(Import.id == claim.id)
    kind, programme_id = session.execute(query).one()
    return find_known(session, from_plain(understood), kind=kind, programme_id=programme_id)


def give_back(session: Session, claim: Claim[Import]) -> None:
    """Put a file off whose reader died; it is tried again a little later.

    Raises
    ------
    LostClaim
        If someone else holds the import by now, or it was dropped.
    """
    with transaction(session):
        held(session, claim).put_off(now())


def _give_up(session: Session, import_: Import, problem: dict[str, int | str]) -> None:
    import_.state = ImportState.FAILED
    import_.problems = [problem]
    forget(import_)
    details = {"problem": problem["code"]}
    audit.record(session, "fail_import", import_, actor=None, details=details)
