"""The end of a tandem on its page: that it comes, and what there is afterwards."""

from datetime import timedelta

from tandem.extensions import db
from tandem.models import RUNNING, Side, Tandem, TandemState
from tandem.services import closings
from tandem.services.permissions import can_answer_for
from tandem.services.programmes import today
from tandem.services.tandems.letters import person_on
from tandem.web.closings import wording
from tandem.web.identity import signed_in_account
from tandem.web.panels import Panel
from tandem.web.scope import current_programme


def thanks(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return what one side finds first once their tandem has ended."""
    if side is None or tandem.started_at is None or tandem.state in RUNNING:
        return None
    return _for_side(tandem, side)


def panel(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return what a reader is to know of the end that comes; a coordinator also afterwards."""
    if tandem.started_at is None:
        return None
    if tandem.state in RUNNING:
        return _running(tandem, side)
    return _for_coordinator(tandem) if side is None else None


def _running(tandem: Tandem, side: Side | None) -> Panel:
    programme = current_programme()
    end = closings.end_of(db.session, tandem, programme)
    left: timedelta = end.ends_on - today(programme)
    is_overdue, is_paused = left < timedelta(), tandem.state is TandemState.PAUSED
    return Panel(
        template="closings/running.html" if side is None else "closings/nearing.html",
        values={
            "key": tandem.key,
            "end": end,
            "is_near": left <= closings.NEAR,
            "is_overdue": is_overdue,
            "is_paused": is_paused,
        },
        waits=side is None and not is_paused and (is_overdue or end.is_wished),
    )


def _for_side(tandem: Tandem, side: Side) -> Panel:
    found = closings.afterwards(db.session, tandem)
    own = [each for each in found.surveys if each.side is side]
    open_ = [each for each in own if each.answered_at is None]
    asked = found.outcomes if side is Side.MENTEE else []
    waiting = [each for each in asked if each.answered_at is None]
    return Panel(
        template="closings/after.html",
        values={
            "key": tandem.key,
            "side": side.value,
            "is_completed": tandem.state is TandemState.COMPLETED,
            "survey": open_[0] if open_ else None,
            "has_answered": bool(own) and not open_,
            "outcome": waiting[-1] if waiting else None,
            "is_certified": found.is_certified,
        },
    )


def _for_coordinator(tandem: Tandem) -> Panel:
    found = closings.afterwards(db.session, tandem)
    certified = [each for each in Side if person_on(tandem, each).erased_at is None]
    return Panel(
        template="closings/ended.html",
        values={
            "key": tandem.key,
            "surveys": [
                {
                    "survey": each,
                    "name": person_on(tandem, each.side).name,
                    "side": wording.SIDES[each.side],
                    "said": wording.said(each) if each.answered_at else [],
                    "again": bool(each.again and each.again.value != "no"),
                    "is_called": can_answer_for(signed_in_account(), person_on(tandem, each.side)),
                }
                for each in found.surveys
            ],
            "outcomes": found.outcomes,
            "certificates": certified if found.is_certified else [],
            "wording": wording,
        },
    )
