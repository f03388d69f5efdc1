"""What a person may do with a row now: asked by screens before they draw a button, and by commands before they act.

A feature names its acts in an enum, one member for each command that changes the row, and says two things of them in
its `rules`:

- `NEEDS`: the permission that each act needs;
- `refusal(act, ...)`: the error that refuses the act in the row's present state, or None. It is pure.

A query gives out `allowed(...)` with the row. A command fetches the row with `access()` and then calls
`check(rules.refusal(act, ...))`. Both ask the same function, so no button leads to a refusal unless a colleague has
changed the row meanwhile.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from backend.errors import DomainError
from backend.permissions import Action, Actor, can

Act = TypeVar("Act", bound=StrEnum)


def allowed(
    actor: Actor, row: Any, needs: Mapping[Act, Action], refusal: Callable[[Act], DomainError | None]
) -> frozenset[Act]:
    """The acts that the row's state does not refuse and that `actor` has the permission for."""
    return frozenset(act for act, action in needs.items() if refusal(act) is None and can(actor, action, row))


def check(refusal: DomainError | None) -> None:
    """Raise the refusal, if there is one."""
    if refusal is not None:
        raise refusal
