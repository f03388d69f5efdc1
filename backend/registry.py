"""Imports every module that declares tables, so that Base.metadata has all of them (for Alembic and tests).

A feature's folder is found by itself: its tables stand in `models.py`.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import backend
import backend.audit
import backend.idempotency
import backend.numbers
from backend.db import Base

for _folder in iter_modules(backend.__path__, "backend."):
    if _folder.ispkg and find_spec(f"{_folder.name}.models"):
        import_module(f"{_folder.name}.models")

metadata = Base.metadata
