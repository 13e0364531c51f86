"""Mails that wait when somebody is erased: none of them names who is gone (H1)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tandem.models import Mail, MailState, Side, TandemState
from tandem.services import agreements, erasing, meetings, tandems
from tandem.services.programmes import today
from tandem.services.tandems.letters import other, person_on
from tests.support import agreeing, pairs
from tests.support.meeting import plan

CANARY = "Zyxqu"


@pytest.fixture
def programme(make):
    return make.programme()


@pytest.fixture(params=Side)
def side(request):
    """Of who will be gone."""
    return request.param


@pytest.fixture
def pair(make, programme, side):
    """A mentor and a mentee, of whom one bears a name that nothing else does."""
    gone = make.account(first_name=CANARY, last_name=CANARY, email="zyxqu@people.example")
    named = {side: gone}
    mentor = make.mentor(programme, account=named.get(Side.MENTOR))
    return mentor, make.mentee(programme, account=named.get(Side.MENTEE))


def erase(session, pair, side, programme):
    person = dict(zip(Side, pair, strict=True))[side]
    erasing.erase(
        session, person, programme=programme, actor=person.membership.account,
        asked=erasing.WhoAsked.SELF,
    )  # fmt: skip


def kinds(session):
    return set(session.scalars(sa.select(Mail.kind)))


def naming(session):
    columns = (Mail.subject, Mail.text, Mail.html, Mail.calendar, Mail.to_address)
    named = [column.icontains(CANARY) for column in columns]
    return session.scalars(sa.select(Mail.kind).where(sa.or_(*named))).all()


@pytest.fixture(params=[MailState.QUEUED, MailState.SENT])
def leave(request, session):
    """What became of the mails by then."""

    def leave():
        session.execute(sa.update(Mail).values(state=request.param))
        session.commit()

    return leave


def test_of_an_invitation(session, make, programme, pair, side, leave):
    mentor, mentee = pair
    tandem = pairs.invited(make, mentor, mentee)
    staff = make.coordinator(programme)
    tandems.remind_now(session, tandem.key, programme=programme, actor=staff)
    assert "invitation_reminder" in kinds(session)
    leave()
    assert naming(session)
    erase(session, pair, side, programme)
    assert naming(session) == []


def test_of_a_tandem(session, make, programme, pair, side, leave):
    mentor, mentee = pair
    tandem = pairs.tandem(make, mentor, mentee, TandemState.ACTIVE)
    across = other(side)
    gone, left = (person_on(tandem, each).membership.account for each in (side, across))
    agreeing.propose(make, tandem, by=side)
    made = agreeing.propose(make, tandem, by=across, every_weeks=3)
    agreements.agree(session, tandem.key, made.key, programme=programme, actor=gone)
    meeting = meetings.propose(
        session, tandem.key, programme=programme, actor=gone,
        plan=plan(day=today(programme) + timedelta(days=3)),
    )  # fmt: skip
    meetings.accept(
        session, meeting.key, programme=programme, actor=left, seen_version=meeting.version
    )
    tandems.pause(
        session, tandem.key, programme=programme, actor=gone, until=None,
        seen=tandems.break_seen(tandem),
    )  # fmt: skip
    assert kinds(session) >= {
        "agreement_proposed", "agreement_in_force", "meeting_proposed", "meeting_accepted",
        "tandem_paused",
    }  # fmt: skip
    leave()
    assert naming(session)
    erase(session, pair, side, programme)
    assert naming(session) == []
