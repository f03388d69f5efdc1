"""Texts shortened to what a push or an SMS can carry, where a reader would end them."""

import json
import unicodedata
from collections.abc import Callable

NEAR_SPACE = 20  # so many characters are given up rather than cutting a word in half
ELLIPSIS = "…"


def to_characters(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, with an ellipsis where something is missing."""
    return _shortened(text, limit, len)


def to_bytes(text: str, limit: int) -> str:
    """`text` in at most `limit` bytes of UTF-8, cut between characters."""
    return _shortened(text, limit, lambda part: len(part.encode()))


def to_json_bytes(text: str, limit: int) -> str:
    """`text` cut so that its JSON string has at most `limit` bytes: quotes and line ends cost more than one."""
    return _shortened(text, limit - 2, lambda part: json_bytes(part) - 2)


def json_bytes(text: str) -> int:
    """How many bytes `text` takes as a JSON string."""
    return len(json.dumps(text, ensure_ascii=False).encode())


def _shortened(text: str, limit: int, size: Callable[[str], int]) -> str:
    if size(text) <= limit:
        return text
    room = limit - size(ELLIPSIS)
    if room < 0:
        return ""
    for place, character in enumerate(text):
        room -= size(character)
        if room < 0:
            return _trimmed(text[:place], text) + ELLIPSIS
    return text


def _trimmed(start: str, whole: str) -> str:
    """End `start` where a reader would: not between a letter and its marks, and at a space where one is near."""
    rest = whole[len(start) :]
    while start and rest and (unicodedata.combining(rest[0]) or rest[0] in "\u200d\ufe0f"):
        start, rest = start[:-1], start[-1] + rest
    space = start.rfind(" ")
    if 0 < len(start) - space < NEAR_SPACE and space > 0 and not rest.startswith(" "):
        start = start[:space]
    return start.rstrip()
