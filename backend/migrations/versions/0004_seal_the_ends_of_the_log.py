"""Seal the end of each chain of the log, so that a shortened one shows.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from backend.crypto import keyed_hash

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

HEADS = sa.table("audit_heads", sa.column("chain"), sa.column("seq"), sa.column("hash"), sa.column("seal"))


def upgrade() -> None:
    """Chains are taken as they stand: `binhyen audit verify` before this step says whether they hold."""
    op.add_column("audit_heads", sa.Column("seal", sa.LargeBinary(), nullable=True))
    connection = op.get_bind()
    for chain, seq, end in connection.execute(sa.select(HEADS.c.chain, HEADS.c.seq, HEADS.c.hash)).all():
        seal = keyed_hash("audit-head", f"{chain}:{seq}:".encode() + end)
        connection.execute(HEADS.update().where(HEADS.c.chain == chain).values(seal=seal))
    op.alter_column("audit_heads", "seal", nullable=False)


def downgrade() -> None:
    """A shortened log no longer shows."""
    op.drop_column("audit_heads", "seal")
