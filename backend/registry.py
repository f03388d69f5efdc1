"""Imports every module that declares tables, so that Base.metadata has all of them (for Alembic and tests)."""

import backend.accounts.models
import backend.alerts.models
import backend.audit
import backend.idempotency
import backend.numbers
import backend.push.models
import backend.staff.models
import backend.tips.models
import backend.wards.models  # noqa: F401 - imported for the tables they declare
from backend.db import Base

metadata = Base.metadata
