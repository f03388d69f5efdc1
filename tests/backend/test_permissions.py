"""The matrix and its scopes. That nothing is done without asking it stands in test_asking.py."""

from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from backend.access import access
from backend.errors import NotFound, NotPermitted, SignInRequired
from backend.permissions import MATRIX, NOBODY, Action, Actor, Role, Scope, can, permitted, require
from backend.wards.models import Ward
from tests import make


def staff(role, ward="00001"):
    return Actor(kind="staff", id=uuid4(), role=role, ward_id=ward)


def test_every_action_has_a_row():
    assert set(MATRIX) == set(Action)


@pytest.mark.parametrize(
    "action", [a for a in Action if a.value.split(":")[0] == "tip" and a not in {Action.TIP_SEND, Action.TIP_OPEN}]
)
@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.PROVINCE, Role.RESIDENT])
def test_tips_are_closed_to_all_but_the_ward_police(action, role):
    assert not permitted(staff(role), action, ward_id="00001")


def test_a_ward_ends_at_its_border():
    officer = staff(Role.OFFICER)
    assert permitted(officer, Action.TIP_READ, ward_id="00001")
    assert not permitted(officer, Action.TIP_READ, ward_id="00002")
    assert not permitted(officer, Action.TIP_READ, ward_id=None)
    assert not permitted(staff(Role.OFFICER, ward=None), Action.TIP_READ, ward_id=None)


def test_nobody_is_asked_to_sign_in_and_others_are_refused():
    with pytest.raises(SignInRequired):
        require(NOBODY, Action.ME_READ)
    with pytest.raises(NotPermitted):
        require(staff(Role.COUNCIL), Action.TIP_LIST, ward_id="00001")


def test_no_permission_reaches_every_ward_but_public_and_administrative_ones():
    wide = {
        action
        for action, row in MATRIX.items()
        for role, scope in row.items()
        if scope is Scope.ANY and role is not Role.ANYONE
    }
    assert wide == {Action.WARD_MANAGE, Action.STAFF_LIST, Action.STAFF_MANAGE, Action.STAFF_UNLOCK}


def test_officers_key_is_not_shown():
    assert "secret" not in repr(Actor(kind="staff", private_key=b"secret"))


PROVINCE = Actor(kind="staff", id=UUID(int=1), role=Role.PROVINCE, province_code="99")
UNIT = UUID(int=7)
RESIDENT = Actor(kind="resident", id=UUID(int=2), role=Role.RESIDENT)
REPRESENTATIVE = Actor(kind="resident", id=UUID(int=3), role=Role.RESIDENT, unit_ids=frozenset({UNIT, UUID(int=8)}))


@pytest.fixture
def small_matrix(monkeypatch) -> None:
    """One action for each scope of a place, on rows that today's actions do not have."""
    rows = {
        Action.ALERT_LIST: {Role.PROVINCE: Scope.OWN_PROVINCE, Role.OFFICER: Scope.OWN_WARD},
        Action.ALERT_DRAFT: {Role.UNIT_REPRESENTATIVE: Scope.OWN_UNIT, Role.RESIDENT: Scope.OWN},
        Action.ALERT_EDIT: {Role.UNIT_REPRESENTATIVE: Scope.OWN_UNIT},
    }
    for action, row in rows.items():
        monkeypatch.setitem(MATRIX, action, row)


@pytest.mark.usefixtures("small_matrix")
class TestPlaces:
    """The scopes “own province” and “own unit”."""

    def test_a_province_ends_at_its_border(self):
        assert permitted(PROVINCE, Action.ALERT_LIST, province_code="99")
        assert not permitted(PROVINCE, Action.ALERT_LIST, province_code="98")
        assert not permitted(PROVINCE, Action.ALERT_LIST, province_code=None)
        assert not permitted(PROVINCE, Action.ALERT_LIST, ward_id="99")
        nowhere = Actor(kind="staff", id=uuid4(), role=Role.PROVINCE)
        assert not permitted(nowhere, Action.ALERT_LIST, province_code=None)

    def test_the_wards_of_a_province_keep_their_own_border(self):
        officer = staff(Role.OFFICER, "99001")
        assert can(officer, Action.ALERT_LIST, SimpleNamespace(ward_id="99001", province_code="99"))
        assert not can(officer, Action.ALERT_LIST, SimpleNamespace(ward_id="99002", province_code="99"))

    def test_a_representative_acts_for_their_units_only(self):
        assert permitted(REPRESENTATIVE, Action.ALERT_EDIT, unit_id=UNIT)
        assert permitted(REPRESENTATIVE, Action.ALERT_EDIT, unit_id=UUID(int=8))
        assert not permitted(REPRESENTATIVE, Action.ALERT_EDIT, unit_id=UUID(int=9))
        assert not permitted(REPRESENTATIVE, Action.ALERT_EDIT, unit_id=None)
        assert not permitted(RESIDENT, Action.ALERT_EDIT, unit_id=UNIT)

    def test_a_representative_stays_a_resident(self):
        for whose in ({"unit_id": UNIT}, {"owner_id": REPRESENTATIVE.id}):
            assert permitted(REPRESENTATIVE, Action.ALERT_DRAFT, **whose)
        assert not permitted(REPRESENTATIVE, Action.ALERT_DRAFT, owner_id=RESIDENT.id)
        assert not permitted(RESIDENT, Action.ALERT_DRAFT, unit_id=UNIT, owner_id=REPRESENTATIVE.id)

    def test_without_a_row_one_asks_for_what_is_ones_own(self):
        assert can(PROVINCE, Action.ALERT_LIST)
        assert can(REPRESENTATIVE, Action.ALERT_EDIT)
        assert not can(RESIDENT, Action.ALERT_EDIT)
        assert not can(Actor(kind="staff", id=uuid4(), role=Role.PROVINCE), Action.ALERT_LIST)

    def test_access_tells_a_place_of_others_from_no_permission(self, session):
        make.make_ward(session, "99001")
        make.make_ward(session, "98001")
        assert access(session, PROVINCE, Action.ALERT_LIST, Ward, "99001").code == "99001"
        with pytest.raises(NotFound):
            access(session, PROVINCE, Action.ALERT_LIST, Ward, "98001")
        with pytest.raises(NotFound):  # a ward is no unit's
            access(session, REPRESENTATIVE, Action.ALERT_EDIT, Ward, "99001")
        with pytest.raises(NotPermitted):
            access(session, RESIDENT, Action.ALERT_EDIT, Ward, "99001")
        with pytest.raises(SignInRequired):
            access(session, NOBODY, Action.ALERT_EDIT, Ward, "99001")
