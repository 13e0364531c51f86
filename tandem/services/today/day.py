"""The day's page as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tandem.models import Account, CheckIn, Outcome, Programme, Survey, Todo
from tandem.services import check_ins, closings, outcomes, todos
from tandem.services.permissions import can_coordinate, require
from tandem.services.programmes import today
from tandem.services.today.approvals import Approvals, list_approvals
from tandem.services.today.encounters import last_encounters
from tandem.services.today.figures import Figures, get_figures
from tandem.services.today.next_best import NextBest, find_next_best
from tandem.services.today.pairs import list_pairs
from tandem.services.today.watching import Watch, watch


@dataclass(frozen=True, kw_only=True)
class Today:
    """What waits, list by list, and the figures beside it."""

    day: date
    watch: Watch
    next_best: Mapping[int, NextBest]
    """For invitations that came to nothing, by the tandem's id; missing: nobody is left."""
    approvals: Approvals
    check_ins: Sequence[CheckIn]
    """Answers to see to, and people to ask by telephone."""
    outcomes: Sequence[Outcome]
    again: Sequence[Survey]
    todos: Sequence[Todo]
    """What is due, then what was ticked off today."""
    figures: Figures

    @property
    def open_todos(self) -> Sequence[Todo]:
        """What is due and not done."""
        return [todo for todo in self.todos if todo.done_at is None]

    @property
    def waiting(self) -> int:
        """How many things wait."""
        watched = self.watch
        lists: Sequence[Sequence[object]] = (
            watched.expiring,
            watched.silent,
            watched.missed,
            watched.unsigned,
            watched.ending,
            watched.came_to_nothing,
            self.check_ins,
            self.outcomes,
            self.again,
            self.open_todos,
        )
        return sum(map(len, lists)) + self.approvals.found + self.figures.failed

    @property
    def until_tonight(self) -> int:
        """How many of them cannot wait until tomorrow."""
        asked = sum(each.days_left == 0 for each in self.watch.expiring)
        return asked + sum(todo.due_on <= self.day for todo in self.open_todos)


def get_today(session: Session, programme: Programme, *, actor: Account) -> Today:
    """Return what waits for a coordinator of ``programme`` now."""
    require(can_coordinate(actor, programme.id))
    watched = watch(list_pairs(session, programme), last_encounters(session, programme), programme)
    return Today(
        day=today(programme),
        watch=watched,
        next_best=find_next_best(session, programme, watched.came_to_nothing),
        approvals=list_approvals(session, programme),
        check_ins=check_ins.list_waiting(session, programme, actor=actor),
        outcomes=outcomes.list_open_outcomes(session, programme, actor=actor),
        again=closings.list_again(session, programme, actor=actor),
        todos=todos.list_due(session, programme, actor=actor),
        figures=get_figures(session, programme),
    )
