"""The command `binhyen keys …`: what is done after the server's secret was changed."""

import sys
from uuid import UUID

import click

from backend import audit
from backend.db import unit_of_work
from backend.push import key_renewal as push
from backend.staff import key_renewal as staff
from binhyen import environment

BEFORE_ALL = UUID(int=0)


@click.group()
def keys() -> None:
    """The server's own keys."""


@keys.command("renew")
def keys_renew() -> None:
    """Bring what rests under a former secret under the current one, and say what still needs the former."""
    with environment.database():
        with unit_of_work() as session:
            seals = staff.renew_seals(session)
            ends = audit.renew_seals(session)
            waiting = staff.to_sign_in(session)
        devices = _renew_devices()
    click.echo(f"{seals.renewed} of wards and staff, {ends} ends of the log, {devices} devices: renewed")
    for name in seals.broken:
        click.echo(f"{name}: opens under no secret that the settings name")
    if waiting:
        click.echo(f"the former secret is needed until these have signed in again: {', '.join(waiting)}")
    sys.exit(1 if seals.broken else 0)


def _renew_devices() -> int:
    """A thousand devices in each transaction, so that nobody waits for long."""
    renewed, last = 0, BEFORE_ALL
    while True:
        with unit_of_work() as session:
            page = push.renew_hashes(session, after=last)
        if page is None:
            return renewed
        renewed, last = renewed + page.count, page.last
