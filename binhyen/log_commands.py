"""The commands `binhyen audit …`: the log that nobody can change, for whoever looks after the server."""

import json
import sys
from datetime import UTC

import click

from backend import audit as log
from backend.audit import AuditEntry
from backend.config import settings
from backend.db import unit_of_work
from binhyen import environment, log_check
from binhyen.log_check import Finding


@click.group()
def audit() -> None:
    """The log that nobody can change."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="For a comparison with a copy kept elsewhere.")
def audit_verify(as_json: bool) -> None:
    """Check every chain of the log, also against the check before; exits with 1 when one does not hold."""
    with environment.database():
        folder = settings().data_dir
        before = log_check.heads_before(folder)
        with unit_of_work(read_only=True) as session:
            found = log_check.check(session, before)
        log_check.keep_heads(folder, before, found)
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in found], indent=1))
    else:
        for finding in found:
            click.echo(_line(finding))
    sys.exit(any(finding.fault for finding in found))


def _line(finding: Finding) -> str:
    if finding.fault:
        return f"{finding.chain}: {finding.fault}"
    return f"{finding.chain}: holds, {finding.number} entries, ends in {finding.hash}"


@audit.command("show")
@click.option("--ward", "ward_id", help="Official code; without it the chain of the whole system (wards, accounts).")
@click.option("--last", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many entries.")
def audit_show(ward_id: str | None, last: int) -> None:
    """Print the last entries of a chain, the newest at the end: number, time, who, what, to what."""
    with environment.database(), unit_of_work(read_only=True) as session:
        for entry in reversed(log.latest_entries(session, ward_id, limit=last)):
            click.echo(_told(entry))


def _told(entry: AuditEntry) -> str:
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    subject = f"{entry.subject_type}:{entry.subject_id}"
    details = json.dumps(entry.details, ensure_ascii=False) if entry.details else ""
    who = entry.actor_name or entry.actor_kind
    return "  ".join((str(entry.seq), at, who, entry.action, subject, details)).rstrip()
