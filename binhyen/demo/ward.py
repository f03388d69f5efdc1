"""The invented ward itself: where it lies, its residential groups, its people. No phone number here can be called."""

import json
from dataclasses import dataclass
from math import cos, pi, sin

from backend.permissions import Role

WARD = "99001"
NAME = "Phường Ban Mai"
PROVINCE = "99"
CENTRE = (15.5, 108.0)
GROUPS = 24

COMMUNES = (
    "province_code,province_name,commune_code,commune_name,commune_kind,commune_full_name",
    f"{PROVINCE},Tỉnh Minh Họa,{WARD},Ban Mai,Phường,{NAME}",
)


@dataclass(frozen=True)
class Person:
    """Somebody who signs in to the panel."""

    username: str
    name: str
    role: Role
    password: str
    enrols: bool = True


STAFF = (
    Person("canbo.lan", "Nguyễn Thị Lan", Role.OFFICER, "den-duong-sang-3-ngo"),
    Person("canbo.hung", "Trần Văn Hùng", Role.OFFICER, "la-bang-roi-9-goc"),
    Person("chihuy.minh", "Lê Quang Minh", Role.CHIEF, "cong-chop-xanh-7-canh"),
    Person("chihuy.thu", "Phạm Thị Thu", Role.CHIEF, "nang-som-ban-mai-4"),
    Person("mttq.hoa", "Đỗ Thị Hòa", Role.ORGANISER, "hoi-lang-thang-8-vui"),
    Person("hoidong.an", "Vũ Đình An", Role.COUNCIL, "nguoi-tot-viec-tot-5"),
    Person("tinh.khanh", "Hoàng Gia Khánh", Role.PROVINCE, "song-xanh-nui-biec-2"),
    Person("quantri", "Bùi Ngọc Anh", Role.ADMINISTRATOR, "chia-khoa-tren-gia-6"),
    Person("canbo.moi", "Đặng Thùy Dương", Role.OFFICER, "", enrols=False),
)

# possible to phonenumbers, so that the app takes them, but no subscriber's
RESIDENT_PHONES = ("+84550000001", "+84550000002", "+84550000003")


def areas_csv() -> list[str]:
    """The residential groups as the file that `binhyen wards areas` reads: six rows of four, not quite straight."""
    lines = ["ward_code,area_code,area_name,area_kind,lat,lon"]
    for number in range(GROUPS):
        row, column = divmod(number, 4)
        lat = CENTRE[0] + (row - 2.5) * 0.0042 + 0.0007 * sin(number * 1.7)
        lon = CENTRE[1] + (column - 1.5) * 0.0048 + 0.0008 * cos(number * 2.3)
        lines.append(f"{WARD},{number + 1:02},Tổ dân phố {number + 1},Tổ dân phố,{lat:.6f},{lon:.6f}")
    return lines


def boundary() -> str:
    """The ward's outline as GeoJSON: a rounded field with a river side."""
    points = []
    for step in range(48):
        angle = 2 * pi * step / 48
        reach = 1 + 0.06 * sin(3 * angle) + 0.04 * cos(7 * angle)
        points.append(
            [round(CENTRE[1] + 0.0125 * reach * cos(angle), 6), round(CENTRE[0] + 0.0165 * reach * sin(angle), 6)]
        )
    return json.dumps({"type": "Polygon", "coordinates": [[*points, points[0]]]})
