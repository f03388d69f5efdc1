"""Moments and deadlines in words, in Vietnam's time and the reader's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from backend import clock

SOON = timedelta(hours=24)


def local(moment: datetime) -> datetime:
    """`moment` on a Vietnamese wall clock."""
    return moment.astimezone(clock.VIETNAM)


def weekday(moment: datetime) -> str:
    """The day of the week as people say it."""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[local(moment).weekday()]


def day(moment: datetime) -> str:
    """`thứ Hai 31/8`; the year is named when it is not this one."""
    at = local(moment)
    date = f"{at.day}/{at.month}" if at.year == local(clock.now()).year else f"{at.day}/{at.month}/{at.year}"
    return f"{weekday(moment)} {date}"


def short_day(moment: datetime) -> str:
    """`31/8`, for columns."""
    at = local(moment)
    return f"{at.day}/{at.month}"


def time_of_day(moment: datetime) -> str:
    """`17:30`."""
    return f"{local(moment):%H:%M}"


def moment_words(moment: datetime) -> str:
    """`17:30, thứ Hai 31/8`; of today only the time."""
    if local(moment).date() == local(clock.now()).date():
        return _("%(time)s hôm nay", time=time_of_day(moment))
    return f"{time_of_day(moment)}, {day(moment)}"


def full_moment(moment: datetime) -> str:
    """`17:30, 31/8/2026`, for what is printed and kept."""
    at = local(moment)
    return f"{at:%H:%M}, {at.day}/{at.month}/{at.year}"


def short_moment(moment: datetime) -> str:
    """`09:47, 10/8` for columns; of today only the time."""
    at = local(moment)
    today = at.date() == local(clock.now()).date()
    return f"{at:%H:%M}" if today else f"{at:%H:%M}, {at.day}/{at.month}"


def hour_words(moment: datetime) -> str:
    """The hour alone: all that is known of a sealed tip's arrival."""
    return _("%(hour)s giờ, %(day)s", hour=local(moment).hour, day=day(moment))


def short_hour(moment: datetime) -> str:
    """The hour alone, for a column."""
    at = local(moment)
    return _("%(hour)s giờ, %(date)s", hour=at.hour, date=f"{at.day}/{at.month}")


def number(value: int) -> str:
    """`4.790` in Vietnamese, `4,790` in English."""
    return str(format_decimal(value))


@dataclass(frozen=True)
class Due:
    """A deadline as the queue shows it. `level`: over | soon | later; `used`: per cent of the time that has gone."""

    level: str
    text: str
    used: int


def due_words(by: datetime, *, since: datetime | None = None) -> Due:
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


def place(area: str | None, *, pinned: bool) -> str:
    """`Tổ dân phố 7` → `Tổ 7`; without a group, whether a point of the map is in the tip."""
    if area:
        return area.replace("Tổ dân phố ", "Tổ ")
    return _("điểm ghim") if pinned else _("chưa rõ chỗ")


def initials(name: str) -> str:
    """The letters in a person's round mark: the given name stands last in Vietnamese."""
    given = name.split()[-1] if name.split() else "?"
    return given[:2] if given[:2].lower() in {"th", "ng", "tr", "ph", "kh", "nh", "ch", "gi", "qu"} else given[:1]


def given_name(name: str) -> str:
    """`Thượng úy Nguyễn Thảo` → `Thảo`."""
    return name.split()[-1] if name.split() else name


def face_tone(name: str) -> str:
    """One of three quiet colours, always the same for the same name."""
    return ("", "face--info", "face--plum")[sum(map(ord, name)) % 3]


def share(part: int, whole: int) -> str:
    """`96,7% số máy`; only "devices" where none were counted, or fewer: who has turned on no notices reads too."""
    if part > whole or not whole:
        return _("máy")
    return _("%(share)s số máy", share=format_percent(part / whole, format="#,##0.#%"))
