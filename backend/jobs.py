"""Jobs: PostgreSQL is the queue. A message commits with its fact or not at all."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar, Protocol

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

# Never opened: every job is deferred on the session's own connection. The worker runs the same tasks on a
# connector of its own (`app.with_connector`).
app = App(connector=SyncPsycopgConnector())


class Message(Protocol):
    """A frozen dataclass of JSON values. `task` names the task that hears it."""

    task: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def put(session: Session, message: Message, *, not_before: datetime | None = None) -> None:
    """Tell the outside `message` once the session's transaction has committed."""
    session.flush()  # the worker may start the moment after the commit: the facts must be in it
    connection = session.connection().connection.driver_connection
    queue, priority = getattr(message, "queue", "default"), getattr(message, "priority", 0)
    app.configure_task(
        message.task, connection=connection, queue=queue, priority=priority, schedule_at=not_before
    ).defer(**asdict(message))
