"""The facts a measurement needs: one ward that takes tips."""

from backend import clock, crypto, db
from backend.staff.models import WardKey
from backend.wards.models import Province, Ward

WARD = "99001"


def make_ward() -> None:
    """An active ward with a key of its own."""
    with db.unit_of_work() as session:
        session.add(Province(code="99", name="Tỉnh Minh Họa", search_name="tinh minh hoa"))
        session.flush()  # the ward refers to it
        session.add(
            Ward(code=WARD, province_code="99", name="Ban Mai", kind="phuong", full_name="Phường Ban Mai",
                 search_name="phuong ban mai", sort_key="ban mai", active=True)
        )  # fmt: skip
        session.flush()  # the key refers to it
        keys = crypto.new_keypair()
        session.add(WardKey(ward_id=WARD, public_key=keys.public, recovery_box=b"", created_at=clock.now()))
