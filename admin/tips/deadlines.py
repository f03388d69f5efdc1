"""How far away a deadline is, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from backend import clock

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Due:
    """A deadline as the queue shows it. `level`: over | soon | later; `used`: per cent of the time that has gone."""

    level: str
    text: str
    used: int


def due(by: datetime, *, since: datetime | None = None) -> Due:
    """How far away `by` is; with `since` also how much of the time has gone."""
    now = clock.now()
    left = by - now
    used = 100 if since is None or by <= since else round(100 * (now - since) / (by - since))
    used = max(0, min(100, used))
    if left < timedelta(0):
        return Due("over", _("quá %(time)s", time=_span(-left)), 100)
    if left < timedelta(hours=1):
        return Due("soon", _("dưới 1 giờ"), used)
    return Due("soon" if left < SOON else "later", _span(left), used)


def _span(length: timedelta) -> str:
    hours = int(length.total_seconds() // 3600)
    if hours >= 24:
        return ngettext("%(num)s ngày", "%(num)s ngày", hours // 24)
    if hours >= 1:
        return ngettext("%(num)s giờ", "%(num)s giờ", hours)
    return _("dưới 1 giờ")
