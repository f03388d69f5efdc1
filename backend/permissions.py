"""Who may do what: one matrix (action × role → scope). Everything that is not written here is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from backend.errors import NotPermitted, SignInRequired


class Role(StrEnum):
    """DOMAIN: roles. `ANYONE` is a person without an account; every role may do what anyone may."""

    ANYONE = "anyone"
    RESIDENT = "resident"
    OFFICER = "officer"
    CHIEF = "chief"
    ORGANISER = "organiser"
    COUNCIL = "council"
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"


STAFF_ROLES = (Role.OFFICER, Role.CHIEF, Role.ORGANISER, Role.COUNCIL, Role.PROVINCE, Role.ADMINISTRATOR)
TIP_ROLES = (Role.OFFICER, Role.CHIEF)


class Scope(Enum):
    """How far a permission reaches."""

    ANY = "any"
    OWN_WARD = "own ward"
    OWN = "own"


class Action(StrEnum):
    """`resource:verb`, the same verb as the command's name."""

    WARD_READ = "ward:read"
    WARD_MANAGE = "ward:manage"

    SESSION_OPEN = "session:open"
    ME_READ = "me:read"
    ME_UPDATE = "me:update"
    ME_DELETE = "me:delete"
    DEVICE_REGISTER = "device:register"

    STAFF_LIST = "staff:list"
    STAFF_MANAGE = "staff:manage"
    STAFF_UNLOCK = "staff:unlock"
    STAFF_SELF = "staff:self"
    TIP_ACCESS_GRANT = "tip_access:grant"
    AUDIT_READ = "audit:read"

    ALERT_READ = "alert:read"
    ALERT_RECEIPT = "alert:receipt"
    ALERT_LIST = "alert:list"
    ALERT_DRAFT = "alert:draft"
    ALERT_EDIT = "alert:edit"
    ALERT_SUBMIT = "alert:submit"
    ALERT_APPROVE = "alert:approve"
    ALERT_PUBLISH = "alert:publish"

    TIP_SEND = "tip:send"
    TIP_OPEN = "tip:open"
    TIP_LIST = "tip:list"
    TIP_READ = "tip:read"
    TIP_ACKNOWLEDGE = "tip:acknowledge"
    TIP_VERIFY = "tip:verify"
    TIP_REPLY = "tip:reply"
    TIP_ASSIGN = "tip:assign"
    TIP_CLOSE = "tip:close"


def _row(**scopes: Scope) -> Mapping[Role, Scope]:
    return {Role(name): scope for name, scope in scopes.items()}


_ANYONE = _row(anyone=Scope.ANY)
_POLICE = _row(officer=Scope.OWN_WARD, chief=Scope.OWN_WARD)
_CHIEF = _row(chief=Scope.OWN_WARD)

MATRIX: Mapping[Action, Mapping[Role, Scope]] = {
    Action.WARD_READ: _ANYONE,
    Action.WARD_MANAGE: _row(administrator=Scope.ANY),
    Action.SESSION_OPEN: _ANYONE,
    Action.ME_READ: _row(resident=Scope.OWN),
    Action.ME_UPDATE: _row(resident=Scope.OWN),
    Action.ME_DELETE: _row(resident=Scope.OWN),
    Action.DEVICE_REGISTER: _ANYONE,
    Action.STAFF_LIST: _row(chief=Scope.OWN_WARD, administrator=Scope.ANY),
    Action.STAFF_MANAGE: _row(administrator=Scope.ANY),
    Action.STAFF_UNLOCK: _row(chief=Scope.OWN_WARD, administrator=Scope.ANY),
    Action.STAFF_SELF: dict.fromkeys(STAFF_ROLES, Scope.OWN),
    Action.TIP_ACCESS_GRANT: _CHIEF,
    Action.AUDIT_READ: _CHIEF,
    Action.ALERT_READ: _ANYONE,
    Action.ALERT_RECEIPT: _ANYONE,
    Action.ALERT_LIST: _POLICE,
    Action.ALERT_DRAFT: _POLICE,
    Action.ALERT_EDIT: _POLICE,
    Action.ALERT_SUBMIT: _POLICE,
    Action.ALERT_APPROVE: _CHIEF,
    Action.ALERT_PUBLISH: _CHIEF,
    Action.TIP_SEND: _ANYONE,
    Action.TIP_OPEN: _ANYONE,
    Action.TIP_LIST: _POLICE,
    Action.TIP_READ: _POLICE,
    Action.TIP_ACKNOWLEDGE: _POLICE,
    Action.TIP_VERIFY: _POLICE,
    Action.TIP_REPLY: _POLICE,
    Action.TIP_ASSIGN: _CHIEF,
    # DOMAIN §3 names closing among the chief's own rights; answering and verifying are the officer's
    Action.TIP_CLOSE: _CHIEF,
}


@dataclass(frozen=True)
class Actor:
    """Who acts. `private_key` is the officer's X25519 key, there only while their session is open."""

    kind: str
    id: UUID | None = None
    role: Role = Role.ANYONE
    ward_id: str | None = None
    province_code: str | None = None
    name: str | None = None
    language: str = "vi"
    session_id: UUID | None = None
    private_key: bytes | None = field(default=None, repr=False, compare=False)


NOBODY = Actor(kind="nobody")
# whoever has the command line of the server: sets up wards and the first accounts, holds no key
OPERATOR = Actor(kind="operator", role=Role.ADMINISTRATOR)


def _scope(actor: Actor, action: Action) -> Scope | None:
    row = MATRIX[action]
    return row.get(actor.role) or row.get(Role.ANYONE)


def permitted(actor: Actor, action: Action, *, ward_id: str | None = None, owner_id: UUID | None = None) -> bool:
    """Whether `actor` may do `action` on something of `ward_id` that belongs to `owner_id`."""
    match _scope(actor, action):
        case Scope.ANY:
            return True
        case Scope.OWN_WARD:
            return actor.ward_id is not None and ward_id == actor.ward_id
        case Scope.OWN:
            return actor.id is not None and owner_id == actor.id
        case _:
            return False


def can(actor: Actor, action: Action, row: Any = None) -> bool:
    """The matrix's answer for `row`; without a row: for the actor's own ward and self."""
    if row is None:
        return permitted(actor, action, ward_id=actor.ward_id, owner_id=actor.id)
    return permitted(actor, action, ward_id=row.ward_id, owner_id=getattr(row, "owner_id", None))


def require(actor: Actor, action: Action, *, ward_id: str | None = None, owner_id: UUID | None = None) -> None:
    """Refuse unless permitted. Raises SignInRequired (nobody is signed in) or NotPermitted."""
    if permitted(actor, action, ward_id=ward_id, owner_id=owner_id):
        return
    raise SignInRequired() if actor.kind == "nobody" else NotPermitted()
