"""Requests whose bodies are bounded and never touch the disk."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, request

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_BODY = 1024 * 1024
LARGEST_TEXT_PART = 256 * 1024
MOST_PARTS = 40


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
    """Bound every body of `app` from the first byte on: what reads a form before the view is known (the check against
    forged forms) must not take in gigabytes.
    """
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_TEXT_PART
    app.config["MAX_FORM_PARTS"] = MOST_PARTS


def body_limit(most: int) -> Callable[[View], View]:
    """Let a view read up to `most` bytes instead of LARGEST_BODY."""

    def mark(view: View) -> View:
        view.max_body = most  # type: ignore[attr-defined]
        return view

    return mark


def set_body_limit(most: int | None) -> None:
    """Bound what the present request may send; reading beyond it raises 413."""
    request.max_content_length = most or LARGEST_BODY
