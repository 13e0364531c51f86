"""The round as a workshop: adjustments, trials, short lists, looks.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from tandem.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDS = [
    (
        "ck_adjustments_frozen",
        "adjustments",
        "UPDATE OF round_id, kind, mentor_id, mentee_id, reason, account_id",
        "1 = 1",
    ),
    ("ck_looks_frozen", "looks", "UPDATE", "1 = 1"),
]


def upgrade() -> None:
    """Make the tables, their guards, and the columns."""
    op.create_table(
        "adjustments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pin",
                "forbid",
                "set_aside",
                name="adjustmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "CASE kind WHEN 'set_aside' THEN (mentor_id IS NULL) <> (mentee_id IS NULL) ELSE mentor_id IS NOT NULL AND mentee_id IS NOT NULL END",
            name=op.f("ck_adjustments_who_is_meant"),
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)",
            name=op.f("ck_adjustments_undone_by_somebody"),
        ),
        sa.CheckConstraint(
            "length(reason) BETWEEN 0 AND 200", name=op.f("ck_adjustments_reason_length")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_adjustments_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_adjustments_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_adjustments_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["rounds.programme_id", "rounds.id"],
            name=op.f("fk_adjustments_programme_id_round_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_adjustments_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["accounts.id"],
            name=op.f("fk_adjustments_undone_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
        sa.UniqueConstraint("key", name=op.f("uq_adjustments_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_adjustments_programme_id_id")),
    )
    op.create_index(
        "uq_adjustments_forbidden_pair",
        "adjustments",
        ["round_id", "mentor_id", "mentee_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'forbid'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'forbid'"),
    )
    op.create_index(
        "uq_adjustments_mentee_set_aside",
        "adjustments",
        ["round_id", "mentee_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
    )
    op.create_index(
        "uq_adjustments_mentor_set_aside",
        "adjustments",
        ["round_id", "mentor_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
    )
    op.create_index(
        "uq_adjustments_pinned_mentee",
        "adjustments",
        ["round_id", "mentee_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'pin'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'pin'"),
    )
    op.create_table(
        "shortlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_shortlists_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "round_id"],
            ["rounds.programme_id", "rounds.id"],
            name=op.f("fk_shortlists_programme_id_round_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "snapshot_id"],
            ["snapshots.programme_id", "snapshots.id"],
            name=op.f("fk_shortlists_programme_id_snapshot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_shortlists_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlists")),
        sa.UniqueConstraint("key", name=op.f("uq_shortlists_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_shortlists_programme_id_id")),
        sa.UniqueConstraint(
            "snapshot_id", "mentee_id", name=op.f("uq_shortlists_snapshot_id_mentee_id")
        ),
    )
    op.create_index("ix_shortlists_mentee_id", "shortlists", ["mentee_id"], unique=False)
    op.create_table(
        "choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("shortlist_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("mentor_profile_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("ck_choices_position_range")),
        sa.CheckConstraint("rank BETWEEN 1 AND 3", name=op.f("ck_choices_rank_range")),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_choices_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_profile_id"],
            ["profile_versions.programme_id", "profile_versions.id"],
            name=op.f("fk_choices_programme_id_mentor_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "shortlist_id"],
            ["shortlists.programme_id", "shortlists.id"],
            name=op.f("fk_choices_programme_id_shortlist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_choices_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choices")),
        sa.UniqueConstraint(
            "shortlist_id", "mentor_id", name=op.f("uq_choices_shortlist_id_mentor_id")
        ),
        sa.UniqueConstraint(
            "shortlist_id", "position", name=op.f("uq_choices_shortlist_id_position")
        ),
        sa.UniqueConstraint("shortlist_id", "rank", name=op.f("uq_choices_shortlist_id_rank")),
    )
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(mentor_id IS NULL) <> (mentee_id IS NULL)", name=op.f("ck_looks_one_person")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_looks_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_looks_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_looks_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "proposal_id"],
            ["proposals.programme_id", "proposals.id"],
            name=op.f("fk_looks_programme_id_proposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_looks_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index("ix_looks_mentee_id", "looks", ["mentee_id", "created_at"], unique=False)
    op.create_index("ix_looks_mentor_id", "looks", ["mentor_id", "created_at"], unique=False)
    op.create_index("ix_looks_proposal_id", "looks", ["proposal_id", "account_id"], unique=False)
    op.add_column(
        "policy_versions",
        sa.Column("is_trial", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "profile_versions",
        sa.Column(
            "prefer", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'[]'")
        ),
    )
    op.add_column(
        "rounds", sa.Column("waiting_only", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("rounds", sa.Column("asks_until", UtcDateTime(), nullable=True))
    op.add_column("snapshots", sa.Column("taken_at", UtcDateTime(), nullable=True))
    op.add_column("snapshots", sa.Column("dropped_at", UtcDateTime(), nullable=True))
    op.add_column(
        "snapshots",
        sa.Column("hypothetical", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("snapshots", sa.Column("insights", sa.JSON(none_as_null=True), nullable=True))
    op.execute("UPDATE snapshots SET taken_at = solved_at")
    sqlite = op.get_bind().dialect.name == "sqlite"
    for rule, table, action, when in GUARDS:
        head = f"CREATE TRIGGER {rule} BEFORE {action} ON {table} FOR EACH ROW WHEN ({when}) "
        if sqlite:
            op.execute(f"{head}BEGIN SELECT RAISE(ABORT, '{rule}'); END")
        else:
            op.execute(f"{head}EXECUTE FUNCTION tandem_refuse('{rule}')")


def downgrade() -> None:
    """Remove them."""
    op.drop_column("snapshots", "insights")
    op.drop_column("snapshots", "hypothetical")
    op.drop_column("snapshots", "dropped_at")
    op.drop_column("snapshots", "taken_at")
    op.drop_column("rounds", "asks_until")
    op.drop_column("rounds", "waiting_only")
    op.drop_column("profile_versions", "prefer")
    op.drop_column("policy_versions", "is_trial")
    op.drop_index("ix_looks_proposal_id", table_name="looks")
    op.drop_index("ix_looks_mentor_id", table_name="looks")
    op.drop_index("ix_looks_mentee_id", table_name="looks")
    op.drop_table("looks")
    op.drop_table("choices")
    op.drop_index("ix_shortlists_mentee_id", table_name="shortlists")
    op.drop_table("shortlists")
    op.drop_index(
        "uq_adjustments_pinned_mentee",
        table_name="adjustments",
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'pin'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'pin'"),
    )
    op.drop_index(
        "uq_adjustments_mentor_set_aside",
        table_name="adjustments",
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
    )
    op.drop_index(
        "uq_adjustments_mentee_set_aside",
        table_name="adjustments",
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'set_aside'"),
    )
    op.drop_index(
        "uq_adjustments_forbidden_pair",
        table_name="adjustments",
        sqlite_where=sa.text("undone_at IS NULL AND kind = 'forbid'"),
        postgresql_where=sa.text("undone_at IS NULL AND kind = 'forbid'"),
    )
    op.drop_table("adjustments")
