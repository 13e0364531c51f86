"""What is kept of agreements: handed out to both, and nobody's words once they are erased."""

from typing import Any

import pytest
import sqlalchemy as sa

from tandem.models import Base, Side, TandemState
from tandem.services import agreements, erasing
from tandem.services.own_data.gathering import gather
from tests.support import agreeing, pairs

CANARY = "Zyxqu"


@pytest.fixture
def tandem(make, programme):
    """A tandem with a wording of every state, each with words of its own."""
    made = pairs.tandem(make, make.mentor(programme), make.mentee(programme), TandemState.ACTIVE)
    own: dict[str, Any] = {"contact": f"{CANARY} 1", "confidentiality": f"{CANARY} 2"}
    agreeing.agreed(make, made, own_goals=(f"{CANARY} first",), **own)
    agreeing.agreed(make, made, own_goals=(f"{CANARY} second",), every_weeks=5, **own)
    agreeing.propose(make, made, by=Side.MENTOR, own_goals=(f"{CANARY} third",), **own)
    agreeing.propose(make, made, by=Side.MENTEE, own_goals=(f"{CANARY} fourth",), **own)
    return made


def places_with(session, text):
    """Return the tables in which a text stands."""
    session.expire_all()
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for row in session.execute(sa.select(table))
        if any(text in str(value) for value in row)
    }


@pytest.mark.parametrize("side", Side)
def test_erasing_leaves_how_often_and_how_long_but_not_a_word(session, programme, tandem, side):
    assert places_with(session, CANARY) == {"agreements", "goals"}
    before = agreements.wordings(session, tandem).in_force
    figures = (before.key, before.number, before.every_weeks, before.begins_on, before.ends_on)
    person = tandem.mentor if side is Side.MENTOR else tandem.mentee
    for _ in range(2):
        erasing.erase(
            session,
            person,
            programme=programme,
            actor=person.membership.account,
            asked=erasing.WhoAsked.SELF,
        )
    assert places_with(session, CANARY) == set()
    kept = agreements.wordings(session, tandem).in_force
    assert (kept.key, kept.number, kept.every_weeks, kept.begins_on, kept.ends_on) == figures
    assert [goal.topic for goal in kept.goals] == ["applications", None]


def test_each_side_is_handed_what_both_agreed_to_and_what_they_proposed(session, programme, tandem):
    agreements.mark_goal(
        session,
        tandem.key,
        agreements.wordings(session, tandem).in_force.goals[0].key,
        programme=programme,
        actor=agreeing.person(tandem, Side.MENTEE),
        reached=True,
    )
    found = {
        side: gather(session, actor=agreeing.person(tandem, side), programme=programme)[
            "agreements"
        ]
        for side in Side
    }
    numbers = {side: [row["number"] for row in rows] for side, rows in found.items()}
    assert numbers == {Side.MENTOR: [1, 2, 3], Side.MENTEE: [1, 2, 4]}
    in_force = found[Side.MENTEE][1]
    assert in_force["goals"] == ["applications", f"{CANARY} second"]
    assert in_force["goals_reached"] == ["applications"]
    assert (in_force["proposed_by_you"], in_force["every_weeks"]) == (False, 5)
