"""People as their coordinator finds them, and what is decided on their profiles."""

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound, Stale
from tandem.models import (
    AuditEvent,
    CompanyState,
    Mail,
    ProfileState,
    ProposalState,
    Side,
    TandemState,
)
from tandem.services import people
from tests.support import pairs

APPROVE, RETURN, DECLINE = people.Verdict


@pytest.fixture
def find(session, programme, coordinator):
    """List the names that a search finds."""

    def names(**search):
        listing = people.list_people(session, programme, people.Search(**search), actor=coordinator)
        return [person.who.name for person in listing.people]

    return names


@pytest.fixture
def decide(session, programme, coordinator):
    """Decide on whoever it is, having seen the newest version."""

    def on(who, verdict, reason="", **values):
        person = people.get_person(session, who.key, programme=programme, actor=coordinator)
        seen = values.pop("seen_version", person.waiting.version if person.waiting else 1)
        ruling = people.Ruling(verdict=verdict, reason=reason, seen_version=seen)
        return people.decide(
            session, who.key, ruling, **({"programme": programme, "actor": coordinator} | values)
        )

    return on


def states(session, who):
    session.expire_all()
    column = "mentor_id" if hasattr(who, "capacity") else "mentee_id"
    query = sa.text(f"SELECT state FROM profile_versions WHERE {column} = :id ORDER BY number")
    return list(session.scalars(query, {"id": who.id}))


def mails(session):
    return session.scalars(sa.select(Mail).order_by(Mail.id)).all()


def test_who_waits_longest_comes_first(session, make, programme, coordinator):
    first = make.mentee(programme, state=ProfileState.SUBMITTED)
    second = make.mentor(programme, state=ProfileState.SUBMITTED)
    make.mentee(programme, state=ProfileState.APPROVED)
    make.mentee(make.programme(), state=ProfileState.SUBMITTED)
    waiting = people.list_waiting(session, programme, actor=coordinator)
    assert [profile.person for profile in waiting] == [first, second]


def test_everyone_of_the_programme_is_listed_by_name(make, programme, find):
    make.mentor(programme, account=make.account(first_name="Anke", last_name="Brodersen"))
    make.mentee(programme, account=make.account(first_name="Rima", last_name="Azizi"), state=None)
    make.mentee(make.programme(), account=make.account(last_name="Aaa"))
    assert find() == ["Rima Azizi", "Anke Brodersen"]


def test_one_person_may_stand_on_both_sides(make, programme, find):
    account = make.account(first_name="Rima", last_name="Azizi")
    make.mentor(programme, account=account)
    make.mentee(programme, account=account)
    assert find() == ["Rima Azizi", "Rima Azizi"]
    assert find(side=Side.MENTOR) == ["Rima Azizi"]


def test_the_history_tells_what_changed_who_and_when(session, make, programme, coordinator, decide):
    mentee = make.mentee(programme)
    make.profile(mentee, number=2, state=ProfileState.SUBMITTED, reach_km=99)
    decide(mentee, RETURN, "Why?")
    person = people.get_person(session, mentee.key, programme=programme, actor=coordinator)
    newest, first = people.tell_history(session, programme, person)
    assert [(each.field, each.before, each.after) for each in newest.changes] == [
        ("reach_km", 20, 99)
    ]
    assert [(deed.action, deed.name, deed.is_own) for deed in newest.deeds] == [
        ("return_profile", coordinator.name, False)
    ]
    assert (first.changes, first.deeds) == ((), ())


def test_pages_hold_fifty(session, make, programme, coordinator, find, monkeypatch):
    monkeypatch.setattr("tandem.services.people.finding.PAGE_SIZE", 2)
    for letter in "abc":
        make.mentee(programme, account=make.account(first_name="X", last_name=letter), state=None)
    assert find() == ["X a", "X b"]
    assert find(page=2) == ["X c"]
    listing = people.list_people(session, programme, people.Search(), actor=coordinator)
    assert (listing.found, listing.pages) == (3, 2)


def test_a_person_of_another_programme_is_not_there(session, make, programme, coordinator):
    stranger = make.mentee(make.programme())
    with pytest.raises(NotFound):
        people.get_person(session, stranger.key, programme=programme, actor=coordinator)


def test_only_coordinators_look(session, make, programme):
    mentee = make.mentee(programme)
    actor = mentee.membership.account
    with pytest.raises(NotAllowed):
        people.list_people(session, programme, people.Search(), actor=actor)
    with pytest.raises(NotAllowed):
        people.list_waiting(session, programme, actor=actor)
    with pytest.raises(NotAllowed):
        people.get_person(session, mentee.key, programme=programme, actor=actor)


def test_approving_puts_a_profile_into_force_and_says_so(session, make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    decide(mentee, APPROVE)
    assert states(session, mentee) == ["approved"]
    [mail] = mails(session)
    assert (mail.kind, mail.to_address) == ("profile_approved", mentee.membership.account.email)
    events = session.scalars(sa.select(AuditEvent.action)).all()
    assert "approve_profile" in events


def test_an_approved_edit_replaces_what_counted(session, make, programme, decide):
    mentee = make.mentee(programme)
    make.profile(mentee, number=2, state=ProfileState.SUBMITTED)
    decide(mentee, APPROVE)
    assert states(session, mentee) == ["replaced", "approved"]


def test_who_paused_stays_paused_after_an_edit(session, make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.PAUSED)
    make.profile(mentee, number=2, state=ProfileState.SUBMITTED)
    decide(mentee, APPROVE)
    assert states(session, mentee) == ["replaced", "paused"]


def test_asking_back_and_asking_back_again_sends_two_mails(session, make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    decide(mentee, RETURN, "Which shift?")
    assert states(session, mentee) == ["returned"]
    [version] = people.get_person(
        session, mentee.key, programme=programme, actor=make.coordinator(programme)
    ).versions
    version.state = ProfileState.SUBMITTED
    make.save(version)
    decide(mentee, RETURN, "And where?")
    assert [mail.kind for mail in mails(session)] == ["profile_returned"] * 2
    assert "And where?" in mails(session)[1].text


def test_declining_an_edit_leaves_what_counted(session, make, programme, decide):
    mentee = make.mentee(programme)
    make.profile(mentee, number=2, state=ProfileState.SUBMITTED)
    decide(mentee, DECLINE, "Not that.")
    assert states(session, mentee) == ["approved", "declined"]
    [mail] = mails(session)
    assert "still counts" in mail.text
    assert "Not that." in mail.text


def test_declining_a_first_profile_promises_nothing(session, make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    decide(mentee, DECLINE, "You live elsewhere.")
    [mail] = mails(session)
    assert "still counts" not in mail.text


def test_a_second_decision_finds_nothing_to_decide(make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    decide(mentee, APPROVE)
    with pytest.raises(people.NothingToDecide):
        decide(mentee, DECLINE, "Too late")


def test_a_profile_that_changed_meanwhile_is_not_decided(session, make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    with pytest.raises(Stale):
        decide(mentee, APPROVE, seen_version=0)
    assert states(session, mentee) == ["submitted"]
    assert not mails(session)


def test_nobody_approves_themselves(make, programme, decide):
    both = make.coordinator(programme)
    mentor = make.mentor(programme, account=both, state=ProfileState.SUBMITTED)
    with pytest.raises(NotAllowed):
        decide(mentor, APPROVE, actor=both)


def test_nobody_of_another_programme_decides(make, programme, decide):
    mentee = make.mentee(programme, state=ProfileState.SUBMITTED)
    with pytest.raises(NotAllowed):
        decide(mentee, APPROVE, actor=make.coordinator(make.programme()))


@pytest.mark.parametrize("state", [CompanyState.DECLINED, CompanyState.LEFT])
def test_nobody_of_a_company_that_is_out_is_approved(session, make, programme, decide, state):
    company = make.company(programme, state=state)
    mentor = make.mentor(programme, company=company, state=ProfileState.SUBMITTED)
    with pytest.raises(people.CompanyRefused):
        decide(mentor, APPROVE)
    assert states(session, mentor) == ["submitted"]


def test_a_company_may_still_wait_to_be_vetted(session, make, programme, decide):
    company = make.company(programme, state=CompanyState.REGISTERED)
    mentor = make.mentor(programme, company=company, state=ProfileState.SUBMITTED)
    decide(mentor, APPROVE)
    assert states(session, mentor) == ["approved"]


def test_an_approved_profile_sets_the_places(session, make, programme, decide):
    mentor = make.mentor(programme, capacity=1)
    made = pairs.invited(make, mentor, make.mentee(programme))
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=4)
    decide(mentor, APPROVE)
    session.expire_all()
    assert (mentor.capacity, made.capacity, made.slot) == (4, 4, 1)


def test_fewer_places_move_tandems_together(session, make, programme, decide):
    mentor = make.mentor(programme, capacity=3)
    made = [pairs.invited(make, mentor, make.mentee(programme)) for _ in range(3)]
    for over in made[:2]:
        over.state = TandemState.DECLINED
        make.save(over)
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=1)
    decide(mentor, APPROVE)
    session.expire_all()
    assert mentor.capacity == 1
    assert [(each.slot, each.capacity) for each in made] == [(1, 1), (2, 1), (1, 1)]


def test_there_are_no_fewer_places_than_live_tandems(session, make, programme, decide):
    mentor = make.mentor(programme, capacity=2)
    for _ in range(2):
        pairs.invited(make, mentor, make.mentee(programme))
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=1)
    with pytest.raises(people.TooManyTandems) as caught:
        decide(mentor, APPROVE)
    assert (caught.value.live, caught.value.capacity) == (2, 1)
    assert states(session, mentor) == ["approved", "submitted"]


def test_a_profile_without_a_number_of_places_leaves_them(session, make, programme, decide):
    mentor = make.mentor(programme, capacity=2)
    make.profile(mentor, number=2, state=ProfileState.SUBMITTED, capacity=None)
    decide(mentor, APPROVE)
    session.expire_all()
    assert mentor.capacity == 2


@pytest.mark.parametrize("edited", ["mentor", "mentee"])
def test_open_proposals_on_the_old_version_become_stale(session, make, programme, decide, edited):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    theirs = pairs.proposal(make, mentor, mentee)
    others = pairs.proposal(make, make.mentor(programme), make.mentee(programme))
    who = mentor if edited == "mentor" else mentee
    make.profile(who, number=2, state=ProfileState.SUBMITTED)
    decide(who, APPROVE)
    session.expire_all()
    assert theirs.state is ProposalState.STALE
    assert others.state is ProposalState.OPEN


def test_an_edit_that_is_refused_leaves_proposals_open(session, make, programme, decide):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    theirs = pairs.proposal(make, mentor, mentee)
    make.profile(mentee, number=2, state=ProfileState.SUBMITTED)
    decide(mentee, RETURN, "Why?")
    session.expire_all()
    assert theirs.state is ProposalState.OPEN


def test_changes_name_what_differs_and_nothing_else(make, programme):
    mentee = make.mentee(programme, state=None)
    before = make.profile(mentee, topics=["network", "interview"])
    after = make.profile(
        mentee,
        number=2,
        state=ProfileState.SUBMITTED,
        topics=["interview", "network"],
        occupation="222",
        languages={"de": "C1", "ar": "C2"},
    )
    assert [change.field for change in people.compare(before, after)] == [
        "occupation",
        "languages",
    ]


def test_gaps_are_what_counts_and_was_left_empty(make, programme):
    full = make.profile(make.mentee(programme, state=None))
    empty = make.profile(
        make.mentor(programme, state=None), occupation=None, topics=[], postal_code=None
    )
    assert people.name_gaps(full) == []
    assert people.name_gaps(empty) == ["occupation", "topics", "postal_code"]


def test_the_history_holds_every_tandem(session, make, programme):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    first = pairs.tandem(make, mentor, mentee, TandemState.DECLINED)
    second = pairs.invited(make, mentor, make.mentee(programme))
    assert people.list_tandems_of(session, programme, mentor) == [second, first]
    assert people.list_tandems_of(session, programme, mentee) == [first]


def test_a_person_is_on_a_side(session, make, programme, coordinator):
    for who, side in ((make.mentor(programme), Side.MENTOR), (make.mentee(programme), Side.MENTEE)):
        person = people.get_person(session, who.key, programme=programme, actor=coordinator)
        assert person.side is side
        assert person.shown is person.in_force
