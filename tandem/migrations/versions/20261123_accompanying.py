"""What a tandem lives through: agreement, meetings, check-ins, outcomes, notices, reports.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from tandem.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GUARDS = [
    ("ck_agreements_first_state", "agreements", "INSERT", "NEW.state NOT IN ('proposed')"),
    (
        "ck_agreements_next_state",
        "agreements",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'proposed' AND NEW.state IN ('dropped', 'in_force')) OR (OLD.state = 'in_force' AND NEW.state IN ('replaced')))",
    ),
    (
        "ck_agreements_frozen",
        "agreements",
        "UPDATE OF every_weeks, begins_on, ends_on, ways, contact, confidentiality, proposed_by",
        "OLD.state <> 'proposed'",
    ),
    ("ck_check_ins_first_state", "check_ins", "INSERT", "NEW.state NOT IN ('open')"),
    (
        "ck_check_ins_next_state",
        "check_ins",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state IN ('answered', 'lapsed')) OR (OLD.state = 'lapsed' AND NEW.state IN ('answered')))",
    ),
    (
        "ck_mails_body_frozen",
        "mails",
        "UPDATE OF text, html, calendar",
        "OLD.state = 'queued' OR NEW.text <> '' OR NEW.html <> '' OR NEW.calendar <> ''",
    ),
    (
        "ck_meetings_first_state",
        "meetings",
        "INSERT",
        "NEW.state NOT IN ('held', 'missed', 'proposed')",
    ),
    (
        "ck_meetings_next_state",
        "meetings",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'proposed' AND NEW.state IN ('accepted', 'cancelled', 'held', 'missed')) OR (OLD.state = 'accepted' AND NEW.state IN ('cancelled', 'held', 'missed', 'proposed')) OR (OLD.state = 'held' AND NEW.state IN ('cancelled', 'missed')) OR (OLD.state = 'missed' AND NEW.state IN ('cancelled', 'held')))",
    ),
    ("ck_mails_frozen", "mails", "UPDATE OF message_id, to_address, subject", "1 = 1"),
    ("ck_reports_frozen", "reports", "UPDATE", "1 = 1"),
]
MAILS_FROZEN_BEFORE = (
    "ck_mails_frozen",
    "mails",
    "UPDATE OF message_id, to_address, subject, text, html",
    "1 = 1",
)
CHECKED = [
    ("mails", "calendar", "TEXT NOT NULL DEFAULT ''", {}),
    (
        "programmes",
        "check_in_first_days",
        "INTEGER NOT NULL DEFAULT 30",
        {"check_in_first_range": "check_in_first_days BETWEEN 7 AND 365"},
    ),
    (
        "programmes",
        "check_in_days",
        "INTEGER NOT NULL DEFAULT 60",
        {"check_in_days_range": "check_in_days BETWEEN 14 AND 365"},
    ),
    (
        "programmes",
        "tandem_months",
        "INTEGER NOT NULL DEFAULT 6",
        {"tandem_months_range": "tandem_months BETWEEN 1 AND 24"},
    ),
    (
        "programmes",
        "silent_days",
        "INTEGER NOT NULL DEFAULT 21",
        {"silent_days_range": "silent_days BETWEEN 7 AND 180"},
    ),
    (
        "tandems",
        "ended_by",
        "VARCHAR(40)",
        {"side": "ended_by IN ('mentor', 'mentee')"},
    ),
    (
        "tandems",
        "end_reason",
        "VARCHAR(40)",
        {
            "endreason": "end_reason IN ('found_work', 'no_time', 'moved', 'no_contact',"
            " 'did_not_fit', 'personal', 'other')"
        },
    ),
    (
        "tandems",
        "end_note",
        "VARCHAR(500) NOT NULL DEFAULT ''",
        {
            "end_note_length": "length(end_note) BETWEEN 0 AND 500",
            "end_has_reason": "state <> 'ended_early' OR end_reason IS NOT NULL",
        },
    ),
]


def upgrade() -> None:
    """Make the tables, their guards, and the columns."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2200", name=op.f("ck_reports_year_range")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_reports_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_reports_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("programme_id", "year", name=op.f("uq_reports_programme_id_year")),
    )
    op.create_table(
        "calendars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=24), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "membership_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_calendars_programme_id_membership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_calendars_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendars")),
        sa.UniqueConstraint("key", name=op.f("uq_calendars_key")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_calendars_membership_id")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "daily",
                "at_once",
                "never",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "membership_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_digests_programme_id_membership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_digests_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_digests_membership_id")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_digests_programme_id_id")),
    )
    op.create_index("ix_digests_due_at", "digests", ["due_at"], unique=False)
    op.create_table(
        "distinctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_distinctions_in_order")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_distinctions_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "one_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_distinctions_programme_id_one_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "other_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_distinctions_programme_id_other_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_distinctions_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinctions")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_distinctions_one_id_other_id")),
    )
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "in_force",
                "replaced",
                "dropped",
                name="agreementstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "proposed_by",
            sa.Enum(
                "mentor",
                "mentee",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ways", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("confidentiality", sa.String(length=500), nullable=False),
        sa.Column("mentor_yes_at", UtcDateTime(), nullable=True),
        sa.Column("mentee_yes_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('in_force', 'replaced') OR (mentor_yes_at IS NOT NULL AND mentee_yes_at IS NOT NULL)",
            name=op.f("ck_agreements_both_agreed"),
        ),
        sa.CheckConstraint("ends_on > begins_on", name=op.f("ck_agreements_ends_after_it_begins")),
        sa.CheckConstraint(
            "every_weeks BETWEEN 1 AND 8", name=op.f("ck_agreements_every_weeks_range")
        ),
        sa.CheckConstraint(
            "length(confidentiality) BETWEEN 0 AND 500",
            name=op.f("ck_agreements_confidentiality_length"),
        ),
        sa.CheckConstraint(
            "length(contact) BETWEEN 0 AND 300", name=op.f("ck_agreements_contact_length")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_agreements_number_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_agreements_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_agreements_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("key", name=op.f("uq_agreements_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_agreements_programme_id_id")),
        sa.UniqueConstraint("tandem_id", "number", name=op.f("uq_agreements_tandem_id_number")),
    )
    op.create_index(
        "uq_agreements_in_force",
        "agreements",
        ["tandem_id"],
        unique=True,
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_index(
        "uq_agreements_proposed",
        "agreements",
        ["tandem_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "mentor",
                "mentee",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "lapsed",
                name="checkinstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("going", sa.Integer(), nullable=True),
        sa.Column("helping", sa.Integer(), nullable=True),
        sa.Column("alike", sa.Integer(), nullable=True),
        sa.Column("wants_call", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("attended_at", UtcDateTime(), nullable=True),
        sa.Column("attended_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state <> 'answered' OR (answered_at IS NOT NULL AND going IS NOT NULL)",
            name=op.f("ck_check_ins_was_answered"),
        ),
        sa.CheckConstraint("alike BETWEEN 1 AND 5", name=op.f("ck_check_ins_alike_range")),
        sa.CheckConstraint("going BETWEEN 1 AND 5", name=op.f("ck_check_ins_going_range")),
        sa.CheckConstraint("helping BETWEEN 1 AND 5", name=op.f("ck_check_ins_helping_range")),
        sa.CheckConstraint(
            "length(remark) BETWEEN 0 AND 1000", name=op.f("ck_check_ins_remark_length")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_check_ins_number_range")),
        sa.ForeignKeyConstraint(
            ["attended_by_id"],
            ["accounts.id"],
            name=op.f("fk_check_ins_attended_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_check_ins_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_check_ins_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("key", name=op.f("uq_check_ins_key")),
        sa.UniqueConstraint(
            "tandem_id", "side", "number", name=op.f("uq_check_ins_tandem_id_side_number")
        ),
    )
    op.create_index(
        "ix_check_ins_programme_id_state", "check_ins", ["programme_id", "state"], unique=False
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "held",
                "missed",
                "cancelled",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "in_person",
                "video",
                "phone",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column(
            "proposed_by",
            sa.Enum(
                "mentor",
                "mentee",
                name="proposed_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("logged_at", UtcDateTime(), nullable=True),
        sa.Column(
            "logged_by",
            sa.Enum(
                "mentor",
                "mentee",
                name="logged_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "mentor_mood",
            sa.Enum(
                "good",
                "fair",
                "hard",
                name="mentor_mood",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "mentee_mood",
            sa.Enum(
                "good",
                "fair",
                "hard",
                name="mentee_mood",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("mentor_remark", sa.String(length=300), nullable=False),
        sa.Column("mentee_remark", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('held', 'missed') OR logged_at IS NOT NULL",
            name=op.f("ck_meetings_was_logged"),
        ),
        sa.CheckConstraint(
            "length(mentee_remark) BETWEEN 0 AND 300", name=op.f("ck_meetings_mentee_remark_length")
        ),
        sa.CheckConstraint(
            "length(mentor_remark) BETWEEN 0 AND 300", name=op.f("ck_meetings_mentor_remark_length")
        ),
        sa.CheckConstraint(
            "length(place) BETWEEN 0 AND 200", name=op.f("ck_meetings_place_length")
        ),
        sa.CheckConstraint(
            "length(topic) BETWEEN 0 AND 200", name=op.f("ck_meetings_topic_length")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_meetings_minutes_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_meetings_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_meetings_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("key", name=op.f("uq_meetings_key")),
    )
    op.create_index(
        "ix_meetings_tandem_id_starts_at", "meetings", ["tandem_id", "starts_at"], unique=False
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "digest_id"],
            ["digests.programme_id", "digests.id"],
            name=op.f("fk_notices_programme_id_digest_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_notices_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_notices_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_digest_id", "notices", ["digest_id"], unique=False)
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "work",
                "self_employed",
                "training",
                "study",
                "recognition",
                "searching",
                "other",
                name="outcomekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("in_field", sa.Boolean(), nullable=True),
        sa.Column("at_level", sa.Boolean(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "mentee",
                "coordinator",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('work', 'self_employed') OR (in_field IS NULL AND at_level IS NULL)",
            name=op.f("ck_outcomes_field_and_level_of_work"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (kind IS NULL) AND (kind IS NULL) = (source IS NULL)",
            name=op.f("ck_outcomes_was_answered"),
        ),
        sa.CheckConstraint("months IN (0, 3, 6, 12)", name=op.f("ck_outcomes_months_known")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["accounts.id"],
            name=op.f("fk_outcomes_entered_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_outcomes_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_outcomes_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("key", name=op.f("uq_outcomes_key")),
        sa.UniqueConstraint("tandem_id", "months", name=op.f("uq_outcomes_tandem_id_months")),
    )
    op.create_index(
        "ix_outcomes_programme_id_due_on", "outcomes", ["programme_id", "due_on"], unique=False
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "mentor",
                "mentee",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("supported", sa.Integer(), nullable=True),
        sa.Column(
            "again",
            sa.Enum(
                "yes",
                "later",
                "no",
                name="again",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("attended_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR satisfied IS NOT NULL", name=op.f("ck_surveys_was_answered")
        ),
        sa.CheckConstraint(
            "length(remark) BETWEEN 0 AND 1000", name=op.f("ck_surveys_remark_length")
        ),
        sa.CheckConstraint("reached BETWEEN 1 AND 5", name=op.f("ck_surveys_reached_range")),
        sa.CheckConstraint("satisfied BETWEEN 1 AND 5", name=op.f("ck_surveys_satisfied_range")),
        sa.CheckConstraint("supported BETWEEN 1 AND 5", name=op.f("ck_surveys_supported_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_surveys_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_surveys_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("key", name=op.f("uq_surveys_key")),
        sa.UniqueConstraint("tandem_id", "side", name=op.f("uq_surveys_tandem_id_side")),
    )
    op.create_table(
        "todos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tandem_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 300", name=op.f("ck_todos_text_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_todos_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "tandem_id"],
            ["tandems.programme_id", "tandems.id"],
            name=op.f("fk_todos_programme_id_tandem_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_todos_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todos")),
        sa.UniqueConstraint("key", name=op.f("uq_todos_key")),
    )
    op.create_index(
        "ix_todos_programme_id_due_on", "todos", ["programme_id", "due_on"], unique=False
    )
    op.create_index("ix_todos_tandem_id", "todos", ["tandem_id"], unique=False)
    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(topic IS NULL) <> (text = '')", name=op.f("ck_goals_topic_or_words")),
        sa.CheckConstraint("length(text) BETWEEN 0 AND 200", name=op.f("ck_goals_text_length")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreements.id"],
            name=op.f("fk_goals_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sa.UniqueConstraint(
            "agreement_id", "position", name=op.f("uq_goals_agreement_id_position")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_goals_key")),
    )
    op.add_column("accounts", sa.Column("seen_at", UtcDateTime(), nullable=True))
    op.add_column("accounts", sa.Column("warned_at", UtcDateTime(), nullable=True))
    op.add_column(
        "accounts", sa.Column("warnings", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("memberships", sa.Column("quiet_at", UtcDateTime(), nullable=True))
    op.add_column("mentees", sa.Column("informed_at", UtcDateTime(), nullable=True))
    op.add_column("mentors", sa.Column("informed_at", UtcDateTime(), nullable=True))
    op.add_column("tandems", sa.Column("paused_until", sa.Date(), nullable=True))
    for table, column, kind, checks in CHECKED:
        if column == "end_note":
            op.execute("UPDATE tandems SET end_reason = 'other' WHERE state = 'ended_early'")
        constraints = " ".join(
            f"CONSTRAINT ck_{table}_{name} CHECK ({holds})" for name, holds in checks.items()
        )
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {constraints}")
    op.execute(f"DROP TRIGGER ck_mails_frozen{_on('mails')}")
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("tandem_id", sa.Integer(), nullable=True))
        notes.create_foreign_key(
            op.f("fk_notes_programme_id_tandem_id"),
            "tandems",
            ["programme_id", "tandem_id"],
            ["programme_id", "id"],
            ondelete="RESTRICT",
        )
        for name in ("notekind", "one_subject"):
            notes.drop_constraint(op.f(f"ck_notes_{name}"), type_="check")
        notes.create_check_constraint(
            op.f("ck_notes_notekind"), "kind IN ('note', 'talk', 'import', 'support')"
        )
        notes.create_check_constraint(
            op.f("ck_notes_one_subject"), _one_of("mentor", "mentee", "company", "tandem")
        )
    op.create_index("ix_notes_tandem_id", "notes", ["tandem_id"], unique=False)
    with op.batch_alter_table("exclusions") as exclusions:
        exclusions.alter_column("asked_by", existing_type=sa.String(length=40), nullable=True)
    _purposes("confirm_email", "welcome", "sign_in", "outcome")
    for guard in GUARDS:
        _guard(guard)


def downgrade() -> None:
    """Remove them."""
    op.execute("DELETE FROM mails WHERE text = ''")
    op.execute(
        "DELETE FROM mails WHERE token_id IN (SELECT id FROM tokens WHERE purpose = 'outcome')"
    )
    op.execute("DELETE FROM tokens WHERE purpose = 'outcome'")
    _purposes("confirm_email", "welcome", "sign_in")
    op.execute("DELETE FROM exclusions WHERE asked_by IS NULL")
    with op.batch_alter_table("exclusions") as exclusions:
        exclusions.alter_column("asked_by", existing_type=sa.String(length=40), nullable=False)
    op.execute("DELETE FROM notes WHERE tandem_id IS NOT NULL OR kind = 'support'")
    op.drop_index("ix_notes_tandem_id", table_name="notes")
    with op.batch_alter_table("notes") as notes:
        for name in ("notekind", "one_subject"):
            notes.drop_constraint(op.f(f"ck_notes_{name}"), type_="check")
        notes.drop_constraint(op.f("fk_notes_programme_id_tandem_id"), type_="foreignkey")
        notes.drop_column("tandem_id")
        notes.create_check_constraint(
            op.f("ck_notes_notekind"), "kind IN ('note', 'talk', 'import')"
        )
        notes.create_check_constraint(
            op.f("ck_notes_one_subject"), _one_of("mentor", "mentee", "company")
        )
    for rule in ("ck_mails_frozen", "ck_mails_body_frozen"):
        op.execute(f"DROP TRIGGER {rule}{_on('mails')}")
    _guard(MAILS_FROZEN_BEFORE)
    for table, column, _, _ in reversed(CHECKED):
        op.drop_column(table, column)
    op.drop_column("tandems", "paused_until")
    op.drop_column("mentors", "informed_at")
    op.drop_column("mentees", "informed_at")
    op.drop_column("memberships", "quiet_at")
    op.drop_column("accounts", "warnings")
    op.drop_column("accounts", "warned_at")
    op.drop_column("accounts", "seen_at")
    op.drop_table("goals")
    op.drop_index("ix_todos_tandem_id", table_name="todos")
    op.drop_index("ix_todos_programme_id_due_on", table_name="todos")
    op.drop_table("todos")
    op.drop_table("surveys")
    op.drop_index("ix_outcomes_programme_id_due_on", table_name="outcomes")
    op.drop_table("outcomes")
    op.drop_index("ix_notices_digest_id", table_name="notices")
    op.drop_table("notices")
    op.drop_index("ix_meetings_tandem_id_starts_at", table_name="meetings")
    op.drop_table("meetings")
    op.drop_index("ix_check_ins_programme_id_state", table_name="check_ins")
    op.drop_table("check_ins")
    op.drop_index(
        "uq_agreements_proposed",
        table_name="agreements",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index(
        "uq_agreements_in_force",
        table_name="agreements",
        sqlite_where=sa.text("state = 'in_force'"),
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.drop_table("agreements")
    op.drop_table("distinctions")
    op.drop_index("ix_digests_due_at", table_name="digests")
    op.drop_table("digests")
    op.drop_table("calendars")
    op.drop_table("reports")


def _guard(guard: tuple[str, str, str, str]) -> None:
    rule, table, action, when = guard
    head = f"CREATE TRIGGER {rule} BEFORE {action} ON {table} FOR EACH ROW WHEN ({when}) "
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{head}BEGIN SELECT RAISE(ABORT, '{rule}'); END")
    else:
        op.execute(f"{head}EXECUTE FUNCTION tandem_refuse('{rule}')")


def _on(table: str) -> str:
    """Return what PostgreSQL wants to hear besides the name of a trigger."""
    return "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"


def _one_of(*subjects: str) -> str:
    counted = [f"(CASE WHEN {subject}_id IS NULL THEN 0 ELSE 1 END)" for subject in subjects]
    return " + ".join(counted) + " = 1"


def _purposes(*allowed: str) -> None:
    """Say what tokens may be for.

    SQLite changes a check by copying the table; mails would forget their tokens over it.
    """
    listed = ", ".join(f"'{purpose}'" for purpose in allowed)
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT id, token_id FROM mails")
    with op.batch_alter_table("tokens") as tokens:
        tokens.drop_constraint(op.f("ck_tokens_tokenpurpose"), type_="check")
        tokens.create_check_constraint(op.f("ck_tokens_tokenpurpose"), f"purpose IN ({listed})")
    op.execute(
        "UPDATE mails SET token_id = (SELECT token_id FROM kept WHERE kept.id = mails.id)"
        " WHERE token_id IS NULL"
    )
    op.execute("DROP TABLE kept")
