"""What FCM HTTP v1 accepts as a message (REST reference of projects.messages), checked strictly."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_PAYLOAD = 4096
MAX_TOPIC_PAYLOAD = 2048
TARGETS = ("token", "fid", "topic", "condition")
RESERVED = re.compile(r"^(from|message_type|google\..*|gcm\..*|collapse_key)$")
TTL = re.compile(r"^\d+(\.\d{1,9})?s$")
TOPIC = re.compile(r"^[a-zA-Z0-9\-_.~%]+$")
FID = re.compile(r"^[cdef][A-Za-z0-9_-]{21}$")
MAX_TTL = 28 * 24 * 3600

_MESSAGE = {"name", "data", "notification", "android", "webpush", "apns", "fcm_options", *TARGETS}
_NOTIFICATION = {"title", "body", "image"}
_ANDROID = {
    "collapse_key",
    "priority",
    "ttl",
    "restricted_package_name",
    "data",
    "notification",
    "fcm_options",
    "direct_boot_ok",
    "bandwidth_constrained_ok",
    "restricted_satellite_ok",
}
_ANDROID_NOTIFICATION = {
    "title",
    "body",
    "icon",
    "color",
    "sound",
    "tag",
    "click_action",
    "body_loc_key",
    "body_loc_args",
    "title_loc_key",
    "title_loc_args",
    "channel_id",
    "ticker",
    "sticky",
    "event_time",
    "local_only",
    "notification_priority",
    "default_sound",
    "default_vibrate_timings",
    "default_light_settings",
    "vibrate_timings",
    "visibility",
    "notification_count",
    "light_settings",
    "image",
    "bypass_proxy_notification",
    "proxy",
}
_APNS = {"headers", "payload", "fcm_options", "live_activity_token"}


class Refused(Exception):
    """INVALID_ARGUMENT, with the field that is wrong."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field
        self.text = text


def check_message(body: bytes) -> tuple[str, str, dict[str, Any]]:
    """Returns (kind of target, target, message); kind is "validate_only" for a dry run. Raises Refused."""
    try:
        outer = json.loads(body)
    except ValueError as error:
        raise Refused("", f"Invalid JSON payload received. {error}") from error
    if not isinstance(outer, dict) or set(outer) - {"message", "validate_only"}:
        raise Refused("", "Invalid JSON payload received. Unknown name.")
    message = outer.get("message")
    if not isinstance(message, dict):
        raise Refused("message", "Message is required.")
    _known(message, _MESSAGE, "message")
    kind, target = _target(message)
    _strings(message.get("data"), "message.data", reserved=True)
    _known(message.get("notification", {}), _NOTIFICATION, "message.notification")
    _android(message.get("android", {}))
    _apns(message.get("apns", {}))
    limit = MAX_TOPIC_PAYLOAD if kind in ("topic", "condition") else MAX_PAYLOAD
    # what is small as a whole is small in its parts
    size = payload_bytes(message) if len(body) > limit else 0
    if size > limit:
        raise Refused("message", f"Message is too big: {size} bytes, the limit is {limit}.")
    return ("validate_only" if outer.get("validate_only") else kind), target, message


def payload_bytes(message: dict[str, Any]) -> int:
    """What a device is handed: notification and data with the larger platform part. UTF-8 bytes."""
    shared = _size({key: message[key] for key in ("notification", "data") if key in message})
    android = message.get("android", {})
    apns = message.get("apns", {})
    return shared + max(
        _size({key: android[key] for key in ("notification", "data") if key in android}), _size(apns.get("payload", {}))
    )


def _size(value: dict[str, Any]) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()) if value else 0


def _target(message: dict[str, Any]) -> tuple[str, str]:
    given = [kind for kind in TARGETS if kind in message]
    if len(given) != 1:
        raise Refused("message", "Exactly one of token, fid, topic or condition must be specified.")
    kind, target = given[0], message[given[0]]
    if not isinstance(target, str) or not target or len(target) > 4096:
        raise Refused(f"message.{kind}", "Recipient of the message is not set.")
    if kind == "topic" and not TOPIC.match(target):
        raise Refused("message.topic", "Invalid topic name.")
    if kind == "fid" and not FID.match(target):
        raise Refused("message.fid", "The installation id is not valid.")
    if kind == "token" and (FID.match(target) or not re.match(r"^[A-Za-z0-9_:\-]+$", target)):
        raise Refused("message.token", "The registration token is not a valid FCM registration token")
    return kind, target


def _known(value: Any, names: set[str], field: str) -> None:
    if not isinstance(value, dict):
        raise Refused(field, f"Invalid value at '{field}'.")
    unknown = value.keys() - names
    if unknown:
        raise Refused(
            field,
            f"Invalid JSON payload received. Unknown name \"{sorted(unknown)[0]}\" at '{field}': Cannot find field.",
        )


def _strings(value: Any, field: str, *, reserved: bool = False) -> None:
    if value is None:
        return
    if not isinstance(value, dict):
        raise Refused(field, f"Invalid value at '{field}'.")
    for key, text in value.items():
        if not isinstance(text, str):
            raise Refused(f"{field}[0].value", f"Invalid value at '{field}[0].value' (TYPE_STRING), {text!r}")
        if reserved and RESERVED.match(key):
            raise Refused(field, f"Invalid data payload key: {key}")


def _android(android: Any) -> None:
    if not android:
        return
    _known(android, _ANDROID, "message.android")
    ttl = android.get("ttl")
    if ttl is not None and (not isinstance(ttl, str) or not TTL.match(ttl) or float(ttl[:-1]) > MAX_TTL):
        raise Refused("message.android.ttl", "Invalid value at 'message.android.ttl' (Duration).")
    if android.get("priority", "high").lower() not in ("high", "normal"):
        raise Refused("message.android.priority", "Invalid value at 'message.android.priority'.")
    if not isinstance(android.get("collapse_key", ""), str):
        raise Refused("message.android.collapse_key", "Invalid value at 'message.android.collapse_key' (TYPE_STRING).")
    _strings(android.get("data"), "message.android.data", reserved=True)
    _known(android.get("notification", {}), _ANDROID_NOTIFICATION, "message.android.notification")


def _apns(apns: Any) -> None:
    if not apns:
        return
    _known(apns, _APNS, "message.apns")
    _strings(apns.get("headers"), "message.apns.headers")
    headers = apns.get("headers", {})
    if len(headers.get("apns-collapse-id", "").encode()) > 64:
        raise Refused("message.apns.headers", "apns-collapse-id is longer than 64 bytes.")
    if headers.get("apns-priority", "10") not in ("1", "5", "10"):
        raise Refused("message.apns.headers", "apns-priority must be 1, 5 or 10.")
    expiration = headers.get("apns-expiration", "0")
    if not expiration.isdigit():
        raise Refused("message.apns.headers", "apns-expiration must be seconds since the epoch.")
