"""People in control: own words, notes, exclusions, imports, merges.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from tandem.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUARDS = [
    ("ck_imports_first_state", "imports", "INSERT", "NEW.state NOT IN ('queued')"),
    (
        "ck_imports_next_state",
        "imports",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'queued' AND NEW.state IN ('dropped', 'reading')) OR (OLD.state = 'reading' AND NEW.state IN ('asking', 'dropped', 'failed')) OR (OLD.state = 'asking' AND NEW.state IN ('dropped', 'reading', 'taking')) OR (OLD.state = 'taking' AND NEW.state IN ('asking', 'failed', 'taken')) OR (OLD.state = 'failed' AND NEW.state IN ('dropped')))",
    ),
    ("ck_merges_frozen", "merges", "UPDATE", "1 = 1"),
]

CHECKED = [
    (
        "companies",
        "size",
        "VARCHAR(40)",
        "companysize",
        "size IN ('micro', 'small', 'medium', 'large')",
    ),
    (
        "companies",
        "phone",
        "VARCHAR(40) NOT NULL DEFAULT ''",
        "phone_length",
        "length(phone) BETWEEN 0 AND 40",
    ),
    (
        "companies",
        "vacancies",
        "VARCHAR(600) NOT NULL DEFAULT ''",
        "vacancies_length",
        "length(vacancies) BETWEEN 0 AND 600",
    ),
    (
        "profile_versions",
        "occupation_words",
        "VARCHAR(120) NOT NULL DEFAULT ''",
        "occupation_words_length",
        "length(occupation_words) BETWEEN 0 AND 120",
    ),
    (
        "profile_versions",
        "past_occupation_words",
        "VARCHAR(120) NOT NULL DEFAULT ''",
        "past_occupation_words_length",
        "length(past_occupation_words) BETWEEN 0 AND 120",
    ),
    (
        "profile_versions",
        "qualification_name",
        "VARCHAR(160) NOT NULL DEFAULT ''",
        "qualification_name_length",
        "length(qualification_name) BETWEEN 0 AND 160",
    ),
    (
        "profile_versions",
        "avoid_words",
        "VARCHAR(300) NOT NULL DEFAULT ''",
        "avoid_words_length",
        "length(avoid_words) BETWEEN 0 AND 300",
    ),
    (
        "profile_versions",
        "experience_years",
        "INTEGER",
        "experience_range",
        "experience_years BETWEEN 0 AND 60",
    ),
]
"""Columns with a check: table, name, kind, name of the check, what must hold."""


def upgrade() -> None:
    """Make the tables, their guards, and the columns."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mentees",
                "companies",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "reading",
                "asking",
                "taking",
                "taken",
                "dropped",
                "failed",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("understood", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("problems", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("done >= 0 AND done <= total", name=op.f("ck_imports_progress_range")),
        sa.CheckConstraint(
            "length(file_name) BETWEEN 1 AND 200", name=op.f("ck_imports_file_name_length")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_imports_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_imports_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("key", name=op.f("uq_imports_key")),
        sa.UniqueConstraint("programme_id", "id", name=op.f("uq_imports_programme_id_id")),
    )
    op.create_index("ix_imports_due_at", "imports", ["due_at"], unique=False)
    op.create_index(
        "ix_imports_programme_id_state", "imports", ["programme_id", "state"], unique=False
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 200", name=op.f("ck_readings_text_length")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_readings_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_readings_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint(
            "programme_id", "field", "text", name=op.f("uq_readings_programme_id_field_text")
        ),
    )
    op.create_table(
        "exclusions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column(
            "asked_by",
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
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(mentor_id IS NULL) <> (company_id IS NULL)", name=op.f("ck_exclusions_one_other")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_exclusions_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "company_id"],
            ["companies.programme_id", "companies.id"],
            name=op.f("fk_exclusions_programme_id_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_exclusions_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_exclusions_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_exclusions_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")),
        sa.UniqueConstraint("key", name=op.f("uq_exclusions_key")),
        sa.UniqueConstraint(
            "mentee_id", "company_id", name=op.f("uq_exclusions_mentee_id_company_id")
        ),
        sa.UniqueConstraint(
            "mentee_id", "mentor_id", name=op.f("uq_exclusions_mentee_id_mentor_id")
        ),
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kept_mentor_id", sa.Integer(), nullable=True),
        sa.Column("gone_mentor_id", sa.Integer(), nullable=True),
        sa.Column("kept_mentee_id", sa.Integer(), nullable=True),
        sa.Column("gone_mentee_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(kept_mentor_id IS NULL) = (gone_mentor_id IS NULL) AND (kept_mentee_id IS NULL) = (gone_mentee_id IS NULL) AND (kept_mentor_id IS NULL) <> (kept_mentee_id IS NULL)",
            name=op.f("ck_merges_two_of_one_side"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_merges_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "gone_mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_merges_programme_id_gone_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "gone_mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_merges_programme_id_gone_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "kept_mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_merges_programme_id_kept_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "kept_mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_merges_programme_id_kept_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_merges_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sa.UniqueConstraint("gone_mentee_id", name=op.f("uq_merges_gone_mentee_id")),
        sa.UniqueConstraint("gone_mentor_id", name=op.f("uq_merges_gone_mentor_id")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "note",
                "talk",
                "import",
                name="notekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'talk' OR talked_on IS NOT NULL", name=op.f("ck_notes_talk_has_day")
        ),
        sa.CheckConstraint(
            "(CASE WHEN mentor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN mentee_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN company_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_notes_one_subject"),
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_notes_text_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notes_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "company_id"],
            ["companies.programme_id", "companies.id"],
            name=op.f("fk_notes_programme_id_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentee_id"],
            ["mentees.programme_id", "mentees.id"],
            name=op.f("fk_notes_programme_id_mentee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "mentor_id"],
            ["mentors.programme_id", "mentors.id"],
            name=op.f("fk_notes_programme_id_mentor_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_notes_programme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("key", name=op.f("uq_notes_key")),
    )
    op.create_index("ix_notes_company_id", "notes", ["company_id"], unique=False)
    op.create_index("ix_notes_mentee_id", "notes", ["mentee_id"], unique=False)
    op.create_index("ix_notes_mentor_id", "notes", ["mentor_id"], unique=False)
    op.add_column(
        "companies",
        sa.Column(
            "export_languages",
            sa.JSON(none_as_null=True),
            nullable=False,
            server_default=sa.text("'[]'"),
        ),
    )
    op.add_column(
        "companies",
        sa.Column("internships", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("mentees", sa.Column("objected_at", UtcDateTime(), nullable=True))
    op.add_column("mentees", sa.Column("erased_at", UtcDateTime(), nullable=True))
    op.add_column("mentees", sa.Column("entered_by_id", sa.Integer(), nullable=True))
    op.add_column(
        "mentors", sa.Column("is_contact", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("mentors", sa.Column("objected_at", UtcDateTime(), nullable=True))
    op.add_column("mentors", sa.Column("erased_at", UtcDateTime(), nullable=True))
    op.add_column("mentors", sa.Column("entered_by_id", sa.Integer(), nullable=True))
    op.create_index(
        "uq_mentors_contact",
        "mentors",
        ["company_id"],
        unique=True,
        sqlite_where=sa.text("is_contact"),
        postgresql_where=sa.text("is_contact"),
    )
    op.add_column(
        "profile_versions", sa.Column("qualification_country", sa.String(length=2), nullable=True)
    )
    op.add_column(
        "profile_versions",
        sa.Column(
            "travel", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'[]'")
        ),
    )
    op.add_column(
        "profile_versions",
        sa.Column(
            "slots", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'[]'")
        ),
    )
    for table, column, kind, name, holds in CHECKED:
        check = f"CONSTRAINT ck_{table}_{name} CHECK ({holds})"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {check}")
    op.execute(
        "UPDATE mentors SET is_contact = true"
        " WHERE id IN (SELECT min(id) FROM mentors GROUP BY company_id)"
    )
    _purposes("confirm_email", "welcome", "sign_in")
    sqlite = op.get_bind().dialect.name == "sqlite"
    for rule, table, action, when in GUARDS:
        head = f"CREATE TRIGGER {rule} BEFORE {action} ON {table} FOR EACH ROW WHEN ({when}) "
        if sqlite:
            op.execute(f"{head}BEGIN SELECT RAISE(ABORT, '{rule}'); END")
        else:
            op.execute(f"{head}EXECUTE FUNCTION tandem_refuse('{rule}')")


def downgrade() -> None:
    """Remove them."""
    op.execute(
        "DELETE FROM mails WHERE token_id IN (SELECT id FROM tokens WHERE purpose <> 'confirm_email')"
    )
    op.execute("DELETE FROM tokens WHERE purpose <> 'confirm_email'")
    _purposes("confirm_email")
    op.drop_column("profile_versions", "avoid_words")
    op.drop_column("profile_versions", "slots")
    op.drop_column("profile_versions", "travel")
    op.drop_column("profile_versions", "qualification_country")
    op.drop_column("profile_versions", "qualification_name")
    op.drop_column("profile_versions", "experience_years")
    op.drop_column("profile_versions", "past_occupation_words")
    op.drop_column("profile_versions", "occupation_words")
    op.drop_index(
        "uq_mentors_contact",
        table_name="mentors",
        sqlite_where=sa.text("is_contact"),
        postgresql_where=sa.text("is_contact"),
    )
    op.drop_column("mentors", "entered_by_id")
    op.drop_column("mentors", "erased_at")
    op.drop_column("mentors", "objected_at")
    op.drop_column("mentors", "is_contact")
    op.drop_column("mentees", "entered_by_id")
    op.drop_column("mentees", "erased_at")
    op.drop_column("mentees", "objected_at")
    op.drop_column("companies", "vacancies")
    op.drop_column("companies", "internships")
    op.drop_column("companies", "export_languages")
    op.drop_column("companies", "phone")
    op.drop_column("companies", "size")
    op.drop_index("ix_notes_mentor_id", table_name="notes")
    op.drop_index("ix_notes_mentee_id", table_name="notes")
    op.drop_index("ix_notes_company_id", table_name="notes")
    op.drop_table("notes")
    op.drop_table("merges")
    op.drop_table("exclusions")
    op.drop_table("readings")
    op.drop_index("ix_imports_programme_id_state", table_name="imports")
    op.drop_index("ix_imports_due_at", table_name="imports")
    op.drop_table("imports")


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
