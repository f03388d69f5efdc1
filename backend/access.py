"""The only way a row enters a command: fetched, found, permitted and locked in one call."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.errors import NotFound
from backend.permissions import Action, Actor, can, refusal

Row = TypeVar("Row")


def access(session: Session, actor: Actor, action: Action, model: type[Row], key: Any, *, lock: bool = True) -> Row:
    """The row of `model` with primary key `key`, if `actor` may do `action` on it.

    It is locked until the end of the transaction unless `lock` is False (reads).
    Raises NotFound (absent, or not the actor's own province, ward, unit or self: its existence is not told),
    NotPermitted or SignInRequired (the actor may not do this anywhere).
    """
    if not can(actor, action):
        raise refusal(actor)
    (primary_key,) = model.__table__.primary_key.columns  # type: ignore[attr-defined]
    query = select(model).where(primary_key == key)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None or not can(actor, action, row):
        raise NotFound()
    return row
