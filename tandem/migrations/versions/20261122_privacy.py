"""What a privacy notice has to name: the data protection officer and the legal basis.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = {"protection_officer": 300, "legal_basis": 600}


def upgrade() -> None:
    """Make the columns."""
    for name, longest in COLUMNS.items():
        check = f"CHECK (length({name}) BETWEEN 0 AND {longest})"
        op.execute(
            f"ALTER TABLE programmes ADD COLUMN {name} VARCHAR({longest}) NOT NULL DEFAULT ''"
            f" CONSTRAINT ck_programmes_{name}_length {check}"
        )


def downgrade() -> None:
    """Remove them."""
    for name in COLUMNS:
        op.drop_column("programmes", name)
