"""Finding wards and their residential groups. All of it is public."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, select
from sqlalchemy.orm import Session

from backend.config import settings
from backend.errors import NotFound
from backend.pages import Order, Page, rows_after
from backend.permissions import Action, Actor, require
from backend.wards.enums import WardKind
from backend.wards.errors import WardCursorUnknown
from backend.wards.models import Area, Province, Ward
from backend.wards.rules import capitalised, is_ward_code, search_form, search_words


@dataclass(frozen=True)
class WardView:
    """A ward as people see it, with the deadlines that it promises to its residents."""

    code: str
    name: str
    kind: WardKind
    full_name: str
    province_code: str
    province_name: str
    active: bool
    is_sample: bool
    acknowledge_hours: int
    verify_days: int


@dataclass(frozen=True)
class WardDetail:
    """A ward and its outline: a GeoJSON Polygon or MultiPolygon, None if there is none yet."""

    ward: WardView
    boundary: dict[str, Any] | None


_VIEW = (
    Ward.code, Ward.name, Ward.kind, Ward.full_name, Ward.province_code, Province.name.label("province_name"),
    Ward.active, Ward.is_sample,
)  # fmt: skip


def _views() -> Any:
    clocks = (
        func.coalesce(Ward.acknowledge_hours, settings().acknowledge_hours),
        func.coalesce(Ward.verify_days, settings().verify_days),
    )
    return select(*_VIEW, *clocks).join(Province, Province.code == Ward.province_code)


def search_wards(
    session: Session, actor: Actor, *, q: str | None = None, cursor: str | None = None, limit: int = 20
) -> Page[WardView]:
    """Wards whose name and province contain every word of `q`, in any order, without regard to case and diacritics.

    The best match comes first: the same name, the same without diacritics, a name that begins with `q`, words that
    begin with its words, the rest. Among equals active wards come first, then dictionary order decides. Reading all
    3,321 short rows takes a few milliseconds, so there is no index. `cursor`: the code of the last ward seen. Raises
    WardCursorUnknown.
    """
    require(actor, Action.WARD_READ)
    words = search_words(q or "")
    query = _views().where(*(Ward.search_name.contains(word, autoescape=True) for word in words))
    order = _order(q or "", words)
    after = None if cursor is None else _place(session, order, cursor)
    rows, has_more = rows_after(session, query, order, after=after, limit=limit)
    items = [WardView(*row) for row in rows]
    return Page(items, items[-1].code if has_more else None)


def _order(q: str, words: list[str]) -> Order:
    form = search_form(q)
    spaced = literal(" ").concat(Ward.search_name)
    at_starts = [spaced.contains(f" {word}", autoescape=True) for word in words]
    rank: ColumnElement[int] = literal(0)
    if words:
        rank = case(
            (Ward.name == capitalised(q), 0),
            (Ward.search_name.startswith(f"{form} | ", autoescape=True), 1),
            (Ward.search_name.startswith(form, autoescape=True), 2),
            (and_(*at_starts), 3),
            else_=4,
        )
    return Order((rank, not_(Ward.active), Ward.sort_key, Ward.code))


def _place(session: Session, order: Order, cursor: str) -> Sequence[Any]:
    """The place of the cursor's ward in this order."""
    query = select(*order.columns).where(Ward.code == cursor)
    row = session.execute(query).one_or_none() if is_ward_code(cursor) else None
    if row is None:
        raise WardCursorUnknown(field="cursor")
    return [literal(value) for value in row]


def read_ward(session: Session, actor: Actor, *, code: str) -> WardDetail:
    """One ward and its outline. Raises NotFound."""
    require(actor, Action.WARD_READ)
    query = _views().add_columns(Ward.boundary).where(Ward.code == code)
    row = session.execute(query).one_or_none() if is_ward_code(code) else None
    if row is None:
        raise NotFound()
    return WardDetail(WardView(*row[:-1]), row[-1])


def areas_of_ward(session: Session, actor: Actor, *, code: str) -> Sequence[Area]:
    """The residential groups of a ward in natural order (Tổ 2 before Tổ 10). Raises NotFound (no such ward)."""
    require(actor, Action.WARD_READ)
    areas = list_areas(session, code) if is_ward_code(code) else []
    if not areas and ward_of(session, code) is None:
        raise NotFound()
    return areas


def list_areas(session: Session, ward_id: str | None) -> Sequence[Area]:
    """The residential groups of a ward in natural order; empty for None."""
    return session.scalars(select(Area).where(Area.ward_id == ward_id).order_by(Area.sort_key, Area.code)).all()


def count_areas(session: Session, ward_ids: Collection[str]) -> Mapping[str, int]:
    """How many residential groups each of these wards has."""
    counts = select(Area.ward_id, func.count()).where(Area.ward_id.in_(ward_ids)).group_by(Area.ward_id)
    return {**dict.fromkeys(ward_ids, 0), **dict(session.execute(counts).all())}


def ward_of(session: Session, ward_id: str | None) -> WardView | None:
    """The ward with this code, None if there is none."""
    is_code = ward_id is not None and is_ward_code(ward_id)
    row = session.execute(_views().where(Ward.code == ward_id)).one_or_none() if is_code else None
    return None if row is None else WardView(*row)


def has_ward(session: Session, code: str) -> bool:
    """Whether there is a ward with this code."""
    return session.scalar(select(Ward.code).where(Ward.code == code)) is not None


def has_areas(session: Session, ward_id: str | None, area_ids: Collection[UUID]) -> bool:
    """Whether all these residential groups belong to this ward."""
    own = select(func.count()).where(Area.ward_id == ward_id, Area.id.in_(area_ids))
    return not area_ids or session.scalar(own) == len(area_ids)


@dataclass(frozen=True)
class Deadlines:
    """How soon a ward must acknowledge a tip and verify it."""

    acknowledge_hours: int
    verify_days: int

    @classmethod
    def chosen(cls, acknowledge_hours: int | None, verify_days: int | None) -> Self:
        """The ward's own deadlines; for None the installation's."""
        return cls(acknowledge_hours or settings().acknowledge_hours, verify_days or settings().verify_days)


def deadlines_of(session: Session, ward_id: str) -> Deadlines:
    """The deadlines of this ward's tips."""
    hours, days = session.execute(select(Ward.acknowledge_hours, Ward.verify_days).where(Ward.code == ward_id)).one()
    return Deadlines.chosen(hours, days)


def has_province(session: Session, code: str) -> bool:
    """Whether there is a province with this code."""
    return code.isascii() and code.isdigit() and session.get(Province, code) is not None


def ward_boundary(session: Session, ward_id: str) -> dict[str, Any] | None:
    """The outline of a ward, None if there is none yet."""
    return session.scalar(select(Ward.boundary).where(Ward.code == ward_id))
