"""Tables of provinces, wards and residential groups."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, closed_set
from backend.wards.enums import AreaKind, WardKind


class Province(Base):
    """Level one of local government."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(String(120))


class Ward(Base):
    """Level two of local government: the tenant. Names are not unique, so a ward is identified by its official code.

    `boundary`: a GeoJSON Polygon or MultiPolygon in WGS 84. `active`: its police uses the product.
    `acknowledge_hours`, `verify_days`: the deadlines of its tips, None for the installation's.
    """

    __tablename__ = "wards"
    __table_args__ = (Index("ix_wards_order", "sort_key", "code"),)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[WardKind] = mapped_column(closed_set(WardKind))
    full_name: Mapped[str] = mapped_column(String(140))
    search_name: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[str] = mapped_column(String(600, collation="C"))
    active: Mapped[bool] = mapped_column(default=False)
    is_sample: Mapped[bool] = mapped_column(default=False)
    acknowledge_hours: Mapped[int | None]
    verify_days: Mapped[int | None]
    boundary: Mapped[dict[str, Any] | None] = mapped_column(JSONB, deferred=True)

    @property
    def ward_id(self) -> str:
        """A ward belongs to itself."""
        return self.code


class Area(Base):
    """A residential group of a ward: what a resident picks as home."""

    __tablename__ = "areas"
    __table_args__ = (Index("ux_areas_code", "ward_id", "code", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[AreaKind] = mapped_column(closed_set(AreaKind))
    search_name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(600, collation="C"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
