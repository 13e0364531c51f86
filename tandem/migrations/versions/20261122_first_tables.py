"""First tables: programmes and their people, rounds, decisions, tandems, mails.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from tandem.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSE = """CREATE OR REPLACE FUNCTION tandem_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$"""

GUARDS = [
    ("ck_audit_events_frozen", "audit_events", "UPDATE", "1 = 1"),
    ("ck_audit_events_lasting", "audit_events", "DELETE", "1 = 1"),
    ("ck_companies_first_state", "companies", "INSERT", "NEW.state NOT IN ('registered')"),
    (
        "ck_companies_next_state",
        "companies",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'registered' AND NEW.state IN ('declined', 'vetted')) OR (OLD.state = 'vetted' AND NEW.state IN ('left')))",
    ),
    ("ck_mails_first_state", "mails", "INSERT", "NEW.state NOT IN ('queued')"),
    (
        "ck_mails_next_state",
        "mails",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'queued' AND NEW.state IN ('failed', 'sent')))",
    ),
    ("ck_mails_frozen", "mails", "UPDATE OF message_id, to_address, subject, text, html", "1 = 1"),
    ("ck_policy_versions_frozen", "policy_versions", "UPDATE", "1 = 1"),
    ("ck_policy_versions_lasting", "policy_versions", "DELETE", "1 = 1"),
    (
        "ck_profile_versions_first_state",
        "profile_versions",
        "INSERT",
        "NEW.state NOT IN ('draft', 'submitted')",
    ),
    (
        "ck_profile_versions_next_state",
        "profile_versions",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'draft' AND NEW.state IN ('submitted', 'withdrawn')) OR (OLD.state = 'submitted' AND NEW.state IN ('approved', 'declined', 'returned', 'withdrawn')) OR (OLD.state = 'returned' AND NEW.state IN ('submitted', 'withdrawn')) OR (OLD.state = 'approved' AND NEW.state IN ('paused', 'replaced', 'withdrawn')) OR (OLD.state = 'paused' AND NEW.state IN ('approved', 'replaced', 'withdrawn')))",
    ),
    ("ck_rounds_first_state", "rounds", "INSERT", "NEW.state NOT IN ('preparing')"),
    (
        "ck_rounds_next_state",
        "rounds",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'preparing' AND NEW.state IN ('closed', 'queued')) OR (OLD.state = 'queued' AND NEW.state IN ('cancelled', 'running')) OR (OLD.state = 'running' AND NEW.state IN ('cancelled', 'failed', 'ready')) OR (OLD.state = 'ready' AND NEW.state IN ('asking', 'closed', 'queued')) OR (OLD.state = 'asking' AND NEW.state IN ('ready')) OR (OLD.state = 'cancelled' AND NEW.state IN ('closed', 'queued')) OR (OLD.state = 'failed' AND NEW.state IN ('closed', 'queued')))",
    ),
    (
        "ck_snapshots_frozen",
        "snapshots",
        "UPDATE OF round_id, policy_version_id, number, seed, engine, content",
        "1 = 1",
    ),
    ("ck_proposals_first_state", "proposals", "INSERT", "NEW.state NOT IN ('open')"),
    (
        "ck_proposals_next_state",
        "proposals",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state IN ('confirmed', 'rejected', 'stale')))",
    ),
    ("ck_decisions_frozen", "decisions", "UPDATE", "1 = 1"),
    ("ck_decisions_lasting", "decisions", "DELETE", "1 = 1"),
    ("ck_tandems_first_state", "tandems", "INSERT", "NEW.state NOT IN ('invited')"),
    (
        "ck_tandems_next_state",
        "tandems",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'invited' AND NEW.state IN ('active', 'declined', 'expired', 'withdrawn')) OR (OLD.state = 'active' AND NEW.state IN ('completed', 'ended_early', 'paused')) OR (OLD.state = 'paused' AND NEW.state IN ('active', 'ended_early')))",
    ),
]


def upgrade() -> None:
    """Make the tables and their guards."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "length(email) BETWEEN 3 AND 254", name=op.f("ck_accounts_email_length")
        ),
        sa.CheckConstraint(
            "length(first_name) BETWEEN 1 AND 80", name=op.f("ck_accounts_first_name_length")
        ),
        sa.CheckConstraint(
            "length(last_name) BETWEEN 1 AND 80", name=op.f("ck_accounts_last_name_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("key", name=op.f("uq_accounts_key")),
    )
    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place_name", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("default_locale", sa.String(length=10), nullable=False),
        sa.Column("contact_name", sa.String(length=80), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("places", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("invitation_days", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "invitation_days BETWEEN 1 AND 60", name=op.f("ck_programmes_invitation_days_range")
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name=op.f("ck_programmes_name_length")),
        sa.CheckConstraint(
            "length(place_name) BETWEEN 1 AND 80", name=op.f("ck_programmes_place_name_length")
        ),
        sa.CheckConstraint(
            "length(region) BETWEEN 1 AND 80", name=op.f("ck_programmes_region_length")
        ),
        sa.CheckConstraint("length(slug) BETWEEN 2 AND 40", name=op.f("ck_programmes_slug_length")),
        sa.CheckConstraint(
            "reminder_days BETWEEN 1 AND invitation_days",
            name=op.f("ck_programmes_reminder_in_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("slug", name=op.f("uq_programmes_slug")),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_audit_events_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index(
        op.f("ix_audit_events_programme_id"), "audit_events", ["programme_id"], unique=False
    )
    op.create_index(
        "ix_audit_events_subject", "audit_events", ["subject_kind", "subject_id"], unique=False
    )
    op.create_table(
        "companies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sector", sa.String(length=2), nullable=False),
        sa.Column("postal_code", sa.String(length=5), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "vetted",
                "declined",
                "left",
                name="companystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "length(decision_reason) BETWEEN 0 AND 500",
            name=op.f("ck_companies_decision_reason_length"),
        ),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 120", name=op.f("ck_companies_name_length")),
        sa.CheckConstraint(
            "length(website) BETWEEN 0 AND 200", name=op.f("ck_companies_website_length")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_companies_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
        sa.UniqueConstraint("key", name=op.f("uq_companies_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_companies_programme_id_id")),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "mentor",
                "mentee",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_memberships_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_memberships_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "programme_id",
            "account_id",
            "role",
            name=op.f("uq_memberships_programme_id_account_id_role"),
        ),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_memberships_programme_id_id")),
    )
    op.create_index(op.f("ix_memberships_account_id"), "memberships", ["account_id"], unique=False)
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_policy_versions_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_policy_versions_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_policy_versions_programme_id_id")),
        sa.UniqueConstraint(
            "programme_id", "number", name=op.f("uq_policy_versions_programme_id_number")
        ),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "queued",
                "running",
                "ready",
                "asking",
                "cancelled",
                "failed",
                "closed",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("done >= 0 AND done <= total", name=op.f("ck_rounds_progress_range")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name=op.f("ck_rounds_name_length")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_rounds_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("key", name=op.f("uq_rounds_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_rounds_programme_id_id")),
    )
    op.create_index("ix_rounds_due_at", "rounds", ["due_at"], unique=False)
    op.create_index(
        "uq_rounds_programme_id",
        "rounds",
        ["programme_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm_email",
                name="tokenpurpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_tokens_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_tokens_programme_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("key", name=op.f("uq_tokens_key")),
    )
    op.create_index(op.f("ix_tokens_account_id"), "tokens", ["account_id"], unique=False)
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("dedup_key", sa.String(length=120), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "failed",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_mails_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["tokens.id"], name=op.f("fk_mails_token_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_mails_dedup_key")),
        sa.UniqueConstraint("key", name=op.f("uq_mails_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index("ix_mails_due_at", "mails", ["due_at"], unique=False)
    op.create_table(
        "mentees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "membership_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_mentees_programme_id_membership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_mentees_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentees")),
        sa.UniqueConstraint("key", name=op.f("uq_mentees_key")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_mentees_membership_id")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_mentees_programme_id_id")),
    )
    op.create_table(
        "mentors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 0 AND 20", name=op.f("ck_mentors_capacity_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "company_id"],
            ["companies.programme_id", "companies.id"],
            name=op.f("fk_mentors_programme_id_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "membership_id"],
            ["memberships.programme_id", "memberships.id"],
            name=op.f("fk_mentors_programme_id_membership_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_mentors_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentors")),
        sa.UniqueConstraint("key", name=op.f("uq_mentors_key")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_mentors_membership_id")),
        sa.UniqueConstraint(
            "programme_id", "id", "capacity", name=op.f("uq_mentors_programme_id_id_capacity")
        ),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_mentors_programme_id_id")),
    )
    op.create_index(op.f("ix_mentors_company_id"), "mentors", ["company_id"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("policy_version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("solved_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "policy_version_id"],
            ["policy_versions.programme_id", "policy_versions.id"],
            name=op.f("fk_snapshots_programme_id_policy_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["rounds.programme_id", "rounds.id"],
            name=op.f("fk_snapshots_programme_id_round_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_snapshots_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint(
            "programme_id", "id", "round_id", name=op.f("uq_snapshots_programme_id_id_round_id")
        ),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_snapshots_programme_id_id")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_snapshots_round_id_number")),
    )
    op.create_table(
        "profile_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
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
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "declined",
                "approved",
                "paused",
                "replaced",
                "withdrawn",
                name="profilestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.String(length=500), nullable=False),
        sa.Column("job_title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.String(length=600), nullable=False),
        sa.Column("sectors", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("occupation", sa.String(length=4), nullable=True),
        sa.Column("past_occupation", sa.String(length=4), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recognition", sa.String(length=20), nullable=True),
        sa.Column("recognition_paths", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("postal_code", sa.String(length=5), nullable=True),
        sa.Column("reach_km", sa.Integer(), nullable=True),
        sa.Column("modes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=1), nullable=True),
        sa.Column("same_gender", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(side = 'mentor') = (mentor_id IS NOT NULL) AND (side = 'mentee') = (mentee_id IS NOT NULL)",
            name=op.f("ck_profile_versions_one_person"),
        ),
        sa.CheckConstraint(
            "length(about) BETWEEN 0 AND 600", name=op.f("ck_profile_versions_about_length")
        ),
        sa.CheckConstraint(
            "length(decision_reason) BETWEEN 0 AND 500",
            name=op.f("ck_profile_versions_decision_reason_length"),
        ),
        sa.CheckConstraint(
            "length(job_title) BETWEEN 0 AND 120", name=op.f("ck_profile_versions_job_title_length")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 8", name=op.f("ck_profile_versions_level_range")),
        sa.CheckConstraint(
            "reach_km BETWEEN 0 AND 1000", name=op.f("ck_profile_versions_reach_range")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_profile_versions_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_profile_versions_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_profile_versions_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_versions")),
        sa.UniqueConstraint("key", name=op.f("uq_profile_versions_key")),
        sa.UniqueConstraint(
            "mentee_id", "number", name=op.f("uq_profile_versions_mentee_id_number")
        ),
        sa.UniqueConstraint(
            "mentor_id", "number", name=op.f("uq_profile_versions_mentor_id_number")
        ),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_profile_versions_programme_id_id")),
    )
    op.create_index(
        "ix_profile_versions_in_force_mentee",
        "profile_versions",
        ["mentee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('approved', 'paused')"),
        postgresql_where=sa.text("state IN ('approved', 'paused')"),
    )
    op.create_index(
        "ix_profile_versions_in_force_mentor",
        "profile_versions",
        ["mentor_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('approved', 'paused')"),
        postgresql_where=sa.text("state IN ('approved', 'paused')"),
    )
    op.create_index(
        "ix_profile_versions_open_mentee",
        "profile_versions",
        ["mentee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.create_index(
        "ix_profile_versions_open_mentor",
        "profile_versions",
        ["mentor_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.create_index(
        "ix_profile_versions_programme_id_state",
        "profile_versions",
        ["programme_id", "state", "side"],
        unique=False,
    )
    op.create_table(
        "language_skills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=2), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "level IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')", name=op.f("ck_language_skills_cefr")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "profile_id"],
            ["profile_versions.programme_id", "profile_versions.id"],
            name=op.f("fk_language_skills_programme_id_profile_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_language_skills_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_language_skills")),
        sa.UniqueConstraint(
            "profile_id", "language", name=op.f("uq_language_skills_profile_id_language")
        ),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("mentor_profile_id", sa.Integer(), nullable=False),
        sa.Column("mentee_profile_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("alternatives", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("margin", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "confirmed",
                "rejected",
                "stale",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_proposals_score_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_proposals_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_profile_id"],
            ["profile_versions.programme_id", "profile_versions.id"],
            name=op.f("fk_proposals_programme_id_mentee_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_proposals_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_profile_id"],
            ["profile_versions.programme_id", "profile_versions.id"],
            name=op.f("fk_proposals_programme_id_mentor_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["rounds.programme_id", "rounds.id"],
            name=op.f("fk_proposals_programme_id_round_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "snapshot_id", "round_id"],
            ["snapshots.programme_id", "snapshots.id", "snapshots.round_id"],
            name=op.f("fk_proposals_programme_id_snapshot_id_round_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_proposals_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("key", name=op.f("uq_proposals_key")),
        sa.UniqueConstraint(
            "programme_id",
            "id",
            "mentor_id",
            "mentee_id",
            name=op.f("uq_proposals_programme_id_id_mentor_id_mentee_id"),
        ),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_proposals_programme_id_id")),
        sa.UniqueConstraint(
            "snapshot_id", "mentee_id", name=op.f("uq_proposals_snapshot_id_mentee_id")
        ),
    )
    op.create_index("ix_proposals_mentee_id", "proposals", ["mentee_id"], unique=False)
    op.create_index("ix_proposals_mentor_id", "proposals", ["mentor_id"], unique=False)
    op.create_index("ix_proposals_round_id_state", "proposals", ["round_id", "state"], unique=False)
    op.create_table(
        "snapshot_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
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
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "profile_id"],
            ["profile_versions.programme_id", "profile_versions.id"],
            name=op.f("fk_snapshot_people_programme_id_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "snapshot_id"],
            ["snapshots.programme_id", "snapshots.id"],
            name=op.f("fk_snapshot_people_programme_id_snapshot_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_snapshot_people_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot_people")),
        sa.UniqueConstraint("snapshot_id", "key", name=op.f("uq_snapshot_people_snapshot_id_key")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "confirmed",
                "rejected",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "length(reason) BETWEEN 1 AND 500", name=op.f("ck_decisions_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_decisions_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "proposal_id", "mentor_id", "mentee_id"],
            [
                "proposals.programme_id",
                "proposals.id",
                "proposals.mentor_id",
                "proposals.mentee_id",
            ],
            name=op.f("fk_decisions_programme_id_proposal_id_mentor_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_decisions_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "programme_id",
            "id",
            "mentor_id",
            "mentee_id",
            "verdict",
            name=op.f("uq_decisions_programme_id_id_mentor_id_mentee_id_verdict"),
        ),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_decisions_proposal_id")),
    )
    op.create_table(
        "tandems",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "confirmed",
                "rejected",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "active",
                "paused",
                "completed",
                "ended_early",
                "declined",
                "expired",
                "withdrawn",
                name="tandemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("mentor_yes_at", UtcDateTime(), nullable=True),
        sa.Column("mentee_yes_at", UtcDateTime(), nullable=True),
        sa.Column("decline_reason", sa.String(length=500), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "slot >= 1 AND (slot <= capacity OR NOT state IN ('active', 'invited', 'paused'))",
            name=op.f("ck_tandems_within_capacity"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('active', 'paused', 'completed', 'ended_early') OR (mentor_yes_at IS NOT NULL AND mentee_yes_at IS NOT NULL)",
            name=op.f("ck_tandems_both_said_yes"),
        ),
        sa.CheckConstraint("verdict = 'confirmed'", name=op.f("ck_tandems_was_confirmed")),
        sa.CheckConstraint(
            "length(decline_reason) BETWEEN 0 AND 500",
            name=op.f("ck_tandems_decline_reason_length"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "decision_id", "mentor_id", "mentee_id", "verdict"],
            [
                "decisions.programme_id",
                "decisions.id",
                "decisions.mentor_id",
                "decisions.mentee_id",
                "decisions.verdict",
            ],
            name="fk_tandems_decision",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_tandems_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id", "capacity"],
            ["mentors.programme_id", "mentors.id", "mentors.capacity"],
            name="fk_tandems_capacity",
            onupdate="CASCADE",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_tandems_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tandems")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_tandems_decision_id")),
        sa.UniqueConstraint("key", name=op.f("uq_tandems_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_tandems_programme_id_id")),
    )
    op.create_index("ix_tandems_due_at", "tandems", ["due_at"], unique=False)
    op.create_index(
        "ix_tandems_programme_id_state", "tandems", ["programme_id", "state"], unique=False
    )
    op.create_index(
        "uq_tandems_mentee_id",
        "tandems",
        ["mentee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('active', 'invited', 'paused')"),
        postgresql_where=sa.text("state IN ('active', 'invited', 'paused')"),
    )
    op.create_index(
        "uq_tandems_mentor_id_slot",
        "tandems",
        ["mentor_id", "slot"],
        unique=True,
        sqlite_where=sa.text("state IN ('active', 'invited', 'paused')"),
        postgresql_where=sa.text("state IN ('active', 'invited', 'paused')"),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(REFUSE)
    for rule, table, action, when in GUARDS:
        head = f"CREATE TRIGGER {rule} BEFORE {action} ON {table} FOR EACH ROW WHEN ({when}) "
        if sqlite:
            op.execute(f"{head}BEGIN SELECT RAISE(ABORT, '{rule}'); END")
        else:
            op.execute(f"{head}EXECUTE FUNCTION tandem_refuse('{rule}')")


def downgrade() -> None:
    """Remove the tables, and their guards with them."""
    op.drop_index(
        "uq_tandems_mentor_id_slot",
        table_name="tandems",
        sqlite_where=sa.text("state IN ('active', 'invited', 'paused')"),
        postgresql_where=sa.text("state IN ('active', 'invited', 'paused')"),
    )
    op.drop_index(
        "uq_tandems_mentee_id",
        table_name="tandems",
        sqlite_where=sa.text("state IN ('active', 'invited', 'paused')"),
        postgresql_where=sa.text("state IN ('active', 'invited', 'paused')"),
    )
    op.drop_index("ix_tandems_programme_id_state", table_name="tandems")
    op.drop_index("ix_tandems_due_at", table_name="tandems")
    op.drop_table("tandems")
    op.drop_table("decisions")
    op.drop_table("snapshot_people")
    op.drop_index("ix_proposals_round_id_state", table_name="proposals")
    op.drop_index("ix_proposals_mentor_id", table_name="proposals")
    op.drop_index("ix_proposals_mentee_id", table_name="proposals")
    op.drop_table("proposals")
    op.drop_table("language_skills")
    op.drop_index("ix_profile_versions_programme_id_state", table_name="profile_versions")
    op.drop_index(
        "ix_profile_versions_open_mentor",
        table_name="profile_versions",
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.drop_index(
        "ix_profile_versions_open_mentee",
        table_name="profile_versions",
        sqlite_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.drop_index(
        "ix_profile_versions_in_force_mentor",
        table_name="profile_versions",
        sqlite_where=sa.text("state IN ('approved', 'paused')"),
        postgresql_where=sa.text("state IN ('approved', 'paused')"),
    )
    op.drop_index(
        "ix_profile_versions_in_force_mentee",
        table_name="profile_versions",
        sqlite_where=sa.text("state IN ('approved', 'paused')"),
        postgresql_where=sa.text("state IN ('approved', 'paused')"),
    )
    op.drop_table("profile_versions")
    op.drop_table("snapshots")
    op.drop_index(op.f("ix_mentors_company_id"), table_name="mentors")
    op.drop_table("mentors")
    op.drop_table("mentees")
    op.drop_index("ix_mails_due_at", table_name="mails")
    op.drop_table("mails")
    op.drop_index(op.f("ix_tokens_account_id"), table_name="tokens")
    op.drop_table("tokens")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(
        "uq_rounds_programme_id",
        table_name="rounds",
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.drop_index("ix_rounds_due_at", table_name="rounds")
    op.drop_table("rounds")
    op.drop_table("policy_versions")
    op.drop_index(op.f("ix_memberships_account_id"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_table("companies")
    op.drop_index("ix_audit_events_subject", table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_programme_id"), table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_table("programmes")
    op.drop_table("accounts")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION tandem_refuse()")
