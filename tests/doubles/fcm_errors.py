"""FCM's errors as it writes them (google.rpc.Status as JSON)."""

import json
from typing import Any

from tests.doubles.http import Reply

FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
FAULTS: dict[str, tuple[int, str, str | None, str]] = {
    "unregistered": (404, "NOT_FOUND", "UNREGISTERED", "Requested entity was not found."),
    "not_found": (404, "NOT_FOUND", None, "Requested entity was not found."),
    "invalid_argument": (
        400,
        "INVALID_ARGUMENT",
        "INVALID_ARGUMENT",
        "The registration token is not a valid FCM registration token",
    ),
    "quota": (429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "Quota exceeded for quota metric 'Send requests'."),
    "internal": (500, "INTERNAL", "INTERNAL", "Internal error encountered."),
    "unavailable": (503, "UNAVAILABLE", "UNAVAILABLE", "The service is currently unavailable."),
    "sender_mismatch": (403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH", "SenderId mismatch"),
    "third_party_auth": (401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", "Auth error from APNS or Web Push Service"),
    "unauthenticated": (401, "UNAUTHENTICATED", None, "Request had invalid authentication credentials."),
}


def error_reply(
    status: int, name: str, code: str | None, message: str, *, field: str | None = None, retry_after: str | None = None
) -> Reply:
    error: dict[str, Any] = {"code": status, "message": message, "status": name}
    details: list[dict[str, Any]] = []
    if code:
        details.append({"@type": FCM_ERROR, "errorCode": code})
    if field:
        details.append(
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": field, "description": message}],
            }
        )
    if details:
        error["details"] = details
    headers = {"Retry-After": retry_after} if retry_after is not None else {}
    return Reply(status, json.dumps({"error": error}).encode(), headers)
