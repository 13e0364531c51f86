"""Erasing people: nothing says any more who they were, and nobody else loses anything (H1)."""

from datetime import date

import pytest
import sqlalchemy as sa

from tandem.clock import now
from tandem.errors import NotAllowed
from tandem.models import (
    Account,
    Adjustment,
    AdjustmentKind,
    AuditEvent,
    Base,
    Company,
    CompanyState,
    Decision,
    Exclusion,
    Look,
    Mail,
    MailState,
    Mentor,
    Merge,
    Note,
    Notice,
    Profile,
    ProfileState,
    Proposal,
    ProposalState,
    Side,
    SignIn,
    Snapshot,
    SnapshotPerson,
    Tandem,
    TandemState,
    Todo,
    Verdict,
)
from tandem.services import accounts, erasing, looks, rounds, tandems
from tandem.services.erasing import WhoAsked
from tandem.services.matchmaking import replaying
from tests.support import asking, pairs, solving

CANARY = "Zyxqu"
WORDS = ("job_title", "about", "occupation_words", "past_occupation_words",
         "qualification_name", "avoid_words")  # fmt: skip


@pytest.fixture
def programme(make):
    return make.programme(slug="heide")


def canary_account(make):
    return make.account(
        first_name=f"{CANARY}Anna", last_name=f"{CANARY}Berg", email=f"{CANARY}@x.example".lower()
    )


def canary_words():
    return dict.fromkeys(WORDS, f"{CANARY} words")


def erase(session, person, *, actor=None, asked=WhoAsked.SELF):
    programme = person.membership.programme
    actor = actor or person.membership.account
    return erasing.erase(session, person, programme=programme, actor=actor, asked=asked)


def places_with(session, text):
    """Where in the database a text stands, as (table, id)."""
    session.expire_all()
    return [
        (table.name, row.id)
        for table in Base.metadata.sorted_tables
        for row in session.execute(sa.select(table))
        if any(text.lower() in str(value).lower() for value in row)
    ]


def everything_but(session, ids):
    """Every row, apart from those that an erasure is about and what it writes."""
    session.expire_all()
    return {
        (table.name, row.id): tuple(row)
        for table in Base.metadata.sorted_tables
        for row in session.execute(sa.select(table))
        if (table.name, row.id) not in ids and table.name not in {"audit_events", "mails"}
    }


@pytest.fixture(params=[Side.MENTOR, Side.MENTEE])
def scene(request, make, session, programme, coordinator):
    """A person of either side who has left traces everywhere, and the person across."""
    account = canary_account(make)
    if request.param is Side.MENTEE:
        person = make.mentee(programme, account=account, **canary_words())
        pair = (make.mentor(programme), person)
        across = make.mentor(programme)
    else:
        person = make.mentor(programme, account=account, **canary_words())
        pair = (person, make.mentee(programme))
        across = make.mentee(programme)
    before = pairs.tandem(make, *pair, TandemState.DECLINED, by=coordinator)
    before.decline_reason = f"{CANARY} has no time."
    make.save(before)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    asking.save(make, proposal)
    theirs = {f"{request.param.value}_id": person.id, "programme_id": programme.id}
    make.save(
        Adjustment(
            round_id=round_.id, kind=AdjustmentKind.SET_ASIDE, reason=f"{CANARY} is ill",
            account_id=coordinator.id, **theirs,
        )
    )  # fmt: skip
    make.save(Note(text=f"{CANARY} called.", account_id=coordinator.id, **theirs))
    make.save(
        Exclusion(
            programme_id=programme.id, mentor_id=pair[0].id, mentee_id=pair[1].id,
            asked_by=Side.MENTEE, account_id=coordinator.id,
        )
    )  # fmt: skip
    looks.note_look(session, person, account=coordinator)
    draft = make.profile(person, number=2, state=ProfileState.DRAFT, **canary_words())
    decided = solving.decide(session, proposal, actor=coordinator)
    tandem = session.scalars(sa.select(Tandem).where(Tandem.decision_id == decided.id)).one()
    for who in (person, across):
        answer(session, tandem, who)
    about = {"programme_id": programme.id, "tandem_id": tandem.id, "account_id": coordinator.id}
    make.save(Note(text=f"{CANARY} is well.", **about))
    make.save(Todo(text=f"Call {CANARY}.", due_on=date(2030, 1, 1), **about))
    accounts.open_session(session, account)
    session.commit()
    return person, across, tandem, draft, round_


def answer(session, tandem, who):
    """Say yes, as one side of a tandem."""
    tandems.answer(
        session, tandem.key, programme=who.membership.programme, actor=who.membership.account,
        says_yes=True, seen_version=tandem.version,
    )  # fmt: skip


def test_no_table_holds_what_says_who_it_was(session, scene):
    person, *_ = scene
    assert {table for table, _ in places_with(session, CANARY)} >= {
        "accounts", "profile_versions", "notes", "adjustments", "mails", "tandems",
    }  # fmt: skip
    assert erase(session, person) is True
    assert places_with(session, CANARY) == []


def test_what_was_said_is_gone_from_every_version(session, scene):
    person, *_ = scene
    erase(session, person)
    session.expire_all()
    column = Profile.mentor_id if isinstance(person, Mentor) else Profile.mentee_id
    versions = session.scalars(sa.select(Profile).where(column == person.id)).all()
    assert len(versions) == 2
    for version in versions:
        assert version.state is ProfileState.WITHDRAWN
        assert version.languages == {}
        assert (version.sectors, version.topics, version.slots) == ([], [], [])
        said = (version.occupation, version.level, version.postal_code, version.gender)
        assert said == (None, None, None, None)
    for model in (Note, Todo, Look, Exclusion, SignIn):
        assert session.scalars(sa.select(model)).all() == []


def test_nobody_else_loses_anything(session, scene):
    person, across, *_ = scene
    others = {
        key: row
        for key, row in everything_but(session, ()).items()
        if key[0] in {"accounts", "companies", "decisions", "memberships", "profile_versions",
                      "snapshots", "policy_versions", "language_skills", "rounds"}
    }  # fmt: skip
    own = {("accounts", person.membership.account_id)}
    own |= {("companies", getattr(person, "company_id", None))}
    own |= {("profile_versions", each) for each in versions_of(session, person)}
    own |= {("language_skills", each) for each in skills_of(session, person)}
    erase(session, person)
    after = everything_but(session, ())
    for key, row in others.items():
        if key not in own:
            assert after[key] == row, key
    assert session.get_one(type(across), across.id).membership.account.first_name != erasing_mark()


def versions_of(session, person):
    column = Profile.mentor_id if isinstance(person, Mentor) else Profile.mentee_id
    return session.scalars(sa.select(Profile.id).where(column == person.id)).all()


def skills_of(session, person):
    column = Profile.mentor_id if isinstance(person, Mentor) else Profile.mentee_id
    query = sa.select(Profile).where(column == person.id)
    return [skill.id for each in session.scalars(query) for skill in each.language_skills]


def erasing_mark():
    return "…"


def test_the_live_tandem_ends_and_the_other_side_is_told_without_a_reason(session, scene):
    person, across, tandem, *_ = scene
    erase(session, person)
    session.refresh(tandem)
    assert tandem.state is TandemState.ENDED_EARLY
    assert tandem.ended_at is not None
    theirs = session.scalars(sa.select(Mail).where(Mail.kind == "tandem_left")).one()
    assert theirs.to_address == across.membership.account.email
    assert "does not take part any more" in theirs.text
    assert session.scalars(sa.select(Notice.kind)).all() == ["tandem_left"]


def test_an_invitation_is_taken_back(session, make, programme):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    tandem = pairs.invited(make, mentor, mentee)
    erase(session, mentee)
    session.refresh(tandem)
    assert tandem.state is TandemState.WITHDRAWN
    assert tandem.due_at is None
    kinds = session.scalars(sa.select(Mail.kind)).all()
    assert kinds == ["tandem_left"]


def test_the_round_goes_on_without_the_person_and_is_replayed_the_same(session, scene):
    person, _, _, _, round_ = scene
    erase(session, person)
    again = replaying.replay(session, round_.key)
    assert again.is_same
    assert again.erased == 1
    cut = sa.select(SnapshotPerson).where(SnapshotPerson.profile_id.is_(None))
    assert len(session.scalars(cut).all()) == 1


def test_proposals_go_stale_and_a_trial_that_waits_is_laid_aside(
    session, make, programme, coordinator
):
    mentor, mentee = make.mentor(programme), make.mentee(programme)
    round_ = make.round(programme)
    [proposal] = solving.solve(session, round_, actor=coordinator)
    with solving.solving(session, round_, actor=coordinator):
        pass
    assert rounds.pending(session, round_) is not None
    erase(session, mentee)
    session.expire_all()
    assert proposal.state is ProposalState.STALE
    assert rounds.pending(session, round_) is None
    assert mentor.erased_at is None


def test_whoever_goes_while_a_round_is_solved_is_not_proposed(
    session, make, programme, coordinator
):
    make.mentor(programme)
    mentee = make.mentee(programme)
    round_ = make.round(programme)
    with solving.solving(session, round_, actor=coordinator):
        erase(session, mentee)
    assert session.scalars(sa.select(Proposal)).all() == []


def test_twice_is_once(session, scene):
    person, *_ = scene
    account = person.membership.account
    assert erase(session, person, actor=account) is True
    events = sa.select(sa.func.count(AuditEvent.id))
    before = session.scalar(events)
    assert erase(session, person, actor=account) is False
    assert session.scalar(events) == before


def test_the_trail_holds_ids_and_how_much_went(session, scene):
    person, *_ = scene
    number = person.membership.account_id
    erase(session, person)
    event = session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "erase_person")).one()
    assert (event.account_id, event.subject_id) == (number, person.id)
    assert event.details["asked"] == "self"
    assert event.details["tandems"] == 1


def test_the_account_lets_nobody_in(session, scene):
    person, *_ = scene
    erase(session, person)
    account = session.get_one(Account, person.membership.account_id)
    assert not account.can_sign_in
    assert not account.has_email
    with pytest.raises(accounts.SignInRefused):
        accounts.sign_in(session, f"{CANARY}@x.example".lower(), "whatever it was", locale=None)


def test_what_the_person_is_elsewhere_stays(session, make, programme):
    there = make.programme()
    account = canary_account(make)
    here = make.mentee(programme, account=account)
    elsewhere = make.mentor(there, account=account)
    erase(session, here)
    session.expire_all()
    assert elsewhere.name == f"{CANARY}Anna {CANARY}Berg"
    assert here.name != elsewhere.name
    assert here.membership.account_id != elsewhere.membership.account_id
    assert account.can_sign_in
    erase(session, elsewhere)
    assert places_with(session, CANARY) == []


def test_whoever_is_both_is_erased_as_both(session, make, programme):
    account = canary_account(make)
    mentor, mentee = (make_(programme, account=account) for make_ in (make.mentor, make.mentee))
    erase(session, mentee)
    session.expire_all()
    assert mentor.erased_at is not None
    assert places_with(session, CANARY) == []


def test_entries_merged_into_the_person_go_too(session, make, programme, coordinator):
    kept = make.mentee(programme, **canary_words())
    gone = make.mentee(programme, account=canary_account(make), state=None)
    make.profile(gone, state=ProfileState.DRAFT, **canary_words())
    make.save(
        Merge(
            programme_id=programme.id, kept_mentee_id=kept.id, gone_mentee_id=gone.id,
            account_id=coordinator.id,
        )
    )  # fmt: skip
    erase(session, kept)
    assert places_with(session, CANARY) == []


def test_staff_erase_whoever_asks_them(session, scene, coordinator):
    person, *_ = scene
    erase(session, person, actor=coordinator, asked=WhoAsked.STAFF)
    assert places_with(session, CANARY) == []


def test_nobody_erases_others(session, scene, make):
    person, across, *_ = scene
    with pytest.raises(NotAllowed):
        erase(session, person, actor=across.membership.account)
    with pytest.raises(NotAllowed):
        erase(session, person, actor=across.membership.account, asked=WhoAsked.STAFF)
    stranger = make.coordinator(make.programme())
    with pytest.raises(NotAllowed):
        erase(session, person, actor=stranger, asked=WhoAsked.STAFF)
    assert person.erased_at is None


def test_a_company_that_was_never_vetted_goes_with_its_last_mentor(session, make, programme):
    company = make.company(programme, name=CANARY, state=CompanyState.REGISTERED, phone="0481 1")
    first, last = (make.mentor(programme, company=company, state=None) for _ in range(2))
    erase(session, first)
    assert session.get_one(Company, company.id).name == CANARY
    erase(session, last)
    assert places_with(session, CANARY) == []


def test_a_vetted_company_stays_and_its_contact_is_free(session, make, programme):
    company = make.company(programme)
    mentor = make.mentor(programme, company=company, is_contact=True)
    make.mentor(programme, company=company)
    erase(session, mentor)
    session.expire_all()
    assert not mentor.is_contact
    assert company.name.startswith("Company")
    assert company.is_vetted


def test_a_mail_that_waits_for_somebody_of_the_same_name_still_leaves(session, make, programme):
    person = make.mentee(programme, account=canary_account(make))
    namesake = make.account(first_name=f"{CANARY}Anna", last_name=f"{CANARY}Berg")
    queued = make.save(
        Mail(
            programme_id=programme.id, kind="test", dedup_key=f"test:{namesake.id}:x",
            message_id="<1@x>", to_address=namesake.email, locale="en", subject="s",
            text=f"Hello {namesake.name}", html="", due_at=now(),
        )
    )  # fmt: skip
    erase(session, person)
    assert session.get(Mail, queued.id).state is MailState.QUEUED


def test_decisions_and_snapshots_stay_as_they_are(session, scene):
    frozen = [session.execute(sa.select(model.__table__)).all() for model in (Decision, Snapshot)]
    erase(session, scene[0])
    assert frozen == [
        session.execute(sa.select(model.__table__)).all() for model in (Decision, Snapshot)
    ]
    assert Verdict.CONFIRMED in {each.verdict for each in frozen[0]}
