"""Requests whose bodies are bounded and never touch the disk."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, request

View = TypeVar("View", bound=Callable[..., Any])

MAX_BODY_BYTES = 1024 * 1024
MAX_TEXT_PART_BYTES = 256 * 1024
MAX_PARTS = 40


class InMemoryRequest(Request):
    """A request that keeps uploaded files in memory: no photo of a tip may lie in a temporary file, however short."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def bound_bodies(app: Flask) -> None:
    """Bound every body of `app` from the first byte on.

    The check against forged forms reads a form before the view is known; it must not take in gigabytes.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_TEXT_PART_BYTES
    app.config["MAX_FORM_PARTS"] = MAX_PARTS


def body_limit(max_bytes: int) -> Callable[[View], View]:
    """Let a view read up to `max_bytes` instead of MAX_BODY_BYTES."""

    def mark(view: View) -> View:
        view.max_body = max_bytes  # type: ignore[attr-defined]
        return view

    return mark


def set_body_limit(max_bytes: int | None) -> None:
    """Bound what the present request may send; reading beyond it raises 413."""
    request.max_content_length = max_bytes or MAX_BODY_BYTES
