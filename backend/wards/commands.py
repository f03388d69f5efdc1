"""Importing and changing wards and areas. A file is imported completely or not at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from backend import audit
from backend.access import access
from backend.permissions import Action, Actor, require
from backend.text import nfc
from backend.wards import rules
from backend.wards.enums import AreaKind, WardKind
from backend.wards.errors import (
    AreaCodeWrong,
    AreaKindWrong,
    CoordinatesWrong,
    DuplicateLine,
    FullNameWrong,
    ProvinceCodeWrong,
    ProvinceNameDiffers,
    WardCodeWrong,
    WardKindWrong,
    WardUnknown,
)
from backend.wards.models import Area, Province, Ward
from backend.wards.sheets import Line, Sheet

COMMUNE_COLUMNS = (
    "province_code", "province_name", "commune_code", "commune_name", "commune_kind", "commune_full_name",
)  # fmt: skip
AREA_COLUMNS = ("ward_code", "area_code", "area_name", "area_kind", "lat", "lon")
LONGEST_NAME = 120
LONGEST_FULL_NAME = 140
LONGEST_SHOWN = 40
_IMPORT_LOCK = 7_265_001  # an arbitrary number; the lock allows one import at a time

Row = dict[str, Any]


@dataclass(frozen=True)
class Imported:
    """How many rows an import added, changed and left unchanged."""

    new: int
    changed: int
    unchanged: int


def import_communes(session: Session, actor: Actor, *, lines: Iterable[str]) -> Imported:
    """Import provinces and wards from a CSV file with COMMUNE_COLUMNS. Wards that are not in the file stay.

    A ward keeps its boundary, its areas and whether it is active. The counts are of wards. `lines` come with their line
    ends, as from an open text file. Raises ImportRefused with everything that is wrong; then nothing is imported.
    """
    require(actor, Action.WARD_MANAGE)
    sheet = Sheet(lines, COMMUNE_COLUMNS)
    provinces: dict[str, tuple[int, str]] = {}
    wards: dict[str, tuple[int, Row]] = {}
    for line in sheet:
        row = _commune(line, provinces)
        if row is not None and _is_first(line, "commune_code", row["code"], wards):
            wards[row["code"]] = (line.number, row)
    sheet.raise_if_invalid()
    session.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK)))
    _upsert(session, Province, {(code,): _province(code, name) for code, (_, name) in provinces.items()})
    counts = _upsert(session, Ward, {(code,): row for code, (_, row) in wards.items()})
    _record_import(session, actor, "wards", counts)
    return counts


def import_areas(session: Session, actor: Actor, *, lines: Iterable[str]) -> Imported:
    """Import residential groups from a CSV file with AREA_COLUMNS. Groups that are not in the file stay.

    A group is identified by its ward's code and its own code. `lat` and `lon` can both be empty. Raises ImportRefused
    like import_communes.
    """
    require(actor, Action.WARD_MANAGE)
    sheet = Sheet(lines, AREA_COLUMNS)
    known = set(session.scalars(select(Ward.code)))
    areas: dict[str, tuple[int, Row]] = {}
    names: dict[str, tuple[int, Row]] = {}
    for line in sheet:
        row = _area(line, known)
        if row is None:
            continue
        key, name = f"{row['ward_id']} {row['code']}", f"{row['ward_id']} {row['name']}"
        if _is_first(line, "area_code", key, areas) and _is_first(line, "area_name", name, names):
            areas[key] = names[name] = (line.number, row)
    sheet.raise_if_invalid()
    session.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK)))
    rows = {(row["ward_id"], row["code"]): row for _, row in areas.values()}
    ward_ids = {ward_id for ward_id, _ in rows}
    counts = _upsert(session, Area, rows, identity=("ward_id", "code"), among=Area.ward_id.in_(ward_ids))
    _record_import(session, actor, "areas", counts)
    return counts


def _commune(line: Line, provinces: dict[str, tuple[int, str]]) -> Row | None:
    province_code = line.checked("province_code", _province_code)
    province_name = line.text("province_name", LONGEST_NAME)
    code = line.checked("commune_code", _ward_code)
    name = line.text("commune_name", LONGEST_NAME)
    kind = line.checked("commune_kind", _ward_kind)
    full_name = line.text("commune_full_name", LONGEST_FULL_NAME)
    if not line.is_valid or province_code is None:
        return None
    number, first = provinces.setdefault(province_code, (line.number, province_name))
    if first != province_name:
        line.add_error(ProvinceNameDiffers(value=province_code, line=number, name=first), "province_name")
    wanted = f"{nfc(line.raw('commune_kind'))} {name}"
    if full_name.casefold() != wanted.casefold():
        line.add_error(FullNameWrong(value=_printable(full_name), wanted=_printable(wanted)), "commune_full_name")
    full_name = full_name[:1].upper() + full_name[1:]
    return {
        "code": code,
        "province_code": province_code,
        "name": name,
        "kind": kind,
        "full_name": full_name,
        "search_name": rules.ward_search_name(name, full_name, province_name)[:300],
        "sort_key": rules.ward_sort_key(name, province_name),
    }


def _area(line: Line, known: set[str]) -> Row | None:
    ward_code = line.checked("ward_code", _ward_code)
    if ward_code is not None and ward_code not in known:
        line.add_error(WardUnknown(), "ward_code")
    code = line.checked("area_code", _area_code)
    name = line.text("area_name", LONGEST_NAME)
    kind = line.checked("area_kind", _area_kind)
    point = line.checked("lat", lambda lat: _point(lat, line.raw("lon")))
    if not line.is_valid or point is None:
        return None
    return {
        "ward_id": ward_code,
        "code": code,
        "name": name,
        "kind": kind,
        "search_name": rules.search_form(name)[:200],
        "sort_key": rules.area_sort_key(name),
        "lat": point[0],
        "lon": point[1],
    }


def _province(code: str, name: str) -> Row:
    return {"code": code, "name": name, "search_name": rules.search_form(name)[:LONGEST_NAME]}


def _province_code(cell: str) -> str:
    if not re.fullmatch("[0-9]{2}", cell):
        raise ProvinceCodeWrong(value=_printable(cell))
    return cell


def _ward_code(cell: str) -> str:
    if not rules.is_ward_code(cell):
        raise WardCodeWrong(value=_printable(cell))
    return cell


def _area_code(cell: str) -> str:
    if not re.fullmatch("[A-Za-z0-9._-]{1,30}", cell):
        raise AreaCodeWrong(value=_printable(cell))
    return cell


def _ward_kind(cell: str) -> WardKind:
    try:
        return WardKind(rules.kind_code(cell))
    except ValueError:
        raise WardKindWrong(value=_printable(cell)) from None


def _area_kind(cell: str) -> AreaKind:
    try:
        return AreaKind(rules.kind_code(cell))
    except ValueError:
        raise AreaKindWrong(value=_printable(cell)) from None


def _point(lat: str, lon: str) -> tuple[float | None, float | None]:
    if not lat and not lon:
        return None, None
    if not all(re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,15})?", cell) for cell in (lat, lon)):
        raise CoordinatesWrong()
    if not rules.in_vietnam(float(lat), float(lon)):
        raise CoordinatesWrong()
    return float(lat), float(lon)


def _printable(cell: str) -> str:
    """A cell as an error message shows it: printable and short."""
    return "".join(char if char.isprintable() else "�" for char in cell)[:LONGEST_SHOWN]


def _is_first(line: Line, column: str, key: str, seen: Mapping[str, tuple[int, Row]]) -> bool:
    if key in seen:
        line.add_error(DuplicateLine(value=key, line=seen[key][0]), column)
    return key not in seen


def _upsert(
    session: Session,
    model: type[Any],
    wanted: Mapping[Any, Row],
    *,
    identity: tuple[str, ...] = ("code",),
    among: ColumnElement[bool] | None = None,
) -> Imported:
    """Insert the missing rows and update those that differ, in two statements at most. `among` limits what is read."""
    (key,) = [column.name for column in model.__table__.primary_key]
    columns = [*next(iter(wanted.values()))]
    query = select(*(getattr(model, column) for column in {key, *columns}))
    held = {
        tuple(row[name] for name in identity): dict(row)
        for row in session.execute(query if among is None else query.where(among)).mappings()
    }
    new = [row for code, row in wanted.items() if code not in held]
    merged = [(held[code], {**held[code], **row}) for code, row in wanted.items() if code in held]
    changed = [after for before, after in merged if before != after]
    if new:
        session.execute(insert(model), new)
    if changed:
        session.execute(update(model), changed)
    return Imported(new=len(new), changed=len(changed), unchanged=len(merged) - len(changed))


def _record_import(session: Session, actor: Actor, what: str, counts: Imported) -> None:
    audit.record(
        session, actor, f"{what}.import", ward_id=None, subject_type=what, subject_id="-", details=asdict(counts)
    )


def set_boundary(session: Session, actor: Actor, *, ward_code: str, geojson: str) -> Ward:
    """Set the outline of a ward. `geojson`: a Polygon or MultiPolygon in WGS 84, alone or as one feature, as text.

    Raises NotFound, BoundaryInvalid, BoundaryTooLarge, BoundaryOfAnotherWard.
    """
    ward = _ward(session, actor, ward_code)
    ward.boundary = rules.read_boundary(geojson, ward_code=ward.code)
    _record_change(session, actor, "ward.boundary", ward)
    return ward


def activate_ward(session: Session, actor: Actor, *, ward_code: str) -> Ward:
    """Let the ward take tips, and show that its police uses the product. Raises NotFound."""
    ward = _ward(session, actor, ward_code)
    ward.active = True
    _record_change(session, actor, "ward.activate", ward)
    return ward


def deactivate_ward(session: Session, actor: Actor, *, ward_code: str) -> Ward:
    """Let the ward take no more tips; those it has stay. Raises NotFound."""
    ward = _ward(session, actor, ward_code)
    ward.active = False
    _record_change(session, actor, "ward.deactivate", ward)
    return ward


class DeadlineChanges(TypedDict, total=False):
    """Which deadlines change; a missing key changes nothing, None means the installation's setting."""

    acknowledge_hours: int | None
    verify_days: int | None


def set_deadlines(session: Session, actor: Actor, *, ward_code: str, changes: DeadlineChanges) -> Ward:
    """Set the deadlines of a ward, for tips and decisions from now on. Raises NotFound, DeadlineOutOfRange."""
    ward = _ward(session, actor, ward_code)
    ward.acknowledge_hours = changes.get("acknowledge_hours", ward.acknowledge_hours)
    ward.verify_days = changes.get("verify_days", ward.verify_days)
    rules.check_deadlines(ward.acknowledge_hours, ward.verify_days)
    if changes:
        _record_change(session, actor, "ward.deadlines", ward, dict(changes))
    return ward


def mark_sample_ward(session: Session, actor: Actor, *, ward_code: str) -> Ward:
    """Show everywhere that this ward is invented. Raises NotFound."""
    ward = _ward(session, actor, ward_code)
    ward.is_sample = True
    return ward


def _ward(session: Session, actor: Actor, ward_code: str) -> Ward:
    """The ward to be changed, locked."""
    return access(session, actor, Action.WARD_MANAGE, Ward, ward_code if rules.is_ward_code(ward_code) else "")


def _record_change(session: Session, actor: Actor, act: str, ward: Ward, details: Row | None = None) -> None:
    audit.record(session, actor, act, ward_id=ward.code, subject_type="ward", subject_id=ward.code, details=details)
