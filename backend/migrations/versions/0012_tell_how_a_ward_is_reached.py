"""Keep how each ward's police can be reached.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; no ward has told anything yet."""
    op.create_table(
        "ward_contacts",
        sa.Column("ward_id", sa.String(), nullable=False),
        sa.Column("duty_phone", sa.String(20), nullable=True),
        sa.Column("address", sa.String(200), nullable=True),
        sa.Column("hours_vi", sa.String(200), nullable=True),
        sa.Column("hours_en", sa.String(200), nullable=True),
        sa.Column("greeting_vi", sa.String(200), nullable=True),
        sa.Column("greeting_en", sa.String(200), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.code"], name=op.f("fk_ward_contacts_ward_id_wards")),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["staff.id"], name=op.f("fk_ward_contacts_updated_by_staff"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("ward_id", name=op.f("pk_ward_contacts")),
    )


def downgrade() -> None:
    """What the wards have told is lost."""
    op.drop_table("ward_contacts")
