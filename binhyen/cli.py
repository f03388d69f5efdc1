"""The command `binhyen`: reads what the operator asked, calls one function, prints what came of it."""

import gettext
import sys
from pathlib import Path

import click
from psycopg.errors import UndefinedColumn, UndefinedTable
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError

from backend import db
from backend.config import settings
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.permissions import OPERATOR, STAFF_ROLES, Role
from backend.staff import commands as staff
from backend.wards import commands
from backend.wards.commands import DeadlineChanges
from backend.wards.errors import ImportRefused
from binhyen import demo as invented
from binhyen import environment, key_commands, log_commands, migrate, site
from binhyen.embedded_owner import ClusterFailed, NoServerHere
from binhyen.environment import DataFolderRefused
from binhyen.log_check import HeadsUnreadable
from binhyen.site import CannotStart
from web.languages import CATALOGS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Bình Yên: a citizen engagement platform for Vietnamese wards."""


cli.add_command(log_commands.audit)
cli.add_command(key_commands.keys)


def main() -> None:
    """Run the command; a failure that the operator can mend is one line, not a traceback."""
    try:
        cli()
    except ImportRefused as error:
        for row in error.rows:
            where = f"line {row.line}" + (f", {row.column}" if row.column else "")
            print(f"{where}: {_in_english(row.error)}", file=sys.stderr)
        sys.exit("binhyen: nothing was taken; mend these lines and run it again")
    except DomainError as error:
        sys.exit(f"binhyen: {_in_english(error)}")
    except ValidationError as error:
        for problem in error.errors():
            name = environment.PREFIX + str(problem["loc"][0]).upper()
            print(f"binhyen: {name}: {problem['msg']}", file=sys.stderr)
        sys.exit(1)
    except NoServerHere as error:
        sys.exit(f"binhyen: {error}; or name another PostgreSQL with BINHYEN_DATABASE_URL")
    except (ClusterFailed, CannotStart, DataFolderRefused, HeadsUnreadable) as error:
        sys.exit(f"binhyen: {error}")
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedTable | UndefinedColumn):
            raise
        sys.exit("binhyen: the database has not the shape that this version needs; run: binhyen migrate")
    except OperationalError as error:
        sys.exit(f"binhyen: the database does not answer: {str(error.orig).splitlines()[0]}")


def _in_english(error: DomainError) -> str:
    """The words of a refusal in the language of the command line."""
    texts = gettext.translation("messages", str(CATALOGS), languages=["en"], fallback=True)
    return texts.gettext(error.text) % error.params


@cli.command()
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
def demo(port: int) -> None:
    """Play the whole product on this machine, with an invented ward."""
    sys.exit(site.run_demo(port))


@cli.command("demo-data", hidden=True)
def demo_data() -> None:
    """Make the invented ward in the database of the settings (tests, benches)."""
    with environment.database():
        migrate.upgrade(db.engine())
        invented.make()


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
def up(host: str, port: int) -> None:
    """Run a whole site on this machine: database (embedded when none is named), web server, worker."""
    sys.exit(site.run_site(host, port))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=None,
    help="Processes; by default one, or one for each core where limits are counted in a Redis.",
)
@click.option("--threads", type=click.IntRange(1, 64), default=None, help="Threads of each process.")
def serve(host: str, port: int, workers: int | None, threads: int | None) -> None:
    """Run the web server alone; the database must be reachable."""
    from binhyen import processes

    with environment.database():
        processes.serve(host, port, workers, threads or processes.THREADS)


@cli.command()
def worker() -> None:
    """Run the worker alone: it sends what has to be sent."""
    from binhyen import processes

    with environment.database():
        processes.work()


@cli.command("migrate")
def migrate_command() -> None:
    """Bring the database to the shape that this version needs."""
    with environment.database():
        missing = migrate.missing_revisions(db.engine())
        migrate.upgrade(db.engine())
    click.echo(f"{len(missing)} step(s) carried out: {', '.join(missing)}" if missing else "Nothing to do.")


@cli.group()
def wards() -> None:
    """The map: communes, residential groups, boundaries."""


@wards.command("import")
@click.argument("file", type=FILE)
def wards_import(file: Path) -> None:
    """Read provinces and communes from a CSV file; a second run changes nothing."""
    with environment.database(), unit_of_work() as session, file.open(encoding="utf-8-sig", newline="") as lines:
        _tell(commands.import_communes(session, OPERATOR, lines=lines))


@wards.command("areas")
@click.argument("file", type=FILE)
def wards_areas(file: Path) -> None:
    """Read residential groups from a CSV file; a second run changes nothing."""
    with environment.database(), unit_of_work() as session, file.open(encoding="utf-8-sig", newline="") as lines:
        _tell(commands.import_areas(session, OPERATOR, lines=lines))


@wards.command("boundary")
@click.argument("ward_code")
@click.argument("file", type=FILE)
def wards_boundary(ward_code: str, file: Path) -> None:
    """Set a ward's outline from a GeoJSON file."""
    try:
        geojson = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        sys.exit(f"binhyen: {file} is no text in UTF-8; save the outline as GeoJSON in UTF-8")
    with environment.database(), unit_of_work() as session:
        ward = commands.set_boundary(session, OPERATOR, ward_code=ward_code, geojson=geojson)
        click.echo(f"{ward.full_name}: the boundary is set")


@wards.command("activate")
@click.argument("ward_code")
def wards_activate(ward_code: str) -> None:
    """Open a ward to the public."""
    with environment.database(), unit_of_work() as session:
        click.echo(f"{commands.activate_ward(session, OPERATOR, ward_code=ward_code).full_name}: open")


@wards.command("deactivate")
@click.argument("ward_code")
def wards_deactivate(ward_code: str) -> None:
    """Take no more tips for a ward; what is there stays."""
    with environment.database(), unit_of_work() as session:
        click.echo(f"{commands.deactivate_ward(session, OPERATOR, ward_code=ward_code).full_name}: closed")


@wards.command("deadlines")
@click.argument("ward_code")
@click.option("--acknowledge-hours", type=int, help="Until a tip is acknowledged; 0: as the installation has it.")
@click.option("--verify-days", type=int, help="Until a tip is verified; 0: as the installation has it.")
def wards_deadlines(ward_code: str, **given: int | None) -> None:
    """Set the clocks of a ward's tips, or show them; deadlines that were told already stay."""
    changes = DeadlineChanges({name: value or None for name, value in given.items() if value is not None})  # type: ignore[misc]
    with environment.database(), unit_of_work() as session:
        ward = commands.set_deadlines(session, OPERATOR, ward_code=ward_code, changes=changes)
        hours = _clock(ward.acknowledge_hours, settings().acknowledge_hours, "h")
        click.echo(
            f"{ward.full_name}: acknowledged within {hours}, "
            f"verified within {_clock(ward.verify_days, settings().verify_days, 'days')}"
        )


def _clock(own: int | None, otherwise: int, unit: str) -> str:
    return f"{own} {unit}" if own else f"{otherwise} {unit} (as the installation has it)"


def _tell(done: commands.Imported) -> None:
    click.echo(f"{done.new} new, {done.changed} changed, {done.unchanged} unchanged")


@cli.group("staff")
def staff_group() -> None:
    """People with a login to the panel."""


@staff_group.command("create")
@click.option("--username", required=True)
@click.option("--name", required=True, help="As colleagues know them.")
@click.option("--role", required=True, type=click.Choice([role.value for role in STAFF_ROLES]))
@click.option("--ward", "ward_id", help="Official code of the ward they serve.")
@click.option("--province", "province_code", help="Official code, for the provincial police.")
def staff_create(username: str, name: str, role: str, ward_id: str | None, province_code: str | None) -> None:
    """Make an account; prints the code with which its owner enrols."""
    with environment.database(), unit_of_work() as session:
        made = staff.create_staff(
            session,
            OPERATOR,
            username=username,
            name=name,
            role=Role(role),
            ward_id=ward_id,
            province_code=province_code,
        )
        hours = int(staff.ENROLMENT_VALID.total_seconds() // 3600)
        click.echo(f"{made.username} enrols within {hours} hours at {settings().public_url}/admin/enrol with the code")
        click.echo(made.enrolment_code)


@cli.command()
def doctor() -> None:
    """Look for what would keep this site from working, and say how to mend it."""
    from binhyen.doctor import examine

    found = False
    with environment.database():
        for finding in examine():
            found = found or finding.serious
            click.echo(f"{'!!' if finding.serious else 'ok' if finding.good else ' ·'} {finding.text}")
    sys.exit(1 if found else 0)


@cli.command()
@click.option("--check", is_flag=True, help="Only say whether the file is up to date.")
def openapi(check: bool) -> None:
    """Write the API's description to mobile_api/openapi.json."""
    from binhyen.generated import API, current_api

    _write_or_check({API: current_api()}, check)


@cli.command()
@click.option("--check", is_flag=True, help="Only say whether the files are up to date.")
def docs(check: bool) -> None:
    """Write the generated pages of docs/: permissions, errors, messages."""
    from binhyen.generated import current_pages

    _write_or_check(current_pages(), check)


@cli.command("messages")
def messages_command() -> None:
    """Gather the texts that need an English translation."""
    from binhyen import catalogs

    for texts in catalogs.CATALOGS:
        catalogs.gather(texts)
        missing = catalogs.untranslated(texts)
        click.echo(f"{texts.file.relative_to(catalogs.ROOT)}: {len(missing)} without English")


def _write_or_check(files: dict[Path, str], check: bool) -> None:
    stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
    if check and stale:
        sys.exit(f"binhyen: not up to date: {', '.join(map(str, stale))}; run `make docs`")
    for path in stale:
        path.write_text(files[path])
        click.echo(f"written: {path}")
