"""Let a ward set the clocks of its tips; without its own the installation's hold.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every ward goes on as the installation has it."""
    op.add_column("wards", sa.Column("acknowledge_hours", sa.Integer(), nullable=True))
    op.add_column("wards", sa.Column("verify_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Deadlines that were told stay; the wards' own clocks are forgotten."""
    op.drop_column("wards", "verify_days")
    op.drop_column("wards", "acknowledge_hours")
