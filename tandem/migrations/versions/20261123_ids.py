"""An id is never given a second time, on SQLite either.

The trail and the outbox go on naming rows by their ids when these are gone. PostgreSQL never
gives an id twice; SQLite gives the last one again once its row is deleted.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REUSED, KEPT = "PRIMARY KEY (id)", "PRIMARY KEY (id AUTOINCREMENT)"


def upgrade() -> None:
    """Let SQLite remember the highest id of each table; the trail knows those of before."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("CREATE TABLE first_of_its_kind (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    op.execute("DROP TABLE first_of_its_kind")  # what SQLite remembers ids in is there now
    _rewrite(REUSED, KEPT)
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT subject_kind, max(subject_id)"
        " FROM audit_events GROUP BY subject_kind"
    )


def downgrade() -> None:
    """Let it forget them."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(KEPT, REUSED)
        op.execute("DELETE FROM sqlite_sequence")


def _rewrite(before: str, after: str) -> None:
    """Change how tables are described; what is in them is stored alike either way.

    Copying them instead would delete what refers to them.
    """
    op.execute("PRAGMA writable_schema = ON")
    said = sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after)")
    op.execute(said.bindparams(before=before, after=after))
    op.execute("PRAGMA writable_schema = RESET")
