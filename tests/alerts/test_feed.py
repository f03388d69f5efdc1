"""What the public reads, and what its phones tell back."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands, feed, queries
from backend.alerts.cap import PublicState, ReceiptEvent, Severity
from backend.alerts.models import AlertReceipt
from backend.errors import CursorUnknown, NotFound
from backend.localized import Localized
from backend.permissions import NOBODY, Actor
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_area


def test_in_force_first_by_severity_then_newest_then_what_has_ended(
    session: Session, officer: Actor, chief: Actor
) -> None:
    with clock.frozen(clock.now()) as stopped:

        def tell(headline: str, severity: Severity, hours: int) -> None:
            stopped.tick(timedelta(minutes=1))
            expires = clock.now() + timedelta(hours=hours)
            facts.publish(session, officer, chief, headline=Localized(headline), severity=severity, expires=expires)

        tell("ended first", Severity.EXTREME, 1)
        tell("minor", Severity.MINOR, 48)
        tell("ended later", Severity.MINOR, 1)
        tell("severe", Severity.SEVERE, 48)
        tell("minor and newer", Severity.MINOR, 48)
        stopped.tick(timedelta(hours=2))
        whole = feed.public_feed(session, NOBODY, ward_id="99001")
        paged = _all_pages(session, limit=2)
    expected = ["severe", "minor and newer", "minor", "ended later", "ended first"]
    assert facts.headlines(whole.items) == expected
    assert facts.headlines(paged) == expected
    assert [item.state for item in whole.items] == [PublicState.IN_FORCE] * 3 + [PublicState.EXPIRED] * 2
    assert whole.good_until == min(item.expires for item in whole.items[:3])


def test_an_alert_that_expires_between_two_pages_is_seen_once(session: Session, officer: Actor, chief: Actor) -> None:
    with clock.frozen(clock.now()) as stopped:
        for number in range(4):
            facts.publish(
                session, officer, chief, headline=Localized(f"{number}"), expires=clock.now() + timedelta(hours=1)
            )
            stopped.tick(timedelta(seconds=1))
        first = feed.public_feed(session, NOBODY, ward_id="99001", limit=2)
        stopped.tick(timedelta(hours=2))
        second = feed.public_feed(session, NOBODY, ward_id="99001", limit=2, cursor=first.next_cursor)
    assert facts.headlines([*first.items, *second.items]) == ["3", "2", "1", "0"]
    assert second.next_cursor is None


def test_only_what_is_published_is_public(session: Session, officer: Actor, chief: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    for step in ("draft", "submitted", "approved"):
        assert feed.public_feed(session, NOBODY, ward_id="99001").items == [], step
        with pytest.raises(NotFound):
            feed.read_alert(session, NOBODY, alert_id=alert.id)
        if step == "draft":
            commands.submit_alert(session, officer, alert_id=alert.id)
        elif step == "submitted":
            commands.approve_alert(session, chief, alert_id=alert.id, content_hash=alert.content_hash)
    commands.publish_alert(session, chief, alert_id=alert.id)
    assert len(feed.public_feed(session, NOBODY, ward_id="99001").items) == 1


def test_a_replaced_alert_points_to_the_one_that_replaced_it(session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief)
    update = commands.update_alert(session, officer, alert_id=first.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, update)
    session.flush()
    old = feed.read_alert(session, NOBODY, alert_id=first.id)
    new = feed.read_alert(session, NOBODY, alert_id=update.id)
    assert (old.state, old.replaced_by, old.good_until) == (PublicState.UPDATED, update.id, None)
    assert (new.references, new.number, new.good_until) == ([first.id], 2, new.expires)


def test_a_feed_names_the_areas_in_their_order(session: Session, ward: Ward, officer: Actor, chief: Actor) -> None:
    ten, two = make_area(session, ward, 10), make_area(session, ward, 2)
    facts.publish(session, officer, chief, area_ids=frozenset({ten.id, two.id}))
    (item,) = feed.public_feed(session, NOBODY, ward_id="99001").items
    assert item.areas == [{"id": str(two.id), "name": "Tổ dân phố 2"}, {"id": str(ten.id), "name": "Tổ dân phố 10"}]
    assert item.issuer == {"vi": "Công an phường Ban Mai", "en": "Ban Mai ward police"}


def test_a_ward_without_alerts_is_quiet_and_an_unknown_one_is_not_found(session: Session, ward: Ward) -> None:
    assert feed.public_feed(session, NOBODY, ward_id=ward.code).items == []
    with pytest.raises(NotFound):
        feed.public_feed(session, NOBODY, ward_id="00000")


@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "MS4y", "a" * 200, "MTc4ODE0NTIwMDAwMDAwMC4xLjAuMTIzLnh4"])
def test_a_cursor_that_we_did_not_make_is_refused(session: Session, ward: Ward, cursor: str) -> None:
    with pytest.raises(CursorUnknown):
        feed.public_feed(session, NOBODY, ward_id=ward.code, cursor=cursor)


def test_every_publication_is_a_new_version_of_the_wards_feed(session: Session, officer: Actor, chief: Actor) -> None:
    commands.draft_alert(session, officer, content=facts.content())
    assert feed.feed_versions(session) == {}
    alert = facts.publish(session, officer, chief)
    assert feed.feed_versions(session) == {"99001": 1}
    clear = commands.all_clear_alert(session, officer, alert_id=alert.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, clear)
    session.flush()
    assert feed.feed_versions(session) == {"99001": 2}
    assert feed.public_feed(session, NOBODY, ward_id="99001").version == 2
    assert feed.read_alert(session, NOBODY, alert_id=alert.id).version == 2


def test_receipts_count_phones_once_and_imply_the_steps_before(session: Session, officer: Actor, chief: Actor) -> None:
    alert = facts.publish(session, officer, chief)
    session.flush()
    one, two, three = uuid4(), uuid4(), uuid4()
    for reader, event in [
        (one, ReceiptEvent.READ), (one, ReceiptEvent.OPENED), (one, ReceiptEvent.READ),
        (two, ReceiptEvent.RECEIVED), (three, ReceiptEvent.SAFE),
    ]:  # fmt: skip
        commands.record_receipt(session, NOBODY, alert_id=alert.id, event=event, reader=reader)
    counts = queries.count_receipts(session, chief, alert_id=alert.id)
    assert counts == queries.ReceiptCounts(received=3, opened=2, read=1, safe=1)


def test_a_reader_cannot_be_followed_from_alert_to_alert(session: Session, officer: Actor, chief: Actor) -> None:
    one, two = facts.publish(session, officer, chief), facts.publish(session, officer, chief)
    session.flush()
    reader = UUID(int=7)
    for alert in (one, two):
        commands.record_receipt(session, NOBODY, alert_id=alert.id, event=ReceiptEvent.RECEIVED, reader=reader)
    hashes = session.scalars(select(AlertReceipt.reader_hash)).all()
    assert len(set(hashes)) == 2
    assert not any(reader.bytes in kept for kept in hashes)


def test_a_receipt_for_what_is_not_public_is_refused(session: Session, officer: Actor) -> None:
    draft = commands.draft_alert(session, officer, content=facts.content())
    for alert_id in (draft.id, uuid4()):
        with pytest.raises(NotFound):
            commands.record_receipt(session, NOBODY, alert_id=alert_id, event=ReceiptEvent.RECEIVED, reader=UUID(int=1))
    assert session.scalar(select(func.count()).select_from(AlertReceipt)) == 0


def _all_pages(session: Session, limit: int) -> list[feed.AlertSummary]:
    page = feed.public_feed(session, NOBODY, ward_id="99001", limit=limit)
    items = list(page.items)
    while page.next_cursor:
        page = feed.public_feed(session, NOBODY, ward_id="99001", limit=limit, cursor=page.next_cursor)
        items += page.items
    return items
