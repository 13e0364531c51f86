"""What the two people of a tandem do on a day, as their ways tell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from tandem import clock
from tandem.models import (
    Account,
    EndReason,
    Mentee,
    Mentor,
    Mood,
    Programme,
    Side,
    TandemState,
    Way,
)
from tandem.services import agreements, closings, erasing, meetings, tandems
from tandem.services.erasing import WhoAsked
from tests.life.stories import FIRST, LIVE, RUNNING, SECRET_WORDS, ZONE, Story
from tests.support import agreeing

if TYPE_CHECKING:
    from tests.life.village import Village

SIDES = (Side.MENTOR, Side.MENTEE)
_PLAN_AHEAD = 3
_SAID = meetings.Said(mood=Mood.GOOD, remark=SECRET_WORDS)
_WITHOUT_END = 30


def people(session: Session, story: Story) -> tuple[Mentor, Mentee]:
    """Return the two."""
    return (
        session.get_one(Mentor, story.mentor.person_id),
        session.get_one(Mentee, story.mentee.person_id),
    )


def let_expire(story: Story) -> None:
    """Keep that an invitation is over whose last day has passed: the seventh after it."""
    if story.state is not TandemState.INVITED or story.invited_at is None:
        return
    last = story.invited_at.astimezone(ZONE).date() + timedelta(days=7)
    over = datetime.combine(last + timedelta(days=1), time(), tzinfo=ZONE)
    if clock.now() >= over:
        story.becomes(TandemState.EXPIRED, clock.now())


def act(village: Village, session: Session, story: Story, day: date) -> None:
    """Do what the two, or the coordination for them, do on a day."""
    actor = _Acting(village, session, story, day)
    if story.state is None:
        actor.maybe_invite()
    elif story.state is TandemState.INVITED:
        actor.maybe_answer()
    elif story.state in RUNNING:
        actor.live()
    session.rollback()


class _Acting:
    def __init__(self, village: Village, session: Session, story: Story, day: date) -> None:
        self.village, self.session, self.story, self.day = village, session, story, day
        self.ways = story.ways
        self.age = story.day_of(day, story.started_at)

    @property
    def programme(self) -> Programme:
        return self.session.get_one(Programme, self.village.programme_id)

    @property
    def staff(self) -> Account:
        return self.session.get_one(Account, self.village.staff_id)

    def said_by(self, side: Side | None) -> Side | None:
        """Return whose words the coordination writes down; none: people act themselves."""
        return side if side in self.ways.called else None

    def account(self, side: Side | None) -> Account:
        """Return who acts for a side: the coordination, where somebody is called."""
        if side is None or side in self.ways.called:
            return self.staff
        return self.session.get_one(Account, self.story.who(side).account_id)

    def maybe_invite(self) -> None:
        before = self.story.before
        if before is not None and before.state in LIVE:
            return
        if self.day >= FIRST + timedelta(days=self.ways.invited_on + self.story.number % 9):
            self.village.invite(self.session, self.story)

    def maybe_answer(self) -> None:
        age = self.story.day_of(self.day, self.story.invited_at)
        for side, reply in zip(SIDES, (self.ways.mentor, self.ways.mentee), strict=True):
            if reply and age == reply.day and self.story.state is TandemState.INVITED:
                self.answer(side, yes=reply.yes)
        if age == self.ways.withdrawn_on and self.story.state is TandemState.INVITED:
            version = self.village.tandem(self.session, self.story).version
            tandems.withdraw(
                self.session, self.story.key, programme=self.programme, actor=self.staff,
                reason=SECRET_WORDS, seen_version=version,
            )  # fmt: skip
            self.story.becomes(TandemState.WITHDRAWN, clock.now())

    def answer(self, side: Side, *, yes: bool) -> None:
        story, seen = self.story, self.village.tandem(self.session, self.story).version
        known: dict[str, Any] = {"programme": self.programme, "actor": self.account(side)}
        if side in self.ways.called:
            said = tandems.Said(side=side, yes=yes, seen_version=seen)
            tandems.answer_for(self.session, story.key, said, **known)
        else:
            tandems.answer(
                self.session,
                story.key,
                says_yes=yes,
                seen_version=seen,
                reason=SECRET_WORDS,
                **known,
            )
        if not yes:
            story.becomes(TandemState.DECLINED, clock.now())
            return
        story.yes.add(side)
        if len(story.yes) == len(SIDES):
            story.started_at = clock.now()
            story.becomes(TandemState.ACTIVE, clock.now())

    def live(self) -> None:
        for step in (self.rest, self.agree, self.plan, self.meet, self.leave, self.close):
            step()
            if self.story.state not in RUNNING:
                return

    def rest(self) -> None:
        """Take a break, and go on; one that has an end ends in the morning by itself."""
        story = self.story
        if self.ways.pause is None:
            return
        begins, days = self.ways.pause
        known: dict[str, Any] = {
            "programme": self.programme,
            "actor": self.account(Side.MENTEE),
            "said_by": self.said_by(Side.MENTEE),
        }
        if self.age == begins:
            until = self.day + timedelta(days=days) if days else None
            tandem = self.village.tandem(self.session, story)
            tandems.pause(
                self.session, story.key, until=until, seen=tandems.break_seen(tandem), **known
            )
            story.state, story.paused_at = TandemState.PAUSED, clock.now()
        elif days is None and self.age == begins + _WITHOUT_END:
            tandems.resume(self.session, story.key, **known)
            story.state = TandemState.ACTIVE
        elif days is not None and self.age == begins + days:
            story.state = TandemState.ACTIVE

    def agree(self) -> None:
        story = self.story
        if self.ways.agree_on != self.age or story.state is not TandemState.ACTIVE:
            return
        assert story.started_at is not None
        draft = agreeing.draft(
            self.programme,
            every_weeks=max(1, self.ways.every // 7),
            ends_on=self.day + timedelta(days=30 * self.ways.months - self.age),
        )
        wording = agreements.propose(
            self.session, story.key, draft, programme=self.programme,
            actor=self.account(Side.MENTOR), seen_number=0,
        )  # fmt: skip
        agreements.agree(
            self.session, story.key, wording.key, programme=self.programme,
            actor=self.account(Side.MENTEE),
        )  # fmt: skip
        story.agreed_at = clock.now()

    def plan(self) -> None:
        """Agree on the next meeting, some days before it."""
        story = self.story
        ahead = self.age + _PLAN_AHEAD
        if not self.ways.plans or not self._meets_on(ahead):
            return
        day = self.day + timedelta(days=_PLAN_AHEAD)
        plan = meetings.Plan(
            day=day, hour=time(16, 30), minutes=self.ways.minutes, way=Way.IN_PERSON,
            place="Bibliothek",
        )  # fmt: skip
        meeting = meetings.propose(
            self.session, story.key, programme=self.programme,
            actor=self.account(Side.MENTOR), plan=plan,
        )  # fmt: skip
        meetings.accept(
            self.session, meeting.key, programme=self.programme,
            actor=self.account(Side.MENTEE), seen_version=meeting.version,
        )  # fmt: skip
        story.planned = meeting.key, day

    def meet(self) -> None:
        """Write down that the two met, or that nobody came."""
        story = self.story
        if story.planned is not None and story.planned[1] == self.day:
            self._settle(story.planned[0])
            story.planned = None
        elif not self.ways.plans and self._meets_on(self.age):
            held = meetings.Held(day=self.day, way=Way.VIDEO, minutes=self.ways.minutes, said=_SAID)
            meetings.log(
                self.session, story.key, programme=self.programme,
                actor=self.account(Side.MENTOR), held=held,
            )  # fmt: skip
            noon = datetime.combine(self.day, time(12), tzinfo=ZONE)
            story.held.append((noon, self.ways.minutes))

    def _settle(self, key: str) -> None:
        """Say on its evening what became of a meeting; some were missed."""
        story, actor = self.story, self.account(Side.MENTEE)
        happened = len(story.held) + story.missed + 1 not in self.ways.misses
        meeting = meetings.get_meeting(self.session, key, programme=self.programme, actor=actor)
        became = meetings.Became(
            happened=happened, way=Way.IN_PERSON, minutes=self.ways.minutes, said=_SAID
        )
        meetings.settle(
            self.session, key, programme=self.programme, actor=actor, became=became,
            seen_version=meeting.version,
        )  # fmt: skip
        if happened:
            at = datetime.combine(self.day, time(16, 30), tzinfo=ZONE)
            story.held.append((at, self.ways.minutes))
        else:
            story.missed += 1

    def _meets_on(self, age: int) -> bool:
        ways = self.ways
        on = age > 0 and age % ways.every == 5 and age < ways.silent_from
        return on and self.story.state is TandemState.ACTIVE

    def leave(self) -> None:
        """End it early, or have everything deleted."""
        story, early = self.story, self.ways.early
        if early is not None and self.age == early.day:
            tandems.end_early(
                self.session, story.key, tandems.Ending(reason=early.reason, note=SECRET_WORDS),
                programme=self.programme, actor=self.account(early.by),
                said_by=self.said_by(early.by),
            )  # fmt: skip
            story.becomes(TandemState.ENDED_EARLY, clock.now(), early.reason)
        elif self.age == self.ways.erased_on:
            _, mentee = people(self.session, story)
            erasing.erase(
                self.session, mentee, programme=self.programme,
                actor=self.account(Side.MENTEE), asked=WhoAsked.SELF,
            )  # fmt: skip
            story.becomes(TandemState.ENDED_EARLY, clock.now(), EndReason.PERSONAL)
            story.erased_at = clock.now()

    def close(self) -> None:
        story, day = self.story, self.ways.closed_on
        if day is None:
            return
        if self.ways.wishes_to_close and self.age == day - 10:
            closings.wish_to_close(
                self.session, story.key, programme=self.programme,
                actor=self.account(Side.MENTEE),
            )  # fmt: skip
        if self.age == day:
            closings.close(
                self.session, story.key, closings.ClosingDraft(text="Good.", talked_on=self.day),
                programme=self.programme, actor=self.staff,
            )  # fmt: skip
            story.becomes(TandemState.COMPLETED, clock.now())
