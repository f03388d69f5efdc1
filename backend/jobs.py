"""Jobs: PostgreSQL is the queue, so a message commits together with the change it reports, or not at all."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar, Protocol

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

# This connector is never opened, because every job is deferred on the session's own connection. The worker has an app
# of its own, which knows the tasks (notifications/sending/app.py).
app = App(connector=SyncPsycopgConnector())


class Message(Protocol):
    """A frozen dataclass of JSON values. `task`: the name of the task that handles it."""

    task: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def put(session: Session, message: Message, *, not_before: datetime | None = None) -> None:
    """Run the message's task in the worker once the session's transaction has committed."""
    session.flush()  # the worker may start right after the commit and reads these rows
    connection = session.connection().connection.driver_connection
    queue, priority = getattr(message, "queue", "default"), getattr(message, "priority", 0)
    app.configure_task(
        message.task, connection=connection, queue=queue, priority=priority, schedule_at=not_before
    ).defer(**asdict(message))
