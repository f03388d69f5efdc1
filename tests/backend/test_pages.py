"""Pages of lists: every row once, whatever the page's length; a cursor that is not ours is recognised."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Integer, Uuid, select

from backend import pages
from backend.db import UtcDateTime
from backend.errors import CursorUnknown
from backend.pages import Order, Page
from backend.staff.models import Staff
from tests import make

TYPES = (UtcDateTime, Integer(), BigInteger(), Uuid())
moments = st.datetimes().map(lambda at: at.replace(tzinfo=UTC))
places = st.tuples(moments, st.integers(-(2**31), 2**31 - 1), st.integers(-(2**63), 2**63 - 1), st.uuids())


@given(places)
def test_a_cursor_leads_back_to_its_place(place):
    cursor = pages.cursor_of(place)
    assert pages.values_of(cursor, TYPES) == place
    assert len(cursor) <= pages.LONGEST_CURSOR


@given(st.text(max_size=60))
def test_any_other_text_is_refused(cursor):
    with pytest.raises(CursorUnknown):
        pages.values_of(cursor, TYPES)
    assert pages.values_or_start(cursor, TYPES) is None


@pytest.mark.parametrize(
    ("values", "types"),
    [
        ([1, 2], (Integer(),)),
        ([1], (Integer(), Integer())),
        ([2**31], (Integer(),)),
        ([-(2**63) - 1], (BigInteger(),)),
        ([True], (Integer(),)),
        ([1.0], (Integer(),)),
        (["1"], (Integer(),)),
        ([None], (Integer(),)),
        ([10**18], (UtcDateTime,)),
        ([1], (Uuid(),)),
    ],
)
def test_values_that_the_list_cannot_have_are_refused(values, types):
    with pytest.raises(CursorUnknown):
        pages.values_of(pages.cursor_of(values), types)


def test_other_spellings_of_a_cursor_are_refused():
    cursor = pages.cursor_of([7])
    for spelling in (cursor + "=", cursor + " ", "." + cursor, cursor.upper()):
        with pytest.raises(CursorUnknown):
            pages.values_of(spelling, (Integer(),))


def test_no_cursor_is_the_start():
    assert pages.values_of(None, TYPES) is None


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 6, 7, 20])
def test_pages_hold_every_row_once_and_in_order(session, frozen_clock, descending, limit):
    ward = make.make_ward(session)
    for same_moment in (1, 2, 3, 1):
        for _ in range(same_moment):
            make.make_staff(session, ward, grant=False)
        frozen_clock.tick(timedelta(microseconds=1))
    order = Order((Staff.created_at, Staff.id), descending=descending)
    seen, cursor = [], None
    while not seen or cursor:
        after = pages.values_of(cursor, order.types)
        page = pages.page_of(session, select(Staff), order, make=lambda staff: staff, after=after, limit=limit)
        assert 0 < len(page.items) <= limit
        seen += page.items
        cursor = page.next_cursor
    everybody = sorted(session.scalars(select(Staff)), key=lambda staff: (staff.created_at, staff.id))
    assert seen == (everybody[::-1] if descending else everybody)
    assert len(seen) == 7


@pytest.mark.parametrize("edge", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_the_ends_of_time_are_places_too(session, edge):
    order = Order((Staff.created_at, Staff.id))
    after = pages.values_of(pages.cursor_of([edge, UUID(int=0)]), order.types)
    page = pages.page_of(session, select(Staff), order, make=lambda staff: staff, after=after, limit=5)
    assert page == Page([], None)
