"""A programme in which there is one of everything, each thing marked by a canary."""

from dataclasses import dataclass
from itertools import count

from tandem.models import (
    Account,
    CheckIn,
    Company,
    Import,
    Mentee,
    Mentor,
    Programme,
    Proposal,
    Round,
    Shortlist,
    Side,
    Tandem,
    TandemState,
)
from tandem.services import desk, entering
from tests.support import asking, lists, pairs, solving
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
    check_in: CheckIn
    import_: Import

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
            "agreements": self.running.key,
            "imports": self.import_.key,
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
    running = pairs.tandem(
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
        check_in=check_in,
        import_=import_,
    )


def list_of(canary: str) -> list[tuple[str, ...]]:
    """Return a list with a canary in every cell that holds words."""
    header = ("Vorname", "Nachname", "E-Mail", "Deutsch", "Bemerkung")
    row = (canary, "Nur", f"{canary.lower()}@people.example", f"ganz {canary}", canary)
    return [header, row, (canary, "Kaya", "", "B1", canary)]
