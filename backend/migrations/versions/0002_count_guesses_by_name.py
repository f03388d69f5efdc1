"""Count guesses at the panel's door by name, whether or not anybody has it.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Counts of accounts begin anew: a name's keyed hash cannot be made here."""
    op.create_table(
        "sign_in_guesses",
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_sign_in_guesses")),
    )
    op.drop_column("staff", "locked_until")
    op.drop_column("staff", "failed_count")


def downgrade() -> None:
    """Locks end."""
    op.add_column("staff", sa.Column("failed_count", sa.Integer(), server_default="0", nullable=False))
    op.alter_column("staff", "failed_count", server_default=None)
    op.add_column("staff", sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("sign_in_guesses")
