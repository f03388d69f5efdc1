"""People come back to the database of a release: whatever they kept still works, whatever was counted still counts."""

from uuid import UUID

import pyotp
import pytest
from sqlalchemy import func, select

from backend import audit, clock, idempotency
from backend.accounts import commands as accounts
from backend.accounts import otp
from backend.accounts.errors import OtpTooMany
from backend.accounts.queries import resident_by_token
from backend.alerts import commands as alerts
from backend.alerts import queries as alert_queries
from backend.alerts.cap import ReceiptEvent, State
from backend.alerts.models import Alert
from backend.permissions import NOBODY
from backend.push.address import DeviceKind, PushAddress
from backend.push.commands import register_device, unregister_device
from backend.push.models import Device
from backend.staff import enrolment, known_browsers, sign_in, throttle, ward_keys
from backend.staff.errors import SignInLocked
from backend.staff.models import Staff
from backend.tips import commands, staff_commands
from backend.tips import queries as tips
from tests import make


@pytest.fixture
def officer(session, known):
    """Signs in with password and authenticator; the session opens their key."""
    half = sign_in.check_password(session, username=known["officer"], password=known["password"])
    session.flush()
    code = pyotp.TOTP(known["officer_totp"]).at(clock.now())
    return sign_in.staff_by_session(session, sign_in.check_totp(session, token=half, code=code))


@pytest.fixture
def chief(session, known):
    """Signed in since then."""
    return sign_in.staff_by_session(session, known["staff_token"])


def test_the_log_holds_and_goes_on(session, officer):
    assert audit.chains(session) == [make.WARD]
    assert audit.verify(session, make.WARD) is None
    audit.record(session, officer, "tip.read", ward_id=make.WARD, subject_type="tip", subject_id="1")
    assert audit.verify(session, make.WARD) is None


def test_receipts_open_their_tips_and_the_dialogue_goes_on(session, known):
    plain = tips.open_by_receipt(session, NOBODY, receipt=known["plain_receipt"])
    assert plain.content.text == "Quán hát mở loa quá mười một giờ đêm."
    commands.write_message(session, NOBODY, receipt=known["full_receipt"], text="Xe màu xanh.")
    full = tips.open_by_receipt(session, NOBODY, receipt=known["full_receipt"])
    assert full.content.identity.name == "Nguyễn Thị Trắng"
    assert [step.text for step in full.trail] == ["Tôi có ảnh chiếc xe.", "Đã tiếp nhận.", "Xe màu gì?", "Xe màu xanh."]
    photo = full.content.photos[0]
    for size in ("large", "small"):
        picture = tips.photo_by_receipt(session, NOBODY, receipt=known["full_receipt"], photo_id=photo.id, size=size)
        assert picture.startswith(b"\xff\xd8")


def test_an_officer_signs_in_and_opens_a_tip(session, known, officer):
    opened = staff_commands.open_tip(session, officer, tip_id=tips.find_by_number(session, officer, number=2))
    assert opened.content.text == "Xe đạp của cháu tôi bị mất."
    staff_commands.reply_to_tip(session, officer, tip_id=opened.tip.id, text="Cảm ơn bà con.")


def test_a_session_that_was_open_still_opens_the_wards_key(session, known, chief):
    assert chief.name == "Cán bộ"
    assert len(ward_keys.open_ward_key(session, chief, make.WARD)) == 32


def test_the_printed_recovery_key_restores(session, known, chief):
    ward_keys.restore_ward_key(session, chief, recovery_key=known["recovery_key"])


def test_a_colleague_who_waits_enrols_and_gets_access(session, known, chief):
    token = enrolment.begin_enrolment(session, **known["enrolment"])
    session.flush()
    secret = enrolment.choose_password(session, token=token, password=known["password"]).secret
    enrolment.confirm_authenticator(session, token=token, code=pyotp.TOTP(secret).at(clock.now()))
    new = session.scalars(select(Staff).where(Staff.username == known["enrolment"]["username"])).one()
    ward_keys.grant_tip_access(session, chief, staff_id=new.id)


def test_a_known_browser_is_known(session, known):
    staff = session.scalars(select(Staff).where(Staff.username == known["chief"])).one()
    assert known_browsers.recognise(known["browser"], staff) != throttle.UNKNOWN_BROWSER
    again = known_browsers.remember(session, token=known["staff_token"], cookie=known["browser"])
    assert again.count(".") == 1
    assert known_browsers.recognise(again, staff) != throttle.UNKNOWN_BROWSER


def test_a_locked_name_stays_locked_until_somebody_ends_it(session, known):
    assert throttle.locked_names(session, ["thao", known["locked_name"]]) == {known["locked_name"]}
    with pytest.raises(SignInLocked):
        throttle.count_attempt(known["locked_name"], throttle.UNKNOWN_BROWSER)
    throttle.reset_all(session, known["locked_name"])
    session.flush()
    assert throttle.locked_names(session, [known["locked_name"]]) == set()
    throttle.count_attempt(known["locked_name"], throttle.UNKNOWN_BROWSER)


def test_a_code_that_was_sent_signs_in_and_still_counts(session, known):
    with pytest.raises(OtpTooMany):
        accounts.request_code(session, NOBODY, phone=known["waiting_phone"], language="vi")
    assert otp.sent_codes(session, known["waiting_phone"]) is not None
    phone, code = known["waiting_phone"], known["waiting_code"]
    assert accounts.open_session(session, NOBODY, phone=phone, code=code).token
    otp.forget_phone(session, known["waiting_phone"])
    session.flush()
    assert otp.sent_codes(session, known["waiting_phone"]) is None


def test_a_signed_in_phone_stays_signed_in(session, known):
    assert resident_by_token(session, known["resident_token"]) is not None


def test_a_device_that_registers_again_is_the_same_one(session, known):
    before = session.scalars(select(Device)).one().id
    address = PushAddress(DeviceKind.FCM_TOKEN, known["device"])
    for _ in range(2):
        assert register_device(session, NOBODY, address=address, ward_id=make.WARD).id == before
    assert session.scalar(select(func.count()).select_from(Device)) == 1
    unregister_device(session, NOBODY, kind=DeviceKind.FCM_TOKEN, address=known["device"])
    assert session.scalar(select(func.count()).select_from(Device)) == 0


def test_a_device_is_taken_away_under_its_old_hash(session, known):
    unregister_device(session, NOBODY, kind=DeviceKind.FCM_TOKEN, address=known["device"])
    assert session.scalar(select(func.count()).select_from(Device)) == 0


def test_a_repeated_request_gets_the_reply_of_then(session, known):
    kept = known["idempotency"]
    asked = {"scope": "tips", "key": kept["key"], "fingerprint": b"body"}
    assert idempotency.once(session, **asked, act=lambda: {"receipt": "another"}) == kept["reply"]
    assert idempotency.earlier(session, **asked) == kept["reply"]


def test_an_approval_holds_and_the_alert_is_published(session, known, chief):
    for name in ("public_alert", "approved_alert"):
        alert = session.get_one(Alert, UUID(known[name]))
        assert alert.computed_hash() == alert.content_hash == alert.approved_hash
    published = alerts.publish_alert(session, chief, alert_id=UUID(known["approved_alert"]))
    assert published.state is State.PUBLISHED


def test_a_phone_that_read_an_alert_is_not_counted_twice(session, known, chief):
    alert, reader = UUID(known["public_alert"]), UUID(known["reader"])
    before = alert_queries.count_receipts(session, chief, alert_id=alert)
    for event in ReceiptEvent:
        alerts.record_receipt(session, NOBODY, alert_id=alert, event=event, reader=reader)
    after = alert_queries.count_receipts(session, chief, alert_id=alert)
    assert (before.received, before.read) == (after.received, after.read) == (1, 1)
