"""Somebody changes while a round goes on: at each step a clear mark, never a wrong tandem (E5)."""

from collections.abc import Callable
from contextlib import suppress

import pytest
import sqlalchemy as sa

from tandem.errors import DomainError
from tandem.models import (
    LIVE,
    Account,
    CompanyState,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Round,
    Side,
    Tandem,
)
from tandem.services import (
    erasing,
    people,
    policies,
    profiles,
    rounds,
    shortlists,
    tandems,
)
from tests.support import asking, pairs, solving
from tests.support.make import Make


class Scene:
    """A round of two mentors and two mentees, and one of them to whom something happens."""

    def __init__(self, make: Make, side: Side) -> None:
        self.make, self.session, self.side = make, make.session, side
        self.programme: Programme = make.programme()
        self.actor: Account = make.coordinator(self.programme)
        policies.add_default(self.session, self.programme, actor=None)
        self.mentors = [make.mentor(self.programme) for _ in range(2)]
        self.mentees = [make.mentee(self.programme) for _ in range(2)]
        self.decided = pairs.decision(make, self.mentors[0], self.mentees[0], by=self.actor)
        """Of an earlier round; nobody has been asked yet."""
        self.round: Round = make.round(self.programme)
        self.person = (self.mentors if side is Side.MENTOR else self.mentees)[0]

    @property
    def owner(self) -> Account:
        return self.person.membership.account

    def pin(self) -> None:
        rounds.pin(
            self.session, self.round.key, mentor_key=self.mentors[0].key,
            mentee_key=self.mentees[0].key, programme=self.programme, actor=self.actor,
        )  # fmt: skip

    def solve(self) -> None:
        solving.solve(self.session, self.round, actor=self.actor)

    def go_on(self) -> None:
        """Do what two coordinators can do from here, whatever of it is refused."""
        for act in (self.end_asking, self.take, self.confirm_all, self.solve, self.confirm_all):
            with suppress(DomainError):
                act()
            self.session.expire_all()

    def end_asking(self) -> None:
        shortlists.end_asking(
            self.session, self.round.key, programme=self.programme, actor=self.actor
        )
        solving.publish(self.session, self.round)

    def take(self) -> None:
        solving.take(self.session, self.round, actor=self.actor)

    def confirm_all(self) -> None:
        for proposal in self.session.scalars(sa.select(Proposal).order_by(Proposal.id)).all():
            with suppress(DomainError):
                solving.decide(self.session, proposal, actor=self.actor)

    def tandems(self) -> list[Tandem]:
        column = Tandem.mentor_id if self.side is Side.MENTOR else Tandem.mentee_id
        query = sa.select(Tandem).where(column == self.person.id, Tandem.state.in_(LIVE))
        return list(self.session.scalars(query.order_by(Tandem.id)))

    def newest(self) -> int:
        """Return the profile by which the person may be matched."""
        column = Profile.mentor_id if self.side is Side.MENTOR else Profile.mentee_id
        query = sa.select(Profile.id).where(
            column == self.person.id, Profile.state == ProfileState.APPROVED
        )
        return self.session.scalars(query).one()


@pytest.fixture(params=Side)
def scene(request, make):
    return Scene(make, request.param)


def while_pinned(scene, disturb):
    scene.pin()
    disturb(scene)


def while_solved(scene, disturb):
    with solving.solving(scene.session, scene.round, actor=scene.actor):
        disturb(scene)


def while_proposed(scene, disturb):
    scene.solve()
    disturb(scene)


def while_a_trial_waits(scene, disturb):
    scene.solve()
    while_solved(scene, lambda _: None)
    disturb(scene)


def while_asked(scene, disturb):
    scene.solve()
    asking.ask(scene.session, scene.round, actor=scene.actor)
    disturb(scene)


STEPS: list[Callable[[Scene, Callable[[Scene], None]], None]] = [
    while_pinned, while_solved, while_proposed, while_a_trial_waits,
    while_asked,
]  # fmt: skip


def erased(scene):
    erasing.erase(
        scene.session, scene.person, programme=scene.programme, actor=scene.owner,
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip


def paused(scene):
    profiles.pause(scene.session, actor=scene.owner, programme=scene.programme)


def without_company(scene):
    company = scene.mentors[0].company
    company.state = CompanyState.LEFT
    scene.make.save(company)


def taken(scene):
    tandems.invite(scene.session, scene.decided, programme=scene.programme)


GONE = [(Side.MENTEE, erased), (Side.MENTOR, paused), (Side.MENTOR, without_company)]


@pytest.mark.parametrize(("side", "disturb"), GONE)
@pytest.mark.parametrize("step", STEPS)
def test_whoever_takes_no_part_any_more_gets_no_tandem(make, side, step, disturb):
    scene = Scene(make, side)
    step(scene, disturb)
    scene.go_on()
    assert scene.tandems() == []
    assert len(list_live(scene)) == 1
    assert open_with(scene) == 0


@pytest.mark.parametrize("step", STEPS)
def test_whoever_is_taken_meanwhile_has_one_tandem(make, step):
    scene = Scene(make, Side.MENTEE)
    step(scene, taken)
    scene.go_on()
    assert [each.decision_id for each in scene.tandems()] == [scene.decided.id]
    assert len(list_live(scene)) == 2


@pytest.mark.parametrize("step", STEPS)
def test_what_changed_in_a_profile_counts_or_nothing_comes_of_it(scene, step):
    def changed(scene):
        edit = scene.make.profile(scene.person, number=2, state=ProfileState.SUBMITTED)
        ruling = people.Ruling(verdict=people.Verdict.APPROVE, reason="", seen_version=edit.version)
        people.decide(
            scene.session, scene.person.key, ruling, programme=scene.programme, actor=scene.actor
        )

    step(scene, changed)
    scene.go_on()
    [tandem] = scene.tandems()
    proposal = tandem.decision.proposal
    used = proposal.mentor_profile_id if scene.side is Side.MENTOR else proposal.mentee_profile_id
    assert used == scene.newest()


def list_live(scene):
    return scene.session.scalars(sa.select(Tandem).where(Tandem.state.in_(LIVE))).all()


def open_with(scene):
    column = Proposal.mentor_id if scene.side is Side.MENTOR else Proposal.mentee_id
    query = sa.select(sa.func.count(Proposal.id)).where(
        column == scene.person.id, Proposal.state == ProposalState.OPEN
    )
    return scene.session.scalar(query)
