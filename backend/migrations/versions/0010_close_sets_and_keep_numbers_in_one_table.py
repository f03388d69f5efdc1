"""Close the sets of values in the database too, all in one type; keep running numbers in one table.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LENGTH = 30
# table, column, name of the set, length before, whether it had a CHECK already, values
SETS = (
    ("alerts", "state", "state", 16, True,
     ("draft", "submitted", "approved", "published", "updated", "all_clear", "cancelled", "discarded")),
    ("alerts", "message_type", "messagetype", 16, True, ("alert", "update", "all_clear", "cancel")),
    ("alerts", "category", "category", 16, True,
     ("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other")),
    ("alerts", "kind", "alertkind", 16, True, ("scam", "theft", "fire", "flood", "traffic", "lost_found", "other")),
    ("alerts", "urgency", "urgency", 16, True, ("immediate", "expected", "future", "past", "unknown")),
    ("alerts", "severity", "severity", 16, True, ("extreme", "severe", "moderate", "minor", "unknown")),
    ("alerts", "certainty", "certainty", 16, True, ("observed", "likely", "possible", "unlikely", "unknown")),
    ("alert_edits", "act", "act", 16, True,
     ("written", "edited", "submitted", "approved", "rejected", "published", "discarded")),
    ("alert_receipts", "event", "receiptevent", 16, True, ("received", "opened", "read", "safe")),
    ("tips", "category", "category", 30, False,
     ("theft", "scam", "drugs", "violence", "child_trafficking", "loan_sharking", "gambling", "weapons", "fire",
      "traffic", "noise", "environment", "infrastructure", "other")),
    ("tips", "status", "status", 20, False,
     ("received", "acknowledged", "verifying", "transferred", "resolved", "not_enough", "rejected")),
    ("tip_entries", "kind", "entrykind", 10, False, ("status", "message")),
    ("tip_entries", "author", "entryauthor", 10, False, ("reporter", "staff")),
    ("tip_entries", "status", "status", 20, False,
     ("received", "acknowledged", "verifying", "transferred", "resolved", "not_enough", "rejected")),
    ("staff", "role", "role", 20, False,
     ("anyone", "resident", "officer", "chief", "organiser", "council", "province", "administrator", "unit_representative")),
    ("staff_sessions", "stage", "sessionstage", 10, False, ("enrolling", "password", "open")),
    ("devices", "kind", "devicekind", 16, False, ("fcm_token", "fcm_fid", "webpush", "console")),
    ("deliveries", "channel", "channel", 4, False, ("push", "sms")),
    ("deliveries", "state", "deliverystate", 8, False,
     ("pending", "accepted", "gone", "invalid", "failed", "expired")),
    ("wards", "kind", "wardkind", 10, False, ("phuong", "xa", "dac_khu")),
    ("areas", "kind", "areakind", 30, False,
     ("to_dan_pho", "to", "khu_pho", "khu_dan_cu", "khu", "khom", "thon", "xom", "ap", "ban", "buon", "bon", "lang",
      "plei", "phum", "soc", "tieu_khu")),
)  # fmt: skip


COUNTERS = {"alerts": "alert_counters", "tips": "tip_counters"}
NUMBERS = sa.table("running_numbers", sa.column("ward_id"), sa.column("counted"), sa.column("last"))


def upgrade() -> None:
    """A value that no set knows stops the step: nobody but the product has written these columns."""
    for table, column, name, length, was_closed, values in SETS:
        _change(table, column, name, length, LENGTH, values, is_closed=was_closed, closes=True)
    op.create_table(
        "running_numbers",
        sa.Column("ward_id", sa.String(length=5), nullable=False),
        sa.Column("counted", sa.String(length=30), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.code"], name=op.f("fk_running_numbers_ward_id_wards")),
        sa.PrimaryKeyConstraint("ward_id", "counted", name=op.f("pk_running_numbers")),
    )
    for counted, name in COUNTERS.items():
        counters = _counters(name)
        rows = sa.select(counters.c.ward_id, sa.literal(counted), counters.c.last)
        op.execute(NUMBERS.insert().from_select(["ward_id", "counted", "last"], rows))
        op.drop_table(name)


def downgrade() -> None:
    """Only the alerts keep their sets closed; every ward counts on from where it is."""
    for counted, name in COUNTERS.items():
        op.create_table(
            name,
            sa.Column("ward_id", sa.String(length=5), nullable=False),
            sa.Column("last", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["ward_id"], ["wards.code"], name=op.f(f"fk_{name}_ward_id_wards")),
            sa.PrimaryKeyConstraint("ward_id", name=op.f(f"pk_{name}")),
        )
        rows = sa.select(NUMBERS.c.ward_id, NUMBERS.c.last).where(NUMBERS.c.counted == counted)
        op.execute(_counters(name).insert().from_select(["ward_id", "last"], rows))
    op.drop_table("running_numbers")
    for table, column, name, length, was_closed, values in reversed(SETS):
        _change(table, column, name, LENGTH, length, values, is_closed=True, closes=was_closed)


def _counters(name: str) -> sa.TableClause:
    return sa.table(name, sa.column("ward_id"), sa.column("last"))


def _change(
    table: str,
    column: str,
    name: str,
    before: int,
    after: int,
    values: tuple[str, ...],
    *,
    is_closed: bool,
    closes: bool,
) -> None:
    check = op.f(f"ck_{table}_{name}")
    if is_closed:  # a CHECK that stayed through a change of type would read differently in the catalogue
        op.drop_constraint(check, table, type_="check")
    if before != after:
        op.alter_column(table, column, existing_type=sa.String(before), type_=sa.String(after))
    if closes:
        op.create_check_constraint(check, table, sa.column(column).in_(values))
