"""Tables and what is true of one row. No queries, no rules across rows."""

from sqlalchemy import event

from tandem.models.accounts import Account, Membership, Role, SignIn, Token, TokenPurpose
from tandem.models.adjustments import Adjustment, AdjustmentKind
from tandem.models.agreements import Agreement, AgreementState, Goal
from tandem.models.audit import AuditEvent
from tandem.models.base import Base
from tandem.models.check_ins import Again, CheckIn, CheckInState, Survey
from tandem.models.companies import Company, CompanySize, CompanyState
from tandem.models.distinctions import Distinction
from tandem.models.exclusions import Exclusion
from tandem.models.guards import GUARDS, REFUSE, statement
from tandem.models.imports import Import, ImportKind, ImportState, Reading
from tandem.models.looks import Look
from tandem.models.mails import Mail, MailState
from tandem.models.meetings import Calendar, Meeting, MeetingState, Mood, Way
from tandem.models.merges import Merge
from tandem.models.notes import Note, NoteKind
from tandem.models.notices import Digest, Notice, Rhythm
from tandem.models.outcomes import MONTHS, Outcome, OutcomeKind, Source
from tandem.models.people import MOST_PLACES, Mentee, Mentor
from tandem.models.policies import PolicyVersion
from tandem.models.profiles import LanguageSkill, Profile, ProfileState, Side
from tandem.models.programmes import Programme
from tandem.models.proposals import Decision, Proposal, ProposalState, Verdict
from tandem.models.reports import Report
from tandem.models.rounds import Round, RoundState, Snapshot, SnapshotPerson
from tandem.models.shortlists import MOST_CHOICES, Choice, Shortlist
from tandem.models.tandems import LIVE, RUNNING, EndReason, Tandem, TandemState
from tandem.models.todos import Todo

event.listen(Base.metadata, "before_create", statement(REFUSE, "postgresql"))

__all__ = [
    "GUARDS",
    "LIVE",
    "MONTHS",
    "MOST_CHOICES",
    "MOST_PLACES",
    "RUNNING",
    "Account",
    "Adjustment",
    "AdjustmentKind",
    "Again",
    "Agreement",
    "AgreementState",
    "AuditEvent",
    "Base",
    "Calendar",
    "CheckIn",
    "CheckInState",
    "Choice",
    "Company",
    "CompanySize",
    "CompanyState",
    "Decision",
    "Digest",
    "Distinction",
    "EndReason",
    "Exclusion",
    "Goal",
    "Import",
    "ImportKind",
    "ImportState",
    "LanguageSkill",
    "Look",
    "Mail",
    "MailState",
    "Meeting",
    "MeetingState",
    "Membership",
    "Mentee",
    "Mentor",
    "Merge",
    "Mood",
    "Note",
    "NoteKind",
    "Notice",
    "Outcome",
    "OutcomeKind",
    "PolicyVersion",
    "Profile",
    "ProfileState",
    "Programme",
    "Proposal",
    "ProposalState",
    "Reading",
    "Report",
    "Rhythm",
    "Role",
    "Round",
    "RoundState",
    "Shortlist",
    "Side",
    "SignIn",
    "Snapshot",
    "SnapshotPerson",
    "Source",
    "Survey",
    "Tandem",
    "TandemState",
    "Todo",
    "Token",
    "TokenPurpose",
    "Verdict",
    "Way",
]
