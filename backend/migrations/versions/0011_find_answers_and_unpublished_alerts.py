"""Find the tips with new answers and the alerts that are not out yet at once, in a ward of any age.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A handful of rows for each ward."""
    op.create_index("ix_tips_answers", "tips", ["ward_id", "number"], postgresql_where=sa.text("has_answer IS TRUE"))
    unpublished = sa.text("state IN ('draft', 'submitted', 'approved')")
    newest: list[str | sa.TextClause] = ["ward_id", sa.text("updated_at DESC"), sa.text("id DESC")]
    op.create_index("ix_alerts_unpublished", "alerts", newest, postgresql_where=unpublished)


def downgrade() -> None:
    """These lists read all tips and all alerts of the ward again."""
    op.drop_index("ix_alerts_unpublished", table_name="alerts")
    op.drop_index("ix_tips_answers", table_name="tips")
