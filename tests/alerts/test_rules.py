"""Decisions about alerts, for any content."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.acts import allowed
from backend.alerts import rules
from backend.alerts.cap import (
    OPEN_STATES,
    PUBLIC_STATES,
    TRANSITIONS,
    AlertKind,
    Category,
    Certainty,
    MessageType,
    PublicState,
    Severity,
    State,
    Urgency,
    may_become,
)
from backend.alerts.content import Content, LocalizedList, content_hash
from backend.alerts.errors import (
    AlertExpiryBeforeStart,
    AlertExpiryTooLate,
    AlertInstructionsUneven,
    AlertStartTooEarly,
    AlertStartTooLate,
    AlertTooManyInstructions,
    AlertTrickIncomplete,
)
from backend.alerts.models import Alert
from backend.clock import VIETNAM
from backend.errors import DomainError
from backend.localized import Localized
from backend.permissions import Actor, Role
from backend.text import TextControlCharacters, TextEmpty, TextTooLong

NOW = datetime(2026, 8, 31, 2, tzinfo=UTC)
LONGEST = 30

texts = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=120)
localized = st.builds(Localized, texts, st.none() | texts)
moments = st.datetimes(datetime(2026, 7, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
contents = st.builds(
    Content,
    category=st.sampled_from(Category),
    kind=st.sampled_from(AlertKind),
    urgency=st.sampled_from(Urgency),
    severity=st.sampled_from(Severity),
    certainty=st.sampled_from(Certainty),
    headline=localized,
    description=localized,
    expires=moments,
    effective=st.none() | moments,
    instructions=st.builds(LocalizedList, st.lists(texts, max_size=8).map(tuple), st.none()),
    said=st.none() | localized,
    truth=st.none() | localized,
    area_ids=st.frozensets(st.uuids(), max_size=4),
    is_drill=st.booleans(),
)


def _hash(content: Content) -> str:
    return content_hash(content, ward_id="99001", message_type="alert", refers_to=None)


@given(contents)
def test_tidying_twice_changes_nothing_more(content: Content) -> None:
    try:
        tidy = rules.normalised(content)
    except DomainError:
        return
    assert rules.normalised(tidy) == tidy
    assert 1 <= len(tidy.headline.vi) <= rules.LONGEST_HEADLINE
    assert len(tidy.instructions.vi) <= rules.MOST_INSTRUCTIONS


@given(contents, contents)
def test_two_contents_share_a_hash_only_when_they_are_the_same(one: Content, two: Content) -> None:
    assert (_hash(one) == _hash(two)) == (one == two)


@given(contents)
def test_the_hash_covers_every_field(content: Content) -> None:
    changes = {
        "category": next(value for value in Category if value is not content.category),
        "kind": next(value for value in AlertKind if value is not content.kind),
        "urgency": next(value for value in Urgency if value is not content.urgency),
        "severity": next(value for value in Severity if value is not content.severity),
        "certainty": next(value for value in Certainty if value is not content.certainty),
        "headline": Localized(content.headline.vi + "x", content.headline.en),
        "description": Localized(content.description.vi, (content.description.en or "") + "x"),
        "instructions": LocalizedList((*content.instructions.vi, "x")),
        "said": Localized((content.said.vi if content.said else "") + "x"),
        "truth": Localized((content.truth.vi if content.truth else "") + "x"),
        "effective": (content.effective or NOW) + timedelta(seconds=1),
        "expires": content.expires + timedelta(seconds=1),
        "area_ids": content.area_ids | {uuid4()},
        "is_drill": not content.is_drill,
    }
    assert set(changes) == set(Content.__dataclass_fields__), "a new field must be part of what is approved"
    for name, value in changes.items():
        assert _hash(replace(content, **{name: value})) != _hash(content), name


def test_the_hash_covers_for_whom_and_what_it_replaces() -> None:
    content = _content()
    hashes = {
        content_hash(content, ward_id=ward, message_type=kind, refers_to=refers_to)
        for ward in ("99001", "99002")
        for kind in ("alert", "update")
        for refers_to in (None, uuid4())
    }
    assert len(hashes) == 8


def test_the_hash_does_not_depend_on_the_time_zone_a_moment_is_written_in() -> None:
    content = _content()
    elsewhere = content.expires.astimezone(VIETNAM)
    assert _hash(replace(content, expires=elsewhere)) == _hash(content)


@given(contents)
def test_times_that_pass_are_in_order_and_not_too_long(content: Content) -> None:
    try:
        rules.check_times(content, NOW, LONGEST)
    except DomainError:
        return
    start = max(content.effective or NOW, NOW)
    assert content.expires > NOW
    assert timedelta() < content.expires - start <= timedelta(days=LONGEST)


@pytest.mark.parametrize(
    ("effective", "expires", "error"),
    [
        (None, NOW, AlertExpiryBeforeStart),
        (None, NOW - timedelta(hours=1), AlertExpiryBeforeStart),
        (NOW + timedelta(days=2), NOW + timedelta(days=1), AlertExpiryBeforeStart),
        (None, NOW + timedelta(days=30, seconds=1), AlertExpiryTooLate),
        (NOW + timedelta(days=31), NOW + timedelta(days=32), AlertStartTooLate),
        (NOW - timedelta(hours=25), NOW + timedelta(days=1), AlertStartTooEarly),
        (datetime(1, 1, 1, tzinfo=VIETNAM), NOW + timedelta(days=1), AlertStartTooEarly),
        (datetime(9999, 12, 31, tzinfo=VIETNAM), NOW + timedelta(days=1), AlertStartTooLate),
        (None, datetime(9999, 12, 31, tzinfo=VIETNAM), AlertExpiryTooLate),
    ],
)
def test_times_that_are_refused(effective: datetime | None, expires: datetime, error: type[DomainError]) -> None:
    with pytest.raises(error):
        rules.check_times(_content(effective=effective, expires=expires), NOW, LONGEST)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"headline": Localized("  ")}, TextEmpty, "headline_vi"),
        ({"headline": Localized("a" * 91)}, TextTooLong, "headline_vi"),
        ({"headline": Localized("a", "b" * 91)}, TextTooLong, "headline_en"),
        ({"headline": Localized("a\x00b")}, TextControlCharacters, "headline_vi"),
        ({"description": Localized("a" * 2001)}, TextTooLong, "description_vi"),
        ({"instructions": LocalizedList(("a",) * 7)}, AlertTooManyInstructions, "instructions_vi"),
        ({"instructions": LocalizedList(("a" * 201,))}, TextTooLong, "instructions_vi"),
        ({"instructions": LocalizedList(("a", "b"), ("c",))}, AlertInstructionsUneven, "instructions_en"),
        ({"said": Localized("a")}, AlertTrickIncomplete, "truth_vi"),
        ({"truth": Localized("a")}, AlertTrickIncomplete, "said_vi"),
    ],
)
def test_texts_that_are_refused_name_their_field(changes: dict, error: type[DomainError], field: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(error) as refused:
        rules.normalised(_content(**changes))
    assert refused.value.field == field


def test_empty_english_is_no_english() -> None:
    tidy = rules.normalised(_content(headline=Localized("Tiêu đề", "  "), instructions=LocalizedList(("Một.",), ("",))))
    assert tidy.headline.en is None
    assert tidy.instructions.en is None


@given(st.sampled_from(State), st.sampled_from(State))
def test_nothing_becomes_public_but_through_approval(before: State, after: State) -> None:
    if may_become(before, after) and after in PUBLIC_STATES and before not in PUBLIC_STATES:
        assert (before, after) == (State.APPROVED, State.PUBLISHED)
    if may_become(before, after) and after is State.APPROVED:
        assert before is State.SUBMITTED


def test_every_state_has_its_row() -> None:
    assert set(TRANSITIONS) == set(State)


@given(
    st.sampled_from(State),
    st.sampled_from(MessageType),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_what_is_offered_can_be_done(
    state: State, message_type: MessageType, is_chief: bool, is_author: bool, expired: bool
) -> None:
    person = Actor(kind="staff", role=Role.CHIEF if is_chief else Role.OFFICER, ward_id="99001")

    def refusal(act: rules.AlertAct) -> DomainError | None:
        return rules.refusal(act, state, message_type, has_expired=expired, is_author=is_author)

    acts = allowed(person, Alert(ward_id="99001"), rules.NEEDS, refusal)
    steps = {
        "edit": State.DRAFT, "discard": State.DISCARDED, "submit": State.SUBMITTED, "approve": State.APPROVED,
        "publish": State.PUBLISHED, "reject": State.DRAFT,
    }  # fmt: skip
    for act in acts & set(steps):
        assert may_become(state, steps[act]), act
    if not is_chief:
        assert not acts & {"approve", "publish", "reject"}
    if is_author or expired:
        assert "approve" not in acts
    if acts & {"update", "all_clear", "cancel"}:
        assert state is State.PUBLISHED


@given(st.sampled_from(sorted(PUBLIC_STATES)), moments, moments)
def test_the_public_state_follows_the_clock_only_while_in_force(state: State, expires: datetime, now: datetime) -> None:
    shown = rules.public_state(state, expires, now)
    if state is State.PUBLISHED:
        assert shown is (PublicState.IN_FORCE if now < expires else PublicState.EXPIRED)
    else:
        assert shown.value == state.value


@given(contents, st.sampled_from([MessageType.ALL_CLEAR, MessageType.CANCEL]))
def test_suggested_endings_are_valid(content: Content, message_type: MessageType) -> None:
    try:
        content = rules.normalised(content)
        rules.check_times(content, NOW, LONGEST)
    except DomainError:
        return
    ending = rules.normalised(rules.suggested(content, message_type, NOW))
    assert ending.area_ids == content.area_ids
    assert ending.severity is Severity.MINOR


def test_open_and_public_states_share_none() -> None:
    assert not OPEN_STATES & PUBLIC_STATES


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        ("phuong", "Công an phường Ban Mai", "Ban Mai ward police"),
        ("xa", "Công an xã Ban Mai", "Ban Mai commune police"),
        ("dac_khu", "Công an đặc khu Ban Mai", "Ban Mai special zone police"),
    ],
)
def test_the_issuer_is_named_after_the_ward(kind: str, vi: str, en: str) -> None:
    assert rules.issuer(kind, "Ban Mai") == Localized(vi, en)


def _content(**changes: object) -> Content:
    plain = Content(
        category=Category.FIRE,
        kind=AlertKind.FIRE,
        urgency=Urgency.EXPECTED,
        severity=Severity.SEVERE,
        certainty=Certainty.LIKELY,
        headline=Localized("Nắng nóng kéo dài, nguy cơ cháy rất cao"),
        description=Localized("Bà con cẩn thận lửa."),
        expires=NOW + timedelta(days=4),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
