"""Count what is tried in a browser that an account knows apart from what strangers guess.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = "pk_sign_in_guesses"


def upgrade() -> None:
    """Counts so far are the strangers'."""
    op.add_column(
        "sign_in_guesses", sa.Column("browser", sa.LargeBinary(), server_default=sa.text("''"), nullable=False)
    )
    op.drop_constraint(op.f(KEY), "sign_in_guesses", type_="primary")
    op.create_primary_key(op.f(KEY), "sign_in_guesses", ["name_hash", "browser"])


def downgrade() -> None:
    """Counts of known browsers are forgotten."""
    op.execute("DELETE FROM sign_in_guesses WHERE browser <> ''")
    op.drop_constraint(op.f(KEY), "sign_in_guesses", type_="primary")
    op.drop_column("sign_in_guesses", "browser")
    op.create_primary_key(op.f(KEY), "sign_in_guesses", ["name_hash"])
