"""A programme in which there is one of everything, each thing marked by a canary."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from tandem.clock import now
from tandem.db import transaction
from tandem.models import (
    Account,
    Again,
    CheckIn,
    Company,
    Import,
    Mail,
    MailState,
    Meeting,
    Mentee,
    Mentor,
    Outcome,
    Programme,
    Proposal,
    Round,
    Shortlist,
    Side,
    Survey,
    Tandem,
    TandemState,
    Todo,
    Way,
)
from tandem.services import closings, desk, entering, mails, outcomes, todos
from tandem.services.outcomes import attending as following_up
from tandem.services.programmes import today
from tandem.services.tandems.letters import person_on
from tests.support import agreeing, asking, lists, pairs, solving
from tests.support.make import Make

_numbers = count(1)


@dataclass(frozen=True)
class World:
    """One programme, its people, and a thing of every kind."""

    canary: str
    programme: Programme
    coordinator: Account
    company: Company
    mentor: Mentor
    mentee: Mentee
    waiting: Mentee
    entered: Mentor | Mentee
    round: Round
    proposal: Proposal
    shortlist: Shortlist
    tandem: Tandem
    running: Tandem
    ended: Tandem
    survey: Survey
    outcome: Outcome
    check_in: CheckIn
    import_: Import
    todo: Todo
    meeting: Meeting
    mail: Mail

    def key_for(self, endpoint: str) -> str:
        """Return the key of the thing that an endpoint's address names."""
        noun = endpoint.partition(".")[0]
        keys = {
            "companies": self.company.key,
            "company": self.mentor.key,
            "people": self.mentee.key,
            "desk": self.entered.key,
            "rounds": self.round.key,
            "exports": self.round.key,
            "proposals": self.proposal.key,
            "shortlists": self.shortlist.key,
            "tandems": self.tandem.key,
            "check-ins": self.check_in.key,
            "today": self.tandem.key,
            "diary": self.running.key,
            "meetings": self.meeting.key,
            "todos": self.todo.key,
            "agreements": self.running.key,
            "closings": self.running.key,
            "certificates": self.ended.key,
            "surveys": self.survey.key,
            "outcomes": self.outcome.key,
            "imports": self.import_.key,
            "mails": self.mail.key,
        }
        return keys[noun]


def build(make: Make) -> World:
    """Make a programme with a company, people, a solved round, a proposal and a tandem."""
    canary = f"Canary{next(_numbers)}x"
    programme = make.programme(region=canary, contact_name=canary)
    coordinator = make.coordinator(programme, last_name=canary)
    company = make.company(programme, name=canary)
    mentor = make.mentor(
        programme,
        company=company,
        account=make.account(first_name=canary),
        about=canary,
        capacity=2,
    )
    mentor.is_contact = True
    mentee = make.mentee(programme, account=make.account(first_name=canary), about=canary)
    waiting = make.mentee(programme, account=make.account(last_name=canary), about=canary)
    tandem = pairs.invited(make, mentor, mentee, by=coordinator)
    running = _running(make, programme, company, by=coordinator, canary=canary)
    ended = pairs.tandem(
        make,
        make.mentor(programme, company=company, account=make.account(first_name=canary)),
        make.mentee(programme, account=make.account(first_name=canary)),
        TandemState.ACTIVE,
        by=coordinator,
    )
    check_in = make.save(
        CheckIn(
            programme_id=programme.id,
            tandem_id=running.id,
            side=Side.MENTEE,
            number=1,
            due_on=running.created_at.date(),
        )
    )
    round_ = make.round(programme, name=canary)
    [proposal] = solving.solve(make.session, round_, actor=coordinator)
    survey, outcome = _end(make, ended, programme, by=coordinator, canary=canary)
    shortlist = asking.save(make, proposal)
    entered = desk.enter_at_desk(
        make.session,
        desk.DeskDraft(
            side=Side.MENTEE,
            person=entering.Entry(first_name=canary, last_name=canary, email="", locale="en"),
        ),
        programme=programme,
        actor=coordinator,
    )
    lists.bring(make.session, programme, coordinator, rows=list_of(canary))
    import_ = lists.read(make.session)
    todo = todos.add_todo(
        make.session,
        todos.TodoDraft(text=canary, due_on=today(programme), tandem_key=tandem.key),
        programme=programme,
        actor=coordinator,
    )
    make.session.commit()
    return World(
        canary=canary,
        programme=programme,
        coordinator=coordinator,
        company=company,
        mentor=mentor,
        mentee=mentee,
        waiting=waiting,
        entered=entered,
        round=round_,
        proposal=proposal,
        shortlist=shortlist,
        tandem=tandem,
        running=running,
        ended=ended,
        survey=survey,
        outcome=outcome,
        check_in=check_in,
        import_=import_,
        todo=todo,
        meeting=make.save(_meeting(running, canary)),
        mail=_refused(make, mentee),
    )


def _refused(make: Make, mentee: Mentee) -> Mail:
    """Have the first mail to a mentee refused for good."""
    to_them = mails.is_to(mentee.membership.account)
    mail = make.session.query(Mail).filter(to_them).order_by(Mail.id).first()
    assert mail is not None
    mail.state, mail.due_at, mail.problem = MailState.FAILED, None, "no_mailbox: 550 no such user"
    return make.save(mail)


def _meeting(tandem: Tandem, canary: str) -> Meeting:
    """Return a meeting of yesterday: whether it took place is still to be said."""
    return Meeting(
        programme_id=tandem.programme_id,
        tandem_id=tandem.id,
        starts_at=now() - timedelta(days=1),
        minutes=60,
        way=Way.IN_PERSON,
        place=canary,
        topic=canary,
        proposed_by=Side.MENTOR,
    )


def _running(
    make: Make, programme: Programme, company: Company, *, by: Account, canary: str
) -> Tandem:
    """Make a tandem of a mentor and a mentee whom no mail can reach, with its agreement."""
    mentor = make.mentor(programme, company=company, account=make.account(first_name=canary))
    nobody = make.account(
        first_name=canary, email=f"{canary.lower()}@entered.invalid", confirmed_at=None
    )
    mentee = make.mentee(programme, account=nobody)
    mentee.entered_by_id, mentee.informed_at = by.id, now()
    made = pairs.tandem(make, mentor, make.save(mentee), TandemState.ACTIVE, by=by)
    wording = agreeing.propose(make, made, own_goals=(canary,), contact=canary)
    agreeing.agree(make, made, wording, by=by)
    return made


def _end(
    make: Make, tandem: Tandem, programme: Programme, *, by: Account, canary: str
) -> tuple[Survey, Outcome]:
    """Complete a tandem; return what one side said of it, and what became of it."""
    draft = closings.ClosingDraft(text=canary, talked_on=today(programme))
    closings.close(make.session, tandem.key, draft, programme=programme, actor=by)
    with transaction(make.session):
        following_up.attend(make.session, tandem, programme)
    surveys = closings.surveys_of(make.session, tandem)
    for survey in surveys:
        answers = closings.SurveyDraft(
            satisfied=5, reached=4, supported=5, again=Again.YES, remark=canary
        )
        actor = person_on(tandem, survey.side).membership.account
        closings.answer_survey(make.session, survey.key, answers, programme=programme, actor=actor)
    [outcome] = outcomes.outcomes_of(make.session, tandem)
    return surveys[0], outcome


def list_of(canary: str) -> list[tuple[str, ...]]:
    """Return a list with a canary in every cell that holds words."""
    header = ("Vorname", "Nachname", "E-Mail", "Deutsch", "Bemerkung")
    row = (canary, "Nur", f"{canary.lower()}@people.example", f"ganz {canary}", canary)
    return [header, row, (canary, "Kaya", "", "B1", canary)]
