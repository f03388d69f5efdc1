"""Logs without personal data: one JSON object a line.

A line names the route, never the path or the query; no address, no body, no header. Of an exception it keeps the type
and the places in the code, not the message: messages of the database repeat values.
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from secrets import token_hex
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("web")


def configure(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Write every log of this process, ours and the libraries', to `stream` (standard error) as JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception_without_message,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # these write addresses or the arguments of jobs
    for name in ("werkzeug", "granian.access", "procrastinate", "urllib3", "apprise", "google.auth"):
        logging.getLogger(name).setLevel(logging.WARNING)


def install(app: Flask) -> None:
    """Give every request of `app` a reference (`g.request_id`, told to the client) and one line in the log."""
    if not structlog.is_configured():
        # `configure` was not called: structlog's own way prints local variables, and keys of tips are among them
        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                _exception_without_message,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ]
        )

    @app.before_request
    def begin() -> None:
        g.request_id = token_hex(6)
        g.started = time.perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Reference"] = g.request_id
        rule = request.url_rule.rule if request.url_rule else None
        if rule is not None and request.endpoint != "static" and not _tells_when_a_tip_came(rule, response):
            log.info(
                "request",
                app=app.name,
                method=request.method,
                route=rule,
                status=response.status_code,
                ms=round((time.perf_counter() - g.started) * 1000, 1),
                reference=g.request_id,
            )
        return response


def _tells_when_a_tip_came(rule: str, response: Response) -> bool:
    """Only the hour of a tip is kept, so no line may hold the second in which a phone sent or opened one.

    A failure of ours is logged all the same.
    """
    return rule.startswith("/tips") and response.status_code < 500


def _exception_without_message(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        if error.__cause__ is not None:
            event["cause"] = f"{type(error.__cause__).__module__}.{type(error.__cause__).__qualname__}"
    return event
