"""Find the alerts that wait for a chief at once: every page of the panel says how many there are.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A handful of rows in a ward of any age."""
    waiting = sa.text("state = 'submitted'")
    op.create_index("ix_alerts_waiting", "alerts", ["ward_id", "expires"], postgresql_where=waiting)


def downgrade() -> None:
    """The count reads all alerts of the ward again."""
    op.drop_index("ix_alerts_waiting", table_name="alerts")
