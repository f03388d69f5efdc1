"""Alerts on the wire."""

from marshmallow import fields, validate

from backend.alerts.cap import (
    AlertKind,
    Category,
    Certainty,
    MessageType,
    PublicState,
    ReceiptEvent,
    Severity,
    Urgency,
)
from mobile_api.shell.shapes import AsStored, Choice, LocalizedText, PageQuery, Schema, Timestamp, page_of


class AlertsQuery(PageQuery):
    ward = fields.String(
        required=True,
        validate=validate.Regexp("^[0-9]{5}$"),
        metadata={"description": "official code of the ward, five digits", "example": "99001"},
    )


class AlertAreaOut(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class AlertSummary(Schema):
    """One line of the feed. `areas` empty: the whole ward."""

    id = fields.UUID(required=True)
    ward_code = fields.String(required=True)
    ward_name = fields.String(required=True)
    issuer = AsStored(LocalizedText, required=True)
    message_type = Choice(MessageType, required=True)
    state = Choice(PublicState, required=True)
    category = Choice(Category, required=True)
    kind = Choice(AlertKind, required=True)
    urgency = Choice(Urgency, required=True)
    severity = Choice(Severity, required=True)
    certainty = Choice(Certainty, required=True)
    headline = AsStored(LocalizedText, required=True)
    areas = fields.List(AsStored(AlertAreaOut), required=True)
    effective = Timestamp(required=True)
    expires = Timestamp(required=True)
    published_at = Timestamp(required=True)
    is_drill = fields.Boolean(required=True)


class Instructions(Schema):
    vi = fields.List(fields.String(), required=True)
    en = fields.List(fields.String(), required=True, allow_none=True)


class Alert(AlertSummary):
    """A published alert in full."""

    description = AsStored(LocalizedText, required=True)
    instructions = AsStored(Instructions, required=True)
    said = AsStored(LocalizedText, required=True, allow_none=True)
    truth = AsStored(LocalizedText, required=True, allow_none=True)
    references = fields.List(fields.UUID(), required=True)
    replaced_by = fields.UUID(required=True, allow_none=True)
    number = fields.Integer(required=True, metadata={"description": "counted within the ward"})


AlertPage = page_of(AlertSummary, name="AlertPage")


class AlertReceiptIn(Schema):
    event = Choice(ReceiptEvent, required=True)
    reader = fields.UUID(required=True, metadata={"description": "random, made once by each installation of the app"})


SUMMARY_EXAMPLE = {
    "id": "6f9d0c1e-2b7a-4a3e-9a65-0d4e8b1c7f20",
    "ward_code": "99001",
    "ward_name": "Phường Ban Mai",
    "issuer": {"vi": "Công an phường Ban Mai", "en": "Ban Mai ward police"},
    "message_type": "alert",
    "state": "in_force",
    "category": "Security",
    "kind": "scam",
    "urgency": "immediate",
    "severity": "moderate",
    "certainty": "observed",
    "headline": {
        "vi": "Giả danh công an, đòi 22.000 đ “cập nhật VNeID”",
        "en": "Fake police call asks 22,000 đ to “update VNeID”",
    },
    "areas": [],
    "effective": "2026-08-10T09:05:00Z",
    "expires": "2026-08-31T16:59:59Z",
    "published_at": "2026-08-10T09:05:00Z",
    "is_drill": False,
}
PAGE_EXAMPLE = {"items": [SUMMARY_EXAMPLE], "next_cursor": None}
ALERT_EXAMPLE = SUMMARY_EXAMPLE | {
    "description": {"vi": "Người gọi nói tài khoản sắp bị khóa.", "en": "The caller says your account will be locked."},
    "instructions": {
        "vi": ["Tắt máy. Bạn không nợ gì.", "Lỡ chuyển tiền: gọi ngân hàng khóa tài khoản, rồi gọi 113."],
        "en": ["Hang up. You owe nothing.", "Already paid? Call your bank to lock the account, then call 113."],
    },
    "said": {"vi": "VNeID của bác sắp bị khóa. Chuyển ngay 22.000 đ để cập nhật.", "en": None},
    "truth": {"vi": "Công an không thu tiền cập nhật VNeID qua điện thoại.", "en": "Police never take money by phone."},
    "references": [],
    "replaced_by": None,
    "number": 12,
}
RECEIPT_EXAMPLE = {"event": "opened", "reader": "0b4a1e9e-5d1c-4a51-9a55-3f1d1e6f6a10"}
