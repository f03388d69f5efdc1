"""Decisions about wards and areas that need no database: codes, search terms, deadlines, GeoJSON."""

import json
import math
import re
from typing import Any

from backend.text import fold, nfc, vietnamese_sort_key
from backend.wards.errors import BoundaryInvalid, BoundaryOfAnotherWard, BoundaryTooLarge, DeadlineOutOfRange

LONGEST_BOUNDARY = 4_000_000
MOST_POSITIONS = 50_000
MOST_WORDS = 8
LONGEST_KEY = 600
LATITUDES = (6.0, 24.0)
LONGITUDES = (101.0, 118.0)
CITY = "thanh pho"
# far longer than today's law demands (DOMAIN §5), because it may change, but short enough to catch typing errors
MOST_ACKNOWLEDGE_HOURS = 168
MOST_VERIFY_DAYS = 90


def is_ward_code(text: str) -> bool:
    """Whether the text has the form of an official code: five digits."""
    return re.fullmatch("[0-9]{5}", text) is not None


def kind_code(text: str) -> str:
    """The code of a kind: dac_khu for "Đặc khu", "đặc khu" and "dac_khu"."""
    return fold(text.replace("_", " ")).replace(" ", "_")


def search_form(text: str) -> str:
    """The form that search compares: folded, without apostrophes (M'gar → mgar), other punctuation as spaces."""
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’ʼ`´]", "", fold(text))).split())


def search_words(query: str) -> list[str]:
    """The words of a search; a result must contain each of them."""
    return search_form(query).split()[:MOST_WORDS]


def capitalised(query: str) -> str:
    """The query with the capitals of a name: "Ba Đình" for "ba đình". Diacritics stay, as Ba Dinh is another place."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in nfc(query).split() if word.isprintable())


def ward_search_name(name: str, full_name: str, province_name: str) -> str:
    """The text to search in: "ba dinh | phuong ba dinh | thanh pho ha noi tp hn". The parts are separate, so that an
    exact name can be recognised.
    """
    province = search_form(province_name)
    bare = province.removeprefix(CITY + " ").removeprefix("tinh ")
    short = "".join(word[0] for word in bare.split())
    return f"{search_form(name)} | {search_form(full_name)} | {province} {'tp ' if bare != province else ''}{short}"


def ward_sort_key(name: str, province_name: str) -> str:
    """A sort key by name and then province. The space between them sorts before every digit of a key."""
    return f"{vietnamese_sort_key(name)} {vietnamese_sort_key(province_name)}"[:LONGEST_KEY]


def area_sort_key(name: str) -> str:
    """A sort key in natural order: Tổ 2 before Tổ 10."""
    return vietnamese_sort_key(name)[:LONGEST_KEY]


def in_vietnam(lat: float, lon: float) -> bool:
    """Whether a point can be in Vietnam. It cannot if latitude and longitude were swapped."""
    return LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]


def check_deadlines(acknowledge_hours: int | None, verify_days: int | None) -> None:
    """Refuse deadlines that cannot be meant; None is the installation's setting. Raises DeadlineOutOfRange."""
    for field, value, most in (
        ("acknowledge_hours", acknowledge_hours, MOST_ACKNOWLEDGE_HOURS),
        ("verify_days", verify_days, MOST_VERIFY_DAYS),
    ):
        if value is not None and not 1 <= value <= most:
            raise DeadlineOutOfRange(field=field, value=value, most=most)


def read_boundary(geojson: str, *, ward_code: str) -> dict[str, Any]:
    """Read a Polygon or MultiPolygon from GeoJSON: a geometry, a feature, or a collection of one feature (RFC 7946).

    Raises BoundaryInvalid, BoundaryTooLarge, BoundaryOfAnotherWard (the feature's id is another ward's code).
    """
    if len(geojson) > LONGEST_BOUNDARY:
        raise BoundaryTooLarge(field="boundary", most=MOST_POSITIONS)
    try:
        found = json.loads(geojson)
    except (ValueError, RecursionError):
        raise BoundaryInvalid(field="boundary") from None
    geometry = _geometry(found, ward_code)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        polygons = [coordinates]
    elif kind == "MultiPolygon" and isinstance(coordinates, list) and coordinates:
        polygons = coordinates
    else:
        raise BoundaryInvalid(field="boundary")
    left = MOST_POSITIONS
    read = []
    for polygon in polygons:
        rings, used = _polygon(polygon, left)
        left -= used
        read.append(rings)
    return {"type": kind, "coordinates": read[0] if kind == "Polygon" else read}


def _geometry(found: object, ward_code: str) -> dict[str, Any]:
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        found = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(found, dict) and found.get("type") == "Feature":
        said = found.get("id")
        if isinstance(said, str) and re.fullmatch("[0-9]{5}", said) and said != ward_code:
            raise BoundaryOfAnotherWard(field="boundary", found=said, wanted=ward_code)
        found = found.get("geometry")
    if not isinstance(found, dict):
        raise BoundaryInvalid(field="boundary")
    return found


def _polygon(polygon: object, most: int) -> tuple[list[list[list[float]]], int]:
    if not isinstance(polygon, list) or not polygon:
        raise BoundaryInvalid(field="boundary")
    rings, used = [], 0
    for ring in polygon:
        if not isinstance(ring, list) or len(ring) < 4:
            raise BoundaryInvalid(field="boundary")
        used += len(ring)
        if used > most:
            raise BoundaryTooLarge(field="boundary", most=MOST_POSITIONS)
        rings.append([_position(position) for position in ring])
        if rings[-1][0] != rings[-1][-1]:
            raise BoundaryInvalid(field="boundary")
    return rings, used


def _position(position: object) -> list[float]:
    """Longitude and latitude; the height is dropped."""
    if not isinstance(position, list) or len(position) not in (2, 3):
        raise BoundaryInvalid(field="boundary")
    lon, lat = position[:2]
    for value in (lon, lat):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise BoundaryInvalid(field="boundary")
    if not in_vietnam(lat, lon):
        raise BoundaryInvalid(field="boundary")
    return [lon, lat]
