"""The life of an alert, from its first words to its end."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend import audit, clock
from backend.alerts import commands, queries
from backend.alerts.cap import Act, MessageType, PublicState, Severity, State
from backend.alerts.errors import (
    AlertAreaUnknown,
    AlertChanged,
    AlertExpired,
    AlertNotApproved,
    AlertNotInForce,
    AlertOwnContent,
    AlertStateConflict,
)
from backend.alerts.models import Alert
from backend.errors import NotFound, NotPermitted, SignInRequired
from backend.localized import Localized
from backend.permissions import NOBODY, Actor, Role
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_area, make_ward


def test_an_alert_goes_from_draft_to_public_through_a_second_person(
    session: Session, officer: Actor, chief: Actor
) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    commands.submit_alert(session, officer, alert_id=alert.id)
    commands.approve_alert(session, chief, alert_id=alert.id, content_hash=alert.content_hash)
    commands.publish_alert(session, chief, alert_id=alert.id)

    opened = queries.open_alert(session, chief, alert_id=alert.id)
    assert alert.state is State.PUBLISHED
    assert alert.number == 1
    assert opened.public_state is PublicState.IN_FORCE
    assert [entry.act for entry in opened.trail] == [Act.WRITTEN, Act.SUBMITTED, Act.APPROVED, Act.PUBLISHED]
    assert [entry.staff_id for entry in opened.trail] == [officer.id, officer.id, chief.id, chief.id]
    assert _jobs(session) == [("alert_published", {"alert_id": str(alert.id)})]
    assert audit.verify(session, "99001") is None


def test_an_edit_voids_the_approval(session: Session, officer: Actor, chief: Actor) -> None:
    alert = _approved(session, officer, chief)
    changed = facts.content(headline=Localized("Đã khác"))
    commands.edit_alert(session, officer, alert_id=alert.id, content=changed, seen_hash=alert.content_hash)

    assert alert.state is State.DRAFT
    assert alert.approved_hash is None
    with pytest.raises(AlertNotApproved):
        commands.publish_alert(session, chief, alert_id=alert.id)


def test_saving_the_same_words_again_changes_nothing(session: Session, officer: Actor, chief: Actor) -> None:
    alert = _approved(session, officer, chief)
    commands.edit_alert(session, chief, alert_id=alert.id, content=alert.content(), seen_hash=alert.content_hash)
    assert alert.state is State.APPROVED
    assert Act.EDITED not in [entry.act for entry in queries.open_alert(session, chief, alert_id=alert.id).trail]


def test_words_changed_behind_the_commands_are_not_published(session: Session, officer: Actor, chief: Actor) -> None:
    alert = _approved(session, officer, chief)
    session.execute(text("update alerts set severity = 'extreme' where id = :id"), {"id": alert.id})
    with pytest.raises(AlertNotApproved):
        commands.publish_alert(session, chief, alert_id=alert.id)


def test_an_approval_of_other_words_is_refused(session: Session, officer: Actor, chief: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    read = alert.content_hash
    changed = facts.content(severity=Severity.EXTREME)
    commands.edit_alert(session, officer, alert_id=alert.id, content=changed, seen_hash=read)
    commands.submit_alert(session, officer, alert_id=alert.id)
    with pytest.raises(AlertChanged):
        commands.approve_alert(session, chief, alert_id=alert.id, content_hash=read)


def test_a_colleagues_edit_is_not_overwritten(session: Session, officer: Actor, chief: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    read = alert.content_hash
    mine = facts.content(headline=Localized("Bản của tôi"))
    yours = facts.content(headline=Localized("Bản của bạn"))
    commands.edit_alert(session, officer, alert_id=alert.id, content=mine, seen_hash=read)
    with pytest.raises(AlertChanged):
        commands.edit_alert(session, chief, alert_id=alert.id, content=yours, seen_hash=read)


@pytest.mark.parametrize("wrote", ["first version", "a later version"])
def test_nobody_approves_what_they_wrote_in_any_version(
    session: Session, officer: Actor, chief: Actor, wrote: str
) -> None:
    first, second = (chief, officer) if wrote == "first version" else (officer, chief)
    alert = commands.draft_alert(session, first, content=facts.content())
    changed = facts.content(headline=Localized("Viết lại"))
    commands.edit_alert(session, second, alert_id=alert.id, content=changed, seen_hash=alert.content_hash)
    again = facts.content(headline=Localized("Viết lại lần nữa"))
    commands.edit_alert(session, officer, alert_id=alert.id, content=again, seen_hash=alert.content_hash)
    commands.submit_alert(session, officer, alert_id=alert.id)
    with pytest.raises(AlertOwnContent):
        commands.approve_alert(session, chief, alert_id=alert.id, content_hash=alert.content_hash)
    assert "approve" not in queries.open_alert(session, chief, alert_id=alert.id).allowed


def test_a_rejected_alert_goes_back_with_its_reason(session: Session, officer: Actor, chief: Actor) -> None:
    alert = _approved(session, officer, chief)
    commands.reject_alert(session, chief, alert_id=alert.id, reason="  Thiếu số điện thoại.  ")
    trail = queries.open_alert(session, officer, alert_id=alert.id).trail
    assert alert.state is State.DRAFT
    assert trail[-1].reason == "Thiếu số điện thoại."
    with pytest.raises(AlertStateConflict):
        commands.reject_alert(session, chief, alert_id=alert.id, reason="Lần nữa")


def test_what_is_over_is_neither_approved_nor_published(session: Session, officer: Actor, chief: Actor) -> None:
    with clock.frozen(clock.now()) as stopped:
        alert = _approved(session, officer, chief)
        waiting = commands.draft_alert(session, officer, content=facts.content())
        commands.submit_alert(session, officer, alert_id=waiting.id)
        stopped.tick(timedelta(days=4))
        with pytest.raises(AlertExpired):
            commands.publish_alert(session, chief, alert_id=alert.id)
        with pytest.raises(AlertExpired):
            commands.approve_alert(session, chief, alert_id=waiting.id, content_hash=waiting.content_hash)
        assert queries.open_alert(session, chief, alert_id=waiting.id).allowed == {"edit", "discard", "reject"}


def test_an_update_takes_the_place_of_the_first(session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief)
    update = commands.update_alert(session, officer, alert_id=first.id, content=facts.content())
    assert first.state is State.PUBLISHED, "a draft of an update ends nothing"
    facts.approve_and_publish(session, officer, chief, update)

    assert (first.state, first.replaced_by_id) == (State.UPDATED, update.id)
    assert (update.message_type, update.refers_to_id, update.tag) == (MessageType.UPDATE, first.id, first.id)
    with pytest.raises(AlertNotInForce):
        commands.cancel_alert(session, officer, alert_id=first.id, reason=Localized("Nhầm"))


def test_a_later_update_keeps_the_tag_of_the_first(session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief)
    second = commands.update_alert(session, officer, alert_id=first.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, second)
    third = commands.all_clear_alert(session, officer, alert_id=second.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, third)
    assert third.tag == first.id
    assert second.state is State.ALL_CLEAR
    with pytest.raises(AlertNotInForce):
        commands.update_alert(session, officer, alert_id=third.id, content=facts.content())


def test_a_withdrawal_says_why_and_needs_a_second_person(session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief, severity=Severity.EXTREME)
    reason = Localized("Phát nhầm khi diễn tập.", "Sent by mistake in a drill.")
    withdrawal = commands.cancel_alert(session, chief, alert_id=first.id, reason=reason)
    assert (withdrawal.state, first.state) == (State.SUBMITTED, State.PUBLISHED)
    with pytest.raises(AlertOwnContent):
        commands.approve_and_publish_alert(session, chief, alert_id=withdrawal.id, content_hash=withdrawal.content_hash)
    other = facts.make_police(session, session.get_one(Ward, first.ward_id), Role.CHIEF)
    commands.approve_and_publish_alert(session, other, alert_id=withdrawal.id, content_hash=withdrawal.content_hash)
    assert first.state is State.CANCELLED
    assert withdrawal.headline["vi"].startswith("Rút lại: ")
    assert withdrawal.description == reason.as_json()
    assert withdrawal.severity is Severity.MINOR


def test_two_ends_of_one_alert_exclude_each_other(session: Session, officer: Actor, chief: Actor) -> None:
    first = facts.publish(session, officer, chief)
    update = commands.update_alert(session, officer, alert_id=first.id, content=facts.content())
    clear = commands.all_clear_alert(session, officer, alert_id=first.id, content=facts.content())
    facts.approve_and_publish(session, officer, chief, clear)
    with pytest.raises(AlertNotInForce):
        facts.approve_and_publish(session, officer, chief, update)


def test_a_discarded_draft_is_gone_from_the_lists(session: Session, officer: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    commands.discard_alert(session, officer, alert_id=alert.id)
    assert queries.list_alerts(session, officer).items == []
    with pytest.raises(AlertStateConflict):
        commands.submit_alert(session, officer, alert_id=alert.id)


def test_areas_of_another_ward_are_refused(session: Session, ward: Ward, officer: Actor) -> None:
    own = make_area(session, ward)
    foreign = make_area(session, make_ward(session, "99002", name="Hoàng Hôn"))
    alert = commands.draft_alert(session, officer, content=facts.content(area_ids=frozenset({own.id})))
    assert alert.area_ids == {own.id}
    with pytest.raises(AlertAreaUnknown):
        commands.draft_alert(session, officer, content=facts.content(area_ids=frozenset({own.id, foreign.id})))


def test_areas_belong_to_what_is_approved(session: Session, ward: Ward, officer: Actor) -> None:
    one, two = make_area(session, ward, 1), make_area(session, ward, 2)
    alert = commands.draft_alert(session, officer, content=facts.content(area_ids=frozenset({one.id})))
    before = alert.content_hash
    wider = facts.content(area_ids=frozenset({one.id, two.id}))
    commands.edit_alert(session, officer, alert_id=alert.id, content=wider, seen_hash=before)
    session.expire_all()
    alert = session.get_one(Alert, alert.id)
    assert alert.area_ids == {one.id, two.id}
    assert alert.computed_hash() == alert.content_hash != before


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COUNCIL, Role.ADMINISTRATOR])
def test_others_do_not_touch_alerts(session: Session, ward: Ward, officer: Actor, role: Role) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    stranger = facts.make_police(session, ward, role)
    with pytest.raises(NotPermitted):
        commands.draft_alert(session, stranger, content=facts.content())
    with pytest.raises(NotPermitted):
        commands.submit_alert(session, stranger, alert_id=alert.id)
    with pytest.raises(NotPermitted):
        queries.list_alerts(session, stranger)


def test_an_officer_neither_approves_nor_publishes(session: Session, ward: Ward, officer: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    commands.submit_alert(session, officer, alert_id=alert.id)
    colleague = facts.make_police(session, ward, Role.OFFICER)
    with pytest.raises(NotPermitted):
        commands.approve_alert(session, colleague, alert_id=alert.id, content_hash=alert.content_hash)
    with pytest.raises(NotPermitted):
        commands.publish_alert(session, colleague, alert_id=alert.id)


def test_another_wards_police_do_not_know_that_it_exists(session: Session, officer: Actor) -> None:
    alert = commands.draft_alert(session, officer, content=facts.content())
    foreign = facts.make_police(session, make_ward(session, "99002", name="Hoàng Hôn"), Role.CHIEF)
    with pytest.raises(NotFound):
        queries.open_alert(session, foreign, alert_id=alert.id)
    with pytest.raises(NotFound):
        commands.approve_alert(session, foreign, alert_id=alert.id, content_hash=alert.content_hash)


def test_nobody_drafts_without_signing_in(session: Session) -> None:
    with pytest.raises(SignInRequired):
        commands.draft_alert(session, NOBODY, content=facts.content())


def _approved(session: Session, officer: Actor, chief: Actor) -> Alert:
    alert = commands.draft_alert(session, officer, content=facts.content())
    commands.submit_alert(session, officer, alert_id=alert.id)
    return commands.approve_alert(session, chief, alert_id=alert.id, content_hash=alert.content_hash)


def _jobs(session: Session) -> list[tuple[str, dict[str, str]]]:
    rows = session.execute(select(text("task_name"), text("args")).select_from(text("procrastinate_jobs")))
    return [(name, args) for name, args in rows]
