"""People who stand in a programme twice: found, and merged as a coordinator chooses."""

import pytest
import sqlalchemy as sa

from tandem.errors import NotAllowed, NotFound
from tandem.models import (
    Account,
    AuditEvent,
    Distinction,
    Exclusion,
    Membership,
    Mentee,
    Merge,
    Note,
    ProfileState,
    ProposalState,
    Role,
    Side,
    TandemState,
)
from tandem.services import duplicates, erasing, exclusions, notes, people
from tests.support import pairs
from tests.support.counting import statements


@pytest.fixture
def found(session, programme, coordinator):
    def pairs_of():
        listed = duplicates.find_duplicates(session, programme, actor=coordinator)
        return {(each.one.name, each.other.name) for each in listed}

    return pairs_of


@pytest.fixture
def mentee(make, programme):
    """Make a mentee of this name."""

    def named(first, last, **values):
        email = values.pop("email", None)
        address = {"email": email} if email else {}
        account = make.account(first_name=first, last_name=last, **address)
        return make.mentee(programme, account=account, **values)

    return named


@pytest.fixture
def merge(session, programme, coordinator):
    def one(kept, gone, actor=coordinator):
        return duplicates.merge(session, kept.key, gone.key, programme=programme, actor=actor)

    return one


@pytest.mark.parametrize(
    ("first", "last"),
    [("Nour", "Al-Musa"), ("Al Musa", "Nour"), ("NOUR", "Al Mousa"), ("Noür", "Al-Musa")],
)
def test_names_that_are_alike_are_found(mentee, found, first, last):
    mentee("Nour", "Al-Musa")
    mentee(first, last)
    mentee("Rima", "Azizi")
    assert len(found()) == 1


def test_an_address_is_the_same_with_something_after_a_plus(mentee, found):
    mentee("Nour", "One", email="nour@post.example")
    mentee("Somebody", "Else", email="nour+tandem@post.example")
    mentee("Nobody", "There", email="nour@other.example")
    assert found() == {("Nour One", "Somebody Else")}


def test_the_same_name_elsewhere_is_somebody_else_unless_the_place_is_unknown(mentee, found):
    mentee("Ali", "Hassan", postal_code="25746")
    mentee("Ali", "Hassan", postal_code="25541")
    assert found() == set()
    mentee("Ali", "Hasan", state=None)
    assert found() == {("Ali Hassan", "Ali Hasan")}


def test_somebody_on_both_sides_or_in_two_programmes_is_not_twice(make, programme, mentee, found):
    mentee("Nour", "Al-Musa")
    make.mentor(programme, account=make.account(first_name="Nour", last_name="Al-Musa"))
    make.mentee(make.programme(), account=make.account(first_name="Nour", last_name="Al-Musa"))
    assert found() == set()


def test_people_without_an_address_do_not_share_one(mentee, found):
    mentee("A", "Bee", email="one@no-mail.invalid")
    mentee("C", "Dee", email="one+two@no-mail.invalid")
    assert found() == set()


def test_merging_withdraws_moves_and_closes(session, make, programme, coordinator, mentee, merge):
    kept, gone = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    make.profile(gone, number=2, state=ProfileState.SUBMITTED)
    mentor = make.mentor(programme)
    proposal = pairs.proposal(make, mentor, gone)
    old = pairs.tandem(make, mentor, gone, TandemState.DECLINED)
    notes.add_note(
        session, gone.key, notes.NoteDraft(text="Hello"), programme=programme, actor=coordinator
    )
    for who, company in ((kept, mentor.company), (gone, mentor.company), (gone, None)):
        draft = exclusions.ExclusionDraft(
            mentee_key=who.key,
            mentor_key="" if company else mentor.key,
            company_key=company.key if company else "",
            asked_by=Side.MENTEE,
        )
        exclusions.exclude(session, draft, programme=programme, actor=coordinator)
    merge(kept, gone)
    session.expire_all()
    person = people.get_person(session, gone.key, programme=programme, actor=coordinator)
    assert {version.state for version in person.versions} == {ProfileState.WITHDRAWN}
    assert gone.membership.account.disabled_at is not None
    assert proposal.state is ProposalState.STALE
    assert old.mentee_id == gone.id
    assert session.scalars(sa.select(Note.mentee_id)).all() == [kept.id]
    assert session.scalars(sa.select(Exclusion.mentee_id)).all() == [kept.id, kept.id]
    row = session.scalars(sa.select(Merge)).one()
    assert (row.kept_mentee_id, row.gone_mentee_id) == (kept.id, gone.id)
    assert "merge" in session.scalars(sa.select(AuditEvent.action)).all()


def test_who_is_gone_is_listed_no_more(session, programme, coordinator, mentee, merge, found):
    kept, gone = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    merge(kept, gone)
    assert found() == set()
    listing = people.list_people(session, programme, people.Search(), actor=coordinator)
    assert [person.who.id for person in listing.people] == [kept.id]
    for pair in ((kept, gone), (gone, kept)):
        with pytest.raises(duplicates.Unmergeable) as caught:
            merge(*pair)
        assert caught.value.code == "merged"


def test_a_live_tandem_blocks_only_the_entry_that_would_go(session, make, programme, mentee, merge):
    kept, gone = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    pairs.invited(make, make.mentor(programme), gone)
    with pytest.raises(duplicates.Unmergeable) as caught:
        merge(kept, gone)
    assert caught.value.code == "live"
    session.expire_all()
    assert not session.scalars(sa.select(Merge)).all()
    merge(gone, kept)


def test_an_account_on_which_something_else_hangs_stays_open(
    session, make, programme, mentee, merge
):
    kept, gone = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    make.membership(make.programme(), Role.MENTEE, gone.membership.account)
    session.expire_all()
    merge(kept, gone)
    assert gone.membership.account.disabled_at is None


def test_who_speaks_for_a_company_does_so_under_the_entry_that_stays(
    session, make, programme, merge
):
    company, other = make.company(programme), make.company(programme)
    gone, kept = make.mentor(programme, company=company), make.mentor(programme, company=company)
    elsewhere = make.mentor(programme, company=other)
    gone.is_contact = True
    make.save(gone)
    with pytest.raises(duplicates.Unmergeable) as caught:
        merge(elsewhere, gone)
    assert caught.value.code == "contact"
    merge(kept, gone)
    session.expire_all()
    assert (kept.is_contact, gone.is_contact) == (True, False)


def test_only_two_of_one_side_become_one(make, programme, mentee, merge):
    one = mentee("Nour", "Al-Musa")
    for other in (one, make.mentor(programme)):
        with pytest.raises(duplicates.Unmergeable) as caught:
            merge(one, other)
        assert caught.value.code == "not_two"
    with pytest.raises(NotFound):
        merge(one, make.mentee(make.programme()))


def test_nobody_merges_themselves_or_elsewhere(make, programme, mentee, merge, session):
    one = mentee("Nour", "Al-Musa")
    actor = make.coordinator(programme)
    both = make.mentee(programme, account=actor)
    for who in (actor, make.coordinator(make.programme()), one.membership.account):
        with pytest.raises(NotAllowed):
            merge(one, both, actor=who)
    with pytest.raises(NotAllowed):
        duplicates.find_duplicates(session, programme, actor=one.membership.account)


def test_two_thousand_are_compared_in_few_statements(session, make, programme, coordinator):
    count = 2_000
    accounts = [
        {
            "email": f"p{at}@many.example", "first_name": f"Ali{at % 40}", "key": f"k{at}",
            "last_name": f"Hassan{at}", "password_hash": "x" * 20, "locale": "de",
        }
        for at in range(count)
    ]  # fmt: skip
    session.execute(sa.insert(Account), accounts)
    ids = session.scalars(sa.select(Account.id).where(Account.email.like("%@many.example"))).all()
    session.execute(
        sa.insert(Membership),
        [{"programme_id": programme.id, "account_id": one, "role": Role.MENTEE} for one in ids],
    )
    members = session.scalars(sa.select(Membership.id).where(Membership.role == Role.MENTEE)).all()
    session.execute(
        sa.insert(Mentee),
        [{"programme_id": programme.id, "membership_id": one, "key": f"m{one}"} for one in members],
    )
    session.commit()
    with statements(session) as seen:
        duplicates.find_duplicates(session, programme, actor=coordinator)
    assert len(seen) <= 6


@pytest.fixture
def apart(session, programme, coordinator):
    def tell(one, other, act=duplicates.distinguish, actor=coordinator):
        act(session, one.key, other.key, programme=programme, actor=actor)

    return tell


def test_who_was_told_apart_is_not_shown_again_until_that_is_taken_back(
    session, programme, coordinator, mentee, found, apart
):
    one, other = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    apart(other, one)
    apart(one, other)
    assert found() == set()
    [known] = duplicates.list_distinctions(session, programme, actor=coordinator)
    assert (known.one.name, known.other.name) == (one.name, other.name)
    assert (known.one.key, known.by) == (one.key, coordinator.name)
    apart(one, other, duplicates.confuse)
    apart(one, other, duplicates.confuse)
    assert found() == {(one.name, other.name)}
    assert not duplicates.list_distinctions(session, programme, actor=coordinator)


def test_a_third_entry_is_still_shown(mentee, found, apart):
    one, other = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    third = mentee("Noor", "Al Musa")
    apart(one, other)
    assert found() == {(one.name, third.name), (other.name, third.name)}


def test_only_two_of_ones_own_programme_are_told_apart(make, programme, mentee, apart):
    one, stranger = mentee("Nour", "Al-Musa"), make.mentee(make.programme())
    for other in (one, stranger):
        with pytest.raises(NotFound):
            apart(one, other)
    mine = make.mentee(programme)
    actor = make.membership(programme, Role.COORDINATOR, mine.membership.account).account
    make.session.expire_all()
    with pytest.raises(NotAllowed):
        apart(one, mine, actor=actor)


def test_merging_forgets_that_they_were_two(session, mentee, apart, merge):
    one, other = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    apart(one, other)
    merge(one, other)
    assert not session.scalars(sa.select(Distinction)).all()


def test_erasing_one_forgets_that_they_were_two(
    session, programme, coordinator, mentee, apart, found
):
    one, other = mentee("Nour", "Al-Musa"), mentee("Nour", "Al Musa")
    apart(one, other)
    erasing.erase(
        session, other, programme=programme, actor=coordinator, asked=erasing.WhoAsked.STAFF
    )
    assert not session.scalars(sa.select(Distinction)).all()
    assert found() == set()
