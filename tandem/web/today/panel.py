"""What coordinators do for a tandem, on its page: notes, to-dos, and whom to ask instead."""

from tandem.extensions import db
from tandem.models import Side, Tandem
from tandem.services import notes, rounds, today, todos
from tandem.web.identity import signed_in_account
from tandem.web.panels import Panel
from tandem.web.reasons import costs
from tandem.web.scope import current_programme
from tandem.web.today import wording
from tandem.web.today.forms import TANDEM, TickForm, new_support, new_todo


def panel(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return what coordinators wrote down about a tandem; nobody else sees it."""
    if side is not None:
        return None
    actor, programme = signed_in_account(), current_programme()
    return Panel(
        template="today/panel.html",
        values={
            "tandem": tandem,
            "notes": notes.list_tandem_notes(db.session, tandem, actor=actor),
            "todos": todos.list_todos_of(db.session, tandem, actor=actor),
            "support_form": new_support(programme),
            "todo_form": new_todo(programme, tandem_key=tandem.key),
            "tick_form": TickForm(formdata=None, back=TANDEM),
            "wording": wording,
        },
    )


def instead(tandem: Tandem, side: Side | None) -> Panel | None:
    """Return whom to ask after an invitation that came to nothing, for coordinators alone."""
    if side is not None or tandem.state not in today.NEVER_BEGAN:
        return None
    programme = current_programme()
    pair = today.get_pair(db.session, programme, tandem)
    found = today.find_next_best(db.session, programme, [pair])
    round_ = rounds.open_round_of(db.session, programme, actor=signed_in_account())
    return Panel(
        template="today/instead.html",
        values={
            "pair": pair,
            "next": found.get(tandem.id),
            "round": {
                "round_key": round_ and round_.key,
                "round_state": round_ and round_.state,
            },
            "price": costs.price,
        },
    )
