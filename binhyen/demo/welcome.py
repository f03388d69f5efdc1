"""What `make demo` prints when it is ready."""

from pathlib import Path

from binhyen.demo_accounts import DemoAccounts


def welcome(address: str, folder: Path, accounts: DemoAccounts, seconds: float) -> str:
    """Addresses and how to sign in as each role."""
    people = "\n".join(
        f"    {person.role:<14} {person.username:<12} {person.password or f'first sign-in, code {person.enrol_code}'}"
        for person in accounts.staff
    )
    return f"""
Bình Yên is ready after {seconds:.0f} s (all people, places and numbers are invented)

  The residents' app      {address}/
  The staff panel         {address}/admin/
  Sign-in codes           {address}/demo/          six-digit codes of the staff, as they are now
  Everything "sent"       {address}/demo/outbox    one-time codes by SMS and every push
  The API                 {address}/api/v1/docs

  Staff                   role, user name, password; the six-digit code is on {address}/demo/
{people}
  Residents               any of {", ".join(accounts.resident_phones)}; the code is in the outbox

  Logs are in {folder}. Ctrl-C stops everything; the next start keeps what you did.
"""
