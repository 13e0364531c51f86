"""Check-ins on the page of a tandem: the questions of today, or what both said."""

from tandem.extensions import db
from tandem.models import RUNNING, CheckIn, CheckInState, Side, Tandem, TandemState
from tandem.services import check_ins
from tandem.services.permissions import can_answer_for
from tandem.services.tandems.letters import person_on
from tandem.web.check_ins import wording
from tandem.web.identity import signed_in_account
from tandem.web.panels import Panel
from tandem.web.scope import current_programme


def panel(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return the panel with the questions to one side, or with all answers for a coordinator."""
    if tandem.started_at is None:
        return None
    if side is None:
        return _for_coordinator(tandem)
    is_asked = tandem.state is TandemState.ACTIVE  # in a break, questions rest
    waiting = check_ins.find_open(db.session, tandem, side) if is_asked else None
    if waiting is None:
        return None
    return Panel(template="check_ins/waiting.html", values={"key": waiting.key}, waits=True)


def _for_coordinator(tandem: Tandem) -> Panel | None:
    asked = check_ins.list_of(db.session, tandem, actor=signed_in_account())
    last = asked[0].due_on if asked else None
    runs = tandem.state in RUNNING
    if not (asked or runs):
        return None
    rows = [_row(tandem, each, runs=runs) for each in asked]
    return Panel(
        template="check_ins/panel.html",
        values={
            "rows": rows,
            "rests": tandem.state is TandemState.PAUSED,
            "next_on": check_ins.next_day(tandem, last, current_programme()) if runs else None,
        },
    )


def _row(tandem: Tandem, check_in: CheckIn, *, runs: bool) -> dict[str, object]:
    who = person_on(tandem, check_in.side)
    is_open = check_in.state is CheckInState.OPEN
    return {
        "check_in": check_in,
        "name": who.name,
        "side": wording.SIDES[check_in.side],
        "said": wording.said(check_in) if check_in.answered_at else [],
        "waits": check_ins.is_low(check_in) and check_in.attended_at is None,
        "is_open": is_open and runs,
        "is_called": is_open and can_answer_for(signed_in_account(), who),
    }
