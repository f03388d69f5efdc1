"""One push notification, whatever service carries it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


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
        """What the app gets beside the words: text only, as FCM wants it."""
        shared = {"kind": self.kind, "url": self.url, "tag": self.tag}
        if self.alert_id is None:
            return shared
        expires = self.expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {**shared, "alert_id": self.alert_id, "expires": expires}

    def json(self) -> bytes:
        """What the service worker of the app gets."""
        whole = {"title": self.title, "body": self.body, **self.data()}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
