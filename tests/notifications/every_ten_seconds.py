"""A task that is due every ten seconds, for workers of a test: it notes each of its runs in the demo's outbox.

Not more often: procrastinate tells late workers apart from early ones only within one period.
"""

from backend.db import unit_of_work
from backend.push.outbox import OutboxMessage, add_to_outbox
from notifications.sending.app import app

CHANNEL = "probe"


@app.periodic(cron="* * * * * */10")
@app.task(name=CHANNEL)
def every_ten_seconds(timestamp: int) -> None:
    """Note the moment."""
    with unit_of_work() as session:
        add_to_outbox(session, [OutboxMessage(CHANNEL, str(timestamp), "", "")])
