"""Note that a tip's place was pinned on the map; where stays sealed.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tips from before say nothing: their pins are sealed, and no server opens them."""
    op.add_column("tips", sa.Column("has_pin", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("tips", "has_pin", server_default=None)


def downgrade() -> None:
    """Queues forget it."""
    op.drop_column("tips", "has_pin")
