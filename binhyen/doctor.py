"""What would keep a site from working, found before its people find it."""

import asyncio
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from backend import db
from backend.config import Settings, settings
from binhyen import environment, migrate
from binhyen.built import APP, PANEL
from notifications.channels import sms
from notifications.sending.services import Services


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `good`: as it should be; `serious`: the site does not work until it is mended."""

    text: str
    good: bool = False
    serious: bool = False


def examine() -> Iterator[Finding]:
    """Look at everything; the settings and the database's address are already known."""
    given = settings()
    yield from _database()
    yield from _secrets(given)
    yield from _channels(given)
    yield from _edge(given)
    for name, folder in (("the app", APP / "index.html"), ("the panel", PANEL / "dist" / "manifest.json")):
        built = folder.is_file()
        yield Finding(f"{name} is built" if built else f"{name} is not built: run `make build`", built, not built)


def _database() -> Iterator[Finding]:
    try:
        with db.engine().connect() as connection:
            version = str(connection.scalar(text("SHOW server_version")))
            durable = connection.scalar(text("SHOW fsync")) == "on"
        missing = migrate.missing_revisions(db.engine())
    except SQLAlchemyError as error:
        yield Finding(
            f"the database does not answer ({type(error).__name__}): look at BINHYEN_DATABASE_URL", serious=True
        )
        return
    known = 15 <= int(version.split(".")[0]) <= 18
    yield Finding(f"PostgreSQL {version}" + ("" if known else ": only 15 to 18 are tested"), known)
    if not durable:
        yield Finding("fsync is off: a power cut loses tips", serious=True)
    if missing:
        yield Finding(f"{len(missing)} migration(s) have not run: run `binhyen migrate`", serious=True)


def _secrets(given: Settings) -> Iterator[Finding]:
    file = environment.data_folder() / "secrets.env"
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield Finding(f"{file} can be read by others: chmod 600", serious=True)
    yield Finding(
        "the secrets are not in the database: keep a copy of them in another place than its backups", good=True
    )
    if given.former_secret_keys:
        yield Finding(
            "BINHYEN_FORMER_SECRET_KEYS still vouches for what it sealed: "
            "run `binhyen keys renew`, which says who needs it yet, then retire it"
        )


def _channels(given: Settings) -> Iterator[Finding]:
    ways = (
        (bool(given.sms_urls), "SMS (BINHYEN_SMS_URLS)", "for trial only, codes are printed on the worker's console"),
        (bool(given.fcm_credentials), "FCM (BINHYEN_FCM_CREDENTIALS)", "the shells of the app stores get no push"),
        (bool(given.vapid_private_key), "Web Push (BINHYEN_VAPID_PRIVATE_KEY)", "browsers get no push"),
    )
    for there, name, otherwise in ways:
        yield Finding(f"{name} is set" if there else f"{name} is not set: {otherwise}", good=there)
    for error in sms.url_errors(given.sms_urls):
        yield Finding(error, serious=True)
    try:
        asyncio.run(_open_channels(given))
    except (ValueError, OSError) as error:
        yield Finding(f"the worker cannot start: {error}", serious=True)
    if given.vapid_private_key and given.vapid_subject == Settings.model_fields["vapid_subject"].default:
        yield Finding("BINHYEN_VAPID_SUBJECT is not set: name a mailto: address, some push services refuse this one")


async def _open_channels(given: Settings) -> None:
    """What the worker does first. Raises ValueError, OSError."""
    Services.of(given).close()


def _edge(given: Settings) -> Iterator[Finding]:
    if not given.public_url.startswith("https://") and not given.demo:
        yield Finding("BINHYEN_PUBLIC_URL is not https: browsers refuse the app's installation and push")
    if given.public_url.startswith("https://") and not given.trusted_proxies:
        yield Finding("BINHYEN_TRUSTED_PROXIES is 0: behind a reverse proxy every caller looks like one network")
    if given.rate_limit_storage.startswith("memory"):
        yield Finding(
            "limits are counted in memory, so one web process serves; BINHYEN_RATE_LIMIT_STORAGE=redis://… lifts it"
        )
