"""The frame of a page for a reader who is signed in: the rail, the place of work, the list of keys.

It is computed when a template first asks for it: a fragment that a page fetches by itself costs no query for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _
from werkzeug.local import LocalProxy

from admin.shell.rooms import Key, Notice, RailItem, current_rooms
from backend.wards.queries import ward_of
from web.languages import lazy

FIRST_KEYS = (Key("?", lazy("Bảng phím tắt này")),)
LAST_KEYS = (Key("Ctrl ↵", lazy("Gửi")), Key("Esc", lazy("Rời ô đang gõ, đóng bảng này")))


@dataclass(frozen=True)
class RailLink:
    """One room on the rail, with the number of things that wait for the reader there."""

    item: RailItem
    count: int

    @property
    def is_here(self) -> bool:
        """Whether the present page belongs to this room."""
        return request.blueprint == self.item.endpoint.partition(".")[0]


@dataclass(frozen=True)
class Frame:
    """What stands around a page. Without a session (pages of server errors) it knows no counts and no ward."""

    rail: Sequence[RailLink]
    place: str
    is_sample: bool
    keys: Sequence[Key]

    @property
    def notices(self) -> list[Notice]:
        """What waits for the reader in rooms that want it told on the first page of the day."""
        return [link.item.notice(link.count) for link in self.rail if link.item.notice and link.count]


def current_frame() -> Frame:
    """The frame of this request, computed once."""
    if "frame" not in g:
        g.frame = _new_frame()
    found: Frame = g.frame
    return found


frame = LocalProxy(current_frame)  # what templates call `frame`


def _new_frame() -> Frame:
    rooms = current_rooms()
    place, is_sample = _place()
    return Frame(
        rail=[RailLink(item, _count(item)) for item in rooms.rail(g.actor)],
        place=place,
        is_sample=is_sample,
        keys=[*FIRST_KEYS, *rooms.keys(g.actor), *LAST_KEYS],
    )


def _place() -> tuple[str, bool]:
    if g.actor.ward_id is None or "session" not in g:
        return _("Bình Yên"), False
    ward = ward_of(g.session, g.actor.ward_id)
    return (ward.full_name, ward.is_sample) if ward else (_("Bình Yên"), False)


def _count(item: RailItem) -> int:
    return item.count(g.session, g.actor) if item.count and "session" in g else 0
