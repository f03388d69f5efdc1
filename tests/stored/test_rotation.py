"""The server's secrets are changed: what is old still opens, is renewed, and then needs the former secret no more."""

from uuid import UUID

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from admin.shell import session as panel
from backend import audit, clock, config, crypto, idempotency
from backend.accounts import otp
from backend.accounts.errors import OtpExpired
from backend.errors import DomainError
from backend.permissions import NOBODY, OPERATOR
from backend.push import key_renewal as push
from backend.push.address import DeviceKind, PushAddress
from backend.push.commands import register_device
from backend.push.models import Device
from backend.staff import enrolment, known_browsers, sign_in, throttle
from backend.staff import key_renewal as staff
from backend.staff.models import Staff, WardKey
from backend.tips import queries as tips
from backend.tips.commands import TipDraft, send_tip
from backend.tips.life import Category
from tests import make
from tests.stored.conftest import OTHERS, changed, set_secrets


@pytest.fixture
def secrets(stored, monkeypatch):
    """They were changed, and those of then are named as former ones."""
    set_secrets(monkeypatch, changed(stored["secrets"]))
    yield
    monkeypatch.undo()
    config.reset_settings()


@pytest.fixture
def retire(stored, monkeypatch):
    """The former secret is needed for the log alone; former peppers are needed for as long as there are tips."""
    old = stored["secrets"]

    def do():
        set_secrets(
            monkeypatch,
            OTHERS | {
                "BINHYEN_RETIRED_SECRET_KEYS": old["BINHYEN_SECRET_KEY"],
                "BINHYEN_FORMER_RECEIPT_PEPPERS": old["BINHYEN_RECEIPT_PEPPER"],
            },
        )  # fmt: skip

    return do


def enter(session, known, who):
    half = sign_in.check_password(session, username=known[who], password=known["password"])
    session.flush()
    return sign_in.check_totp(session, token=half, code=pyotp.TOTP(known[f"{who}_totp"]).at(clock.now()))


def renew(session):
    """What `binhyen keys renew` does; how many devices were hashed anew."""
    seals, ends, page = staff.renew_seals(session), audit.renew_seals(session), UUID(int=0)
    devices = 0
    while found := push.renew_hashes(session, after=page):
        devices, page = devices + found.count, found.last
    session.flush()
    return seals, ends, devices


def test_without_the_former_secrets_nothing_opens(session, known, monkeypatch):
    set_secrets(monkeypatch, OTHERS)
    with pytest.raises(crypto.WrongPassword):
        sign_in.check_password(session, username=known["officer"], password=known["password"])
    with pytest.raises(DomainError, match="receipt_unknown"):
        tips.open_by_receipt(session, NOBODY, receipt=known["full_receipt"])
    with pytest.raises(crypto.SealBroken):
        send_tip(session, NOBODY, draft=TipDraft(make.WARD, Category.NOISE, "Quán hát mở loa."))
    with pytest.raises(DomainError, match="enrolment_code_wrong"):
        enrolment.begin_enrolment(session, **known["enrolment"])
    with pytest.raises(OtpExpired):
        otp.use_code(known["waiting_phone"], known["waiting_code"])
    with pytest.raises(crypto.SealBroken):
        idempotency.earlier(session, scope="tips", key=known["idempotency"]["key"], fingerprint=b"body")
    assert known_browsers.recognise(known["browser"], chief_of(session, known)) == throttle.UNKNOWN_BROWSER
    assert audit.verify(session, make.WARD) == 1
    assert set(staff.renew_seals(session).broken) == {make.WARD, known["chief"], known["officer"]}
    assert audit.renew_seals(session) == 0


def chief_of(session, known):
    return session.scalars(select(Staff).where(Staff.username == known["chief"])).one()


def test_renewed_seals_need_the_former_secret_no_more(session, known, retire):
    assert set(staff.to_sign_in(session)) == {known["chief"], known["officer"]}
    enter(session, known, "officer")
    session.flush()
    seals, ends, devices = renew(session)
    assert (seals.renewed, list(seals.broken), ends, devices) == (3, [], 0, 1)  # signing in has sealed the end anew
    assert list(staff.to_sign_in(session)) == [known["chief"]]
    assert renew(session) == (staff.Renewal(0, []), 0, 0)
    retire()
    session.expire_all()
    assert audit.verify(session, make.WARD) is None
    send_tip(session, NOBODY, draft=TipDraft(make.WARD, Category.NOISE, "Quán hát mở loa."))
    assert tips.open_by_receipt(session, NOBODY, receipt=known["full_receipt"]).content.identity
    assert session.get_one(WardKey, make.WARD).public_key
    with clock.frozen(clock.now() + clock.timedelta(minutes=1)):
        enter(session, known, "officer")
        with pytest.raises(crypto.WrongPassword):
            sign_in.check_password(session, username=known["chief"], password=known["password"])
    register_device(
        session, NOBODY, address=PushAddress(DeviceKind.FCM_TOKEN, known["device"]), ward_id=make.WARD
    )  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Device)) == 1


def test_a_retired_secret_vouches_for_nothing(session, retire):
    """Whoever knows it and can write to the database puts neither a key of their own nor a shorter log in place."""
    head = session.get_one(audit.AuditHead, make.WARD)
    assert head.has_valid_seal()
    retire()
    session.expire_all()
    assert not head.has_valid_seal()
    assert audit.verify(session, make.WARD) == head.seq + 1
    with pytest.raises(crypto.SealBroken):
        _ = session.get_one(WardKey, make.WARD).public_key


def test_the_end_of_a_quiet_chain_is_sealed_anew_and_a_broken_one_is_not(session, retire):
    audit.record(session, OPERATOR, "staff.create", ward_id=None, subject_type="staff", subject_id="1")
    head = session.get_one(audit.AuditHead, make.WARD)
    assert audit.renew_seals(session) == 1
    retire()
    assert head.has_valid_seal()
    assert audit.verify(session, make.WARD) is None
    head.seal = bytes(36)
    assert audit.renew_seals(session) == 0
    assert not head.has_valid_seal()


def test_a_device_that_is_there_under_both_secrets_is_told_once(session, known):
    old = session.scalars(select(Device)).one()
    current = crypto.keyed_hash("push-address", f"{old.kind}:{old.address}".encode())
    columns = {column.name: getattr(old, column.name) for column in Device.__table__.columns}
    session.add(Device(**columns | {"id": UUID(int=5), "address_hash": current}))
    session.flush()  # as a server that has not got the new secret yet would leave it
    address = PushAddress(DeviceKind.FCM_TOKEN, known["device"])
    assert register_device(session, NOBODY, address=address, ward_id=make.WARD).id == UUID(int=5)
    renew(session)
    assert session.scalars(select(Device.id)).all() == [UUID(int=5)]


def test_what_is_new_names_its_key():
    for purpose in ("audit", "otp-phone"):
        current, *older = crypto.keyed_hashes(purpose, b"x")
        assert crypto.keyed_hash(purpose, b"x") == current
        assert [len(one) for one in (current, *older)] == [36, 32]
        assert crypto.is_current_hash(current, purpose)
        assert not crypto.is_current_hash(older[0], purpose)
    box = crypto.seal_setting("totp", b"x")
    assert box[:5] == b"\x02" + current[:4]
    assert crypto.new_receipt().lookup()[:4] != current[:4]
    salt, wrapped = crypto.wrap_private_key(bytes(32), "x")
    assert wrapped[:5] == box[:5]
    assert len(salt) == 21


def test_more_work_for_passwords_locks_nobody_out(monkeypatch):
    salt, wrapped = crypto.wrap_private_key(bytes(32), "x")
    monkeypatch.setattr("backend.crypto.keys.ARGON2_PASSES", 4)
    assert crypto.unwrap_private_key(wrapped, "x", salt) == bytes(32)


def test_the_panel_signs_with_the_current_secret(secrets):
    app = Flask("panel")
    panel.configure(app)
    current, former = (key.secret for key in crypto.server_keys("panel-cookie"))
    assert app.config["SECRET_KEY"] == current
    assert app.config["SECRET_KEY_FALLBACKS"] == [former]


@pytest.mark.parametrize("name", ["FORMER_SECRET_KEYS", "FORMER_RECEIPT_PEPPERS", "RETIRED_SECRET_KEYS"])
def test_a_secret_that_is_too_short_stops_the_start(monkeypatch, name):
    monkeypatch.setenv(f"BINHYEN_{name}", "x" * 32 + ", short")
    with pytest.raises(ValueError, match=name.lower()):
        config.Settings()
    monkeypatch.setenv(f"BINHYEN_{name}", "")
    assert getattr(config.Settings(), name.lower()) == ()
