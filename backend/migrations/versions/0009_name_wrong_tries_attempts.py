"""Call the counters of wrong tries at signing in what the field calls them.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the table and its key; the counters stay."""
    op.rename_table("sign_in_guesses", "sign_in_attempts")
    op.execute("ALTER INDEX pk_sign_in_guesses RENAME TO pk_sign_in_attempts")


def downgrade() -> None:
    """The old names again."""
    op.execute("ALTER INDEX pk_sign_in_attempts RENAME TO pk_sign_in_guesses")
    op.rename_table("sign_in_attempts", "sign_in_guesses")
