"""Single values as they are stored, each beside what it opens to. Bytes are written in base64."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from os import urandom as random_bytes
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from admin.shell import session as panel
from backend import clock, crypto
from backend.alerts import cap
from backend.alerts.content import Content, LocalizedList, content_hash
from backend.localized import Localized
from backend.packing import pack
from backend.push.address import DeviceKind, PushAddress
from backend.staff.passwords import hashed
from backend.tips import sealed

PASSWORD = "Ngõ nhỏ phố nhỏ nhà tôi ở đó"
AT = datetime(2026, 8, 31, 9, 0, tzinfo=clock.VIETNAM)
TIP, ENTRY, PHOTO, AREA = (UUID(int=number) for number in range(1, 5))
KEY = bytes(range(32))
LONGER_THAN_A_CHUNK = 66_000
WEB = PushAddress(DeviceKind.WEBPUSH, "https://fcm.googleapis.com/fcm/send/abc", "p256dh", "auth", "en")


def made() -> dict:
    """Every kind of value that this code stores."""
    return {
        "boxes": [boxed(data) for data in (b"", b"chuyen rieng", bytes(300))],
        "streams": [streamed(length) for length in (0, 300, LONGER_THAN_A_CHUNK)],
        **keys(),
        **tokens(),
        "receipts": [receipt() for _ in range(2)],
        "hashes": [hashed_by(purpose, data) for purpose, data in HASHED],
        "tips": tips(),
        "alerts": [alert(content, **facts) for content, facts in ALERTS],
    }


def text(data: bytes) -> str:
    return b64encode(data).decode()


def boxed(data: bytes) -> dict:
    return {"key": text(KEY), "context": "tip/1/text", "data": text(data),
            "box": text(crypto.seal(KEY, data, context=b"tip/1/text"))}  # fmt: skip


def streamed(length: int) -> dict:
    data = random_bytes(length)
    return {"key": text(KEY), "context": "tip/1/photo", "sha256": sha256(data).hexdigest(),
            "stream": text(crypto.seal_stream(KEY, data, context=b"tip/1/photo"))}  # fmt: skip


def keys() -> dict:
    pair, paper = crypto.new_keypair(), crypto.new_recovery_key()
    salt, wrapped = crypto.wrap_private_key(pair.private, PASSWORD)
    return {
        "sealed_to": {"private": text(pair.private), "secret": text(KEY),
                      "box": text(crypto.seal_to(pair.public, KEY))},
        "recovery": {"paper": paper.text, "private": text(pair.private),
                     "box": text(crypto.seal_to_recovery(paper, pair.private))},
        "wrapped": {"password": PASSWORD, "private": text(pair.private), "salt": text(salt), "wrapped": text(wrapped)},
        "password": {"password": PASSWORD, "hash": hashed(PASSWORD)},
    }  # fmt: skip


def tokens() -> dict:
    token = crypto.session_token()
    settings = {"totp": b"JBSWY3DPEHPK3PXP", "ward-key/99001": KEY, "staff-key/thao": KEY}
    jobs = {"otp-sms": b'{"phone": "+84912345678"}', "tip-push": pack(WEB)}
    return {
        "session": {"token": token, "hash": text(crypto.token_hash(token)), "secret": text(KEY),
                    "box": text(crypto.seal_for_session(token, KEY))},
        "settings": [{"purpose": purpose, "data": text(data), "box": text(crypto.seal_setting(purpose, data))}
                     for purpose, data in settings.items()],
        "jobs": [{"purpose": purpose, "data": text(data), "sealed": crypto.seal_for_worker(purpose, data)}
                 for purpose, data in jobs.items()],
        "panel_cookie": {"session": {"csrf_token": "abc", "language": "en"}, "cookie": panel_cookie()},
    }  # fmt: skip


def panel_cookie() -> str:
    app = Flask("panel")
    panel.configure(app)
    return SecureCookieSessionInterface().get_signing_serializer(app).dumps({"csrf_token": "abc", "language": "en"})


def receipt() -> dict:
    made = crypto.new_receipt()
    return {"receipt": made.text, "lookup": text(made.lookup()), "data_key": text(KEY),
            "box": text(crypto.seal_key_to_receipt(made, KEY))}  # fmt: skip


HASHED = (
    ("otp-phone", b"+84912345678"),
    ("otp-code", b"+84912345678:428196"),
    ("sign-in-name", b"thao"),
    ("push-address", b"fcm_token:abc"),
    ("alert receipt", TIP.bytes + AREA.bytes),
    ("enrolment", bytes(10)),
    ("known-browser", b"browser"),
    ("audit", bytes(32) + b"[]"),
    ("audit-head", b"99001:0:" + bytes(32)),
)


def hashed_by(purpose: str, data: bytes) -> dict:
    return {"purpose": purpose, "data": text(data), "hash": text(crypto.keyed_hash(purpose, data))}


def tips() -> dict:
    """Sealed contents, words, addresses and photos under one data key."""
    plain = sealed.Content("Xe đạp của cháu bị mất.", AT)
    full = sealed.Content(
        text="Quán hát mở loa\nquá mười một giờ đêm.",
        received_at=AT,
        occurred="today",
        location=sealed.Location(21.034715, 105.812943),
        identity=sealed.Identity("Nguyễn Thị Trắng", "+84912000777", verified=True),
        language="en",
        photos=(sealed.PhotoName(PHOTO, "gốc đa.jpg", 640, 480),),
    )
    entry = sealed.Entry(ENTRY, 1, "status", "staff", "acknowledged")
    return {
        "key": text(KEY),
        "plain": text(sealed.pack_content(KEY, TIP, plain)),
        "full": text(sealed.pack_content(KEY, TIP, full)),
        "words": text(sealed.pack_words(KEY, entry, sealed.Words("Đã tiếp nhận.", AT))),
        "address": text(sealed.pack_address(KEY, TIP, WEB)),
        "photo": text(sealed.pack_photo(KEY, PHOTO, "small", b"JPEG")),
    }


SHORT = Content(
    category=cap.Category.FIRE,
    kind=cap.AlertKind.FIRE,
    urgency=cap.Urgency.EXPECTED,
    severity=cap.Severity.SEVERE,
    certainty=cap.Certainty.LIKELY,
    headline=Localized("Nắng nóng kéo dài, nguy cơ cháy rất cao"),
    description=Localized("Bà con cẩn thận lửa."),
    expires=datetime(2026, 9, 4, 9, 0, tzinfo=clock.VIETNAM),
)
LONG = Content(
    category=cap.Category.SECURITY,
    kind=cap.AlertKind.SCAM,
    urgency=cap.Urgency.IMMEDIATE,
    severity=cap.Severity.EXTREME,
    certainty=cap.Certainty.OBSERVED,
    headline=Localized("Giả danh công an", "Fake police call"),
    description=Localized("Người gọi nói tài khoản sắp bị khóa.", "They say your account will be locked."),
    expires=datetime(2026, 9, 3, 2, 0, tzinfo=clock.VIETNAM),
    effective=datetime(2026, 8, 31, 20, 15, 30, tzinfo=clock.VIETNAM),
    instructions=LocalizedList(("Tắt máy.", "Không mở liên kết."), ("Hang up.", "Open no link.")),
    said=Localized("Chuyển ngay 22.000 đ.", "Send 22,000 đ now."),
    truth=Localized("Công an không thu tiền qua điện thoại."),
    area_ids=frozenset((AREA, TIP)),
    is_drill=True,
)
ALERTS = (
    (SHORT, {"ward_id": "99001", "message_type": "alert", "refers_to": None}),
    (SHORT, {"ward_id": "99002", "message_type": "cancel", "refers_to": str(TIP)}),
    (LONG, {"ward_id": "99001", "message_type": "alert", "refers_to": None}),
    (LONG, {"ward_id": "99001", "message_type": "update", "refers_to": str(TIP)}),
)


def alert(content: Content, *, ward_id: str, message_type: str, refers_to: str | None) -> dict:
    earlier = UUID(refers_to) if refers_to else None
    approved = content_hash(content, ward_id=ward_id, message_type=message_type, refers_to=earlier)
    return {"content": "long" if content is LONG else "short", "ward_id": ward_id, "message_type": message_type,
            "refers_to": refers_to, "hash": approved}  # fmt: skip
