"""Moments, numbers and names as the panel writes them: in Vietnam's time and the reader's language."""

from datetime import datetime

from flask_babel import format_decimal
from flask_babel import gettext as _

from backend import clock


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


def number(value: int) -> str:
    """`4.790` in Vietnamese, `4,790` in English."""
    return str(format_decimal(value))


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
