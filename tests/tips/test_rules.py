"""Decisions about tips, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tips import rules
from backend.tips.life import CLOSED, TRANSITIONS, Category, Status, may_become

NOW = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
FORBIDDEN_WORDS = ("speech", "belief", "religio", "assembl", "petition", "strike", "opinion", "politic", "ethnic")


def test_categories_are_about_harm_only():
    assert len(Category) == 14
    assert not [c for c in Category for word in FORBIDDEN_WORDS if word in c.value]


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_every_step_is_in_the_table(status, wanted):
    assert may_become(status, wanted) == (wanted in TRANSITIONS[status])


@given(st.lists(st.sampled_from(Status), max_size=12))
def test_no_path_leads_back_to_received_and_rejected_is_final(path):
    status = Status.RECEIVED
    for wanted in path:
        if may_become(status, wanted):
            assert wanted is not Status.RECEIVED
            assert status not in {Status.REJECTED, Status.RESOLVED, Status.TRANSFERRED}
            assert wanted not in CLOSED or status is Status.VERIFYING, "DOMAIN §4: verified before it is decided"
            status = wanted


@pytest.mark.parametrize("status", Status)
def test_deadline_is_told_while_the_tip_is_open(status):
    due = NOW + timedelta(hours=1)
    deadline = rules.deadline(status, due, NOW)
    if status in CLOSED:
        assert deadline is None
    else:
        assert deadline is not None
        assert not deadline.overdue
        assert rules.deadline(status, due, due + timedelta(seconds=1)).overdue


def test_the_reporter_may_add_what_was_missing():
    assert rules.is_dialogue_open(Status.NOT_ENOUGH)
    assert not rules.is_dialogue_open(Status.REJECTED)
