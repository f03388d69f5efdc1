"""Devices come, move and go."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import clock
from backend.errors import DomainError
from backend.permissions import NOBODY, Actor, Role
from backend.push import commands, deliveries, queries
from backend.push.address import DeviceKind, PushAddress
from backend.push.deliveries import BEFORE_FIRST, Audience
from backend.push.enums import DeliveryState
from backend.push.models import Device
from backend.wards.models import Ward
from tests.alerts.facts import make_police, publish
from tests.make import make_area, make_resident, make_ward

ADDRESS = PushAddress(DeviceKind.FCM_TOKEN, "dAbC:APA91b" + "x" * 130)


@pytest.fixture
def ward(session: Session) -> Ward:
    return make_ward(session)


def register(session: Session, actor: Actor, ward: Ward, address: PushAddress = ADDRESS, **more: object) -> Device:
    return commands.register_device(session, actor, address=address, ward_id=ward.code, **more)  # type: ignore[arg-type]


def test_the_same_address_again_is_the_same_device_moved(session: Session, ward: Ward) -> None:
    area = make_area(session, ward)
    first = register(session, NOBODY, ward)
    assert (first.ward_id, first.area_id) == (ward.code, None)
    key = first.id

    moved = register(session, NOBODY, ward, area_id=area.id, platform="Android 14")

    assert (moved.id, moved.area_id, moved.platform) == (key, area.id, "Android 14")
    assert len(session.scalars(select(Device)).all()) == 1


def test_a_pruned_device_that_comes_back_is_woken_again(session: Session, ward: Ward) -> None:
    register(session, NOBODY, ward).gone_at = clock.now()
    session.flush()
    assert register(session, NOBODY, ward).gone_at is None


def test_it_belongs_to_the_account_it_was_last_registered_with(session: Session, ward: Ward) -> None:
    resident = make_resident(session, ward=ward)
    assert register(session, resident, ward).resident_id == resident.id
    assert register(session, NOBODY, ward).resident_id is None


def test_another_wards_area_and_an_unknown_ward_are_refused(session: Session, ward: Ward) -> None:
    elsewhere = make_area(session, make_ward(session, "99002", name="Chiều Tà"))
    with pytest.raises(DomainError, match="device_area_unknown"):
        register(session, NOBODY, ward, area_id=elsewhere.id)
    with pytest.raises(DomainError, match="device_ward_unknown"):
        commands.register_device(session, NOBODY, address=ADDRESS, ward_id="00000")


def test_whoever_knows_the_address_may_take_it_away(session: Session, ward: Ward) -> None:
    register(session, NOBODY, ward)
    commands.unregister_device(session, NOBODY, kind=DeviceKind.FCM_FID, address=ADDRESS.address)
    assert len(session.scalars(select(Device)).all()) == 1
    commands.unregister_device(session, NOBODY, kind=DeviceKind.FCM_TOKEN, address=ADDRESS.address)
    commands.unregister_device(session, NOBODY, kind=DeviceKind.FCM_TOKEN, address="never seen")
    assert session.scalars(select(Device)).all() == []


def test_a_resident_takes_their_devices_along(session: Session, ward: Ward) -> None:
    resident, other = make_resident(session, ward=ward), make_resident(session, phone="+84912345679", ward=ward)
    register(session, resident, ward)
    register(session, other, ward, PushAddress(DeviceKind.FCM_TOKEN, ADDRESS.address + "y"))
    assert [device.address for device in queries.devices_of(session, resident, resident_id=resident.id or uuid4())] == [
        ADDRESS.address
    ]

    commands.forget_devices(session, resident, resident_id=resident.id or uuid4())

    assert [device.resident_id for device in session.scalars(select(Device))] == [other.id]
    with pytest.raises(DomainError, match="not_permitted"):
        commands.forget_devices(session, resident, resident_id=other.id or uuid4())


def test_the_reach_of_an_alert_is_counted_from_its_deliveries(session: Session, ward: Ward) -> None:
    officer, chief = make_police(session, ward), make_police(session, ward, Role.CHIEF)
    for number in range(5):
        register(session, NOBODY, ward, PushAddress(DeviceKind.FCM_TOKEN, f"{ADDRESS.address}{number}"))
    alert = publish(session, officer, chief)
    assert queries.reach(session, officer, alert_id=alert.id, ward_id=ward.code).audience == 0
    deliveries.list_audience(session, alert_id=alert.id, audience=Audience(ward.code), after=BEFORE_FIRST)
    ids = sorted(session.scalars(select(Device.id)))
    deliveries.settle(session, alert_id=alert.id, ids=ids[:2], state=DeliveryState.ACCEPTED)
    deliveries.settle(session, alert_id=alert.id, ids=ids[2:3], state=DeliveryState.GONE)
    deliveries.settle(session, alert_id=alert.id, ids=ids[3:4], state=DeliveryState.INVALID)

    reach = queries.reach(session, officer, alert_id=alert.id, ward_id=ward.code)

    assert (reach.audience, reach.listed) == (5, True)
    assert (reach.accepted, reach.gone, reach.failed, reach.waiting) == (2, 1, 1, 1)
    with pytest.raises(DomainError, match="not_permitted"):
        queries.reach(session, officer, alert_id=alert.id, ward_id="99002")
