"""Who may do what: one matrix (action × role → scope). Everything that is not written here is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, TypedDict, Unpack
from uuid import UUID

from backend.errors import DomainError, NotPermitted, SignInRequired


class Role(StrEnum):
    """DOMAIN: roles. `ANYONE` is a person without an account; every role may do what anyone may.

    `UNIT_REPRESENTATIVE` is no account of its own: a resident has it too, for the units they act for
    (`Actor.unit_ids`).
    """

    ANYONE = "anyone"
    RESIDENT = "resident"
    UNIT_REPRESENTATIVE = "unit_representative"
    OFFICER = "officer"
    CHIEF = "chief"
    ORGANISER = "organiser"
    COUNCIL = "council"
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"


STAFF_ROLES = (Role.OFFICER, Role.CHIEF, Role.ORGANISER, Role.COUNCIL, Role.PROVINCE, Role.ADMINISTRATOR)
TIP_ROLES = (Role.OFFICER, Role.CHIEF)


class Scope(Enum):
    """How far a permission reaches: the rows whose field (see `Whose`) is the actor's own."""

    ANY = "any"
    OWN_PROVINCE = "own province"
    OWN_WARD = "own ward"
    OWN_UNIT = "own unit"
    OWN = "own"


class Action(StrEnum):
    """`resource:verb`, the same verb as the command's name."""

    WARD_READ = "ward:read"
    WARD_MANAGE = "ward:manage"

    CONTACTS_READ = "contacts:read"
    CONTACTS_SET = "contacts:set"

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
    Action.CONTACTS_READ: _ANYONE,
    Action.CONTACTS_SET: _CHIEF,
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
    """Who acts. `private_key` is the officer's X25519 key, there only while their session is open.

    `unit_ids` are the units that a resident represents.
    """

    kind: str
    id: UUID | None = None
    role: Role = Role.ANYONE
    ward_id: str | None = None
    province_code: str | None = None
    unit_ids: frozenset[UUID] = frozenset()
    name: str | None = None
    language: str = "vi"
    session_id: UUID | None = None
    private_key: bytes | None = field(default=None, repr=False, compare=False)


NOBODY = Actor(kind="nobody")
# whoever has the command line of the server: sets up wards and the first accounts, holds no key
OPERATOR = Actor(kind="operator", role=Role.ADMINISTRATOR)


class Whose(TypedDict, total=False):
    """Whose a thing is. What is absent or None is nobody's: only `Scope.ANY` reaches it."""

    province_code: str | None
    ward_id: str | None
    unit_id: UUID | None
    owner_id: UUID | None


def permitted(actor: Actor, action: Action, **whose: Unpack[Whose]) -> bool:
    """Whether `actor` may do `action` to a thing that is `whose`."""
    return any(_reaches(scope, actor, whose) for scope in _scopes(actor, action))


def can(actor: Actor, action: Action, row: Any = None) -> bool:
    """The matrix's answer for `row`; without a row: for what is the actor's own (province, ward, unit, self).

    A row says whose it is by attributes with the names of `Whose`.
    """
    if row is None:
        return any(permitted(actor, action, **own) for own in _own(actor))
    return permitted(
        actor,
        action,
        province_code=getattr(row, "province_code", None),
        ward_id=getattr(row, "ward_id", None),
        unit_id=getattr(row, "unit_id", None),
        owner_id=getattr(row, "owner_id", None),
    )


def require(actor: Actor, action: Action, **whose: Unpack[Whose]) -> None:
    """Refuse unless permitted. Raises SignInRequired (nobody is signed in) or NotPermitted."""
    if not permitted(actor, action, **whose):
        raise refusal(actor)


def refusal(actor: Actor) -> DomainError:
    """What to raise against an actor who may not: whoever has not signed in is asked to."""
    return SignInRequired() if actor.kind == "nobody" else NotPermitted()


def _scopes(actor: Actor, action: Action) -> Iterator[Scope]:
    """What the matrix gives to each role that the actor has."""
    roles = [actor.role, Role.ANYONE]
    if actor.unit_ids:
        roles.append(Role.UNIT_REPRESENTATIVE)
    row = MATRIX[action]
    return (row[role] for role in roles if role in row)


def _reaches(scope: Scope, actor: Actor, whose: Whose) -> bool:
    match scope:
        case Scope.ANY:
            return True
        case Scope.OWN_PROVINCE:
            return actor.province_code is not None and whose.get("province_code") == actor.province_code
        case Scope.OWN_WARD:
            return actor.ward_id is not None and whose.get("ward_id") == actor.ward_id
        case Scope.OWN_UNIT:
            return whose.get("unit_id") in actor.unit_ids
        case Scope.OWN:
            return actor.id is not None and whose.get("owner_id") == actor.id


def _own(actor: Actor) -> Iterator[Whose]:
    """What is the actor's own, once for each unit they represent."""
    for unit_id in actor.unit_ids or (None,):
        yield Whose(province_code=actor.province_code, ward_id=actor.ward_id, unit_id=unit_id, owner_id=actor.id)
