"""Tables and what is true of one row. No queries, no rules across rows."""

from sqlalchemy import event

from tandem.models.accounts import Account, Membership, Role, SignIn, Token, TokenPurpose
from tandem.models.adjustments import Adjustment, AdjustmentKind
from tandem.models.audit import AuditEvent
from tandem.models.base import Base
from tandem.models.companies import Company, CompanySize, CompanyState
from tandem.models.exclusions import Exclusion
from tandem.models.guards import GUARDS, REFUSE, statement
from tandem.models.imports import Import, ImportKind, ImportState, Reading
from tandem.models.looks import Look
from tandem.models.mails import Mail, MailState
from tandem.models.merges import Merge
from tandem.models.notes import Note, NoteKind
from tandem.models.people import MOST_PLACES, Mentee, Mentor
from tandem.models.policies import PolicyVersion
from tandem.models.profiles import LanguageSkill, Profile, ProfileState, Side
from tandem.models.programmes import Programme
from tandem.models.proposals import Decision, Proposal, ProposalState, Verdict
from tandem.models.rounds import Round, RoundState, Snapshot, SnapshotPerson
from tandem.models.shortlists import MOST_CHOICES, Choice, Shortlist
from tandem.models.tandems import LIVE, Tandem, TandemState

event.listen(Base.metadata, "before_create", statement(REFUSE, "postgresql"))

__all__ = [
    "GUARDS",
    "LIVE",
    "MOST_CHOICES",
    "MOST_PLACES",
    "Account",
    "Adjustment",
    "AdjustmentKind",
    "AuditEvent",
    "Base",
    "Choice",
    "Company",
    "CompanySize",
    "CompanyState",
    "Decision",
    "Exclusion",
    "Import",
    "ImportKind",
    "ImportState",
    "LanguageSkill",
    "Look",
    "Mail",
    "MailState",
    "Membership",
    "Mentee",
    "Mentor",
    "Merge",
    "Note",
    "NoteKind",
    "PolicyVersion",
    "Profile",
    "ProfileState",
    "Programme",
    "Proposal",
    "ProposalState",
    "Reading",
    "Role",
    "Round",
    "RoundState",
    "Shortlist",
    "Side",
    "SignIn",
    "Snapshot",
    "SnapshotPerson",
    "Tandem",
    "TandemState",
    "Token",
    "TokenPurpose",
    "Verdict",
]
