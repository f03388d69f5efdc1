"""A ward's contacts on the wire."""

from marshmallow import fields

from mobile_api.shell.shapes import LocalizedText, Schema, Timestamp


class Contacts(Schema):
    """How the police of a ward can be reached when it is no emergency; null where they have told nothing."""

    ward_code = fields.String(required=True)
    duty_phone = fields.String(required=True, allow_none=True, metadata={"description": "E.164"})
    address = fields.String(required=True, allow_none=True)
    hours = fields.Nested(
        LocalizedText, required=True, allow_none=True, metadata={"description": "when residents are received"}
    )
    greeting = fields.Nested(LocalizedText, required=True, allow_none=True)
    updated_at = Timestamp(required=True, allow_none=True)


CONTACTS_EXAMPLE = {
    "ward_code": "99001",
    "duty_phone": "+84550000113",
    "address": "Số 12, đường Hừng Đông, phường Ban Mai",
    "hours": {"vi": "Thứ Hai đến thứ Sáu 7:30–17:00", "en": "Monday to Friday 7:30–17:00"},
    "greeting": {"vi": "Bà con cứ gọi, chúng tôi luôn có người trực.", "en": None},
    "updated_at": "2026-08-10T09:05:00Z",
}
