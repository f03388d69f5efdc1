"""What a page asks the database: the number must not grow with what the page shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

OF_THE_TEST_ITSELF = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def noted() -> Iterator[list[str]]:
    """The statements that are sent within the block."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(OF_THE_TEST_ITSELF):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def count(read: Callable[[], object]) -> int:
    """How many statements `read` sends."""
    with noted() as asked:
        read()
    return len(asked)


def check_the_same(read: Callable[[], object], grow: Callable[[], object], *, most: int) -> None:
    """`read` sends no more statements after `grow` than before, and no more than `most`."""
    with noted() as before:
        read()
    grow()
    with noted() as after:
        read()
    assert len(after) <= min(len(before), most), "\n".join([f"{len(before)} before, {len(after)} after:", *after])
