"""Tandems of the demo programme that began some time ago, so that there is something to see.

Each has two people of its own: whoever else is in the programme still waits for a round.
What has happened before is written down as it would stand there; no mails went out.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem.clock import now
from tandem.models import (
    Account,
    Again,
    Agreement,
    AgreementState,
    Base,
    CheckIn,
    CheckInState,
    Decision,
    Goal,
    Meeting,
    MeetingState,
    Mentee,
    Mentor,
    Mood,
    Outcome,
    OutcomeKind,
    Profile,
    ProfileState,
    Programme,
    Proposal,
    ProposalState,
    Round,
    RoundState,
    Side,
    Source,
    Survey,
    Tandem,
    TandemState,
    Verdict,
    Way,
)
from tandem.services import policies
from tandem.services.demo.content import Entry
from tandem.services.matchmaking.proposing import take_result
from tandem.services.matchmaking.solving import solve
from tandem.services.programmes import at_local_time, months_after, today
from tandem.services.rounds.snapshots import freeze

_MORNING: Final = time(10)
_EVENING: Final = time(17, 30)


@dataclass(frozen=True, kw_only=True)
class Past:
    """Lets tandems begin in the past of a new programme, inside one transaction."""

    session: Session
    programme: Programme
    coordinator: Account

    def tell(self, entry: Entry, mentor: Profile, mentee: Profile) -> None:
        """Let two people have lived what an entry tells, up to today."""
        tandem = self._begin(entry, mentor, mentee)
        self._agree(entry, tandem)
        self._meet(entry, tandem)
        self._ask(entry, tandem)
        if "ended_days_ago" in entry:
            self._end(entry, tandem)
            for profile in (mentor, mentee):
                profile.state = ProfileState.PAUSED  # they have said that they take a break
            self.session.flush()

    def _begin(self, entry: Entry, mentor: Profile, mentee: Profile) -> Tandem:
        asked_at = self._at(entry["asked_days_ago"])
        began_at = self._at(entry["began_days_ago"])
        people: tuple[Mentor | Mentee, ...] = (
            self.session.get_one(Mentor, mentor.mentor_id),
            self.session.get_one(Mentee, mentee.mentee_id),
        )
        for person in people:
            came_at = asked_at - timedelta(days=25)
            person.created_at = came_at
            person.membership.created_at = person.membership.account.created_at = came_at
        for profile in (mentor, mentee):
            profile.submitted_at = asked_at - timedelta(days=20)
        tandem = Tandem(
            programme_id=self.programme.id,
            decision_id=self._decide(entry, mentor, mentee).id,
            mentor_id=mentor.mentor_id,
            mentee_id=mentee.mentee_id,
            capacity=mentor.capacity,
            slot=1,
            created_at=asked_at,
            expires_at=asked_at + timedelta(days=self.programme.invitation_days),
        )
        self._add(tandem)
        tandem.mentor_yes_at, tandem.mentee_yes_at = asked_at, began_at
        tandem.state, tandem.started_at = TandemState.ACTIVE, began_at
        tandem.due_at = now()
        self.session.flush()
        return tandem

    def _decide(self, entry: Entry, mentor: Profile, mentee: Profile) -> Decision:
        """Have a round of the past propose the pair, and add the decision on it."""
        asked_at = self._at(entry["asked_days_ago"])
        round_ = Round(
            programme_id=self.programme.id, name=f"{asked_at:%m/%Y}", created_at=asked_at
        )
        self._add(round_)
        proposal = self._solve(round_, asked_at)
        proposal.state = ProposalState.CONFIRMED
        decision = Decision(
            programme_id=self.programme.id,
            proposal_id=proposal.id,
            mentor_id=mentor.mentor_id,
            mentee_id=mentee.mentee_id,
            verdict=Verdict.CONFIRMED,
            reason=entry["reason"],
            account_id=self.coordinator.id,
            created_at=asked_at,
        )
        self._add(decision)
        return decision

    def _solve(self, round_: Round, solved_at: datetime) -> Proposal:
        """Match who is free, as the worker does, and close the round."""
        policy = policies.current(self.session, self.programme)
        snapshot = freeze(self.session, round_, programme=self.programme, policy=policy)
        task = {"content": snapshot.content, "policy": policy.content, "seed": snapshot.seed}
        result = solve(task, lambda _step, _done, _total: None)
        take_result(self.session, round_, snapshot, result=result)
        snapshot.digest = result["digest"]
        snapshot.solved_at = snapshot.taken_at = snapshot.created_at = solved_at
        round_.state, round_.closed_at = RoundState.CLOSED, solved_at
        proposal = self.session.scalars(
            sa.select(Proposal).where(Proposal.snapshot_id == snapshot.id)
        ).one()
        proposal.created_at = solved_at
        return proposal

    def _agree(self, entry: Entry, tandem: Tandem) -> None:
        began_on = self._day(entry["began_days_ago"])
        agreed_at = self._at(entry["began_days_ago"]) + timedelta(days=6)
        agreement = Agreement(
            programme_id=self.programme.id,
            tandem_id=tandem.id,
            number=1,
            proposed_by=Side.MENTOR,
            every_weeks=entry["every_weeks"],
            begins_on=began_on,
            ends_on=months_after(began_on, entry["months"]),
            ways=[Way.IN_PERSON.value],
            mentor_yes_at=agreed_at,
            mentee_yes_at=agreed_at,
            created_at=agreed_at,
            goals=[Goal(position=at, topic=topic) for at, topic in enumerate(entry["goals"], 1)],
        )
        self._add(agreement)
        agreement.state = AgreementState.IN_FORCE
        for goal in agreement.goals:
            if goal.topic in entry["reached"]:
                goal.reached_on = self._day(entry["meetings_days_ago"][-1])

    def _meet(self, entry: Entry, tandem: Tandem) -> None:
        for days in entry["meetings_days_ago"]:
            starts_at = at_local_time(self._day(days), _EVENING, self.programme)
            self._add(
                Meeting(
                    programme_id=self.programme.id,
                    tandem_id=tandem.id,
                    state=MeetingState.HELD,
                    starts_at=starts_at,
                    minutes=60,
                    way=Way.IN_PERSON,
                    topic=entry["topic"],
                    logged_at=starts_at + timedelta(hours=2),
                    logged_by=Side.MENTEE,
                    mentee_mood=Mood.GOOD,
                )
            )

    def _ask(self, entry: Entry, tandem: Tandem) -> None:
        """Let both have answered; what was low before the last time somebody has seen to."""
        last = len(entry["check_ins"])
        for number, (days, *going) in enumerate(entry["check_ins"], 1):
            answered_at = self._at(days - 1)
            for side, value in zip((Side.MENTOR, Side.MENTEE), going, strict=True):
                check_in = CheckIn(
                    programme_id=self.programme.id,
                    tandem_id=tandem.id,
                    side=side,
                    number=number,
                    due_on=self._day(days),
                    going=value,
                    helping=value,
                    alike=3,
                    wants_call=False,
                    remark=entry.get("remark", "") if side is Side.MENTEE else "",
                )
                self._add(check_in)
                check_in.state, check_in.answered_at = CheckInState.ANSWERED, answered_at
                check_in.attended_at = answered_at if number < last else None

    def _end(self, entry: Entry, tandem: Tandem) -> None:
        ended_at = self._at(entry["ended_days_ago"])
        tandem.state, tandem.ended_at = TandemState.COMPLETED, ended_at
        for side in Side:
            self._add(
                Survey(
                    programme_id=self.programme.id,
                    tandem_id=tandem.id,
                    side=side,
                    answered_at=ended_at + timedelta(days=1),
                    satisfied=5,
                    reached=4,
                    supported=4,
                    again=Again.LATER,
                )
            )
        for kind, months in entry["outcomes"]:
            due_on = months_after(self._day(entry["ended_days_ago"]), months)
            works = OutcomeKind(kind) is OutcomeKind.WORK
            asked_at = at_local_time(due_on, _MORNING, self.programme)
            self._add(
                Outcome(
                    programme_id=self.programme.id,
                    tandem_id=tandem.id,
                    months=months,
                    due_on=due_on,
                    asked_at=asked_at,
                    answered_at=asked_at + timedelta(days=1),
                    kind=OutcomeKind(kind),
                    in_field=True if works else None,
                    at_level=True if works else None,
                    source=Source.MENTEE,
                )
            )

    def _add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()

    def _day(self, days_ago: int) -> date:
        return today(self.programme) - timedelta(days=days_ago)

    def _at(self, days_ago: int) -> datetime:
        return at_local_time(self._day(days_ago), _MORNING, self.programme)
