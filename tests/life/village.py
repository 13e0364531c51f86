"""A programme that lives day by day: its people act in the afternoon, the worker all day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tandem import clock
from tandem.config import Settings
from tandem.models import Account, Mentee, Mentor, Programme, Side, Tandem, TandemState
from tandem.services import audit, erasing, mails
from tandem.services.mails import Problem
from tandem.worker import Worker
from tests.life import acting, listening
from tests.life.cast import Ways
from tests.life.stories import FIRST, GENDERS, LOCALES, RUNNING, ZONE, Someone, Story
from tests.support import called, pairs
from tests.support.clocks import Clock
from tests.support.make import Make

AWAY: Final = date(2028, 5, 16)
"""On this day no mail server is there."""
BACK: Final = date(2028, 7, 4)
"""On this day the clock goes back an hour, by mistake, and on again."""
_SECRET: Final = "a secret key that only this village knows"


class Delivered(NamedTuple):
    """A mail that the mail server took, and when."""

    at: datetime
    message: EmailMessage

    @property
    def reader(self) -> str:
        """The address it went to."""
        return str(self.message["To"])

    @property
    def text(self) -> str:
        """Its words."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


class Village:
    """A programme with its people, its worker, and all mails that ever arrived."""

    def __init__(self, database: sa.Engine, time_: Clock, ways: tuple[Ways, ...]) -> None:
        self.database = database
        self.clock = time_
        self.settings = Settings(
            secret_key=_SECRET,
            database_url=database.url.render_as_string(hide_password=False),
            public_base_url="https://tandem.example",
        )
        self.staff_address = "staff@kreis.example"
        self.delivered: list[Delivered] = []
        self.heard = 0
        """How many of these their readers have read."""
        self.refused: set[str] = set()
        self.asked_in_vain = 0
        self.worker = Worker(self.settings, database)
        self.worker._deliver = self._deliver
        with Session(database) as session:
            make = Make(session)
            programme = make.programme(slug="kreis", name="Tandem Kreis", place_name="Musterkreis")
            self.programme_id = programme.id
            self.name, self.place = programme.name, programme.place_name
            self.staff_id = make.coordinator(
                programme, email=self.staff_address, first_name="Svenja", last_name="Koordinata",
            ).id  # fmt: skip
            self.stories: list[Story] = []
            for number, each in enumerate(ways):
                self.stories.append(self._settle(make, number, each))

    @property
    def today(self) -> date:
        """Which day it is there."""
        return self.clock.moment.astimezone(ZONE).date()

    def live(self, until: date) -> Iterator[date]:
        """Live through the days up to ``until``, and stop after each."""
        day = FIRST
        while day <= until:
            self._live_through(day)
            yield day
            day += timedelta(days=1)

    def mails_to(self, address: str) -> list[Delivered]:
        """Return what somebody got."""
        return [each for each in self.delivered if each.reader == address]

    def story_of(self, address: str) -> Story | None:
        """Return in which story somebody is, the last one that has begun; none: staff."""
        found = [s for s in self.stories if address in {who.email for who in s.people()}]
        return next((s for s in reversed(found) if s.state is not None), next(iter(found), None))

    def after(self, story: Story) -> Story | None:
        """Return the tandem in which the mentee of a story was next."""
        return next((each for each in self.stories if each.before is story), None)

    def _live_through(self, day: date) -> None:
        if day.weekday() == 0:
            self._tidy(day)
        self._work(day, time(9, 5))
        if day == BACK:
            self._work(day, time(8, 5))
            self._work(day, time(9, 5))
        self.clock.moment = datetime.combine(day, time(17, 5), tzinfo=ZONE)
        with Session(self.database) as session:
            listening.answer_mails(self, session)
            for story in self.stories:
                acting.act(self, session, story, day)
            if day.weekday() == 0:
                listening.coordinate(self, session)
        self._work(day, time(17, 6))

    def _tidy(self, day: date) -> None:
        """Let go of what is kept no longer, as a worker does every night."""
        self.clock.moment = datetime.combine(day, time(3), tzinfo=ZONE)
        with Session(self.database) as session:
            while erasing.keep_house(session):
                pass

    def _work(self, day: date, hour: time) -> None:
        """Have the worker do all that is due at an hour."""
        self.clock.moment = datetime.combine(day, hour, tzinfo=ZONE)
        while self.worker.work_once():
            pass
        for story in self.stories:
            acting.let_expire(story)

    def _deliver(self, message: EmailMessage) -> None:
        reader = str(message["To"])
        if clock.now().astimezone(ZONE).date() == AWAY:
            self.asked_in_vain += 1
            raise mails.ServerAway(Problem.NOT_REACHED, "nobody there")
        if reader in self.refused:
            raise mails.RefusedForGood(Problem.NO_MAILBOX, "550 5.1.1 no such user")
        self.delivered.append(Delivered(clock.now(), message))

    def _settle(self, make: Make, number: int, ways: Ways) -> Story:
        """Let two people register, or one: some in the old year, some in the new one."""
        before = next((s for s in self.stories if s.ways is ways.follows), None)
        registered = FIRST - timedelta(days=20 if number % 2 else 1)
        self.clock.moment = datetime.combine(registered, time(12), tzinfo=ZONE)
        programme = make.session.get_one(Programme, self.programme_id)
        accounts = [
            make.account(
                email=f"{side}{number:02}@life.example",
                first_name=f"{side.title()}name",
                last_name=f"{side.title()}owski{number:02}",
                locale=LOCALES[(number + (side == "mentor")) % 2],
            )
            for side in ("mentor", "mentee")
        ]
        gender = GENDERS[number % len(GENDERS)]
        company = make.company(programme, name=f"Geheimwerk {number:02} GmbH", phone="0481 222")
        mentor = make.mentor(programme, account=accounts[0], company=company)
        if before is None:
            mentee = make.mentee(programme, account=accounts[1], gender=gender)
            someone = _someone(accounts[1], mentee.id, gender=gender)
        else:
            mentee, someone = make.session.get_one(Mentee, before.mentee.person_id), before.mentee
        story = Story(
            number=number,
            ways=ways,
            mentor=_someone(accounts[0], mentor.id, company.name),
            mentee=someone,
            registered_at=self.clock.moment,
            before=before,
        )
        self._approve(make.session, story, *([mentor] if before else [mentor, mentee]))
        sides: tuple[tuple[Side, Any], ...] = ((Side.MENTOR, mentor), (Side.MENTEE, mentee))
        for side, person in sides:
            if side in ways.called:
                called.without_address(make, person)
            if side in ways.quiet:
                person.membership.quiet_at = clock.now()
                make.save(person.membership)
            if side in ways.bounces:
                self.refused.add(story.who(side).email)
        return story

    def _approve(self, session: Session, story: Story, *people: Mentor | Mentee) -> None:
        """Write down when both sent their profiles, and when these were approved."""
        for person in people:
            version = pairs.in_force(session, person)
            for action, at in (
                ("submit_profile", story.registered_at),
                ("approve_profile", story.approved_at),
            ):
                self.clock.moment = at
                audit.record(session, action, version, actor=None)
                session.commit()

    def invite(self, session: Session, story: Story) -> None:
        """Have the coordination confirm a proposal."""
        make = Make(session)
        mentor, mentee = acting.people(session, story)
        staff = session.get_one(Account, self.staff_id)
        tandem = pairs.invited(make, mentor, mentee, by=staff, score=4000 + 190 * story.number)
        session.commit()
        story.key, story.invited_at = tandem.key, clock.now()
        story.state = TandemState.INVITED

    def tandem(self, session: Session, story: Story) -> Tandem:
        """Return the tandem of a story."""
        return session.scalars(sa.select(Tandem).where(Tandem.key == story.key)).one()

    def running(self) -> int:
        """Return how many tandems run."""
        return sum(story.state in RUNNING for story in self.stories)


def _someone(
    account: Account, person_id: int, company: str = "", gender: str | None = None
) -> Someone:
    return Someone(
        account_id=account.id,
        person_id=person_id,
        email=account.email,
        last_name=account.last_name,
        company=company,
        locale=account.locale,
        gender=gender,
    )
