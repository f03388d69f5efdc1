"""Messages in the reader's words, cut to what a push or an SMS can carry."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backend.alerts.cap import MessageType
from backend.alerts.notices import AlertNotice
from backend.alerts.rules import BEGINNINGS
from backend.push.rules import LONGEST_TTL, PUSH_BYTES, PUSH_RESERVED

TITLE_BYTES = 240
SMS_CHARACTERS = 201  # three parts of 67 characters with diacritics
NEAR = 20  # characters that are given up so that no word is cut in half
UPDATE_TTL = timedelta(days=3)

_UPDATE = {"vi": "Bạn có cập nhật mới", "en": "You have an update"}
_CODE = {
    "vi": "Mã đăng nhập Bình Yên: %s. Có hiệu lực 5 phút. Không đưa mã này cho ai, kể cả người xưng là công an.",
    "en": "Your Binh Yen sign-in code: %s. Valid for 5 minutes. Give it to nobody, even if they say they are police.",
}
_SEE = {"vi": "Xem", "en": "See"}
_DRILL = {"vi": "[Diễn tập] ", "en": "[Drill] "}
_EMERGENCY = {"vi": "Khẩn cấp: ", "en": "Emergency: "}


@dataclass(frozen=True)
class Push:
    """One notification. `tag`: a later one with the same tag takes its place. `ttl`: how long it is worth keeping."""

    kind: str
    title: str
    body: str
    url: str
    tag: str
    urgent: bool
    ttl: timedelta
    expires: datetime
    alert_id: str | None = None

    @property
    def expires_at(self) -> int:
        """Seconds since the epoch."""
        return int(self.expires.timestamp())

    def data(self) -> dict[str, str]:
        """What the app is handed beside the words: text only, as FCM wants it."""
        shared = {"kind": self.kind, "url": self.url, "tag": self.tag}
        if self.alert_id is None:
            return shared
        return {**shared, "alert_id": self.alert_id, "expires": _moment(self.expires)}

    def json(self) -> bytes:
        """What the service worker of the app is handed."""
        whole = {"title": self.title, "body": self.body, **self.data()}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def alert_push(notice: AlertNotice, language: str, *, now: datetime) -> Push:
    """An alert for one device in one language; a language that nobody wrote falls back to Vietnamese."""
    title = cut(alert_title(notice, language), TITLE_BYTES)
    body = fit(notice.description.in_language(language), PUSH_BYTES - PUSH_RESERVED - _json_bytes(title))
    return Push(
        kind="alert",
        title=title,
        body=body,
        url=f"/canh-bao/{notice.id}",
        tag=str(notice.tag),
        urgent=notice.severity in ("extreme", "severe"),
        ttl=min(max(notice.expires - now, timedelta(seconds=1)), LONGEST_TTL),
        expires=notice.expires,
        alert_id=str(notice.id),
    )


def alert_title(notice: AlertNotice, language: str) -> str:
    """The headline, with what a reader must know before it: a drill, an emergency, a withdrawal not told by itself."""
    headline = notice.headline.in_language(language)
    prefix = _DRILL[language] if notice.is_drill else ""
    beginning = BEGINNINGS.get(MessageType(notice.message_type))
    if beginning is None:
        prefix += _EMERGENCY[language] if notice.severity == "extreme" else ""
    elif not headline.startswith((beginning.vi, beginning.in_language("en"))):
        prefix += beginning.in_language(language)
    return prefix + headline


def update_push(language: str, *, now: datetime) -> Push:
    """Something waits for a reporter. The same for everyone and every tip: it names and counts nothing."""
    return Push(
        kind="update",
        title=_UPDATE[language],
        body="",
        url="/tin",
        tag="update",
        urgent=False,
        ttl=UPDATE_TTL,
        expires=now + UPDATE_TTL,
    )


def code_text(code: str, language: str) -> str:
    """The SMS with a sign-in code."""
    return _CODE[language] % code


def alert_text(notice: AlertNotice, language: str, *, public_url: str) -> str:
    """The SMS of an alert: who says so, the headline, as much as fits, and where the rest is."""
    link = f" {_SEE[language]}: {public_url.rstrip('/')}/canh-bao/{notice.id}"
    said = f"{alert_title(notice, language)}. {notice.description.in_language(language)}"
    words = f"{notice.issuer.in_language(language)}: {said}"
    return _shortened(" ".join(words.split()), SMS_CHARACTERS - len(link), len) + link


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` bytes of UTF-8, cut between characters, with an ellipsis where something is missing."""
    return _shortened(text, limit, lambda part: len(part.encode()))


def fit(text: str, limit: int) -> str:
    """`text` cut so that its JSON string has at most `limit` bytes (quotes and line ends cost more than one)."""
    return _shortened(text, limit - 2, lambda part: _json_bytes(part) - 2)


def _shortened(text: str, limit: int, size: Callable[[str], int]) -> str:
    if size(text) <= limit:
        return text
    room = limit - size("…")
    if room < 0:
        return ""
    for place, character in enumerate(text):
        room -= size(character)
        if room < 0:
            return _tidy(text[:place], text) + "…"
    return text


def _tidy(start: str, whole: str) -> str:
    """End `start` where a reader would: not between a letter and its marks, and at a space where one is near."""
    rest = whole[len(start) :]
    while start and rest and (unicodedata.combining(rest[0]) or rest[0] in "\u200d\ufe0f"):
        start, rest = start[:-1], start[-1] + rest
    space = start.rfind(" ")
    if 0 < len(start) - space < NEAR and space > 0 and not rest.startswith(" "):
        start = start[:space]
    return start.rstrip()


def _json_bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
