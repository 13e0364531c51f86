"""Where things stand for one person."""

import pytest

from tandem.clock import now
from tandem.models import CompanyState, ProfileState, TandemState
from tandem.services import standings
from tandem.services.standings import Stage
from tests.support import pairs


def stage_of(session, person):
    programme = person.membership.programme
    account = person.membership.account
    return standings.get_standing(session, actor=account, programme=programme).stage


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (None, Stage.TELLING),
        (ProfileState.DRAFT, Stage.TELLING),
        (ProfileState.SUBMITTED, Stage.READING),
        (ProfileState.RETURNED, Stage.RETURNED),
        (ProfileState.DECLINED, Stage.DECLINED),
        (ProfileState.APPROVED, Stage.LOOKING),
        (ProfileState.PAUSED, Stage.PAUSED),
    ],
)
def test_the_profile_says_how_far_a_mentee_is(session, make, programme, state, stage):
    assert stage_of(session, make.mentee(programme, state=state)) is stage


def test_changes_to_an_approved_profile_change_nothing(session, make, programme):
    mentee = make.mentee(programme)
    make.profile(mentee, state=ProfileState.DRAFT, number=2)
    assert stage_of(session, mentee) is Stage.LOOKING


@pytest.mark.parametrize(
    ("company", "profile", "stage"),
    [
        (CompanyState.REGISTERED, None, Stage.TELLING),
        (CompanyState.REGISTERED, ProfileState.SUBMITTED, Stage.VETTING),
        (CompanyState.REGISTERED, ProfileState.APPROVED, Stage.VETTING),
        (CompanyState.VETTED, ProfileState.SUBMITTED, Stage.READING),
        (CompanyState.DECLINED, ProfileState.SUBMITTED, Stage.COMPANY_DECLINED),
        (CompanyState.LEFT, ProfileState.APPROVED, Stage.COMPANY_DECLINED),
    ],
)
def test_a_mentor_waits_for_the_company_too(session, make, programme, company, profile, stage):
    mentor = make.mentor(programme, company=make.company(programme, state=company), state=profile)
    assert stage_of(session, mentor) is stage


@pytest.fixture
def tandem(make, programme):
    return pairs.invited(make, make.mentor(programme), make.mentee(programme))


def test_a_question_comes_before_everything(session, make, tandem):
    assert stage_of(session, tandem.mentee) is Stage.ASKED
    tandem.mentee_yes_at = now()
    make.save(tandem)
    assert stage_of(session, tandem.mentee) is Stage.SAID_YES
    assert stage_of(session, tandem.mentor) is Stage.ASKED


def test_two_who_said_yes_are_together(session, make, programme):
    people = make.mentor(programme), make.mentee(programme)
    pairs.tandem(make, *people, TandemState.ACTIVE)
    assert [stage_of(session, person) for person in people] == [Stage.TOGETHER, Stage.TOGETHER]


def test_a_tandem_that_ended_is_still_shown(session, make, programme):
    mentee = make.mentee(programme)
    ended = pairs.tandem(make, make.mentor(programme), mentee, TandemState.COMPLETED)
    standing = standings.get_standing(session, actor=mentee.membership.account, programme=programme)
    assert (standing.stage, list(standing.tandems)) == (Stage.LOOKING, [ended])


def test_a_tandem_that_never_began_is_not_shown(session, make, programme):
    mentee = make.mentee(programme)
    pairs.tandem(make, make.mentor(programme), mentee, TandemState.DECLINED)
    standing = standings.get_standing(session, actor=mentee.membership.account, programme=programme)
    assert (standing.stage, list(standing.tandems)) == (Stage.LOOKING, [])
