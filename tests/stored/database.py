"""A whole small database, made through the commands of the product, and read out as rows."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pyotp
from alembic.script import ScriptDirectory
from PIL import Image
from sqlalchemy import text

from backend import clock, crypto, db, idempotency
from backend.accounts import commands as accounts
from backend.alerts import commands as alerts
from backend.alerts.cap import ReceiptEvent
from backend.permissions import NOBODY, OPERATOR, Actor, Role
from backend.push.address import DeviceKind, PushAddress
from backend.push.commands import register_device
from backend.staff import commands as staff
from backend.staff import enrolment, known_browsers, sign_in, throttle, ward_keys
from backend.storage import storage
from backend.tips import commands, sealed, staff_commands
from backend.tips.life import Category, Occurred, Status
from backend.tips.models import TipPhoto
from backend.tips.photos import PhotoFile, clean_photos
from binhyen.migrate import configuration
from tests import make
from tests.stored.values import AT, LONG, PASSWORD

PHONE, OTHER_PHONE = "+84912345678", "+84912345679"
TOKEN = "dAbC:APA91b" + "x" * 130
IDEMPOTENCY_KEY, READER = "0b0e7a4e-7d4b-4b52-9f8e-0d6a6f6f0001", UUID(int=77)
LOCKED_NAME = "nguoi.la"


def made() -> dict:
    """Rows, blobs, the revision they belong to, and what their owners know."""
    with clock.frozen(AT) as stopped:
        known, chief, officer = people(stopped)
        known |= residents() | told(officer) | warned(officer, chief) | {"at": stopped.at.isoformat()}
    return {"revision": _revision(), "known": known, "rows": _rows(), "blobs": _blobs()}


def people(stopped: clock.FrozenClock) -> tuple[dict, Actor, Actor]:
    """A chief and an officer who can open tips, and one who has not enrolled; the chief is signed in."""
    with db.unit_of_work() as session:
        make.make_area(session, make.make_ward(session))
    chief, chief_totp, recovery = enrolled("chi.huy", Role.CHIEF)
    officer, officer_totp, _ = enrolled("thao", Role.OFFICER)
    with db.unit_of_work() as session:
        ward_keys.grant_tip_access(session, chief, staff_id=officer.id)
        waiting = staff.create_staff(
            session, OPERATOR, username="moi.den", name="Lê Mới", role=Role.OFFICER, ward_id=make.WARD
        )
    stopped.tick(timedelta(minutes=1))
    with db.unit_of_work() as session:
        half = sign_in.check_password(session, username="chi.huy", password=PASSWORD)
    with db.unit_of_work() as session:
        token = sign_in.check_totp(session, token=half, code=pyotp.TOTP(chief_totp).at(stopped.at))
    with db.unit_of_work() as session:
        browser = known_browsers.remember(session, token=token, cookie="")
    for _ in range(throttle.TRIES):
        throttle.count_attempt(LOCKED_NAME, throttle.UNKNOWN_BROWSER)
    known = {
        "password": PASSWORD, "chief": "chi.huy", "chief_totp": chief_totp, "officer": "thao",
        "officer_totp": officer_totp, "recovery_key": recovery, "staff_token": token, "browser": browser,
        "enrolment": {"username": "moi.den", "code": waiting.enrolment_code}, "locked_name": LOCKED_NAME,
    }  # fmt: skip
    return known, chief, officer


def enrolled(username: str, role: Role) -> tuple[Actor, str, str | None]:
    """A member of staff all the way in; the authenticator's secret, and the ward's recovery key if it was made."""
    with db.unit_of_work() as session:
        new = staff.create_staff(session, OPERATOR, username=username, name="Cán bộ", role=role, ward_id=make.WARD)
    with db.unit_of_work() as session:
        token = enrolment.begin_enrolment(session, username=username, code=new.enrolment_code)
    with db.unit_of_work() as session:
        secret = enrolment.choose_password(session, token=token, password=PASSWORD).secret
    with db.unit_of_work() as session:
        done = enrolment.confirm_authenticator(session, token=token, code=pyotp.TOTP(secret).at(clock.now()))
    with db.unit_of_work() as session:
        return sign_in.staff_by_session(session, done.token), secret, done.recovery_key


def residents() -> dict:
    """A resident who is signed in and has a device, and a phone that waits for its code."""
    with db.unit_of_work() as session:
        accounts.request_code(session, NOBODY, phone=PHONE, language="vi")
    with db.unit_of_work() as session:
        signed_in = accounts.open_session(session, NOBODY, phone=PHONE, code=_sent(session, PHONE))
        address = PushAddress(DeviceKind.FCM_TOKEN, TOKEN)
        register_device(session, signed_in.actor, address=address, ward_id=make.WARD)
    with db.unit_of_work() as session:
        accounts.request_code(session, NOBODY, phone=OTHER_PHONE, language="vi")
        code = _sent(session, OTHER_PHONE)
    return {"phone": PHONE, "resident_token": signed_in.token, "device": TOKEN, "waiting_phone": OTHER_PHONE,
            "waiting_code": code}  # fmt: skip


def told(officer: Actor) -> dict:
    """Two tips, one with everything; and a reply that is kept for a phone that asks again."""
    with db.unit_of_work() as session:
        plain = commands.TipDraft(make.WARD, Category.NOISE, "Quán hát mở loa quá mười một giờ đêm.")
        reply = idempotency.once(
            session, scope="tips", key=IDEMPOTENCY_KEY, fingerprint=b"body",
            act=lambda: {"receipt": commands.send_tip(session, NOBODY, draft=plain).receipt.text},
        )  # fmt: skip
    photos = clean_photos([PhotoFile("gốc đa.jpg", _picture())])
    full = commands.TipDraft(
        make.WARD, Category.THEFT, "Xe đạp của cháu tôi bị mất.", Occurred.TODAY,
        location=sealed.Location(21.034715, 105.812943), name="Nguyễn Thị Trắng", phone=PHONE,
        push=PushAddress(DeviceKind.FCM_TOKEN, TOKEN), language="en",
    )  # fmt: skip
    with db.unit_of_work() as session:
        sent = commands.send_tip(session, NOBODY, draft=full, photos=photos)
        commands.write_message(session, NOBODY, receipt=sent.receipt.text, text="Tôi có ảnh chiếc xe.")
        staff_commands.acknowledge_tip(session, officer, tip_id=sent.tip.id, reason="Đã tiếp nhận.")
        staff_commands.open_tip(session, officer, tip_id=sent.tip.id)
        staff_commands.reply_to_tip(session, officer, tip_id=sent.tip.id, text="Xe màu gì?")
        assert sent.tip.status == Status.ACKNOWLEDGED
    return {"plain_receipt": reply["receipt"], "full_receipt": sent.receipt.text,
            "idempotency": {"key": IDEMPOTENCY_KEY, "reply": reply}}  # fmt: skip


def warned(officer: Actor, chief: Actor) -> dict:
    """An alert that is public and was read on a phone, and one that is approved and waits to be published."""
    content = replace(LONG, area_ids=frozenset())
    ids = []
    with db.unit_of_work() as session:
        for act in (alerts.approve_and_publish_alert, alerts.approve_alert):
            alert = alerts.draft_alert(session, officer, content=content)
            alerts.submit_alert(session, officer, alert_id=alert.id)
            act(session, chief, alert_id=alert.id, content_hash=alert.content_hash)
            ids.append(str(alert.id))
        alerts.record_receipt(session, NOBODY, alert_id=UUID(ids[0]), event=ReceiptEvent.READ, reader=READER)
    return {"public_alert": ids[0], "approved_alert": ids[1], "reader": str(READER)}


def _sent(session, phone: str) -> str:
    """The code that the worker would send to `phone`."""
    jobs = session.execute(text("SELECT args FROM procrastinate_jobs WHERE task_name = 'otp_requested' ORDER BY id"))
    codes = [json.loads(crypto.open_for_worker("otp-sms", args["sealed"])) for (args,) in jobs]
    return next(code["code"] for code in reversed(codes) if code["phone"] == phone)


def _picture() -> bytes:
    written = BytesIO()
    Image.linear_gradient("L").resize((48, 32)).convert("RGB").save(written, "JPEG")
    return written.getvalue()


def _revision() -> str:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def _rows() -> dict[str, list]:
    """Every row of the product's own tables, as PostgreSQL writes rows in JSON."""
    with db.unit_of_work(read_only=True) as session:
        names = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
        ours = [name for name in names if not name.startswith("procrastinate") and name != "alembic_version"]
        rows = {name: session.scalars(text(f'SELECT to_jsonb(t) FROM "{name}" t')).all() for name in ours}
    return {name: list(found) for name, found in rows.items() if found}


def _blobs() -> dict[str, str]:
    with db.unit_of_work(read_only=True) as session:
        names = [name for photo in session.query(TipPhoto) for name in (photo.large, photo.small)]
    return {name: b64encode(storage().get(name)).decode() for name in names}
