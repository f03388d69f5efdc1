"""Making the invented ward, once. Everything goes through the commands that people's own hands would call."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyotp

from backend import clock
from backend.db import unit_of_work
from backend.permissions import NOBODY, OPERATOR, TIP_ROLES, Actor, Role
from backend.staff import commands as staff
from backend.staff import enrolment, sign_in, ward_keys
from backend.wards import commands as wards
from backend.wards.queries import search_wards
from binhyen import demo_accounts
from binhyen.built import ROOT
from binhyen.demo import timeline, ward
from binhyen.demo_accounts import DemoAccounts, DemoStaff

BEGAN = timedelta(days=30)
WARD_ROLES = (*TIP_ROLES, Role.ORGANISER, Role.COUNCIL)


@dataclass(frozen=True)
class Enrolled:
    """Somebody who has enrolled, as they are while their session is open."""

    person: ward.Person
    actor: Actor
    totp_secret: str
    recovery_key: str | None


def make() -> DemoAccounts:
    """The demo's accounts; the ward, its people, alerts and tips are made when they are not there yet."""
    _import_official_communes()
    known = demo_accounts.load()
    if known is not None and _is_there():
        return known
    # before the first tip came, as the log has it; and the six digits shown now have not been used yet
    with clock.frozen(clock.now() - BEGAN):
        _make_map()
        people = [_enrol(person) for person in ward.STAFF if person.enrols]
        _grant(people)
        with unit_of_work() as session:
            wards.activate_ward(session, OPERATOR, ward_code=ward.WARD)
    officers = tuple(one.actor for one in people if one.person.role is Role.OFFICER)
    timeline.play(timeline.Office(officers, next(one.actor for one in people if one.person.role is Role.CHIEF)))
    newcomers = [
        DemoStaff(person.role, person.name, person.username, "", None, _create(person))
        for person in ward.STAFF
        if not person.enrols
    ]
    for one in people:
        with unit_of_work() as session:
            sign_in.sign_out(session, one.actor)
    accounts = DemoAccounts(
        staff=(*(_shown(one) for one in people), *newcomers),
        resident_phones=ward.RESIDENT_PHONES,
        recovery_key=next(one.recovery_key for one in people if one.recovery_key),
    )
    accounts.save()
    return accounts


def _is_there() -> bool:
    with unit_of_work(read_only=True) as session:
        return ward_keys.receiving_ward(session, ward.WARD) is not None


def communes_file() -> Path | None:
    """The official list of communes: BINHYEN_COMMUNES, else the one beside the project; None when there is none."""
    file = Path(os.environ.get("BINHYEN_COMMUNES", ROOT.parent / "shared" / "data" / "vn-communes.csv"))
    return file if file.is_file() else None


def _import_official_communes() -> None:
    """Read the list once, at whichever start it is first there."""
    official = communes_file()
    with unit_of_work() as session:
        if official is None or len(search_wards(session, NOBODY, limit=2).items) > 1:  # more than the invented one
            return
        with official.open(encoding="utf-8", newline="") as lines:
            wards.import_communes(session, OPERATOR, lines=lines)


def _make_map() -> None:
    with unit_of_work() as session:
        wards.import_communes(session, OPERATOR, lines=ward.COMMUNES)
        wards.import_areas(session, OPERATOR, lines=ward.areas_csv())
        wards.set_boundary(session, OPERATOR, ward_code=ward.WARD, geojson=ward.boundary())
        wards.mark_sample_ward(session, OPERATOR, ward_code=ward.WARD)


def _create(person: ward.Person) -> str:
    """Make the account; returns its enrolment code."""
    with unit_of_work() as session:
        made = staff.create_staff(
            session,
            OPERATOR,
            username=person.username,
            name=person.name,
            role=person.role,
            ward_id=ward.WARD if person.role in WARD_ROLES else None,
            province_code=ward.PROVINCE if person.role is Role.PROVINCE else None,
        )
    return made.enrolment_code


def _enrol(person: ward.Person) -> Enrolled:
    code = _create(person)
    with unit_of_work() as session:
        token = enrolment.begin_enrolment(session, username=person.username, code=code)
    with unit_of_work() as session:
        secret = enrolment.choose_password(session, token=token, password=person.password).secret
    with unit_of_work() as session:
        digits = pyotp.TOTP(secret).at(clock.now())
        done = enrolment.confirm_authenticator(session, token=token, code=digits)
    with unit_of_work() as session:
        actor = sign_in.staff_by_session(session, done.token)
    assert actor is not None
    return Enrolled(person, actor, secret, done.recovery_key)


def _grant(people: list[Enrolled]) -> None:
    """The chief who enrolled first holds the ward's key and lets the other police open tips."""
    chief = next(one for one in people if one.recovery_key)
    for one in people:
        if one is not chief and one.person.role in TIP_ROLES and one.actor.id:
            with unit_of_work() as session:
                ward_keys.grant_tip_access(session, chief.actor, staff_id=one.actor.id)


def _shown(one: Enrolled) -> DemoStaff:
    person = one.person
    return DemoStaff(person.role, person.name, person.username, person.password, one.totp_secret)
