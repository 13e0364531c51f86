"""Profiles: written step by step, sent, taken back, paused."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from tandem.errors import Conflict, NotFound, Stale
from tandem.models import AuditEvent, LanguageSkill, Profile, ProfileState, Side
from tandem.services import profiles

SPOKEN = profiles.MenteeLanguages(languages={"ar": "C2", "de": "B1"})
WORK = profiles.MenteeWork(occupation="7411", occupation_words="Elektriker", sectors=("43", "33"))
LEARNED = profiles.MenteeQualification(
    level=4,
    qualification_name="دبلوم",
    fields=("0713",),
    qualification_country="SY",
    recognition="applied",
)
DONE = profiles.MenteeExperience(
    past_occupation="7411", past_occupation_words="", experience_years=5
)
MEETING = profiles.MenteeMeeting(
    postal_code="25746",
    modes=("in_person",),
    travel=("bus",),
    reach_km=20,
    slots=("mo-eve", "sa-am"),
)
NEEDS = profiles.MenteeNeeds(topics=("network",), about="Ich möchte wieder arbeiten.")
WISHES = profiles.MenteeWishes(same_gender=False, gender=None, avoid_words="Meine alte Firma.")
STEPS: dict[str, profiles.StepDraft] = {
    "languages": SPOKEN,
    "work": WORK,
    "qualification": LEARNED,
    "experience": DONE,
    "meeting": MEETING,
    "needs": NEEDS,
    "wishes": WISHES,
}


@pytest.fixture
def new(make, programme):
    """A mentee who has said nothing yet."""
    return make.mentee(programme, state=None)


def account_of(person):
    return person.membership.account


def versions_of(session, person, programme):
    return profiles.get_versions(session, account_of(person), programme)


def save(session, draft, person, programme, seen=None):
    open_ = versions_of(session, person, programme).open
    seen = (open_.version if open_ else 0) if seen is None else seen
    return profiles.save_step(
        session, draft, actor=account_of(person), programme=programme, seen_version=seen
    )


def submit(session, person, programme):
    open_ = versions_of(session, person, programme).open
    return profiles.submit(
        session,
        actor=account_of(person),
        programme=programme,
        seen_version=open_.version if open_ else 0,
    )


def test_looking_at_ones_profile_writes_nothing(session, new, programme):
    versions = versions_of(session, new, programme)
    assert versions.can_edit
    assert versions.current.sectors == []
    assert session.scalar(sa.select(sa.func.count(Profile.id))) == 0


def test_the_first_step_opens_a_draft(session, new, programme):
    profile = save(session, WORK, new, programme)
    assert profile.state is ProfileState.DRAFT
    assert profile.side is Side.MENTEE
    assert (profile.number, profile.occupation, profile.sectors) == (1, "7411", ["43", "33"])


def test_each_step_keeps_what_the_others_said(session, new, programme):
    *_, profile = [save(session, draft, new, programme) for draft in STEPS.values()]
    assert profiles.missing(profile) == {}
    assert all(profiles.is_in(profile, draft) for draft in STEPS.values())
    assert not profiles.is_in(profile, replace(WORK, occupation="221"))


def test_languages_are_added_changed_and_dropped(session, new, programme):
    save(session, SPOKEN, new, programme)
    profile = save(session, replace(SPOKEN, languages={"de": "B2", "en": "A2"}), new, programme)
    session.expire_all()
    assert profile.languages == {"de": "B2", "en": "A2"}
    assert session.scalar(sa.select(sa.func.count(LanguageSkill.id))) == 2


def test_a_change_of_languages_alone_is_a_new_version_of_the_row(session, new, programme):
    seen = save(session, SPOKEN, new, programme).version
    save(session, replace(SPOKEN, languages={"de": "C1"}), new, programme)
    with pytest.raises(Stale):
        save(session, SPOKEN, new, programme, seen=seen)


def test_what_another_window_saved_is_not_overwritten(session, new, programme):
    save(session, WORK, new, programme)
    with pytest.raises(Stale):
        save(session, replace(WORK, occupation="221"), new, programme, seen=0)
    assert versions_of(session, new, programme).open.occupation == "7411"


def test_what_a_phone_sends_twice_is_saved_once(session, new, programme):
    first = save(session, WORK, new, programme, seen=0)
    version = first.version
    again = save(session, WORK, new, programme, seen=0)
    assert (again.id, again.version) == (first.id, version)
    events = session.scalar(sa.select(sa.func.count(AuditEvent.id)))
    assert events == 1


@pytest.mark.parametrize("left_out", ["languages", "work", "qualification", "meeting", "needs"])
def test_an_incomplete_profile_is_not_sent(session, new, programme, left_out):
    said = [draft for step, draft in STEPS.items() if step != left_out]
    *_, profile = [save(session, draft, new, programme) for draft in said]
    assert list(profiles.missing(profile)) == [left_out]
    assert profiles.next_step(profile) == left_out
    with pytest.raises(profiles.Incomplete):
        submit(session, new, programme)


def test_one_goes_on_where_one_stopped(session, new, programme):
    following = []
    for draft in STEPS.values():
        following.append(profiles.next_step(versions_of(session, new, programme).to_edit()))
        save(session, draft, new, programme)
    assert following == [*list(STEPS)[:-1], None]


def test_a_step_that_may_stay_empty_is_not_asked_for_ever(session, new, programme):
    for step in ("languages", "work", "qualification"):
        save(session, STEPS[step], new, programme)
    assert profiles.next_step(versions_of(session, new, programme).open) == "experience"
    save(session, MEETING, new, programme)
    assert profiles.next_step(versions_of(session, new, programme).open) == "needs"


@pytest.mark.parametrize(
    ("travel", "km"), [((), None), (("bicycle",), 8), (("bicycle", "bus"), 20), (("car",), 30)]
)
def test_how_far_one_gets_is_suggested_by_how_one_gets_about(travel, km):
    assert profiles.suggest_reach(travel) == km


def test_a_complete_profile_is_sent_once(session, new, programme):
    for draft in STEPS.values():
        save(session, draft, new, programme)
    profile = submit(session, new, programme)
    assert profile.state is ProfileState.SUBMITTED
    assert profile.submitted_at is not None
    with pytest.raises(Conflict):
        submit(session, new, programme)


def test_only_what_the_person_has_seen_is_sent(session, make, programme):
    mentee = make.mentee(programme, state=ProfileState.DRAFT)
    with pytest.raises(Stale):
        profiles.submit(session, actor=account_of(mentee), programme=programme, seen_version=99)


def test_a_sent_profile_is_changed_only_after_it_was_taken_back(session, make, programme):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    assert not versions_of(session, mentee, programme).can_edit
    with pytest.raises(Conflict):
        save(session, WORK, mentee, programme)
    draft = profiles.take_back(session, actor=account_of(mentee), programme=programme)
    assert (draft.state, draft.number, draft.occupation) == (ProfileState.DRAFT, 2, "741")
    assert draft.languages == {"de": "B2", "ar": "C2"}
    assert versions_of(session, mentee, programme).can_edit


def test_a_profile_that_was_answered_cannot_be_taken_back(session, make, programme):
    mentee = make.mentee(programme)
    with pytest.raises(Conflict):
        profiles.take_back(session, actor=account_of(mentee), programme=programme)


def test_a_returned_profile_is_changed_and_sent_again(session, make, programme):
    mentee = make.mentee(programme, state=ProfileState.RETURNED)
    assert save(session, WORK, mentee, programme).number == 1
    assert submit(session, mentee, programme).state is ProfileState.SUBMITTED


def test_an_approved_profile_stays_in_force_while_a_copy_is_changed(session, make, programme):
    mentee = make.mentee(programme)
    draft = save(session, replace(WORK, occupation="221"), mentee, programme)
    versions = versions_of(session, mentee, programme)
    assert (draft.number, draft.occupation, draft.about) == (2, "221", versions.in_force.about)
    assert draft.languages == versions.in_force.languages
    assert versions.in_force.occupation == "741"
    assert versions.in_force.state is ProfileState.APPROVED
    assert versions.current is versions.open


def test_changes_can_be_dropped_and_begun_anew(session, make, programme):
    mentee = make.mentee(programme)
    save(session, replace(WORK, occupation="221"), mentee, programme)
    profiles.discard(session, actor=account_of(mentee), programme=programme)
    versions = versions_of(session, mentee, programme)
    assert versions.open is None
    assert versions.current.occupation == "741"
    assert save(session, WORK, mentee, programme).number == 3


@pytest.mark.parametrize("state", [ProfileState.DRAFT, ProfileState.APPROVED])
def test_there_must_be_changes_and_a_version_in_force_to_drop_them(session, make, programme, state):
    mentee = make.mentee(programme, state=state)
    with pytest.raises(Conflict):
        profiles.discard(session, actor=account_of(mentee), programme=programme)


def test_changes_that_were_sent_are_not_dropped(session, make, programme):
    mentee = make.mentee(programme)
    make.profile(mentee, state=ProfileState.SUBMITTED, number=2)
    with pytest.raises(Conflict):
        profiles.discard(session, actor=account_of(mentee), programme=programme)


def test_after_a_no_there_is_nothing_to_change(session, make, programme):
    mentee = make.mentee(programme, state=ProfileState.DECLINED)
    versions = versions_of(session, mentee, programme)
    assert versions.current is versions.declined
    assert not versions.can_edit
    with pytest.raises(Conflict):
        save(session, WORK, mentee, programme)


def test_a_break_begins_and_ends(session, make, programme):
    mentor = make.mentor(programme)
    who = {"actor": account_of(mentor), "programme": programme}
    profiles.pause(session, **who)
    assert versions_of(session, mentor, programme).in_force.state is ProfileState.PAUSED
    with pytest.raises(Conflict):
        profiles.pause(session, **who)
    profiles.resume(session, **who)
    assert versions_of(session, mentor, programme).in_force.state is ProfileState.APPROVED
    with pytest.raises(Conflict):
        profiles.resume(session, **who)


def test_who_takes_no_part_yet_cannot_take_a_break(session, new, programme):
    with pytest.raises(Conflict):
        profiles.pause(session, actor=account_of(new), programme=programme)


def test_what_a_person_does_stands_in_the_audit_trail(session, make, programme):
    mentee = make.mentee(programme)
    save(session, WORK, mentee, programme)
    submit(session, mentee, programme)
    events = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["edit_profile", "submit_profile"]
    assert {event.account_id for event in events} == {account_of(mentee).id}


def test_nobody_has_a_profile_in_a_programme_of_others(session, make, programme):
    mentee = make.mentee(make.programme())
    with pytest.raises(NotFound):
        versions_of(session, mentee, programme)


def test_a_coordinator_has_no_profile(session, make, programme):
    with pytest.raises(NotFound):
        profiles.get_versions(session, make.coordinator(programme), programme)


def test_who_is_both_writes_as_a_mentor(session, make, programme):
    account = make.account()
    make.mentee(programme, account=account)
    mentor = make.mentor(programme, account=account)
    assert profiles.get_person(session, account, programme) == mentor
