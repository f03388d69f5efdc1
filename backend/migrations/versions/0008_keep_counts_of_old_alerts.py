"""Keep the counts of old alerts, so that what single phones did can be forgotten.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is forgotten here: the worker does that, a few alerts at a time."""
    op.add_column("alerts", sa.Column("receipt_counts", postgresql.JSONB(), nullable=True))
    op.add_column("dispatches", sa.Column("settled", postgresql.JSONB(), nullable=True))
    counted = sa.text("published_at IS NOT NULL AND receipt_counts IS NULL")
    op.create_index("ix_alerts_uncounted", "alerts", ["expires"], postgresql_where=counted)


def downgrade() -> None:
    """The figures of alerts that were counted already are lost."""
    op.drop_index("ix_alerts_uncounted", table_name="alerts")
    op.drop_column("dispatches", "settled")
    op.drop_column("alerts", "receipt_counts")
