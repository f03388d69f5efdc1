"""Facts for tests: only what matters is named, the rest is filled in."""

from uuid import uuid4

from sqlalchemy.orm import Session

from backend import clock, crypto, text
from backend.accounts.models import Resident
from backend.permissions import Actor, Role
from backend.staff.models import Staff, WardGrant, WardKey
from backend.wards.models import Area, Province, Ward

WARD = "99001"
KINDS = {"phuong": "Phường", "xa": "Xã", "dac_khu": "Đặc khu"}


def make_ward(
    session: Session, code: str = WARD, *, name: str = "Ban Mai", kind: str = "phuong", active: bool = True
) -> Ward:
    """A ward; an active one has a key pair of which nobody holds the private half yet."""
    if session.get(Province, code[:2]) is None:
        session.add(Province(code=code[:2], name=f"Tỉnh Minh Họa {code[:2]}", search_name="tinh minh hoa"))
        session.flush()  # the ward refers to it
    full = f"{KINDS[kind]} {name}"
    ward = Ward(
        code=code,
        province_code=code[:2],
        name=name,
        kind=kind,
        full_name=full,
        search_name=text.fold(f"{full} minh hoa"),
        sort_key=text.vietnamese_sort_key(name),
        active=active,
        is_sample=True,
    )
    session.add(ward)
    session.flush()  # areas and keys refer to it
    return ward


def make_area(session: Session, ward: Ward, number: int = 7) -> Area:
    """A residential group."""
    name = f"Tổ dân phố {number}"
    area = Area(
        ward_id=ward.code,
        code=f"{number:02}",
        name=name,
        kind="to_dan_pho",
        search_name=text.fold(name),
        sort_key=text.vietnamese_sort_key(name),
    )
    session.add(area)
    session.flush()  # others refer to it
    return area


def make_staff(session: Session, ward: Ward | None, role: Role = Role.OFFICER, *, grant: bool = True) -> Actor:
    """An enrolled member of staff as they are once signed in, with their key; police get a copy of the ward's key."""
    keys = crypto.new_keypair()
    staff = Staff(
        username=f"{role}-{uuid4().hex[:8]}",
        name=f"Cán bộ {role}",
        role=role,
        ward_id=ward.code if ward else None,
        public_key=keys.public,
        enrolled_at=clock.now(),
        created_at=clock.now(),
    )
    session.add(staff)
    session.flush()  # the grant refers to it
    if ward is not None and grant and role in (Role.OFFICER, Role.CHIEF):
        _grant(session, ward, staff)
    return Actor(kind="staff", id=staff.id, role=role, ward_id=staff.ward_id, name=staff.name, private_key=keys.private)


_private_halves: dict[bytes, bytes] = {}


def _grant(session: Session, ward: Ward, staff: Staff) -> None:
    """The test knows the ward's private half; the product never does."""
    key = session.get(WardKey, ward.code)
    if key is None:
        pair = crypto.new_keypair()
        _private_halves[pair.public] = pair.private
        key = WardKey(ward_id=ward.code, public_key=pair.public, recovery_box=b"", created_at=clock.now())
        session.add(key)
        session.flush()  # the grant refers to it
    sealed = crypto.seal_to(staff.public_key or b"", _private_halves[key.public_key])
    session.add(WardGrant(ward_id=ward.code, staff_id=staff.id, sealed_key=sealed, granted_at=clock.now()))
    session.flush()  # the grant is looked up at once


def make_resident(session: Session, *, phone: str = "+84912345678", ward: Ward | None = None) -> Actor:
    """A resident as they are once signed in."""
    resident = Resident(phone=phone, name="Bà Nga", ward_id=ward.code if ward else None, created_at=clock.now())
    session.add(resident)
    session.flush()  # its id is needed
    return Actor(kind="resident", id=resident.id, role=Role.RESIDENT, name=resident.name)
